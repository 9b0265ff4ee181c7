"""A translation beside the original, which is never replaced (ISO 10002, 4.5; texts of a case are versions)."""

from dataclasses import dataclass
from datetime import datetime

from django.conf.locale import LANG_INFO
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import CaseText, Complaint, Issue
from amends.complaints.translating import translations_of
from amends.correspondence.models import Message, Thread
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine

LONGEST_TRANSLATOR = 120


@dataclass(frozen=True)
class Translation:
    """What is added. `translator` is the program where a machine did it, else somebody other than whoever adds it."""

    language: str
    text: str
    is_by_machine: bool
    translator: str = ""


@transaction.atomic
def translate(
    complaint: Complaint, of: Issue | Message | None, given: Translation, *, by: engine.Person, at: datetime
) -> CaseText:
    """Keep a translation of the complaint's text (`of` is None), of a point or of a message, as its next version.

    The very version that the same person added last comes back as it is: the button was pressed twice. In which
    language an original is written is known only as what the form or the complaint was in, so any may be chosen.
    Refusals: `language_unknown`, `program_needed`, `not_its_text`.
    """
    text = checked_text(given.text)
    translator = clean_line(given.translator)[:LONGEST_TRANSLATOR]
    if given.language not in LANG_INFO:
        raise Refusal("language_unknown", _("Choose a language."), field="language")
    if given.is_by_machine and not translator:
        raise Refusal("program_needed", _("Name the program that translated it."), field="translator")
    if not _belongs_to(complaint, of):
        raise Refusal("not_its_text", _("This text does not belong to the complaint."))
    lifecycle.take(Verb.TRANSLATE, complaint, by=by, at=at)
    Thread.objects.select_for_update().get(pk=complaint.thread_id)  # two at once get two versions
    before = translations_of(complaint, of).filter(language=given.language)
    last = before.first()
    person_id = staff_id_of(by)
    kept = {"text": text, "is_by_machine": given.is_by_machine, "translator": translator, "person_id": person_id}
    if last is not None and all(getattr(last, name) == value for name, value in kept.items()):
        return last
    made = CaseText.objects.create(
        complaint=complaint,
        role=CaseText.Role.TRANSLATION,
        issue=of if isinstance(of, Issue) else None,
        message=of if isinstance(of, Message) else None,
        language=given.language,
        version=(before.aggregate(last=Max("version"))["last"] or 0) + 1,
        at=at,
        **kept,
    )
    record(
        events.Translated(
            complaint=complaint.subject,
            text=Subject("case_text", made.pk),
            of="point" if isinstance(of, Issue) else "message" if isinstance(of, Message) else "complaint",
            number=of.number if isinstance(of, Issue) else 0,
            language=made.language,
            version=made.version,
            is_by_machine=made.is_by_machine,
        ),
        by=by,
        at=at,
        payload={"text": text, "translator": translator},
    )
    return made


def _belongs_to(complaint: Complaint, of: Issue | Message | None) -> bool:
    """Notes among ourselves are no texts of the case."""
    if isinstance(of, Issue):
        return of.complaint_id == complaint.pk
    if isinstance(of, Message):
        return of.thread_id == complaint.thread_id and of.direction != Message.Direction.NOTE
    return True
