"""Whether a complaint was understood as it was meant (7.4)."""

from django.db import models
from django.db.models import Q

from amends.complaints.models.complaint import Complaint
from amends.correspondence.models import Message
from amends.people.models import Person


class SummaryCheck(models.Model):
    """What the complainant said to our summary: right, or a correction, which is a message of theirs."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="summary_checks")
    number = models.PositiveSmallIntegerField()
    is_right = models.BooleanField()
    #: How many points the summary had.
    points = models.PositiveSmallIntegerField()
    correction = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="summary_check"
    )
    #: The member of staff to whom it was said, where it was said.
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="summary_checks_are_numbered"),
            models.CheckConstraint(
                condition=Q(is_right=True, correction__isnull=True) | Q(is_right=False, correction__isnull=False),
                name="wrong_summary_is_corrected",
            ),
        ]

    def __str__(self) -> str:
        return f"summary of {self.complaint_id}"
