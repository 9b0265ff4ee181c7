"""Mails that came in: as they came, and what became of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.correspondence.models.delivery import Delivery
from amends.correspondence.models.message import Message, Thread
from amends.files.models import StoredFile
from amends.journal.vocabulary import Subject
from amends.people.models import Person


class IncomingMail(models.Model):
    """A mail as it came, byte by byte: written before the mail server is told that we have it. Never changed.

    The hash is what it is found by when the server hands it over once more after a crash.
    """

    class Way(models.TextChoices):
        IMAP = "imap", _("Fetched from the mailbox")
        PIPE = "pipe", _("Handed over by the mail server")

    reference = models.CharField(max_length=20, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    #: Nothing where the mail had not one byte.
    file = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="incoming_mail"
    )
    way = models.CharField(max_length=4, choices=Way.choices)
    arrived_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size=0, file__isnull=True) | models.Q(size__gt=0, file__isnull=False),
                name="incoming_mail_is_kept",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class SortedMailQuerySet(models.QuerySet["SortedMail"]):
    """Reads over what became of mails. What a person may see is asked for elsewhere."""

    def unsorted(self) -> "SortedMailQuerySet":
        """Mails that nothing has become of yet."""
        return self.filter(outcome="")

    def waiting(self) -> "SortedMailQuerySet":
        """Mails that somebody has to look at."""
        return self.filter(waits=True)


class SortedMail(models.Model):
    """What a mail turned out to be. What its sender says of themselves is kept as they said it: it proves nothing."""

    class Outcome(models.TextChoices):
        COMPLAINT = "complaint", _("Complaint")
        REPLY = "reply", _("Reply")
        ENQUIRY = "enquiry", _("Enquiry")
        SUGGESTION = "suggestion", _("Suggestion")
        PRAISE = "praise", _("Praise")
        NOT_A_COMPLAINT = "not_a_complaint", _("Not a complaint")
        OTHER = "other", _("Needs a look")
        SUPPRESSED = "suppressed", _("Sent by a machine")
        QUARANTINE = "quarantine", _("Could not be opened")

    class Why(models.TextChoices):
        #: Why somebody has to look.
        OTHER_SENDER = "other_sender", _("It answers one of our mails, but comes from another address")
        NOT_OURS = "not_ours", _("It answers a mail of ours that was not for a complainant")
        NOT_TAKEN = "not_taken", _("What it belongs to takes no more messages")
        NO_SENDER = "no_sender", _("It does not say who sent it")
        NO_TEXT = "no_text", _("There is nothing in it")
        REPEATED = "repeated", _("The same sender has written the same just before")
        SPAM = "spam", _("The mail server takes it for spam")
        #: Why it is no message of a person.
        AUTO_REPLY = "auto_reply", _("An automatic reply")
        LIST = "list", _("A mailing list or a newsletter")
        BOUNCE = "bounce", _("A mail of ours could not be delivered")
        DELAY = "delay", _("A mail of ours is late")
        RECEIPT = "receipt", _("It says that a mail was delivered or opened")
        LOOP = "loop", _("It comes from us")
        DUPLICATE = "duplicate", _("It came twice")
        #: Why it could not be opened.
        BROKEN = "broken", _("It is damaged")
        TOO_COMPLEX = "too_complex", _("It takes too much to open it safely")
        TOO_LARGE = "too_large", _("It is too large")
        FAILED = "failed", _("Something went wrong while it was taken up")

    mail = models.OneToOneField(IncomingMail, on_delete=models.PROTECT, related_name="sorted")
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    why = models.CharField(max_length=16, choices=Why.choices, blank=True)
    sorted_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)

    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=160, blank=True)
    subject_line = models.CharField(max_length=200, blank=True)
    header_id = models.CharField(max_length=310, blank=True)
    #: The text without what differs from one automatic mail to the next: tells repeated mails.
    likeness = models.CharField(max_length=64, blank=True)
    #: Kept while somebody has to look, and beside a message that leaves out what it quotes.
    text = models.TextField(blank=True)
    #: Files that stayed in the mail: each a name and why.
    left_out = models.JSONField(default=list, blank=True)

    #: The mail of ours that it answers or reports on.
    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    #: The conversation it became part of, and as what.
    thread = models.ForeignKey(Thread, null=True, blank=True, on_delete=models.PROTECT, related_name="mails")
    message = models.OneToOneField(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="mail")

    waits = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="settled_mails"
    )
    reason = models.CharField(max_length=500, blank=True)

    objects = SortedMailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="", sorted_at__isnull=True)
                | ~models.Q(outcome="") & models.Q(sorted_at__isnull=False),
                name="sorted_mail_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=["complaint", "reply", "enquiry", "suggestion", "praise"])
                | models.Q(thread__isnull=False, message__isnull=False),
                name="mail_of_a_person_became_a_message",
            ),
            models.CheckConstraint(
                condition=models.Q(waits=False)
                | models.Q(settled_at__isnull=True, outcome__in=["other", "suppressed", "quarantine"]),
                name="only_what_became_nothing_waits",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="mail_unsorted", condition=models.Q(outcome="")),
            models.Index(fields=["id"], name="mail_waiting", condition=models.Q(waits=True)),
            models.Index(fields=["sender", "-id"], name="mail_by_sender"),
            models.Index(fields=["thread", "id"], name="mail_by_thread", condition=models.Q(thread__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"mail {self.mail_id} {self.outcome}"

    @property
    def subject(self) -> Subject:
        """The mail as the journal names it."""
        return Subject("mail", self.mail_id)
