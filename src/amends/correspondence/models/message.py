"""What was said, by whom, to whom. Messages are added, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.files.models import StoredFile
from amends.framework.models import MessageTemplate
from amends.people.models import Person


class Channel(models.TextChoices):
    """The way something came or went (annex E, block 1)."""

    PORTAL = "portal", _("Web form")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    POST = "post", _("Post")
    IN_PERSON = "in_person", _("In person")
    SOCIAL = "social", _("Social media")
    THIRD_PARTY = "third_party", _("Through somebody else")
    OTHER = "other", _("Another way")


class Thread(models.Model):
    """A conversation. The complaint points to it."""

    def __str__(self) -> str:
        return f"thread {self.pk}"


class Message(models.Model):
    """One thing that was written or said. `person` wrote it, or wrote down what the complainant said."""

    class Direction(models.TextChoices):
        IN = "in", _("From the complainant")
        OUT = "out", _("To the complainant")
        NOTE = "note", _("Internal note")

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    direction = models.CharField(max_length=4, choices=Direction.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.PORTAL)
    text = models.TextField()
    language = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()
    #: The organisation's own words that it was put together with.
    template = models.ForeignKey(
        MessageTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    #: The journal entry that it follows, where it was written by itself: once, however often that is tried.
    cause = models.UUIDField(null=True, blank=True, unique=True)
    needs_reply = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(direction="note") | models.Q(person__isnull=False), name="notes_have_an_author"
            ),
            models.CheckConstraint(
                condition=models.Q(needs_reply=False) | models.Q(direction="out"), name="only_outbound_needs_a_reply"
            ),
        ]
        indexes = [models.Index(fields=["thread", "-id"], name="message_by_thread")]

    def __str__(self) -> str:
        return f"message {self.pk}"


class MessageFile(models.Model):
    """A file that came with a message."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="message_file")

    def __str__(self) -> str:
        return f"file of message {self.message_id}"
