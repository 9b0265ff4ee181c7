"""A note among ourselves."""

from django.contrib import messages as notices
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from amends.complaints.actions import write_note
from amends.complaints.permissions import May
from amends.complaints.queries import Verb, check
from amends.correspondence.models import Message
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint.composer import NoteForm, said_so_far, say_once, taken_in
from amends.workspace.complaint.frame import opened_whole
from amends.workspace.complaint.page import timeline_page
from amends.workspace.complaint.stepping import refused


@needs(May.LIST)
def notes(request: StaffVisit, reference: str) -> HttpResponse:
    """Keep a note; pressing twice keeps it once."""
    case = opened_whole(request, reference)
    if request.method != "POST":
        return HttpResponseRedirect(f"{case.at()}#composer")
    try:
        check(Verb.WRITE_NOTE, case.complaint, by=request.actor)
    except Refusal as refusal:
        return refused(request, case, _("Internal note"), refusal)
    form = NoteForm(request.POST, request.FILES, case=case, said=said_so_far(case))
    if not form.is_valid():
        return timeline_page(request, case, note_form=form, status=422)
    text = form.cleaned_data["text"]
    try:
        files = taken_in(form, case)
        say_once(
            form,
            Message.Direction.NOTE,
            lambda: write_note(case.complaint, text=text, files=files, by=request.actor, at=request.now),
        )
    except Refusal as refusal:
        form.add_error("attachments" if refusal.field == "files" else "text", str(refusal.sentence))
        return timeline_page(request, case, note_form=form, status=422)
    notices.success(request, _("The note is saved. The complainant does not see it."))
    return HttpResponseRedirect(case.at())
