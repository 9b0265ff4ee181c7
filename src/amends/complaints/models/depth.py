"""How deep an investigation goes, in versions (7.6): chosen for how bad it is and how often it happens."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.people.models import Person


class InvestigationLevel(models.Model):
    """One choice of a level, beside the one that was proposed for it. A later choice does not replace it."""

    class Level(models.TextChoices):
        QUICK = "quick", _("Quick look")
        STANDARD = "standard", _("Standard")
        FULL = "full", _("Full")
        ROOT_CAUSE = "root_cause", _("Down to the root cause")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="investigation_levels")
    version = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    level = models.CharField(max_length=12, choices=Level.choices)
    suggested = models.CharField(max_length=12, choices=Level.choices)
    repeats = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "version"], name="investigation_levels_are_versions"),
            models.CheckConstraint(
                condition=Q(level=models.F("suggested")) | ~Q(reason=""), name="another_level_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(level__in=["quick", "standard", "full", "root_cause"]), name="investigation_level_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"level {self.level} of {self.complaint_id}"
