"""Outside bodies, what left the house, and looks at what is watched, in words for the timeline."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.complaints.models import OutsideDisclosure, Referral
from amends.ui import formatting
from amends.workspace.complaint.names import Names
from amends.workspace.complaint.wording import Facts, Line, Words, label


def _referred(facts: Facts, names: Names) -> Line:
    return Line([_day(facts.get("referred_on")), _file_by(facts)], icon="leave")


def _updated(facts: Facts, names: Names) -> Line:
    return Line([_file_by(facts)], icon="pencil")


def _result_recorded(facts: Facts, names: Names) -> Line:
    details: list[Words] = []
    if facts.get("outcome"):
        details += [label(Referral.Outcome, facts["outcome"]), label(Referral.Compared, facts.get("compared"))]
    count = facts.get("ordered", 0)
    ordered = ngettext("%(count)d thing ordered", "%(count)d things ordered", count) % {"count": count} if count else ""
    return Line([*details, _day(facts.get("decided_on")), ordered], icon="scales")


def _remedy_left(facts: Facts, names: Names) -> Line:
    return Line([_("ordered by the outside body") if facts.get("is_ordered") else ""], icon="stop")


def _disclosed(facts: Facts, names: Names) -> Line:
    named = _("with the name of the complainant") if facts.get("names_complainant") else _("without the name")
    what, ground = OutsideDisclosure.What, OutsideDisclosure.Ground
    return Line([label(what, facts.get("what")), label(ground, facts.get("ground")), named], icon="send")


def _look_set(facts: Facts, names: Names) -> Line:
    day = _day(facts.get("look_on"))
    return Line([_("again on %(day)s") % {"day": day} if day else _("no further look is needed")], icon="eye")


def _file_by(facts: Facts) -> str:
    day = _day(facts.get("file_due_on"))
    return _("file wanted by %(day)s") % {"day": day} if day else ""


def _day(written: Any) -> str:
    try:
        return formatting.day(date.fromisoformat(str(written)))
    except ValueError:
        return ""


WORDED: dict[str, Callable[[Facts, Names], Line]] = {
    "complaints.referred": _referred,
    "complaints.referral_updated": _updated,
    "complaints.external_result_recorded": _result_recorded,
    "complaints.remedy_left": _remedy_left,
    "complaints.disclosed": _disclosed,
    "complaints.next_look_set": _look_set,
}
