"""How much somebody can handle at once (ISO 10002, 4.3: enough resources)."""

from django.db import models

from amends.people.models import Person


class Capacity(models.Model):
    """So many open complaints are enough for a person. Without a row, nobody has said."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="capacity")
    complaints = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "capacities"
        constraints = [models.CheckConstraint(condition=models.Q(complaints__gte=1), name="capacity_is_some")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.complaints}"
