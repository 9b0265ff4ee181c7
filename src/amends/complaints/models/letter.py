"""What goes out on paper: from the message until somebody has put it in the post."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.complaints.models.party import Party
from amends.correspondence.models import Message
from amends.people.models import Person


class LetterQuerySet(models.QuerySet["Letter"]):
    """Reads over letters. Whose a person may see is `letters.letters_of`."""

    def to_post(self) -> "LetterQuerySet":
        """Letters that nobody has posted, of complaints that count."""
        return self.filter(posted_on__isnull=True).exclude(complaint__stage="void")


class Letter(models.Model):
    """One message to one person, on paper. Name and address are those of the person when it is printed."""

    class Kind(models.TextChoices):
        MESSAGE = "", _("Message")
        ACKNOWLEDGEMENT = "acknowledgement", _("Receipt confirmed")
        DELAY = "delay", _("We are late")
        UPDATE = "update", _("Where it stands")
        DEEMED = "deemed", _("Silence counts as an answer")

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="letters")
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="letter")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="on_paper")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.MESSAGE, blank=True)
    made_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True, blank=True)
    printed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    posted_on = models.DateField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    posted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(printed_at__isnull=True, printed_by__isnull=True)
                | Q(printed_at__isnull=False, printed_by__isnull=False),
                name="printed_letter_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(posted_on__isnull=True, posted_at__isnull=True, posted_by__isnull=True)
                | Q(
                    posted_on__isnull=False, posted_at__isnull=False, posted_by__isnull=False, printed_at__isnull=False
                ),
                name="posted_letter_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["made_at", "id"], name="letter_to_post", condition=Q(posted_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"letter of {self.complaint_id}"
