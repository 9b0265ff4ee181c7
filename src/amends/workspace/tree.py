"""The tree of units in the order in which people read it: parents before children, siblings by name."""

from amends.kit.text import fold
from amends.people.models import Unit


def in_order(units: list[Unit]) -> list[Unit]:
    """All of them, each below its parent. A unit whose parent is not among them stands at the top."""
    known = {unit.pk for unit in units}
    below: dict[int | None, list[Unit]] = {}
    for unit in sorted(units, key=lambda each: (fold(each.name), each.pk)):
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    ordered: list[Unit] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting += below.get(unit.pk, [])[::-1]
    return ordered


def choices(units: list[Unit]) -> list[tuple[str, str]]:
    """For a list to choose from, indented by their depth."""
    return [(str(unit.pk), "\u2003" * unit.depth + unit.name) for unit in in_order(units)]
