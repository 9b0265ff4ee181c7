"""The register of complaints, as an auditor asks for it: narrowed, whole, and to take out of the house (8.1)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from amends.complaints.actions.export_register import export_register
from amends.complaints.models import Complaint
from amends.complaints.models.complaint import Kind, Severity
from amends.complaints.permissions import May
from amends.complaints.queries import COUNT_UP_TO, capped_count, visible_to
from amends.complaints.register import MOST_NAMED, Completeness, completeness_of, walked, with_particulars
from amends.complaints.stages import Outcome, Stage
from amends.correspondence.models.message import Channel
from amends.framework.models import Organisation
from amends.framework.queries import the_organisation
from amends.permissions.engine import may
from amends.surveys.permissions import May as MaySurveys
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.current import organisation_of
from amends.workspace import paging
from amends.workspace.addresses import address_of
from amends.workspace.answering import status_of
from amends.workspace.handing_out import handed_out
from amends.workspace.register_columns import COLUMNS, Reader, row_of
from amends.workspace.register_form import ExportForm, RegisterForm

_SHOWN = {column.code: column for column in COLUMNS}


@needs(May.LIST)
def register(request: StaffVisit) -> HttpResponse:
    """Fifty rows of it; with `?check=1` also whether every receipt stands in the journal."""
    form = _form(request)
    narrowed = form.narrowing().applied_to(visible_to(request.actor), request.now)
    page = paging.page_of(with_particulars(narrowed), paging.RECEIVED, request.GET.get("page", ""))
    address = _address(request)
    count = capped_count(narrowed)
    context: dict[str, Any] = {
        "form": form,
        "rows": [_row(each, request) for each in page.rows],
        "count_words": ngettext("%(count)s entry", "%(count)s entries", count) % {"count": _capped(count)},
        "previous_href": f"{address}&page={page.previous}" if page.previous else "",
        "next_href": f"{address}&page={page.next}" if page.next else "",
        "check_href": f"{address}&check=1",
        "is_narrowed": bool(form.narrowing().named()),
        "sees_names": may(request.actor, May.SEE_IDENTITY),
    }
    if request.GET.get("check") == "1":
        context["completeness"] = _in_words(completeness_of(visible_to(request.actor)))
    if may(request.actor, May.EXPORT):
        context |= {"export": ExportForm(actor=request.actor), "export_href": _export_address(request)}
    return render(request, "workspace/register.html", context, status=status_of(form))


@require_POST
@needs(May.EXPORT)
def export(request: StaffVisit) -> HttpResponseBase:
    """The rows that the filters of the address leave, as a file. It is recorded before it is handed over."""
    form, chosen = _form(request), ExportForm(request.POST, actor=request.actor)
    if not (form.is_valid() and chosen.is_valid()):
        context = {"form": form, "export": chosen, "export_href": _export_address(request), "is_export_only": True}
        return render(request, "workspace/register.html", context, status=422)
    narrowing, file_format = form.narrowing(), chosen.cleaned_data["file_format"]
    narrowed = narrowing.applied_to(visible_to(request.actor), request.now)
    columns, reader = chosen.chosen(), Reader(request.actor, request.now)
    rows = (row_of(each, columns, reader) for each in walked(narrowed))
    return handed_out(
        "register",
        file_format,
        [column.title for column in columns],
        rows,
        zone=_organisation(request).zone,
        at=request.now,
        record=lambda count: export_register(
            columns=[column.code for column in columns],
            narrowing=narrowing,
            file_format=file_format,
            count=count,
            by=request.actor,
            at=request.now,
        ),
    )


def _organisation(request: StaffVisit) -> Organisation:
    return organisation_of(request) or the_organisation()


def _form(request: StaffVisit) -> RegisterForm:
    return RegisterForm(request.GET, actor=request.actor, organisation=_organisation(request))


def _said(request: StaffVisit) -> str:
    kept = [(key, value) for key, value in request.GET.items() if value and key not in {"page", "check"}]
    return urlencode(kept)


def _address(request: StaffVisit) -> str:
    """The register with its filters, without the page."""
    return f"{reverse('workspace:register')}?{_said(request)}"


def _export_address(request: StaffVisit) -> str:
    return f"{reverse('workspace:register_export')}?{_said(request)}"


def _row(complaint: Complaint, request: StaffVisit) -> dict[str, Any]:
    reader = Reader(request.actor, request.now)
    return {
        "complaint": complaint,
        "href": address_of(complaint),
        "who": _SHOWN["complainant"].says(complaint, reader),
        "kind": Kind(complaint.kind).label,
        "stage": Stage(complaint.stage).label,
        "outcome": Outcome(complaint.outcome).label if complaint.outcome else "",
        "severity": Severity(complaint.severity).label if complaint.severity else "",
        "channel": Channel(complaint.channel).label,
        "late": _SHOWN["late"].says(complaint, reader),
        "void": _SHOWN["void"].says(complaint, reader),
        "is_simulated": complaint.is_simulated and may(request.actor, MaySurveys.SEE_SIMULATED, complaint),
    }


def _capped(count: int) -> str:
    return f"{COUNT_UP_TO}+" if count > COUNT_UP_TO else formatting.number(count)


def _in_words(found: Completeness) -> dict[str, Any]:
    """Only complaints that this person may read are counted: a number of all would tell of those behind a wall."""
    words = {"count": formatting.number(found.complaints), "sealed": formatting.number(found.sealed)}
    sentence = _("Of %(count)s entries that you may read, %(sealed)s have their receipt sealed in the journal.") % words
    waits = ngettext("%(count)d receipt waits for its seal.", "%(count)d receipts wait for their seal.", found.waiting)
    more = _("and more") if len(found.missing) > MOST_NAMED else ""
    return {
        "sentence": sentence,
        "waiting": waits % {"count": found.waiting} if found.waiting else "",
        "missing": [*found.missing[:MOST_NAMED], *([more] if more else [])],
        "is_whole": not found.missing,
    }
