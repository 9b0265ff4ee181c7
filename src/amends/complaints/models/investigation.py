"""Findings: what was found out about each point, with reasons and cause (7.6)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.issue import Issue
from amends.framework.models import Cause
from amends.people.models import Person


class Finding(models.Model):
    """The conclusion on one point in one round; a later version corrects it, the earlier ones stay."""

    class Result(models.TextChoices):
        UPHELD = "upheld", _("Upheld: we were wrong")
        PARTLY = "partly", _("Partly upheld")
        NOT_UPHELD = "not_upheld", _("Not upheld")
        UNDETERMINED = "undetermined", _("Could not be determined")

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="findings")
    round = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    result = models.CharField(max_length=12, choices=Result.choices)
    reasons = models.TextField()
    facts = models.TextField(blank=True)
    cause = models.ForeignKey(Cause, null=True, blank=True, on_delete=models.PROTECT, related_name="findings")
    complainant_heard = models.BooleanField(default=False)
    other_side_heard = models.BooleanField(default=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issue"], condition=models.Q(is_current=True), name="one_current_finding_per_issue"
            ),
            models.UniqueConstraint(fields=["issue", "round", "version"], name="findings_are_versions"),
        ]

    def __str__(self) -> str:
        return f"{self.result} on issue {self.issue_id}"
