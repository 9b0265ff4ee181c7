"""Bodies outside the organisation to which a complaint can be taken: ombudsmen, committees, courts (7.9, ISO 10003)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from amends.journal.vocabulary import Subject
from amends.kit.translated import TranslatedTextField

#: What somebody can write about a body; every version keeps all of it.
FACTS = ("name", "about", "takes", "web_address", "post_address", "rule_code", "is_active")


class OutsideBodyQuerySet(models.QuerySet["OutsideBody"]):
    """Reads over the list."""

    def in_use(self) -> "OutsideBodyQuerySet":
        """Bodies that can be chosen."""
        return self.filter(is_active=True)

    def in_order(self) -> "OutsideBodyQuerySet":
        """As they are shown."""
        return self.order_by("-is_active", "code")


class OutsideBody(models.Model):
    """One body. Never deleted: it stops being offered, and complaints that went there keep it."""

    code = models.SlugField(max_length=64, unique=True)
    name = TranslatedTextField(default=dict)
    #: What it is, and what it takes: which complaints, from whom, up to which value.
    about = TranslatedTextField(default=dict, blank=True)
    takes = TranslatedTextField(default=dict, blank=True)
    web_address = models.CharField(max_length=300, blank=True)
    post_address = models.CharField(max_length=300, blank=True)
    #: What rule packs call it, where one names it.
    rule_code = models.SlugField(max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects = OutsideBodyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule_code"], condition=~Q(rule_code=""), name="one_outside_body_per_rule_code"
            )
        ]

    def __str__(self) -> str:
        return str(self.name) or self.code

    @property
    def subject(self) -> Subject:
        """The body as the journal names it."""
        return Subject("outside_body", self.pk)


class OutsideBodyVersion(models.Model):
    """What was written about a body at a time. Never changed."""

    body = models.ForeignKey(OutsideBody, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    facts = models.JSONField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="outside_bodies_changed"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="outside_body_versions_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.body_id}"
