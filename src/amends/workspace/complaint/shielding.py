"""Keeping the complainant's name from those who handle the complaint, and harm for having complained (annex D)."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints import actions
from amends.complaints.actions.report_detriment import LONGEST
from amends.complaints.models import DetrimentReport
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.journal.reads import note_read
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.choices import long_text
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SHIELDING = Screen(
    verb=Verb.SHIELD,
    title=_("Shield the complainant"),
    button=_("Shield the complainant"),
    said=_("The complainant is shielded. Those who handle the complaint read another name."),
    intro=_(
        "From now on only data protection and the management representative see the name and the addresses. Everybody "
        "else reads a sign instead, also inside of texts and in the names of files. What stands inside of a file is "
        "not changed. Links with other complaints are cut."
    ),
    kind="danger",
)
LIFTING = Screen(
    verb=Verb.UNSHIELD,
    title=_("End the shield"),
    button=_("Show the name again"),
    said=_("The name is shown again to those who may know it."),
    kind="danger",
)
REPORTING = Screen(
    verb=Verb.REPORT_DETRIMENT,
    title=_("Harm for having complained"),
    button=_("Save the report"),
    said=_("The report is saved, and the management representative is told."),
    intro=_(
        "Write down what the complainant says they suffer because they complained. Only the management representative "
        "and data protection can read it afterwards."
    ),
    template="workspace/complaint/detriment.html",
)


class WhyForm(StepForm):
    """Why it is done."""

    reason = LineField(label=_("Why?"), max_length=500, error_messages={"required": _("Say why.")})


class DetrimentForm(StepForm):
    """What they say."""

    text = long_text(_("What happened?"), longest=LONGEST, missing=_("Write what happened"))


@needs(May.SHIELD)
def shield(request: StaffVisit, reference: str) -> HttpResponse:
    """Shield after saying why."""

    def act(case: Case, form: WhyForm) -> None:
        why = form.cleaned_data["reason"]
        actions.shield(case.complaint, reason=why, by=case.actor, at=case.now, seen=form.version)

    return SHIELDING.answer(request, opened(request, reference), WhyForm, act)


@needs(May.SHIELD)
def unshield(request: StaffVisit, reference: str) -> HttpResponse:
    """End the shield after saying why."""

    def act(case: Case, form: WhyForm) -> None:
        why = form.cleaned_data["reason"]
        actions.unshield(case.complaint, reason=why, by=case.actor, at=case.now, seen=form.version)

    return LIFTING.answer(request, opened(request, reference), WhyForm, act)


@needs(May.LIST)
def detriment(request: StaffVisit, reference: str) -> HttpResponse:
    """Write down a report. Those who may read the earlier ones find them below; that they look is recorded."""
    return REPORTING.answer(request, opened(request, reference), DetrimentForm, _report, _look)


def _report(case: Case, form: DetrimentForm) -> None:
    actions.report_detriment(case.complaint, text=form.cleaned_data["text"], by=case.actor, at=case.now)


def _look(case: Case, form: DetrimentForm) -> dict[str, object]:
    if not case.reads_detriment:
        return {}
    reports = list(DetrimentReport.objects.filter(complaint=case.complaint).order_by("-number")[:50])
    if reports:
        note_read(case.complaint.subject, by=case.actor, at=case.now, field_group="detriment")
    return {"reports": reports}
