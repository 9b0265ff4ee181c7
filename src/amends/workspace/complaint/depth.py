"""The level of an investigation: what is proposed and why, what was chosen, and choosing another (7.6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from amends.complaints.actions import change_level
from amends.complaints.depth import MOST_COUNTED, Signs, signs_of, suggested
from amends.complaints.models import InvestigationLevel
from amends.complaints.models.assessment import Complexity
from amends.complaints.models.complaint import Severity
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

Words = str | Promise
Level = InvestigationLevel.Level

CHANGING = Screen(
    verb=Verb.CHANGE_LEVEL,
    title=_("Investigate at another level"),
    button=_("Save the level"),
    said=_("The level is saved."),
    intro=_("How deep we look follows how serious it is and how often it happens. Earlier choices are kept."),
    template="workspace/complaint/level.html",
)


@dataclass(frozen=True)
class Proposed:
    """The level that the signs call for, and the signs in words."""

    level: Words
    because: Sequence[Words]


class LevelForm(StepForm):
    """A level, and the reason where it is another than the proposed one."""

    level = forms.ChoiceField(
        label=_("How deep do we look?"),
        choices=Level.choices,
        widget=RadioRows,
        error_messages={"required": _("Choose a level")},
    )
    reason = LineField(
        label=_("Reason"),
        max_length=500,
        error_messages={"required": _("Say why another level fits better.")},
    )

    def prepare(self) -> None:
        self.signs = signs_of(self.case.complaint, by=self.case.actor)
        latest = levels_of(self.case)[:1]
        self.initial["level"] = latest[0].level if latest else suggested(self.signs)

    @property
    def chosen(self) -> InvestigationLevel.Level | None:
        """What was chosen; None leaves it to what is proposed."""
        given = self.cleaned_data["level"]
        return Level(given) if given else None


class OpeningForm(LevelForm):
    """As it is opened: the proposed level stands in it, and only another one needs a reason."""

    def prepare(self) -> None:
        super().prepare()
        self.initial["level"] = suggested(self.signs)
        self.fields["level"].required = self.fields["reason"].required = False
        self.fields["reason"].help_text = _("Needed where it is another level than the proposed one.")


@needs(May.INVESTIGATE)
def level(request: StaffVisit, reference: str) -> HttpResponse:
    """Choose another level, with a reason."""
    case = opened(request, reference)
    return CHANGING.answer(request, case, LevelForm, _act, _look, then=case.at("investigation"))


def _act(case: Case, form: LevelForm) -> None:
    level, reason = Level(form.cleaned_data["level"]), form.cleaned_data["reason"]
    change_level(case.complaint, level=level, reason=reason, by=case.actor, at=case.now, seen=form.version)


def _look(case: Case, form: LevelForm) -> dict[str, object]:
    return {"proposed": proposed(form.signs), "levels": levels_of(case)}


def levels_of(case: Case) -> list[InvestigationLevel]:
    """Every choice, newest first. One query."""
    rows = InvestigationLevel.objects.filter(complaint=case.complaint).select_related("person")
    return list(rows.order_by("-version"))


def proposed(signs: Signs) -> Proposed:
    """The proposal with its reasons."""
    because: list[Words] = []
    if signs.is_safety:
        because.append(_("It touches safety"))
    because.append(_("Severity: %(severity)s") % {"severity": Severity(signs.severity).label})
    because.append(_("Complexity: %(complexity)s") % {"complexity": Complexity(signs.complexity).label})
    because.append(repeats_in_words(signs.repeats))
    return Proposed(suggested(signs).label, because)


def repeats_in_words(count: int) -> Words:
    """How often the same happened lately."""
    if not count:
        return _("Nothing alike in the 90 days before")
    return ngettext(
        "%(count)s complaint alike, or by the same person, in the 90 days before",
        "%(count)s complaints alike, or by the same person, in the 90 days before",
        count,
    ) % {"count": f"{MOST_COUNTED}+" if count >= MOST_COUNTED else count}
