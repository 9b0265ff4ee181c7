"""Walls, and what the person complained about was told and said, in words for the timeline."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.complaints.models import Wall
from amends.complaints.models.subject_rights import How
from amends.workspace.complaint.names import Names
from amends.workspace.complaint.wording import Facts, Line, Words, label


def _wall_raised(facts: Facts, names: Names) -> Line:
    count = facts.get("read_before", 0)
    reads = ngettext("read %(count)d time before", "read %(count)d times before", count) % {"count": count}
    people = [facts["person"]] if facts.get("person") else facts.get("people", ())
    details: list[Words] = [*(names.of(person) for person in people), reads if count else ""]
    if facts.get("before"):
        details.append(_("taken from %(name)s") % {"name": names.of(facts["before"])})
    if facts.get("new_handler"):
        details.append(_("assigned to %(name)s") % {"name": names.of(facts["new_handler"])})
    if facts.get("ended_tasks"):
        count = facts["ended_tasks"]
        details.append(ngettext("%(count)d task ended", "%(count)d tasks ended", count) % {"count": count})
    details += [words for field, words in _ENDED.items() if facts.get(field)]
    return Line(details, icon="shield")


#: What else a wall ended, by the field of the event that says so.
_ENDED: dict[str, Words] = {
    "ended_hand_over": gettext_lazy("the hand-over ended"),
    "set_aside": gettext_lazy("the decision was set aside: somebody else decides"),
}


def _wall_lifted(facts: Facts, names: Names) -> Line:
    return Line([names.of(facts.get("person")), label(Wall.Why, facts.get("why"))], icon="shield")


def _with_subject(facts: Facts, names: Names) -> Line:
    how = label(How, facts["how"]) if facts.get("how") else ""
    return Line([names.of(facts.get("person")), how], icon="person")


WORDED: dict[str, Callable[[Facts, Names], Line]] = {
    "complaints.subject_named": _wall_raised,
    "complaints.conflict_declared": _wall_raised,
    "complaints.walls_followed": _wall_raised,
    "complaints.wall_lifted": _wall_lifted,
    "complaints.subject_told": _with_subject,
    "complaints.details_given": _with_subject,
    "complaints.support_person_named": _with_subject,
    "complaints.statement_taken": _with_subject,
    "complaints.subject_result_told": _with_subject,
    "complaints.passed_to_hr": _with_subject,
}
