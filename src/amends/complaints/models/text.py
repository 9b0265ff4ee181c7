"""Texts of a case in versions. The original is never replaced; summaries and translations stand beside it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.people.models import Person


class CaseText(models.Model):
    """One version of a text."""

    class Role(models.TextChoices):
        ORIGINAL = "original", _("Original")
        SUMMARY = "summary", _("Summary")
        TRANSLATION = "translation", _("Translation")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="texts")
    role = models.CharField(max_length=12, choices=Role.choices)
    version = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    language = models.CharField(max_length=10)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT)
    is_by_machine = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "role", "language", "version"], name="one_text_per_role_language_and_version"
            ),
            models.UniqueConstraint(
                fields=["complaint"], condition=models.Q(role="original"), name="one_original_per_complaint"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.complaint_id}"
