"""The initial assessment, in versions (7.5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint, Severity
from amends.people.models import Person


class Impact(models.IntegerChoices):
    """Whom it touches: the columns of the matrix."""

    ONE_MILD = 1, _("One person, mildly")
    HOUSEHOLD = 2, _("One household")
    SEVERAL = 3, _("Several customers")
    WIDE = 4, _("An area, or somebody vulnerable")


class Complexity(models.TextChoices):
    """How hard it is to find out."""

    SIMPLE = "simple", _("Simple")
    SEVERAL_TEAMS = "several_teams", _("Several teams")
    SPECIALIST = "specialist", _("Needs a specialist")


class Assessment(models.Model):
    """One judgement of severity, safety, complexity, impact and urgency. A later one does not replace it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="assessments")
    version = models.PositiveSmallIntegerField()
    severity = models.PositiveSmallIntegerField(choices=Severity.choices)
    is_safety = models.BooleanField()
    complexity = models.CharField(max_length=16, choices=Complexity.choices)
    impact_complainant = models.PositiveSmallIntegerField(choices=Impact.choices)
    impact_others = models.PositiveSmallIntegerField(choices=Impact.choices)
    impact_organisation = models.PositiveSmallIntegerField(choices=Impact.choices)
    people_affected = models.PositiveIntegerField(null=True, blank=True)
    immediate_needed = models.BooleanField()
    immediate_possible = models.BooleanField()
    immediate_action = models.CharField(max_length=1000, blank=True)
    compensation_likely = models.BooleanField(default=False)
    suggested_priority = models.PositiveSmallIntegerField()
    priority = models.PositiveSmallIntegerField()
    #: The version of the matrix that suggested it; 0 is the usual one.
    matrix = models.PositiveIntegerField(default=0)
    priority_reason = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=2000, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "version"], name="assessments_are_versions"),
            models.CheckConstraint(
                condition=models.Q(priority=models.F("suggested_priority")) | ~models.Q(priority_reason=""),
                name="another_priority_has_a_reason",
            ),
            models.CheckConstraint(condition=models.Q(priority__gte=1, priority__lte=4), name="priority_is_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"assessment {self.version} of {self.complaint_id}"
