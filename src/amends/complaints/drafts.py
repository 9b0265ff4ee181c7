"""Drafts of complaints on the server: begun, saved, opened again here or on another device, sent, forgotten."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints.models import CaseText, Complaint, Draft, DraftFile
from amends.files.models import StoredFile
from amends.kit.ids import compact, keyed_hash, new_draft_code, read_draft_code, same
from amends.kit.refusal import Refusal
from amends.kit.text import fold

KEPT_FOR = timedelta(days=14)
#: For how long after sending the device may show the confirmation with the access code again (a lost answer, Back).
SHOWN_AGAIN_FOR = timedelta(minutes=30)
#: Somebody who writes something alike within this time is asked whether it is the same.
ALIKE_WITHIN = timedelta(days=7)
#: Of all words of both, so many stand in both.
SHARED_WORDS = 0.5
MOST_FILES = 10
MOST_ANSWERS = 64_000


def begin(language: str, at: datetime, *, last: Draft | None = None) -> tuple[Draft, str]:
    """A new draft and the secret that opens it on this device (kept in a cookie). `last` is what it opened before."""
    secret = secrets.token_urlsafe(32)
    draft = Draft.objects.create(
        number=secrets.token_hex(5),
        secret_hash=_hash(secret, "draft secret"),
        token=secrets.token_hex(32),
        language=language,
        made_at=at,
        changed_at=at,
        expires_at=at + KEPT_FOR,
        after_id=(last.complaint_id or last.after_id) if last else None,
    )
    return draft, secret


def opened_by(number: str, secret: str, at: datetime) -> Draft | None:
    """The draft of this number, if the secret opens it and it has not run out. The number alone opens nothing."""
    draft = Draft.objects.filter(number=number, expires_at__gt=at).first()
    if draft is None or not secret or not same(draft.secret_hash, _hash(secret, "draft secret")):
        return None
    return draft


def opened_by_code(typed: str, at: datetime) -> tuple[Draft, str] | None:
    """The draft of a code, with a new secret for this device; the old device's secret stops working."""
    code = read_draft_code(typed)
    if code is None:
        return None
    draft = Draft.objects.filter(code_hash=_hash(code, "draft code"), expires_at__gt=at, complaint__isnull=True).first()
    if draft is None:
        return None
    secret = secrets.token_urlsafe(32)
    draft.secret_hash = _hash(secret, "draft secret")
    draft.save(update_fields=["secret_hash"])
    return draft, secret


def save_answers(draft: Draft, answers: Mapping[str, Any], *, step: str, is_done: bool, at: datetime) -> None:
    """Keep the answers of a step. What is typed is kept even where it is not yet valid."""
    _refuse_if_sent(draft)
    kept = {**draft.answers, **answers}
    if len(str(kept)) > MOST_ANSWERS:
        raise Refusal("text_too_long", _("This is more than we can keep. Shorten the text, or attach it as a file."))
    done = [*[name for name in draft.steps_done if name != step], *([step] if is_done else [])]
    draft.answers, draft.steps_done = kept, done
    draft.changed_at, draft.expires_at = at, at + KEPT_FOR
    draft.save(update_fields=["answers", "steps_done", "changed_at", "expires_at"])


def give_code(draft: Draft, at: datetime) -> str:
    """A code that opens the draft on another device; shown once, a second one replaces it."""
    _refuse_if_sent(draft)
    code = new_draft_code()
    draft.code_hash, draft.expires_at = _hash(compact(code), "draft code"), at + KEPT_FOR
    draft.save(update_fields=["code_hash", "expires_at"])
    return code


@transaction.atomic
def add_file(draft: Draft, file: StoredFile) -> DraftFile:
    """Add an upload that was taken in."""
    _refuse_if_sent(draft)
    if draft.files.count() >= MOST_FILES:
        raise Refusal(
            "too_many_files",
            _("You can add %(most)d files. Remove one first, or send more after you have sent the complaint.")
            % {"most": MOST_FILES},
            field="files",
        )
    return DraftFile.objects.create(draft=draft, file=file)


@transaction.atomic
def remove_file(draft: Draft, token: str) -> StoredFile | None:
    """Take a file out of a draft. Returns it, so that the caller can discard it."""
    _refuse_if_sent(draft)
    row = draft.files.filter(file__token=token).select_related("file").first()
    if row is None:
        return None
    file = row.file
    row.delete()
    return file


def mark_sent(draft: Draft, complaint: Complaint, at: datetime) -> None:
    """Remember which complaint it became. What was typed is in the complaint now and not kept twice."""
    Draft.objects.filter(pk=draft.pk, complaint__isnull=True).update(
        complaint=complaint, sent_at=at, answers={}, code_hash="", expires_at=at + KEPT_FOR
    )
    DraftFile.objects.filter(draft=draft).delete()
    draft.refresh_from_db()


def may_show_confirmation(draft: Draft, at: datetime) -> bool:
    """Whether the confirmation with the access code may still be shown on the device it was sent from."""
    return draft.sent_at is not None and at - draft.sent_at <= SHOWN_AGAIN_FOR


def sent_alike(draft: Draft, at: datetime) -> datetime | None:
    """When the same device sent something alike not long ago. It tells a stranger nothing that they did not type."""
    if draft.after_id is None:
        return None
    before = CaseText.objects.filter(
        complaint_id=draft.after_id, role=CaseText.Role.ORIGINAL, complaint__received_at__gte=at - ALIKE_WITHIN
    ).select_related("complaint")
    found = before.first()
    if found is None:
        return None
    words, known = _words(str(draft.answers.get("text", ""))), _words(found.text)
    is_alike = bool(words) and len(words & known) >= SHARED_WORDS * len(words | known)
    return found.complaint.received_at if is_alike else None


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", fold(text)))


def forget(draft: Draft) -> None:
    """Stop showing the confirmation on this device: the person has left."""
    Draft.objects.filter(pk=draft.pk).update(secret_hash=_hash(secrets.token_hex(32), "draft secret"))


def expire(at: datetime) -> int:
    """Delete drafts that ran out. Their files are swept afterwards. Returns how many."""
    deleted, _by_model = Draft.objects.filter(expires_at__lte=at).delete()
    return deleted


def _hash(secret: str, purpose: str) -> str:
    return keyed_hash(secret, settings.AMENDS_TRACKING_KEY, purpose)


def _refuse_if_sent(draft: Draft) -> None:
    if draft.complaint_id is not None:
        raise Refusal(
            "sent_already",
            _("This complaint has been sent. You can add to it on the tracking page, or start a new one."),
        )
