"""The complaint page with its timeline (DESIGN 4.7), and the fragment that a filter brings in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from amends.complaints.permissions import May
from amends.correspondence.models import Message
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint import frame
from amends.workspace.complaint.composer import MessageForm, NoteForm, composer_of
from amends.workspace.complaint.glance import glance_of
from amends.workspace.complaint.held import draft_of, held_of
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.timeline import items_of, timeline_of


@needs(May.LIST)
def complaint(request: StaffVisit, reference: str) -> HttpResponse:
    """What was said and done, what comes next, and where to write."""
    if request.headers.get("HX-Target") == "timeline":
        response = _fragment(request, opened(request, reference))
    else:
        response = timeline_page(request, frame.opened_whole(request, reference))
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def timeline_page(
    request: StaffVisit,
    case: Case,
    *,
    message_form: MessageForm | None = None,
    note_form: NoteForm | None = None,
    arrived: list[Message] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page; with a form that was not accepted, or with what arrived meanwhile."""
    said = glance_of(case.complaint).said
    content = {
        "held": held_of(case),
        "composer": composer_of(case, said, message_form=message_form, note_form=note_form, draft=draft_of(case)),
        "timeline": timeline_of(case, request.GET.get("show", ""), request.GET.get("before", "")),
        "arrived": items_of(arrived or [], case),
    }
    template = "workspace/complaint/timeline.html"
    return frame.page(request, case, "complaint", content, template=template, status=status)


def _fragment(request: StaffVisit, case: Case) -> HttpResponse:
    timeline = timeline_of(case, request.GET.get("show", ""), request.GET.get("before", ""))
    context = {"case": case, "timeline": timeline, "is_fragment": True}
    return render(request, "workspace/complaint/timeline.html#timeline", context)
