"""What a mail that came in becomes, and who may see it meanwhile."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Q

from amends.complaints.intake import LONGEST_TEXT, Contact, Intake
from amends.complaints.models import Complaint, Party
from amends.complaints.models.complaint import Kind
from amends.complaints.permissions import visible_to
from amends.correspondence.models import SortedMail, SortedMailQuerySet
from amends.correspondence.models.message import Channel
from amends.correspondence.quotation import without_quotation
from amends.correspondence.raw_mails import raw_path
from amends.correspondence.unpacking.limited import Unpacked, UnreadableError, unpacked
from amends.correspondence.unpacking.opened import OpenedMail
from amends.files.models import StoredFile
from amends.files.taking_in import discard, take_in
from amends.framework.models import Organisation
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line, clean_text, fold
from amends.kit.which_language import language_of_text
from amends.people.standing import Staff

MOST_FILES = 20
#: Refusals that pass by themselves: the mail waits instead of losing a file.
PASSING = {"storage_full", "file_busy"}
#: A second mail with the same words from the same address within this time needs a look.
REPEATED_WITHIN = timedelta(hours=24)

_PIECE = 256 * 1024
_NUMBER = re.compile(r"\d")
_NO_LETTER = re.compile(r"\W")


def mails_for(person: Staff) -> SortedMailQuerySet:
    """The mails that wait or were set aside; not those that answer a mail about a complaint hidden from this person."""
    known = visible_to(person).values("thread")
    no_message = SortedMail.objects.exclude(outcome="").filter(message__isnull=True)
    return no_message.filter(
        Q(delivery__isnull=True) | Q(delivery__thread__isnull=True) | Q(delivery__thread__in=known)
    )


def mails_of(complaint: Complaint) -> SortedMailQuerySet:
    """The mails that became messages of a complaint: the originals, kept as evidence."""
    return SortedMail.objects.filter(thread=complaint.thread_id, message__isnull=False)


@dataclass(frozen=True)
class FileOnDisk:
    """A file of an opened mail, as what takes files in wants it."""

    name: str
    size: int
    path: Path

    def chunks(self) -> Iterator[bytes]:
        """Its content, piece by piece."""
        with self.path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


@dataclass(frozen=True)
class TakenFiles:
    """What was taken in from a mail. `left_out` are pairs of a name and why, as a code."""

    files: tuple[StoredFile, ...]
    left_out: tuple[tuple[str, str], ...]

    def discard(self) -> None:
        """They are not needed after all."""
        for file in self.files:
            discard(file)


def files_of_mail(opened: Unpacked, text: str, *, at: datetime) -> TakenFiles:
    """Take in what the mail holds; what is not taken stays in the mail, which is kept. Raises Refusal only when it can
    be tried again. A text too long for a message comes along as a file.

    This can take seconds: call it outside a transaction.
    """
    uploads = [FileOnDisk(file.name, file.size, opened.path_of(file)) for file in opened.mail.files]
    if len(text) > LONGEST_TEXT:
        path = opened.place / "text"
        path.write_text(text, encoding="utf-8")
        uploads.insert(0, FileOnDisk("mail.txt", path.stat().st_size, path))
    taken: list[StoredFile] = []
    left_out = [(name, "too_many") for name in opened.mail.unread]
    for upload in uploads:
        if len(taken) >= MOST_FILES:
            left_out.append((upload.name, "too_many"))
            continue
        try:
            taken.append(take_in(upload, keep_original=True, at=at))
        except Refusal as refusal:
            if refusal.code in PASSING:
                TakenFiles(tuple(taken), ()).discard()
                raise
            left_out.append((upload.name, refusal.code))
    return TakenFiles(tuple(taken), tuple((clean_line(name)[:200], code) for name, code in left_out[:200]))


def files_once_more(found: SortedMail, text: str, *, at: datetime) -> TakenFiles:
    """The files of a mail that was set aside, now that somebody takes it up; none where it cannot be opened."""
    if found.mail.file is None:
        return TakenFiles((), ())
    try:
        with raw_path(found.mail) as path, unpacked(path) as opened:
            return files_of_mail(opened, text, at=at)
    except UnreadableError as error:
        return TakenFiles((), ((found.mail.reference, error.why),))


def intake_of(
    mail: OpenedMail,
    text: str,
    taken: TakenFiles,
    *,
    organisation: Organisation,
    kind: str,
    received_at: datetime,
    is_own: bool = True,
) -> Intake:
    """A complaint by whoever says they sent it, who wants to hear from us by e-mail.

    `is_own`: their text and their address, changed by nobody here.
    """
    return Intake(
        text=fitting(text),
        language=language_of(mail, organisation),
        title=clean_line(mail.subject)[:160],
        kind=kind,
        channel=Channel.EMAIL,
        complainant=Contact(
            name=clean_line(mail.sender_name)[:160] or mail.sender, email=mail.sender, contact_by=Party.ContactBy.EMAIL
        ),
        files=taken.files,
        received_at=received_at,
        is_own_mail=is_own,
    )


def language_of(mail: OpenedMail, organisation: Organisation) -> str:
    """By its words where they are clear, else what the mail program says, where we speak it. People can change it."""
    offered = organisation.languages
    by_words = language_of_text(without_quotation(mail.text), offered)
    return by_words or (mail.language if mail.language in offered else organisation.main_language)


def text_of(mail: OpenedMail, *, is_reply: bool = False) -> str:
    """What somebody wrote; the subject, or what the files are called, where they wrote nothing else."""
    text = clean_text(mail.text)
    if is_reply:
        text = without_quotation(text)
    named = "\n".join(clean_line(file.name) for file in mail.files)
    return text or clean_line(mail.subject) or named


def fitting(text: str) -> str:
    """As much of a text as a message takes."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1].rstrip() + "…"


def likeness_of(mail: OpenedMail) -> str:
    """The same for texts that differ in numbers, references and addresses only, as automatic ones do."""
    without_numbers = (word for word in fold(text_of(mail)[:LONGEST_TEXT]).split() if not _NUMBER.search(word))
    words = [bare for word in without_numbers if (bare := _NO_LETTER.sub("", word))]
    return hashlib.sha256(" ".join(words).encode()).hexdigest() if words else ""


def facts_of(mail: OpenedMail) -> dict[str, Any]:
    """What is kept of a mail beside the mail itself."""
    return {
        "sender": mail.sender,
        "sender_name": clean_line(mail.sender_name)[:160],
        "subject_line": clean_line(mail.subject)[:200],
        "header_id": clean_line(mail.message_id)[:310],
        "likeness": likeness_of(mail),
    }


KINDS = {
    "praise": Kind.PRAISE,
    "enquiry": Kind.ENQUIRY,
    "question": Kind.ENQUIRY,
    "suggestion": Kind.SUGGESTION,
}
