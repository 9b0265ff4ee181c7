"""What goes out to complainants, in the organisation's own words (7.1, 7.8)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from amends.kit.translated import TranslatedTextField


class MessageTemplate(models.Model):
    """One version of the words for one kind of message, in every language they were written in. Never changed.

    The newest is used; a language that it lacks has the words that Amends begins with. What went out keeps its version.
    """

    #: One of `message_kinds.KINDS`.
    kind = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    subject = TranslatedTextField(default=dict, blank=True)
    body = TranslatedTextField(default=dict, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="message_templates"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="message_templates_are_numbered"),
            models.CheckConstraint(condition=Q(version__gte=1), name="message_template_has_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} version {self.version}"
