"""Which routing rule fits a complaint: the one that asks for most, the newest of those."""

from django.db.models import QuerySet

from amends.framework.models import Category, Product, RoutingRule
from amends.kit.text import fold


def rules_in_force() -> QuerySet[RoutingRule]:
    """The rules that have not ended, the newest first."""
    return RoutingRule.objects.filter(ended_at__isnull=True, unit__closed_at__isnull=True).order_by("-id")


def rule_fitting(*, category: Category | None, product: Product | None, site: str, language: str) -> RoutingRule | None:
    """The rule for a complaint like this. A rule for a group holds for everything in it. One query."""
    categories = {category.pk, category.parent_id} if category is not None else set()
    products = {product.pk, product.parent_id} if product is not None else set()
    fitting = [
        rule
        for rule in rules_in_force().select_related("unit")
        if (rule.category_id is None or rule.category_id in categories)
        and (rule.product_id is None or rule.product_id in products)
        and (not rule.site or fold(rule.site) == fold(site.strip()))
        and (not rule.language or rule.language == language)
    ]
    return max(fitting, key=lambda rule: (rule.conditions, rule.pk), default=None)
