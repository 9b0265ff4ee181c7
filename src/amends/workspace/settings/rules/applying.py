"""In words: to which complaints an activation applies, and how a pack stands now."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from amends.framework.models import Activation
from amends.ui import formatting
from amends.ui.parts import Tag


def filters_of(activation: Activation) -> list[tuple[str, str]]:
    """Names and values of its filter; empty for one that applies to whatever no other filter names."""
    found = []
    if activation.product is not None:
        found.append((_("Product or service"), str(activation.product)))
    if activation.site:
        found.append((_("Site"), activation.site))
    if activation.complainant_kind:
        found.append((_("Kind of complainant"), str(activation.get_complainant_kind_display())))
    return found


def is_for_all(activation: Activation) -> bool:
    """Whether it has no filter."""
    return activation.product_id is None and not activation.site and not activation.complainant_kind


def is_last_resort(activation: Activation, at: datetime) -> bool:
    """Whether it is the one that applies to what no filter names: it ends only when another one takes its place."""
    return activation.role == Activation.Role.MAIN and is_for_all(activation) and activation.starts_at <= at


def state_of(activation: Activation, at: datetime) -> Tag:
    """Whether it has begun, and ended."""
    if activation.ends_at is not None and activation.ends_at <= at:
        if activation.ends_at == activation.starts_at:
            return Tag(_("Never began"), "line", "minus")
        return Tag(_("Ended"), "line", "minus")
    if activation.starts_at > at:
        return Tag(_("Begins later"), "wait", "clock")
    return Tag(_("Applies now"), "ok", "approve")


def standing_of_pack(rows: Iterable[Activation], at: datetime) -> list[Tag]:
    """How a pack or a version stands, from its activations."""
    open_ones = [row for row in rows if row.is_open_after(at)]
    now = [row for row in open_ones if row.holds_at(at)]
    tags = []
    mains = [row for row in now if row.role == Activation.Role.MAIN]
    if any(is_for_all(row) for row in mains):
        tags.append(Tag(_("Applies to all that no filter names"), "ok", "approve"))
    elif mains:
        tags.append(Tag(_("Applies to some complaints"), "ok", "approve"))
    if any(row.role == Activation.Role.BESIDE for row in now):
        tags.append(Tag(_("Runs beside another pack"), "ok", "approve"))
    waiting = [row for row in open_ones if row.starts_at > at]
    if waiting:
        first = min(row.starts_at for row in waiting)
        tags.append(Tag(_("Begins on %(day)s") % {"day": formatting.day(first)}, "wait", "clock"))
    return tags


def versions_in_force(rows: Sequence[Activation], at: datetime) -> list[int]:
    """The versions that apply now, by number."""
    return sorted({row.pack_version.version for row in rows if row.holds_at(at)})
