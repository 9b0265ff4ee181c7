"""What the journal says of the record itself: merged, linked, corrected, set aside, given to somebody."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.complaints.models import Link
from amends.complaints.stages import Stage
from amends.workspace.complaint.names import Names
from amends.workspace.complaint.wording import Facts, Line, Words, label


def _merged(facts: Facts, names: Names) -> Line:
    count = facts.get("held_clocks", 0)
    held = ngettext("%(count)d clock is held", "%(count)d clocks are held", count) % {"count": count}
    details: list[Words] = [held if count else ""]
    if not facts.get("is_same_person"):
        details.append(_("different people complain"))
    return Line(details, icon="copy")


def _unmerged(facts: Facts, names: Names) -> Line:
    same = facts.get("facts") == facts.get("facts_before")
    details: list[Words] = [label(Stage, facts.get("stage")), _("exactly as it was before") if same else ""]
    return Line(details, icon="copy")


def _linked(facts: Facts, names: Names) -> Line:
    joint = _("a joint answer is wanted") if facts.get("wants_joint_answer") else ""
    return Line([label(Link.Kind, facts.get("kind")), joint], icon="people")


def _unlinked(facts: Facts, names: Names) -> Line:
    return Line([label(Link.Kind, facts.get("kind"))], icon="people")


WORDED: Mapping[str, Callable[[Facts, Names], Line]] = {
    "complaints.merged": _merged,
    "complaints.unmerged": _unmerged,
    "complaints.linked": _linked,
    "complaints.unlinked": _unlinked,
}
