"""When a complaint is so significant that top management hears of it at once (ISO 10002, 5.4.1)."""

from django.conf import settings
from django.db import models

from amends.journal.vocabulary import Subject


class Significance(models.Model):
    """The criteria; one that is met is enough. Each change is a new version, and no version is the usual ones."""

    version = models.PositiveIntegerField(unique=True)
    severity_from = models.PositiveSmallIntegerField(null=True, blank=True)
    people_from = models.PositiveIntegerField(null=True, blank=True)
    for_safety = models.BooleanField()
    for_blocked_action = models.BooleanField()
    said_by_staff = models.BooleanField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="significance_versions"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(severity_from__isnull=True) | models.Q(severity_from__range=(1, 4)),
                name="significant_severity_is_1_to_4",
            ),
            models.CheckConstraint(
                condition=models.Q(people_from__isnull=True) | models.Q(people_from__gte=1),
                name="significant_people_are_some",
            ),
        ]

    def __str__(self) -> str:
        return f"significance {self.version}"

    @property
    def subject(self) -> Subject:
        """The criteria as the journal names them."""
        return Subject("significance", self.pk)
