"""The matrix of the initial assessment: the priority that follows from severity and impact, each defined (7.5)."""

from django.conf import settings
from django.db import models

from amends.journal.vocabulary import Subject


class Matrix(models.Model):
    """Each change is a new version; assessments keep the version that they were made with."""

    version = models.PositiveIntegerField(unique=True)
    #: {"results": {severity: {impact: priority}}, "severity": {severity: {language: text}}, "impact": {…}}
    document = models.JSONField()
    reason = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="matrices"
    )

    def __str__(self) -> str:
        return f"matrix {self.version}"

    @property
    def subject(self) -> Subject:
        """The matrix as the journal names it."""
        return Subject("matrix", self.pk)
