"""A message to the complainant in the seconds in which it can still be taken back."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.correspondence.models import Message
from amends.correspondence.models.message import Channel
from amends.files.models import StoredFile
from amends.people.models import Person


class HeldMessageQuerySet(models.QuerySet["HeldMessage"]):
    """Reads over held messages."""

    def waiting(self) -> "HeldMessageQuerySet":
        """Neither left nor taken back."""
        return self.filter(state=HeldMessage.State.HELD)

    def to_write_again(self, person_id: int, since: datetime) -> "HeldMessageQuerySet":
        """What this person took back, or could not send, since a moment, and has not sent again since."""
        returned = [HeldMessage.State.TAKEN_BACK, HeldMessage.State.REFUSED]
        return self.filter(person_id=person_id, state__in=returned, ended_at__gte=since, sent_again__isnull=True)


class HeldMessage(models.Model):
    """What is to be said, before it is said: nothing of it has happened yet, so nothing has to be undone.

    `state` moves once, by compare-and-set: whoever takes it back and whoever lets it leave cannot both succeed. The
    text stays in either case.
    """

    class State(models.TextChoices):
        HELD = "held", _("Leaves in a moment")
        LEFT = "left", _("Sent")
        TAKEN_BACK = "taken_back", _("Taken back")
        REFUSED = "refused", _("Could not be sent")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="held_messages")
    number = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    channel = models.CharField(max_length=12, choices=Channel.choices)
    needs_reply = models.BooleanField(default=False)
    #: The form it was sent with: the same form a second time is the same message.
    once = models.CharField(max_length=32, blank=True)
    instead_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="sent_again")
    at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.HELD)
    ended_at = models.DateTimeField(null=True, blank=True)
    message = models.OneToOneField(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="was_held")

    objects = HeldMessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="held_messages_are_numbered"),
            models.UniqueConstraint(
                fields=["complaint", "once"], condition=~Q(once=""), name="one_held_message_per_form"
            ),
            models.CheckConstraint(
                condition=Q(state="held", ended_at__isnull=True) | ~Q(state="held") & Q(ended_at__isnull=False),
                name="held_message_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(state="left", message__isnull=False) | ~Q(state="left") & Q(message__isnull=True),
                name="only_left_messages_are_said",
            ),
        ]

    def __str__(self) -> str:
        return f"held message {self.number} of {self.complaint_id}"


class HeldFile(models.Model):
    """A file that goes along. What was taken back keeps its files, so that they need not be chosen again."""

    held = models.ForeignKey(HeldMessage, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="held_with")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["held", "file"], name="file_held_once_per_message")]

    def __str__(self) -> str:
        return f"file of held message {self.held_id}"
