"""The permission by which somebody acts for the complainant: a document, what it covers, until when (3.1)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.complaints.models.party import Party
from amends.files.models import StoredFile
from amends.people.models import Person


class ActingAuthority(models.Model):
    """A permission that a member of staff has seen. A newer one ends the one before; none is changed."""

    class End(models.TextChoices):
        REPLACED = "replaced", _("A newer permission was seen")
        TAKEN_BACK = "taken_back", _("The complainant has taken it back")
        LEFT = "left", _("The representative does not act for them any more")
        MISTAKE = "mistake", _("It was recorded by mistake")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="authorities")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="authorities")
    scope = models.CharField(max_length=500)
    document = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="authorities"
    )
    where_kept = models.CharField(max_length=200, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    letters_to = models.CharField(max_length=16, choices=Party.LettersTo.choices)
    #: When the clock reminds of it, once; empty when nobody has to be reminded any more.
    remind_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.CharField(max_length=12, choices=End.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(ended_at__isnull=True), name="one_authority_in_force"
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | ~Q(where_kept=""), name="authority_was_seen_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason=""),
                name="authority_ends_whole",
            ),
        ]
        indexes = [models.Index(fields=["remind_at"], name="authority_reminds", condition=Q(remind_at__isnull=False))]

    def __str__(self) -> str:
        return f"authority of party {self.party_id}"
