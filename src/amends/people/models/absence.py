"""Who is away, and who stands in."""

from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.people.models.person import Person
from amends.people.models.unit import Unit
from amends.permissions.roles import Role


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Reads over absences."""

    def on(self, day: date) -> "AbsenceQuerySet":
        """Absences that cover a day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Absence(models.Model):
    """Days on which somebody is away, first and last day included."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    substitute = models.ForeignKey(
        Person, verbose_name=_("Substitute"), null=True, blank=True, on_delete=models.PROTECT, related_name="stands_in"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="absence_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~models.Q(substitute=models.F("person")), name="nobody_is_own_substitute"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.starts_on}–{self.ends_on}"


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Reads over delegations."""

    def in_force(self, at: datetime) -> "DelegationQuerySet":
        """Delegations that have begun and not ended."""
        return self.filter(starts_at__lte=at, ends_at__gt=at)


class Delegation(models.Model):
    """A role lent to somebody else for a time. Who lends it keeps it; four eyes count both."""

    lender = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_given")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_held")
    role = models.CharField(_("Role"), max_length=32, choices=[(role.value, role.label) for role in Role])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="delegations")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    #: When the clock reminds of it, once; empty when nobody has to be reminded any more.
    remind_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(lender=models.F("holder")), name="nobody_delegates_to_self"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")), name="delegation_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(fields=["remind_at"], name="delegation_reminds", condition=models.Q(remind_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.role} from {self.lender} to {self.holder}"
