"""Every file of a complaint, and the one address from which it is saved."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.own_files import files_of
from amends.complaints.permissions import May
from amends.correspondence.models import Message
from amends.files.models import State, StoredFile, StoredFileQuerySet
from amends.files.serving import download_response
from amends.journal.reads import note_read
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint import frame
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import refused

Words = str | Promise


@dataclass(frozen=True)
class FileRow:
    """A file with where it came from, and the addresses that may be opened."""

    file: StoredFile
    source: Words
    state: Words
    href: str = ""
    original_href: str = ""


@needs(May.LIST)
def files(request: StaffVisit, reference: str) -> HttpResponse:
    """All files, newest first."""
    case = frame.opened_whole(request, reference)
    rows = (
        _files_of(case)
        .select_related("message_file__message", "proof_of", "answers_task__task", "incoming_mail")
        .order_by("-id")
    )
    return frame.page(request, case, "files", {"rows": [_row(file, case) for file in rows]})


@needs(May.LIST)
def file(request: StaffVisit, reference: str, token: str) -> HttpResponseBase:
    """The stripped copy to save; with `?original=1` the file as it was sent, which is recorded apart."""
    case = opened(request, reference)
    found = _files_of(case).filter(token=token).first()
    if found is None:
        raise Http404
    found.name = case.mask.hides(found.name)
    wants_original = request.GET.get("original") == "1"
    try:
        response = download_response(found, original=wants_original)
    except Refusal as refusal:
        return refused(request, case, found.name, refusal)
    if wants_original:
        note_read(case.complaint.subject, by=request.actor, at=request.now, field_group="original_file")
    return response


def _files_of(case: Case) -> StoredFileQuerySet:
    # The mail itself names its sender, whatever else is hidden.
    return files_of(case.complaint, with_mails=case.sees_identity)


def _row(found: StoredFile, case: Case) -> FileRow:
    href = case.at("file", token=found.token) if found.state == State.CHECKED else ""
    has_original = bool(href and found.original)
    found.name = case.mask.hides(found.name)
    return FileRow(found, _source(found), State(found.state).label, href, f"{href}?original=1" if has_original else "")


def _source(found: StoredFile) -> Words:
    if hasattr(found, "proof_of"):
        return _("Proof of remedy %(number)s") % {"number": found.proof_of.number}
    if hasattr(found, "answers_task"):
        return _("Answer to task %(number)s") % {"number": found.answers_task.task.number}
    if hasattr(found, "incoming_mail"):
        return _("E-mail as it came")
    if not hasattr(found, "message_file"):
        return _("Permission of the representative")
    return Message.Direction(found.message_file.message.direction).label
