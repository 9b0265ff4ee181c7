"""How much mails to complainants say: that there is something to read, or what there is to read (7.8)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MailRule(models.Model):
    """One version of the rule. Never changed; the newest holds for what comes in from its moment on."""

    class Detail(models.TextChoices):
        NOTICE = "notice", _("Only that there is something to read")
        FULL = "full", _("The text itself")

    version = models.PositiveIntegerField(unique=True)
    #: For those who wrote by e-mail themselves. Everybody else was promised that mails never say what it is about.
    by_mail = models.CharField(max_length=6, choices=Detail.choices, default=Detail.FULL)
    #: Whether a mail that says the decision itself brings it as a PDF too.
    attaches_decision = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="mail_rules"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(version__gte=1), name="mail_rule_has_a_version"),
            models.CheckConstraint(condition=Q(by_mail__in=["notice", "full"]), name="mail_rule_is_known"),
        ]

    def __str__(self) -> str:
        return f"mail rule {self.version}"
