"""Due this week: how much falls due on each day, unit by unit; each number leads to the complaints behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.due_soon import OVERDUE, TODAY, Window, counts_by_unit, windows
from amends.complaints.permissions import May
from amends.complaints.queries import Filters, View, visible_to
from amends.framework.queries import the_organisation
from amends.people.models import Unit
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.current import organisation_of
from amends.ui.parts import Tone
from amends.workspace.queue_filters import Asked, label_of
from amends.workspace.tree import in_order

Words = str | Promise


@dataclass(frozen=True)
class Column:
    """A window of time, as the head of a column."""

    label: Words
    tone: Tone


@dataclass(frozen=True)
class Number:
    """How many complaints, and where they are listed; no address for none."""

    count: str
    href: str
    column: Column


@dataclass(frozen=True)
class Row:
    """A unit with its numbers, window by window, and all of them together."""

    name: str
    numbers: Sequence[Number]
    total: str


@needs(May.LIST)
def due(request: StaffVisit) -> HttpResponse:
    """The numbers of those complaints that this person may read."""
    organisation = organisation_of(request) or the_organisation()
    shown = windows(request.now, organisation)
    counts = counts_by_unit(visible_to(request.actor), shown)
    units = in_order(list(Unit.objects.filter(pk__in=counts)))
    sums = [sum(column) for column in zip(*counts.values(), strict=True)]
    context = {
        "columns": [_column(window) for window in shown],
        "rows": [_row(unit.name, counts[unit.pk], shown, unit=str(unit.pk)) for unit in units],
        "totals": _row(_("All units"), sums, shown) if len(units) > 1 else None,
        "all_open": f"{reverse('workspace:complaints')}?view={View.OPEN}",
    }
    return render(request, "workspace/due.html", context)


def _row(name: str, counts: Sequence[int], shown: Sequence[Window], *, unit: str = "") -> Row:
    numbers = [_number(count, window, unit) for count, window in zip(counts, shown, strict=True)]
    return Row(name, numbers, formatting.number(sum(counts)))


def _number(count: int, window: Window, unit: str) -> Number:
    asked = Asked(reverse("workspace:complaints"), View.OPEN, filters=Filters(unit=unit, due=window.key))
    return Number(formatting.number(count), asked.href() if count else "", _column(window))


def _column(window: Window) -> Column:
    tones: dict[str, Tone] = {OVERDUE: "danger", TODAY: "warn"}
    return Column(label_of(window), tones.get(window.key, ""))
