"""How much somebody may promise, in which currency money is counted, and when two people have to decide (annex F)."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from amends.framework.models.catalogue import RemedyKind
from amends.journal.vocabulary import Subject
from amends.people.models import Unit
from amends.permissions.roles import Role

#: The roles that decide on responses. Only they can have a limit.
DECIDING_ROLES = (Role.DECISION_MAKER, Role.MANAGEMENT_REPRESENTATIVE)


class AuthorityLimitQuerySet(models.QuerySet["AuthorityLimit"]):
    """Reads over limits."""

    def open(self) -> "AuthorityLimitQuerySet":
        """Limits that nothing has replaced yet."""
        return self.filter(ends_at__isnull=True)


class AuthorityLimit(models.Model):
    """How much the holders of a role may promise. A changed limit is a new row: what held before stays readable."""

    role = models.CharField(max_length=32, choices=[(role.value, role.label) for role in DECIDING_ROLES])
    #: The unit and what is below it; without one, all.
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="authority_limits")
    #: One kind of remedy; without one, all of them together.
    kind = models.ForeignKey(
        RemedyKind, null=True, blank=True, on_delete=models.PROTECT, related_name="authority_limits"
    )
    #: In the smallest unit of the organisation's currency; empty means without a ceiling.
    most = models.BigIntegerField(null=True, blank=True)
    #: The training without which the limit does not count; empty where none is needed.
    course = models.CharField(max_length=64, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="authority_limits_made"
    )

    objects = AuthorityLimitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in DECIDING_ROLES]), name="limit_is_for_a_deciding_role"
            ),
            models.CheckConstraint(condition=Q(most__isnull=True) | Q(most__gte=0), name="limit_is_not_negative"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="limit_ends_after_it_starts"
            ),
            # One open limit for the same role, unit and kind; an empty unit or kind is a value of its own here.
            models.UniqueConstraint(
                fields=["role", "unit", "kind"], condition=Q(ends_at__isnull=True), name="one_open_limit"
            ),
            models.UniqueConstraint(
                fields=["role", "kind"],
                condition=Q(ends_at__isnull=True, unit__isnull=True),
                name="one_open_limit_for_all_units",
            ),
            models.UniqueConstraint(
                fields=["role", "unit"],
                condition=Q(ends_at__isnull=True, kind__isnull=True),
                name="one_open_limit_for_all_kinds",
            ),
            models.UniqueConstraint(
                fields=["role"],
                condition=Q(ends_at__isnull=True, unit__isnull=True, kind__isnull=True),
                name="one_open_limit_for_everything",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} up to {self.most}"

    @property
    def subject(self) -> Subject:
        """The limit as the journal names it."""
        return Subject("authority_limit", self.pk)


class ExchangeRate(models.Model):
    """What one unit of another currency is worth in the organisation's own, from a day on. A later row corrects."""

    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=20, decimal_places=10)
    valid_on = models.DateField()
    source = models.CharField(_("Source"), max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="recorded_rates"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(rate__gt=Decimal(0)), name="rate_is_positive")]
        indexes = [models.Index(fields=["currency", "-valid_on", "-id"], name="rate_by_currency_and_day")]

    def __str__(self) -> str:
        return f"{self.currency} {self.rate} from {self.valid_on}"

    @property
    def subject(self) -> Subject:
        """The rate as the journal names it."""
        return Subject("exchange_rate", self.pk)


class FourEyesRule(models.Model):
    """When two people have to decide. Each change is a new version."""

    class Mode(models.TextChoices):
        ALWAYS = "always", _("Always two people")
        BY_RISK = "by_risk", _("Two people when much depends on it")

    version = models.PositiveIntegerField(unique=True)
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.ALWAYS)
    #: Above this amount, in the smallest unit of the organisation's currency; empty: the amount does not matter.
    above = models.BigIntegerField(null=True, blank=True)
    #: From this severity on; empty: severity does not matter.
    severity_from = models.PositiveSmallIntegerField(null=True, blank=True)
    with_safety = models.BooleanField(default=True)
    with_subject = models.BooleanField(default=True)
    #: Whoever recorded a finding does not decide.
    investigator_apart = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="four_eyes_rules"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=["always", "by_risk"]), name="four_eyes_mode_is_known"),
            models.CheckConstraint(condition=Q(above__isnull=True) | Q(above__gte=0), name="four_eyes_amount_counts"),
        ]

    def __str__(self) -> str:
        return f"four eyes {self.version}"

    @property
    def subject(self) -> Subject:
        """The rule as the journal names it."""
        return Subject("four_eyes_rule", self.pk)
