"""Adding and ending routing rules: which unit gets which complaints, and who there first."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.models import Category, Product, RoutingRule
from amends.framework.permissions import May
from amends.framework.routing import rules_in_force
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line, fold
from amends.people.models import Person, Unit
from amends.permissions import engine


@transaction.atomic
def add_routing_rule(
    unit: Unit,
    *,
    by: engine.Person,
    at: datetime,
    category: Category | None = None,
    product: Product | None = None,
    site: str = "",
    language: str = "",
    preferred: Sequence[Person] = (),
) -> RoutingRule:
    """Complaints received from now on go there; those that are here stay where they are."""
    engine.require(by, May.CHANGE_ROUTING)
    site = clean_line(site)[:120]
    if unit.closed_at is not None:
        raise Refusal("unit_closed", _("This unit is closed. Choose another."), field="unit")
    if category is None and product is None and not site and not language:
        raise Refusal("condition_needed", _("Say at least one thing that such complaints have in common."))
    same = rules_in_force().filter(category=category, product=product, language=language)
    if any(fold(rule.site) == fold(site) for rule in same):
        raise Refusal("rule_exists", _("There is a rule for such complaints already. End it first."))
    rule = RoutingRule.objects.create(
        category=category,
        product=product,
        site=site,
        language=language,
        unit=unit,
        made_at=at,
        made_by_id=by.actor_key if by.actor_kind == "person" else None,
    )
    rule.preferred.set(preferred)
    record(
        events.RoutingRuleAdded(
            rule=rule.subject,
            category=category.code if category else "",
            product=product.code if product else "",
            has_site=bool(site),
            language=language,
            unit=unit.subject,
            preferred=tuple(person.subject for person in preferred),
        ),
        by=by,
        at=at,
        payload={"site": site} if site else None,
    )
    return rule


@transaction.atomic
def end_routing_rule(rule: RoutingRule, *, by: engine.Person, at: datetime) -> None:
    """Use it no longer."""
    engine.require(by, May.CHANGE_ROUTING)
    if RoutingRule.objects.filter(pk=rule.pk, ended_at__isnull=True).update(ended_at=at) != 1:
        raise Refusal("ended_already", _("This rule was ended already."))
    record(events.RoutingRuleEnded(rule=rule.subject), by=by, at=at)
