"""The points of a complaint. Each gets its own finding and answer (7.7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.framework.models import Category


class Issue(models.Model):
    """One point."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="issues")
    number = models.PositiveSmallIntegerField()
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="issues")
    summary = models.CharField(_("In a few words"), max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "number"], name="issues_are_numbered")]
        # Complaints with the same problem are read from the newest on.
        indexes = [models.Index(fields=["category", "number", "-complaint"], name="issue_by_category")]

    def __str__(self) -> str:
        return f"{self.complaint_id}/{self.number}"
