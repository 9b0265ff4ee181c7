"""Redress for others who did not complain: what is under way, how far it has come, and its end (annex F)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.actions import end_redress, record_progress
from amends.complaints.models import RedressProject
from amends.complaints.permissions import May
from amends.complaints.queries import visible_to
from amends.framework.queries import the_organisation
from amends.kit.refusal import Refusal
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import TextField
from amends.ui.kept import kept_from
from amends.ui.widgets import RadioRows
from amends.workspace.addresses import address_of
from amends.workspace.answering import NOT_OFFERED, shown_in, status_of
from amends.workspace.shielded import hide_names

PAGE_SIZE = 50
_MOST = 10**9 - 1


class ProgressForm(forms.Form):
    """How many there are, were reached, and are put right by now."""

    use_required_attribute = False

    people = forms.IntegerField(
        label=gettext_lazy("How many there are"), required=False, min_value=1, max_value=10**9 - 1
    )
    contacted = forms.IntegerField(label=gettext_lazy("Reached by now"), min_value=0, max_value=_MOST)
    put_right = forms.IntegerField(label=gettext_lazy("Put right by now"), min_value=0, max_value=_MOST)
    note = TextField(
        label=gettext_lazy("What was done"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say what was done")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class EndForm(forms.Form):
    """Whether everybody was put right, or why it stops."""

    use_required_attribute = False

    how = forms.ChoiceField(
        label=gettext_lazy("How does it end?"),
        choices=[
            ("done", gettext_lazy("Everybody was put right")),
            ("stopped", gettext_lazy("It stops before that")),
        ],
        widget=RadioRows,
        error_messages=NOT_OFFERED,
    )
    result = TextField(
        label=gettext_lazy("What came of it"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say what came of it, or why it stops")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


@dataclass(frozen=True)
class Row:
    """One redress in the list."""

    project: RedressProject
    is_late: bool
    share: str


def visible_redress(request: StaffVisit) -> QuerySet[RedressProject]:
    """Those that began with a complaint which this person may read."""
    return RedressProject.objects.filter(complaint__in=visible_to(request.actor).counted()).select_related(
        "owner", "complaint"
    )


@needs(May.LIST)
def redress_list(request: StaffVisit) -> HttpResponse:
    """Newest first; `?state=open` narrows, `?before=` goes further back."""
    rows = visible_redress(request).order_by("-number")
    is_open_only = request.GET.get("state") == "open"
    if is_open_only:
        rows = rows.filter(state=RedressProject.State.OPEN)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 10:
        rows = rows.filter(number__lt=int(before))
    found = list(rows[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    hide_names(request, [each.complaint for each in found])
    today = request.now.astimezone(the_organisation().zone).date()
    narrowed = "&state=open" if is_open_only else ""
    context = {
        "rows": [_row(project, today) for project in found],
        "is_open_only": is_open_only,
        "next": f"?before={found[-1].number}{narrowed}" if more else "",
    }
    return render(request, "workspace/redress_list.html", context)


def _row(project: RedressProject, today: date) -> Row:
    is_late = project.state == RedressProject.State.OPEN and project.due_on < today
    if project.people is None:
        share = _("%(count)s put right") % {"count": project.put_right}
    else:
        share = _("%(count)s of %(all)s put right") % {"count": project.put_right, "all": project.people}
    return Row(project, is_late, share)


def _loaded(request: StaffVisit, number: int) -> RedressProject:
    project = visible_redress(request).filter(number=number).first() if number < 2**31 else None
    if project is None:
        raise Http404
    return project


def _initial(project: RedressProject) -> dict[str, Any]:
    return {
        "people": project.people,
        "contacted": project.contacted,
        "put_right": project.put_right,
        "seen": project.version,
    }


def _page(
    request: StaffVisit,
    project: RedressProject,
    progress: ProgressForm | None = None,
    ending: EndForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    may_change = project.state == RedressProject.State.OPEN and may(request.actor, May.REDRESS, project.complaint)
    hide_names(request, [project.complaint])
    today = request.now.astimezone(the_organisation().zone).date()
    context = {
        "row": _row(project, today),
        "project": project,
        "complaint_href": address_of(project.complaint),
        "history": project.progress.select_related("person").order_by("-pk")[:PAGE_SIZE],
        "may_change": may_change,
        "kept": kept_from(request),
        "progress": progress or ProgressForm(initial=_initial(project)),
        "ending": ending or EndForm(initial={"seen": project.version}, auto_id="ending_%s"),
    }
    return render(request, "workspace/redress.html", context, status=status)


@needs(May.LIST)
def project(request: StaffVisit, number: int) -> HttpResponse:
    """Everything about one redress."""
    return _page(request, _loaded(request, number))


@needs(May.REDRESS)
def progress(request: StaffVisit, number: int) -> HttpResponse:
    """Recording how far it has come."""
    found = _loaded(request, number)
    if request.method != "POST":
        return redirect("workspace:redress_project", number)
    form = ProgressForm(request.POST)
    status = 422
    if form.is_valid():
        with shown_in(form):
            try:
                record_progress(found, **form.cleaned_data, by=request.actor, at=request.now)
            except Refusal as refusal:
                if refusal.code != "stale":
                    raise
                return _stale(request, number, refusal, progress=form)
            messages.success(request, _("The progress is recorded."))
            return redirect("workspace:redress_project", number)
    return _page(request, found, progress=form, status=status)


@needs(May.REDRESS)
def ending(request: StaffVisit, number: int) -> HttpResponse:
    """Ending it."""
    found = _loaded(request, number)
    if request.method != "POST":
        return redirect("workspace:redress_project", number)
    form = EndForm(request.POST, auto_id="ending_%s")
    if form.is_valid():
        given = form.cleaned_data
        is_done = given["how"] == "done"
        with shown_in(form):
            try:
                end_redress(
                    found, is_done=is_done, result=given["result"], seen=given["seen"], by=request.actor, at=request.now
                )
            except Refusal as refusal:
                if refusal.code != "stale":
                    raise
                return _stale(request, number, refusal, ending=form)
            messages.success(request, _("The redress is ended."))
            return redirect("workspace:redress_project", number)
    return _page(request, found, ending=form, status=max(422, status_of(form)))


def _stale(
    request: StaffVisit,
    number: int,
    refusal: Refusal,
    *,
    progress: ProgressForm | None = None,
    ending: EndForm | None = None,
) -> HttpResponse:
    """409: what is saved now stands above, what was typed below; saving again counts from the newer version."""
    fresh = _loaded(request, number)
    for form in (progress, ending):
        if form is not None:
            form.data = {**request.POST.dict(), "seen": str(fresh.version)}
            form.add_error(None, str(refusal.sentence))
    return _page(request, fresh, progress, ending, status=409)
