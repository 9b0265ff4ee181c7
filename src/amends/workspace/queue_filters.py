"""What a list is narrowed to and how it is sorted: read from the address, and written into it again."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.complaints.due_soon import NEXT_WEEK, OVERDUE, TODAY, Window, window_called, windows
from amends.complaints.models.complaint import Severity
from amends.complaints.queries import Filters, Sort, View
from amends.complaints.relations import READERS
from amends.complaints.stages import Stage
from amends.correspondence.models.message import Channel
from amends.framework.models import Organisation, Product
from amends.kit.text import clean_line
from amends.people.models import Person, Unit
from amends.people.standing import Staff
from amends.ui import formatting
from amends.ui.current import own_name

Words = str | Promise
Choices = Sequence[tuple[str, Words]]

_NAMES: dict[str, Words] = {
    "due": _("Due"),
    "severity": _("Severity"),
    "stage": _("Stage"),
    "channel": _("Channel"),
    "product": _("Product or service"),
    "language": _("Language"),
    "unit": _("Unit"),
    "handler": _("Handler"),
    "age": _("Age"),
}
#: What the ages of `queries.AGES` are called.
AGE_NAMES: dict[str, Words] = {
    "week": _("Less than a week"),
    "month": _("A week to a month"),
    "quarter": _("One to three months"),
    "older": _("More than three months"),
}
SORTS: dict[Sort, Words] = {
    Sort.DUE: _("Next deadline"),
    Sort.RECEIVED: _("Newest first"),
    Sort.PRIORITY: _("Priority"),
}


@dataclass(frozen=True)
class Choice:
    """One filter as a control: its name, what can be chosen, and what is."""

    key: str
    name: Words
    options: Choices
    value: str
    without_href: str

    @property
    def chosen(self) -> Words:
        """The words of what is chosen, empty where nothing is."""
        return dict(self.options).get(self.value, "") if self.value else ""


@dataclass(frozen=True)
class Asked:
    """Everything that the address of a list says. What it says wrongly counts as not said."""

    address: str
    view: View
    sort: Sort = Sort.DUE
    filters: Filters = field(default_factory=Filters)
    page: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether it is narrowed at all."""
        return any(asdict(self.filters).values())

    def href(self, *, page: str = "", without: str = "") -> str:
        """The address of the same list at another page, or without one of its filters (`all`: without any)."""
        kept = {key: value for key, value in asdict(self.filters).items() if value and without not in {key, "all"}}
        sort = self.sort.value if self.sort is not Sort.DUE else ""
        said = {"view": self.view.value, **kept, "sort": sort, "page": page}
        return f"{self.address}?{urlencode({key: value for key, value in said.items() if value})}"


def read(query: QueryDict, address: str, view: View) -> Asked:
    """What an address asks for; `view` where it names none."""
    named = query.get("view", "")
    sort = query.get("sort", "")
    given = {key.name: clean_line(query.get(key.name, ""))[:64] for key in fields(Filters)}
    return Asked(
        address,
        View(named) if named in set(View) else view,
        Sort(sort) if sort in set(Sort) else Sort.DUE,
        Filters(**given),
        query.get("page", ""),
    )


def choices_for(asked: Asked, actor: Staff, now: datetime, organisation: Organisation) -> list[Choice]:
    """The filters with what can be chosen in each; one with a single choice is left out. Two queries."""
    options: dict[str, Choices] = {
        "due": _due(asked.filters.due, now, organisation),
        "severity": [(str(value), label) for value, label in reversed(Severity.choices)],
        "stage": Stage.choices,
        "channel": Channel.choices,
        "product": [(product.code, str(product)) for product in Product.objects.in_use().in_order()],
        "language": [(code, own_name(code)) for code, _name in settings.LANGUAGES],
        "unit": _units(actor),
        "handler": _chosen_handler(asked.filters.handler),
        "age": list(AGE_NAMES.items()),
    }
    given = asdict(asked.filters)
    return [
        Choice(key, name, options[key], given[key], asked.href(without=key))
        for key, name in _NAMES.items()
        if len(options[key]) > 1 or given[key]
    ]


def _due(chosen: str, now: datetime, organisation: Organisation) -> Choices:
    """The days of this week and what lies around them; and any other day that the address names."""
    shown = windows(now, organisation)
    other = window_called(chosen, now, organisation)
    if other is not None and other.key not in {window.key for window in shown}:
        shown.append(other)
    return [(window.key, label_of(window)) for window in shown]


def label_of(window: Window) -> Words:
    """What a time in which deadlines fall is called."""
    named = {OVERDUE: _("Overdue"), TODAY: _("Today"), NEXT_WEEK: _("Next week")}
    return formatting.weekday(window.day) if window.day and window.key not in named else named[window.key]


def _chosen_handler(chosen: str) -> Choices:
    """Only the one the address names: whose work is shown is chosen on the page of the workload."""
    rows = Person.objects.filter(pk=int(chosen)) if chosen.isdecimal() and len(chosen) < 19 else Person.objects.none()
    return [(str(person.pk), person.name) for person in rows]


def _units(actor: Staff) -> Choices:
    scope = actor.scope(*READERS)
    units = Unit.objects.open() if scope.everywhere else Unit.objects.open().filter(pk__in=scope.units)
    return [(str(unit.pk), unit.name) for unit in units.order_by("name", "pk")]
