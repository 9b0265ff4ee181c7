"""What the journal says about significant complaints and about who takes a complaint over, in words."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.workspace.complaint.names import Names
from amends.workspace.complaint.wording import Facts, Line


def _significant_raised(facts: Facts, names: Names) -> Line:
    told = facts.get("told", 0)
    words = ngettext("%(count)d person told", "%(count)d people told", told) % {"count": told}
    return Line([words], icon="alert", look="danger")


def _significant_read(facts: Facts, names: Names) -> Line:
    return Line(icon="eye", look="ok")


def _significant_reacted(facts: Facts, names: Names) -> Line:
    return Line([time_taken(facts.get("minutes", 0))], icon="check", look="ok")


def time_taken(minutes: int) -> str:
    """A time between two moments, as exactly as it matters."""
    if minutes < 60:
        return ngettext("after %(count)d minute", "after %(count)d minutes", minutes) % {"count": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("after %(count)d hour", "after %(count)d hours", hours) % {"count": hours}
    days = hours // 24
    return ngettext("after %(count)d day", "after %(count)d days", days) % {"count": days}


def _priority_found_wrong(facts: Facts, names: Names) -> Line:
    return Line(icon="flag", look="danger")


def _handed_over(facts: Facts, names: Names) -> Line:
    return Line([names.of(facts.get("to")), names.of(facts.get("unit"))], icon="next")


def _hand_over_accepted(facts: Facts, names: Names) -> Line:
    late = _("late") if facts.get("was_late") else ""
    return Line([names.of(facts.get("handler")), names.of(facts.get("unit")), late], icon="check", look="ok")


def _hand_over_declined(facts: Facts, names: Names) -> Line:
    return Line(icon="reply")


WORDED: dict[str, Callable[[Facts, Names], Line]] = {
    "complaints.handed_over": _handed_over,
    "complaints.hand_over_accepted": _hand_over_accepted,
    "complaints.hand_over_declined": _hand_over_declined,
    "complaints.priority_found_wrong": _priority_found_wrong,
    "complaints.significant_raised": _significant_raised,
    "complaints.significant_read": _significant_read,
    "complaints.significant_reacted": _significant_reacted,
}
