"""What the journal says of an investigation, in words: levels, questions, tasks."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.complaints.models import InvestigationLevel
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
}
