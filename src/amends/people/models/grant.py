"""Roles that people hold, each for a unit and everything below it."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.people.models.person import Person
from amends.people.models.unit import Unit
from amends.permissions.roles import Role


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Reads over grants."""

    def in_force(self, at: datetime) -> "RoleGrantQuerySet":
        """Grants that have begun and not ended."""
        return self.filter(models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=at), starts_at__lte=at)


class RoleGrant(models.Model):
    """A person holds a role for a unit from a moment on."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(_("Role"), max_length=32, choices=[(role.value, role.label) for role in Role])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "unit"], condition=models.Q(ends_at__isnull=True), name="one_open_grant"
            ),
            # ISO 10002, 5.4.1 f: one management representative answers for a unit.
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(ends_at__isnull=True, role=Role.MANAGEMENT_REPRESENTATIVE.value),
                name="one_management_representative_per_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gte=models.F("starts_at")),
                name="grant_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["role", "unit"], name="grant_by_role_and_unit")]

    def __str__(self) -> str:
        return f"{self.person} · {self.role} · {self.unit}"
