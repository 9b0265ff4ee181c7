"""Who gets which complaints: by category, product, site and language (ISO 10002, 7.3)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from amends.journal.vocabulary import Subject
from amends.people.models import Person, Unit


class RoutingRule(models.Model):
    """Complaints like these go to this unit, to these people first. Never changed: ended, and another one added."""

    category = models.ForeignKey(
        "framework.Category", null=True, blank=True, on_delete=models.PROTECT, related_name="routing_rules"
    )
    product = models.ForeignKey(
        "framework.Product", null=True, blank=True, on_delete=models.PROTECT, related_name="routing_rules"
    )
    site = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="routing_rules")
    preferred = models.ManyToManyField(Person, blank=True, related_name="preferred_by_rules")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="routing_rules_made"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(category__isnull=False) | Q(product__isnull=False) | ~Q(site="") | ~Q(language=""),
                name="routing_rule_asks_for_something",
            )
        ]

    def __str__(self) -> str:
        return f"routing rule {self.pk}"

    @property
    def subject(self) -> Subject:
        """The rule as the journal names it."""
        return Subject("routing_rule", self.pk)

    @property
    def conditions(self) -> int:
        """How much it asks for: the rule that asks for more wins."""
        return sum([self.category_id is not None, self.product_id is not None, bool(self.site), bool(self.language)])
