"""Noting that the permission of a representative was seen (ISO 10002, 3.1)."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.acting import ENDS_SOON, today
from amends.complaints.actions.end_authority import ended, representative_of
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import ActingAuthority, Complaint, Party
from amends.correspondence.models import MessageFile
from amends.files.models import StoredFile
from amends.files.taking_in import attach
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine

LONGEST_SCOPE = 500
MORNING = time(8)
AT_LAST = timedelta(days=2)


@transaction.atomic
def record_authority(
    complaint: Complaint,
    *,
    scope: str,
    by: engine.Person,
    at: datetime,
    document: StoredFile | None = None,
    where_kept: str = "",
    valid_until: date | None = None,
    letters_to: str = Party.LettersTo.REPRESENTATIVE,
    seen: int | None = None,
) -> ActingAuthority:
    """Note what the representative may do, until when, and where the document is. A permission from before ends.

    Refusals: `no_representative`, `scope_needed`, `document_needed`, `document_elsewhere`, `ends_before`.
    """
    party = representative_of(complaint)
    scope, where_kept = clean_line(scope)[:LONGEST_SCOPE], clean_line(where_kept)[:200]
    if not scope:
        raise Refusal("scope_needed", _("Write what the permission covers."), field="scope")
    if document is None and not where_kept:
        raise Refusal("document_needed", _("Add the document, or say where the paper is kept."), field="document")
    if valid_until is not None and valid_until < today(at):
        raise Refusal("ends_before", _("This permission has ended already. Ask for a new one."), field="valid_until")
    lifecycle.take(Verb.RECORD_AUTHORITY, complaint, by=by, at=at, seen=seen)
    if document is not None:
        _belongs(document, complaint, at)
    person_id = staff_id_of(by)
    ended(party, ActingAuthority.End.REPLACED, person_id, at)
    authority = ActingAuthority.objects.create(
        complaint=complaint,
        party=party,
        scope=scope,
        document=document,
        where_kept=where_kept,
        valid_until=valid_until,
        letters_to=letters_to,
        remind_at=_remind_at(valid_until, at),
        person_id=person_id,
        at=at,
    )
    values = {"authority": Party.Authority.SEEN, "authority_until": valid_until, "letters_to": letters_to}
    Party.objects.filter(pk=party.pk).update(**values)
    record(
        events.AuthorityRecorded(
            complaint=complaint.subject,
            has_document=document is not None,
            valid_until=valid_until,
            letters_to=letters_to,
        ),
        by=by,
        at=at,
        payload={"scope": scope, "where_kept": where_kept, "files": [document.sha256] if document else []},
    )
    return authority


def _remind_at(valid_until: date | None, at: datetime) -> datetime | None:
    """The morning on which somebody hears that it ends soon; where it is that short already, shortly before."""
    if valid_until is None:
        return None
    zone = the_organisation().zone
    mornings = (datetime.combine(valid_until - before, MORNING, zone) for before in (ENDS_SOON, AT_LAST))
    return next((moment for moment in mornings if moment > at), None)


def _belongs(document: StoredFile, complaint: Complaint, at: datetime) -> None:
    """A file that is new, or one that came with a message about this very complaint."""
    if document.attached_at is None:
        attach(document, at)
    elif not MessageFile.objects.filter(file=document, message__thread=complaint.thread_id).exists():
        raise Refusal("document_elsewhere", _("Choose a file of this complaint."), field="document")
