"""Reads over the framework."""

from amends.framework.models import Category, Organisation, Product


def organisation() -> Organisation | None:
    """The organisation, once the first start has been done."""
    return Organisation.objects.filter(pk=1, is_provisional=False).first()


def the_organisation() -> Organisation:
    """The organisation, even a provisional one. Raises Organisation.DoesNotExist before the first start."""
    return Organisation.objects.get(pk=1)


def grouped(items: list[Category] | list[Product]) -> list[tuple[Category | Product, list[Category | Product]]]:
    """Items of a two-level list as groups with what stands below them; an item without group stands alone."""
    below: dict[int, list[Category | Product]] = {}
    for item in items:
        if item.parent_id is not None:
            below.setdefault(item.parent_id, []).append(item)
    return [(item, below.get(item.pk, [])) for item in items if item.parent_id is None]
