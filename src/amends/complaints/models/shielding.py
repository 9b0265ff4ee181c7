"""Keeping the name of a complainant from those who handle the complaint, and harm for having complained (annex D)."""

from django.db import models
from django.db.models import Q

from amends.complaints.models.complaint import Complaint
from amends.people.models import Person


class Shield(models.Model):
    """A time in which the complainant appears under another name. One at a time; an earlier one is kept."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="shields")
    reason = models.CharField(max_length=500)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lift_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint"], condition=Q(lifted_at__isnull=True), name="one_shield"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lift_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason=""),
                name="shield_is_lifted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"shield of {self.complaint_id}"


class DetrimentReport(models.Model):
    """The complainant says that they suffer for having complained. Read by those who keep the process honest only."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="detriments")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=4000)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "number"], name="detriments_are_numbered")]

    def __str__(self) -> str:
        return f"detriment {self.number} of {self.complaint_id}"
