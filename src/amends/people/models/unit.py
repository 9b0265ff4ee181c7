"""The tree of units: the organisation at the root, then departments, branches, teams."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Subject


class UnitQuerySet(models.QuerySet["Unit"]):
    """Reads over the tree."""

    def open(self) -> "UnitQuerySet":
        """Units that still exist."""
        return self.filter(closed_at__isnull=True)

    def within(self, unit: "Unit") -> "UnitQuerySet":
        """A unit and everything below it."""
        return self.filter(path__startswith=unit.path)

    def in_tree_order(self) -> "UnitQuerySet":
        """Parents before children, siblings by name."""
        return self.order_by("path")


class Unit(models.Model):
    """A part of the organisation. `path` holds the keys from the root, so that a subtree is one prefix."""

    name = models.CharField(_("Name"), max_length=120)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=255, db_index=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("Unit")
        verbose_name_plural = _("Units")
        constraints = [
            models.UniqueConstraint(
                Coalesce("parent", 0), condition=models.Q(parent__isnull=True), name="one_root_unit"
            ),
            models.UniqueConstraint(
                fields=["parent", "name"], condition=models.Q(closed_at__isnull=True), name="sibling_units_differ"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Subject:
        """The unit as the journal names it."""
        return Subject("unit", self.pk)

    @property
    def depth(self) -> int:
        """How many units stand above it."""
        return self.path.count("/") - 2

    @property
    def is_root(self) -> bool:
        """Whether it is the organisation itself."""
        return self.parent_id is None
