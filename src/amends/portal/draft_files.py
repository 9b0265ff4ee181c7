"""Files of a draft. Who sends them is asked two steps later, so originals are not kept before that is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files import File
from django.core.files.storage import storages
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.complaints import drafts
from amends.complaints.models import Draft
from amends.files.models import State, StoredFile
from amends.files.names import display_name
from amends.files.taking_in import Upload, discard, take_in
from amends.kit.refusal import Refusal

_NAME_FIRST = _(
    "A sound, a video or a saved e-mail may tell who made it, and we do not know yet whether you want to stay "
    "anonymous. Go on without it. When you have told us how to reach you, you can come back here and add it."
)
_STATES = {
    State.WAITING: _("added, still being checked for viruses"),
    State.CHECKED: _("added"),
    State.REJECTED: _("rejected by the virus check. Remove it"),
}


@dataclass(frozen=True)
class AddedFile:
    """A file of a draft in words."""

    token: str
    name: str
    size: int
    state: str


def added_files(draft: Draft) -> list[AddedFile]:
    """The files of a draft in the order in which they were added."""
    return [AddedFile(f.token, f.name, f.size, str(_STATES[State(f.state)])) for f in stored_files(draft)]


def stored_files(draft: Draft) -> list[StoredFile]:
    """The files themselves, as `receive` takes them."""
    return [row.file for row in draft.files.select_related("file").order_by("id")]


def add(draft: Draft, uploads: Sequence[Upload], at: datetime) -> list[str]:
    """Take in what was chosen. Returns a sentence for each file that was not taken."""
    refused = []
    for upload in uploads:
        try:
            _add_one(draft, upload, at)
        except Refusal as refusal:
            sentence = gettext("%(file)s: %(why)s")
            refused.append(sentence % {"file": display_name(upload.name), "why": refusal.sentence})
    return refused


def remove(draft: Draft, token: str) -> None:
    """Take a file out of the draft; nothing is kept of it."""
    file = drafts.remove_file(draft, token)
    if file is not None:
        discard(file)


def forget_originals(draft: Draft, at: datetime) -> None:
    """Keep only stripped copies, because this person stays anonymous after all.

    Raises Refusal for a file that cannot be stripped; it has to be removed.
    """
    for file in stored_files(draft):
        if file.original:
            _replace(draft, file, at)


def _add_one(draft: Draft, upload: Upload, at: datetime) -> None:
    # Only somebody who has given a name can be sure not to stay anonymous, and only then originals are evidence
    # rather than a risk. Should they change their mind, `forget_originals` takes them away again.
    is_named = draft.answers.get("identity") == "named"
    try:
        file = take_in(upload, keep_original=is_named, at=at)
    except Refusal as refusal:
        if refusal.code == "file_not_anonymous" and not draft.answers.get("identity"):
            raise Refusal(refusal.code, _NAME_FIRST, field=refusal.field) from refusal
        raise
    try:
        drafts.add_file(draft, file)
    except Refusal:
        discard(file)
        raise


def _replace(draft: Draft, file: StoredFile, at: datetime) -> None:
    try:
        with storages["default"].open(file.original) as content:
            copy = take_in(File(content, name=file.name), keep_original=False, at=at)
    except Refusal as refusal:
        sentence = gettext("%(file)s: %(why)s") % {"file": file.name, "why": refusal.sentence}
        raise Refusal(refusal.code, sentence, field="files") from refusal
    remove(draft, file.token)
    drafts.add_file(draft, copy)
