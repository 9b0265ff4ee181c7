"""Rule packs: which clocks run, for how long, and what a letter has to say."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.calendars.models import Calendar
from amends.journal.vocabulary import Subject
from amends.people.models import Unit


class RulePackVersion(models.Model):
    """One version of a pack, for ever as it was: complaints keep the version they started under."""

    pack = models.SlugField(max_length=64)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    document = models.JSONField()
    added_at = models.DateTimeField()
    #: The shipped version that a pack of the organisation's own was made from.
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="rule_packs"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "version"], name="one_document_per_pack_version")]

    def __str__(self) -> str:
        return f"{self.pack} {self.version}"

    @property
    def subject(self) -> Subject:
        """The version as the journal names it."""
        return Subject("rule_pack", self.pk)

    @property
    def is_local(self) -> bool:
        """Whether the organisation made it from a shipped one."""
        return self.based_on_id is not None

    @property
    def name(self) -> dict[str, str]:
        """Its name by language."""
        found: dict[str, str] = self.document["name"]
        return found

    @property
    def clocks(self) -> list[dict[str, Any]]:
        """The clocks of the pack, as written in its document."""
        found: list[dict[str, Any]] = self.document["clocks"]
        return found


class Activation(models.Model):
    """From when to when a pack version applies, and to which complaints: the one with more filters wins."""

    class Role(models.TextChoices):
        MAIN = "main", _("The pack of the complaint")
        BESIDE = "beside", _("Runs beside the other")

    class Complainant(models.TextChoices):
        PERSON = "person", _("A person")
        ORGANISATION = "organisation", _("An organisation")

    pack_version = models.ForeignKey(RulePackVersion, on_delete=models.PROTECT, related_name="activations")
    role = models.CharField(max_length=6, choices=Role.choices, default=Role.MAIN)
    product = models.ForeignKey(
        "framework.Product", null=True, blank=True, on_delete=models.PROTECT, related_name="activations"
    )
    site = models.CharField(max_length=120, blank=True)
    complainant_kind = models.CharField(max_length=12, choices=Complainant.choices, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="activations"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gte=models.F("starts_at")),
                name="activation_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=models.Q(role__in=["main", "beside"]), name="activation_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.pack_version} from {self.starts_at:%Y-%m-%d}"

    @property
    def subject(self) -> Subject:
        """The activation as the journal names it."""
        return Subject("activation", self.pk)

    def holds_at(self, at: datetime) -> bool:
        """Whether it has begun at a moment and not ended."""
        return self.starts_at <= at and self.is_open_after(at)

    def is_open_after(self, at: datetime) -> bool:
        """Whether it has not ended at a moment."""
        return self.ends_at is None or self.ends_at > at

    def has_filter_of(self, other: "Activation") -> bool:
        """Whether both cannot hold at once. Beside each other run different packs, but one version of each."""
        return (self.role, self.product_id, self.site, self.complainant_kind) == (
            other.role,
            other.product_id,
            other.site,
            other.complainant_kind,
        ) and (self.role == self.Role.MAIN or self.pack_version.pack == other.pack_version.pack)


class CalendarUse(models.Model):
    """Which calendar holds for a site or a unit and what is below it; the one without either holds for all others."""

    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="uses")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="calendar_uses")
    site = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=models.Q(site=""), name="one_calendar_per_unit"),
            models.UniqueConstraint(
                fields=["site"],
                condition=models.Q(unit__isnull=True) & ~models.Q(site=""),
                name="one_calendar_per_site",
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(unit__isnull=True, site=""),
                name="one_calendar_for_all_others",
            ),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True) | models.Q(site=""), name="calendar_for_unit_or_site"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar} for {self.site or self.unit or 'all others'}"


class Ladder(models.Model):
    """Who is told when a deadline has passed, and who after that. Each change is a new version."""

    version = models.PositiveIntegerField(unique=True)
    #: [{"after": {"count": 0, "unit": "working_hours"}, "to": "handler"}, …] in the order of time.
    levels = models.JSONField()
    #: {"from": "20:00", "until": "07:00", "days_off": true}: nobody is disturbed then, except about a danger.
    quiet = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="ladders"
    )

    def __str__(self) -> str:
        return f"ladder {self.version}"

    @property
    def subject(self) -> Subject:
        """The ladder as the journal names it."""
        return Subject("ladder", self.pk)
