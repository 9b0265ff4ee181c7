"""Texts of a case in versions. The original is never replaced; summaries and translations stand beside it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Complaint
from amends.complaints.models.issue import Issue
from amends.correspondence.models import Message
from amends.people.models import Person


class CaseTextQuerySet(models.QuerySet["CaseText"]):
    """Reads over texts."""

    def translations(self) -> "CaseTextQuerySet":
        """Every version of every translation, the newest of a language first."""
        return self.filter(role=CaseText.Role.TRANSLATION).order_by("language", "-version")


class CaseText(models.Model):
    """One version of a text: of the complaint itself, or a translation of a point or a message of it."""

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
    #: The person who translated it, where it was not whoever added it; or the program and its version.
    translator = models.CharField(max_length=120, blank=True)
    #: What a translation is of, where it is not of the complaint's own text.
    issue = models.ForeignKey(Issue, null=True, blank=True, on_delete=models.PROTECT, related_name="translations")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="translations")
    at = models.DateTimeField()

    objects = CaseTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "role", "language", "version"],
                condition=models.Q(issue__isnull=True, message__isnull=True),
                name="one_text_per_role_language_and_version",
            ),
            models.UniqueConstraint(
                fields=["issue", "language", "version"],
                condition=models.Q(issue__isnull=False),
                name="one_version_of_a_translated_point",
            ),
            models.UniqueConstraint(
                fields=["message", "language", "version"],
                condition=models.Q(message__isnull=False),
                name="one_version_of_a_translated_message",
            ),
            models.CheckConstraint(
                condition=models.Q(issue__isnull=True, message__isnull=True)
                | models.Q(role="translation") & (models.Q(issue__isnull=True) | models.Q(message__isnull=True)),
                name="only_translations_are_of_points_and_messages",
            ),
            models.CheckConstraint(
                condition=models.Q(is_by_machine=False) | ~models.Q(translator=""), name="a_machine_is_named"
            ),
            models.UniqueConstraint(
                fields=["complaint"], condition=models.Q(role="original"), name="one_original_per_complaint"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.complaint_id}"
