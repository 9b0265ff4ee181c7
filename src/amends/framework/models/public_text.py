"""What an organisation says about its complaints in its own words: policy, privacy, accessibility (5.2, 7.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.kit.translated import TranslatedTextField


class PublicText(models.Model):
    """One version of a text, in every language it was written in. Never changed; the newest is shown."""

    class Code(models.TextChoices):
        POLICY = "policy", _("Policy on complaints")
        PRIVACY = "privacy", _("Privacy: whom to ask, and how long you keep what")
        ACCESSIBILITY = "accessibility", _("Accessibility: formats and help that you offer")

    code = models.CharField(max_length=16, choices=Code.choices)
    version = models.PositiveIntegerField()
    text = TranslatedTextField(default=dict, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="public_texts"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="public_texts_are_numbered"),
            models.CheckConstraint(condition=Q(version__gte=1), name="public_text_has_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.code} version {self.version}"
