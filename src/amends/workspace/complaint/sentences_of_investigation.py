"""What the journal says of an investigation, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.complaints.models import Custody, Evidence, Hearing, InvestigationLevel, Unheard
from amends.workspace.complaint.names import Names
from amends.workspace.complaint.wording import Facts, Line, label


def level_changed(facts: Facts, names: Names) -> Line:
    """Which level holds from now on."""
    return Line([label(InvestigationLevel.Level, facts.get("level"))], icon="search")


def question(facts: Facts, names: Names) -> Line:
    """A later version says so."""
    later = facts.get("version", 1) > 1
    return Line([_("version %(version)s") % {"version": facts["version"]} if later else ""], icon="search")


def task_given(facts: Facts, names: Names) -> Line:
    """Who was asked, and how many files go along."""
    return Line([names.of(facts.get("person") or facts.get("unit")), files(facts)], icon="people")


def task_answered(facts: Facts, names: Names) -> Line:
    """What came with it."""
    return Line([files(facts), _("late") if facts.get("was_late") else ""], icon="people", look="ok")


def task_cancelled(facts: Facts, names: Names) -> Line:
    """Nothing more to say."""
    return Line(icon="stop")


def evidence_added(facts: Facts, names: Names) -> Line:
    """What kind of thing it is."""
    return Line([label(Evidence.Kind, facts.get("kind"))], icon="clip")


def evidence_moved(facts: Facts, names: Names) -> Line:
    """What happened to it."""
    return Line([label(Custody.What, facts.get("what"))], icon="clip")


def evidence_verified(facts: Facts, names: Names) -> Line:
    """Nothing more to say."""
    return Line(icon="clip", look="ok")


def hearing_recorded(facts: Facts, names: Names) -> Line:
    """With whom, and how."""
    return Line([label(Hearing.Side, facts.get("side")), label(Hearing.How, facts.get("how"))], icon="message")


def hearing_verified(facts: Facts, names: Names) -> Line:
    """Nothing more to say."""
    return Line(icon="check", look="ok")


def left_unheard(facts: Facts, names: Names) -> Line:
    """Why."""
    return Line([label(Unheard.Reason, facts.get("reason"))], icon="stop")


def interim_taken(facts: Facts, names: Names) -> Line:
    """How many steps the plan has."""
    count = facts.get("steps", 0)
    return Line([ngettext("%(count)d step", "%(count)d steps", count) % {"count": count}], icon="send", look="ok")


def step_taken(facts: Facts, names: Names) -> Line:
    """Which step of which measure."""
    which = {"number": facts.get("number"), "measure": facts.get("measure")}
    return Line([_("step %(number)s of plan %(measure)s") % which], icon="check")


def step_not_taken(facts: Facts, names: Names) -> Line:
    """Nothing more to say."""
    return Line(icon="refresh")


def files(facts: Facts) -> str:
    """How many files."""
    count = facts.get("files", 0)
    return ngettext("%(count)d file", "%(count)d files", count) % {"count": count} if count else ""


WORDED = {
    "complaints.investigation_level_changed": level_changed,
    "complaints.question_planned": question,
    "complaints.question_answered": question,
    "complaints.task_given": task_given,
    "complaints.task_answered": task_answered,
    "complaints.task_cancelled": task_cancelled,
    "complaints.evidence_added": evidence_added,
    "complaints.evidence_moved": evidence_moved,
    "complaints.evidence_verified": evidence_verified,
    "complaints.hearing_recorded": hearing_recorded,
    "complaints.hearing_verified": hearing_verified,
    "complaints.subject_left_unheard": left_unheard,
    "complaints.interim_measure_taken": interim_taken,
    "complaints.planned_step_done": step_taken,
    "complaints.planned_step_undone": step_not_taken,
}
