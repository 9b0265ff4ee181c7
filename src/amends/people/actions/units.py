"""The tree of units: adding, renaming, moving, closing."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.people import events
from amends.people.models import Unit
from amends.people.permissions import May
from amends.permissions import engine

LONGEST_PATH = 255


@transaction.atomic
def add_unit(name: str, *, parent: Unit | None, by: engine.Person, at: datetime) -> Unit:
    """Add a unit below another; without a parent it is the organisation itself, of which there is one."""
    engine.require(by, May.MANAGE_UNITS, parent)
    if parent is not None:
        _lock_the_tree(parent)
        _require_room(parent, len(parent.path) + 20)
    unit = Unit(name=_checked(name), parent=parent)
    try:
        with transaction.atomic():
            unit.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal("unit_exists", _("There is a unit of this name here already."), field="name") from error
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    record(events.UnitAdded(unit=unit.subject, parent=parent.subject if parent else None), by=by, at=at)
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, name: str, parent: Unit | None, by: engine.Person, at: datetime) -> None:
    """Rename a unit, or move it with everything below it."""
    engine.require(by, May.MANAGE_UNITS, unit)
    if (parent is None) != unit.is_root:
        raise Refusal("root_stays", _("The organisation itself stays at the top."), field="parent")
    if parent is not None and parent.pk != unit.parent_id:
        engine.require(by, May.MANAGE_UNITS, parent)
        _lock_the_tree(parent, unit)
        if parent.path.startswith(unit.path):
            raise Refusal("unit_circle", _("A unit cannot stand below itself."), field="parent")
        longest = max(len(path) for path in Unit.objects.within(unit).values_list("path", flat=True))
        _require_room(parent, len(parent.path) + longest)
    before, old = unit.name, unit.path
    unit.name, unit.parent = _checked(name), parent
    try:
        with transaction.atomic():
            unit.save(update_fields=["name", "parent"])
    except IntegrityError as error:
        raise Refusal("unit_exists", _("There is a unit of this name here already."), field="name") from error
    new = f"{parent.path if parent else '/'}{unit.pk}/"
    if new != old:
        Unit.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
        unit.path = new
    record(
        events.UnitChanged(unit=unit.subject, parent=parent.subject if parent else None),
        by=by,
        at=at,
        payload={"before": before, "after": unit.name},
    )


@transaction.atomic
def close_unit(unit: Unit, *, successor: Unit, by: engine.Person, at: datetime) -> None:
    """Close a unit that has no open units below it. What it held stays readable under the same name."""
    engine.require(by, May.MANAGE_UNITS, unit)
    if unit.is_root:
        raise Refusal("root_stays", _("The organisation itself stays at the top."))
    if Unit.objects.open().filter(parent=unit).exists():
        raise Refusal("units_below", _("There are open units below it. Move or close those first."))
    if successor.pk == unit.pk or successor.closed_at is not None:
        raise Refusal("successor_unfit", _("Choose an open unit that takes over."), field="successor")
    if Unit.objects.filter(pk=unit.pk, closed_at__isnull=True).update(closed_at=at) != 1:
        raise Refusal("unit_closed", _("This unit is closed already."))
    record(events.UnitClosed(unit=unit.subject, successor=successor.subject), by=by, at=at)


def _lock_the_tree(*units: Unit) -> None:
    """One who moves units at a time: two units that are moved below each other at once would be lost together."""
    Unit.objects.select_for_update().get(parent__isnull=True)
    for unit in units:
        unit.refresh_from_db(fields=["parent", "path", "closed_at"])


def _require_room(parent: Unit, length: int) -> None:
    if parent.closed_at is not None:
        raise Refusal("unit_closed", _("This unit is closed. Choose another."), field="parent")
    if length > LONGEST_PATH:
        raise Refusal("too_deep", _("There are too many units above it. Choose one further up."), field="parent")


def _checked(name: str) -> str:
    name = clean_line(name)
    if not name or len(name) > 120:
        raise Refusal("name_needed", _("Enter a name of at most 120 letters."), field="name")
    return name
