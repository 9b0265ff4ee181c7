"""Writing to us: an answer to a question, or something new, with files."""

from collections.abc import Sequence
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.complaints import actions
from amends.files.models import StoredFile
from amends.files.names import display_name
from amends.files.taking_in import Upload, discard, take_in
from amends.kit.refusal import Refusal
from amends.portal import once
from amends.portal.facts import messages_of, open_question
from amends.portal.following import Following, for_whoever_wrote
from amends.portal.forms import ReplyForm
from amends.portal.visiting import PortalVisit


@require_http_methods(["GET", "HEAD", "POST"])
@for_whoever_wrote
def reply(visit: PortalVisit, following: Following) -> HttpResponse:
    """GET shows the form on a page of its own; POST sends what was written."""
    if visit.method != "POST":
        return _page(visit, following, ReplyForm(initial={"once": uuid4().hex}))
    form = ReplyForm(visit.POST, visit.FILES)
    if form.is_valid():
        try:
            with once.sending(_key(following, form)) as is_first:
                if is_first:
                    _send(following, form)
        except Refusal as refusal:
            form.add_error(_field_of(refusal), str(refusal.sentence))
    if form.errors:
        return _page(visit, following, form)
    messages.success(visit, _("We have your message. If it needs an answer, you will find it here."))
    return HttpResponseRedirect(reverse("portal:progress"))


def _key(following: Following, form: ReplyForm) -> str:
    once_typed = form.cleaned_data["once"]
    return f"{following.complaint.pk}:{once_typed}" if once_typed else ""


def _send(following: Following, form: ReplyForm) -> None:
    taken: list[StoredFile] = []
    try:
        _take_in(following, form.cleaned_data["attachments"], taken)
        actions.reply(
            following.complaint, text=form.cleaned_data["text"], files=taken, by=following.by, at=following.at
        )
    except Refusal:
        for file in taken:
            discard(file)
        raise


def _take_in(following: Following, uploads: Sequence[Upload], taken: list[StoredFile]) -> None:
    for upload in uploads:
        try:
            taken.append(take_in(upload, keep_original=not following.complaint.is_anonymous, at=following.at))
        except Refusal as refusal:
            sentence = _("%(file)s: %(why)s") % {"file": display_name(upload.name), "why": refusal.sentence}
            raise Refusal(refusal.code, sentence, field=refusal.field) from refusal


def _field_of(refusal: Refusal) -> str | None:
    if refusal.code.startswith("file_") or refusal.field == "files":
        return "attachments"
    return "text" if refusal.field == "text" else None


def _page(visit: PortalVisit, following: Following, form: ReplyForm) -> HttpResponse:
    complaint = following.complaint
    # Somebody without permission may write, and hears nothing of what was asked.
    question = open_question(complaint, messages_of(complaint)) if following.permission.is_good else None
    context = {"form": form, "question": question, "complaint": complaint}
    return render(visit, "portal/reply.html", context, status=422 if form.errors else 200)
