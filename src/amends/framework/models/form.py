"""The organisation's own questions in the form for complainants (ISO 10002, annex C)."""

from django.conf import settings
from django.db import models

from amends.journal.vocabulary import Subject


class FormVersion(models.Model):
    """All own questions of one version. Answers stay tied to the version with which they were asked.

    Version 1 is the form as it comes, without own questions, and no row.
    """

    version = models.PositiveSmallIntegerField(unique=True)
    document = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="form_versions"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(version__gte=2), name="own_form_version_follows_the_first")
        ]

    def __str__(self) -> str:
        return f"form {self.version}"

    @property
    def subject(self) -> Subject:
        """The version as the journal names it."""
        return Subject("form_version", self.pk)
