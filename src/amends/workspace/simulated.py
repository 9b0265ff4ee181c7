"""Simulated complaints: what is tried, and how it was handled; only for those who do not handle complaints (8.3)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from amends.complaints.queries import visible_to
from amends.kit.ids import read_reference
from amends.kit.refusal import Refusal
from amends.permissions.engine import may
from amends.surveys.actions import end_simulation, judge_simulated, mark_simulated
from amends.surveys.models import SimulatedContact
from amends.surveys.permissions import May
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField, TextField
from amends.ui.kept import kept_from
from amends.ui.parts import Crumb
from amends.ui.widgets import CodeInput
from amends.workspace.addresses import address_of
from amends.workspace.answering import shown_in, status_of
from amends.workspace.shielded import hide_names

PAGE_SIZE = 50


class MarkForm(forms.Form):
    """Which complaint was made up, what it tries and why."""

    use_required_attribute = False

    reference = LineField(
        label=gettext_lazy("Reference"),
        max_length=40,
        widget=CodeInput,
        error_messages={"required": gettext_lazy("Enter the reference of the complaint.")},
    )
    scenario = TextField(
        label=gettext_lazy("What is tried?"),
        help_text=gettext_lazy("Who the person pretends to be, what they ask for, what to look at."),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Describe what is tried.")},
    )
    reason = LineField(
        label=gettext_lazy("Why is it done?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say why it is done.")},
    )


class ResultForm(forms.Form):
    """How it was handled."""

    use_required_attribute = False

    result = TextField(
        label=gettext_lazy("What was found?"),
        help_text=gettext_lazy("After that, it stays as it is."),
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Write what was found.")},
    )


class EndForm(forms.Form):
    """Why it is real after all."""

    use_required_attribute = False

    ended_why = LineField(
        label=gettext_lazy("Why is it not simulated?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say why.")},
    )


def _seen(request: StaffVisit) -> QuerySet[SimulatedContact]:
    """Those about complaints that this person may read."""
    return SimulatedContact.objects.filter(complaint__in=visible_to(request.actor)).select_related(
        "complaint", "person", "result_by", "ended_by"
    )


@needs(May.SEE_SIMULATED)
def simulated(request: StaffVisit) -> HttpResponse:
    """Newest first, `?before=` goes further back; posting marks one more."""
    form = None
    if may(request.actor, May.SIMULATE):
        form = MarkForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            with shown_in(form):
                _mark(request, form)
                said = _("It is marked. It counts in no statistics, and nobody is asked about it.")
                messages.success(request, said)
                return redirect("workspace:simulated")
    rows = _seen(request).order_by("-at", "-id")
    before = read_reference(request.GET.get("before", ""))
    last = _seen(request).filter(complaint__reference=before).order_by("-at").first() if before else None
    if last is not None:
        rows = rows.filter(at__lt=last.at)
    found = list(rows[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    hide_names(request, [each.complaint for each in found])
    context = {
        "crumbs": _crumbs(),
        "rows": found,
        "form": form,
        "next": f"?before={found[-1].complaint.reference}" if more else "",
    }
    return render(request, "workspace/simulated.html", context, status=status_of(form) if form else 200)


def _mark(request: StaffVisit, form: MarkForm) -> None:
    reference = read_reference(form.cleaned_data["reference"])
    complaint = visible_to(request.actor).filter(reference=reference).first() if reference else None
    if complaint is None:
        raise Refusal("reference_unknown", _("There is no such complaint that you may read."), field="reference")
    given = form.cleaned_data
    mark_simulated(complaint, scenario=given["scenario"], reason=given["reason"], by=request.actor, at=request.now)


@needs(May.SEE_SIMULATED)
def one(request: StaffVisit, reference: str) -> HttpResponse:
    """One of them; posting records what was found."""
    row = _loaded(request, reference)
    form = ResultForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            judge_simulated(row, result=form.cleaned_data["result"], by=request.actor, at=request.now)
            messages.success(request, _("The result is recorded."))
            return redirect("workspace:simulated_one", reference=reference)
    return _page(request, row, form, EndForm())


@require_POST
@needs(May.SIMULATE)
def ending(request: StaffVisit, reference: str) -> HttpResponse:
    """It is real after all."""
    row = _loaded(request, reference)
    form = EndForm(request.POST)
    if form.is_valid():
        with shown_in(form):
            end_simulation(row, reason=form.cleaned_data["ended_why"], by=request.actor, at=request.now)
            messages.success(request, _("The complaint counts again."))
            return redirect("workspace:simulated")
    return _page(request, row, ResultForm(), form)


def _loaded(request: StaffVisit, reference: str) -> SimulatedContact:
    read = read_reference(reference)
    row = _seen(request).filter(complaint__reference=read).order_by("-at", "-id").first() if read else None
    if row is None:
        raise Http404
    return row


def _page(request: StaffVisit, row: SimulatedContact, result: ResultForm, ending: EndForm) -> HttpResponse:
    hide_names(request, [row.complaint])
    may_change = not row.result and row.ended_at is None and may(request.actor, May.SIMULATE, row.complaint)
    context: dict[str, Any] = {
        "crumbs": _crumbs(row.complaint.reference),
        # Where somebody was faster there is no form any more to show it in.
        "kept": kept_from(request) if request.method == "POST" and not may_change else None,
        "row": row,
        "href": address_of(row.complaint),
        "form": result,
        "ending": ending,
        "may_change": may_change,
    }
    return render(request, "workspace/simulated_one.html", context, status=status_of(result, ending))


def _crumbs(reference: str = "") -> list[Crumb]:
    crumbs = [Crumb(_("Satisfaction"), reverse("workspace:survey_results"))]
    if not reference:
        return [*crumbs, Crumb(_("Simulated complaints"), "")]
    return [*crumbs, Crumb(_("Simulated complaints"), reverse("workspace:simulated")), Crumb(reference, "")]
