"""A priority that turned out to be wrong (7.5): what is dealt with too late or too early is learnt from."""

from django.db import models

from amends.complaints.models.assessment import Assessment
from amends.complaints.models.complaint import Complaint
from amends.people.models import Person


class WrongPriority(models.Model):
    """An assessment whose priority was wrong, and how that was found out."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="wrong_priorities")
    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="wrong_priority")
    #: Found because a later assessment was two or more steps away; otherwise a person says so, with a reason.
    is_by_reassessment = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wrong_priorities_found")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_by_reassessment=True) | ~models.Q(reason=""),
                name="wrong_priority_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"wrong priority of {self.assessment_id}"
