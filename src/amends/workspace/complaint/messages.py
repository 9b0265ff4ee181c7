"""A message to the complainant. Where they wrote meanwhile, it is shown before anything goes out."""

from django.contrib import messages as notices
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from amends.complaints.actions import hold_message
from amends.complaints.models import HeldMessage
from amends.complaints.permissions import May
from amends.complaints.queries import Verb, check
from amends.correspondence.models import Message
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint.composer import MessageForm, said_since, said_so_far, taken_in
from amends.workspace.complaint.frame import opened_whole
from amends.workspace.complaint.opening import Case
from amends.workspace.complaint.page import timeline_page
from amends.workspace.complaint.stepping import refused

IN = Message.Direction.IN


@needs(May.HANDLE)
def messages(request: StaffVisit, reference: str) -> HttpResponse:
    """Let what was written leave in a few seconds; pressing twice sends once."""
    case = opened_whole(request, reference)
    if request.method != "POST":
        return HttpResponseRedirect(f"{case.at()}#composer")
    try:
        check(Verb.HOLD_MESSAGE, case.complaint, by=request.actor)
    except Refusal as refusal:
        return refused(request, case, _("Message to the complainant"), refusal)
    form = MessageForm(request.POST, request.FILES, case=case, said=said_so_far(case), draft=_draft(request, case))
    if not form.is_valid():
        return timeline_page(request, case, message_form=form, status=422)
    news = said_since(case, form.cleaned_data["said"])
    arrived = [one for one in news if one.direction == IN]
    if not _was_held(case, form):
        if arrived:
            return timeline_page(request, case, message_form=_once_more(request, case), arrived=arrived, status=409)
        try:
            _send(case, form)
        except Refusal as refusal:
            form.add_error("attachments" if refusal.field == "files" else "text", str(refusal.sentence))
            return timeline_page(request, case, message_form=form, status=422)
    notices.success(request, _("The message leaves in ten seconds. Until then you can take it back."))
    return HttpResponseRedirect(f"{case.at()}#held")


def _send(case: Case, form: MessageForm) -> None:
    given = form.cleaned_data
    hold_message(
        case.complaint,
        text=given["text"],
        channel=given["channel"],
        needs_reply=given["needs_reply"],
        files=taken_in(form, case),
        once=given["once"],
        instead_of=form.draft,
        keeps=[form.files_again[int(place)] for place in given.get("keep", ())],
        by=case.actor,
        at=case.now,
    )


def _was_held(case: Case, form: MessageForm) -> bool:
    """Whether this very form was sent already: the button was pressed twice."""
    once = form.cleaned_data["once"]
    return bool(once) and HeldMessage.objects.filter(complaint=case.complaint, once=once).exists()


def _draft(request: StaffVisit, case: Case) -> HeldMessage | None:
    """The message of theirs that the form is written again from."""
    number = request.POST.get("message-again", "")
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        return None
    mine = HeldMessage.objects.filter(complaint=case.complaint, person_id=case.actor.person_id, number=int(number))
    return mine.prefetch_related("files__file").first()


def _once_more(request: StaffVisit, case: Case) -> MessageForm:
    """The same form, about everything that was said by now."""
    said = said_so_far(case)
    data = request.POST.copy()
    data["message-said"] = str(said)
    return MessageForm(data, case=case, said=said, draft=_draft(request, case))
