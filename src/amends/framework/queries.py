"""Reads over the framework."""

from datetime import datetime

from django.db.models import Q

from amends.framework.models import Activation, Category, Organisation, Product, RulePackVersion


def organisation() -> Organisation | None:
    """The organisation, once the first start has been done."""
    return Organisation.objects.filter(pk=1, is_provisional=False).first()


def the_organisation() -> Organisation:
    """The organisation, even a provisional one. Raises Organisation.DoesNotExist before the first start."""
    return Organisation.objects.get(pk=1)


def pack_in_force(at: datetime) -> RulePackVersion:
    """The pack version that applies to what is received at a moment: the activation that began last."""
    found = (
        Activation.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))
        .select_related("pack_version")
        .order_by("-starts_at", "-pk")
    )
    active = found.filter(starts_at__lte=at).first() or found.first()
    if active is None:
        raise RulePackVersion.DoesNotExist("no rule pack is active")
    return active.pack_version


def grouped(items: list[Category] | list[Product]) -> list[tuple[Category | Product, list[Category | Product]]]:
    """Items of a two-level list as groups with what stands below them; an item without group stands alone."""
    below: dict[int, list[Category | Product]] = {}
    for item in items:
        if item.parent_id is not None:
            below.setdefault(item.parent_id, []).append(item)
    return [(item, below.get(item.pk, [])) for item in items if item.parent_id is None]
