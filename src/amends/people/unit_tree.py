"""What moving and adding units have in common: one at a time, with room in the path, under a name."""

from django.utils.translation import gettext_lazy as _

from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.people.models import Unit

LONGEST_PATH = 255


def lock_the_tree(*units: Unit) -> None:
    """One who moves units at a time: two units that are moved below each other at once would be lost together."""
    Unit.objects.select_for_update().get(parent__isnull=True)
    for unit in units:
        unit.refresh_from_db(fields=["parent", "path", "closed_at"])


def require_room(parent: Unit, length: int) -> None:
    """Refuse a closed unit, and a path of more characters than the database keeps."""
    if parent.closed_at is not None:
        raise Refusal("unit_closed", _("This unit is closed. Choose another."), field="parent")
    if length > LONGEST_PATH:
        raise Refusal("too_deep", _("There are too many units above it. Choose one further up."), field="parent")


def checked_unit_name(name: str) -> str:
    """The name as we keep it."""
    name = clean_line(name)
    if not name or len(name) > 120:
        raise Refusal("name_needed", _("Enter a name of at most 120 letters."), field="name")
    return name
