"""Handing evidence over, moving it, giving it back: each change of hands is a row (ISO 10002, 7.6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Custody, Evidence
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine

What = Custody.What

#: What a person can write down; taking in and checking have verbs of their own.
MOVES = (What.HANDED_OVER, What.MOVED, What.RETURNED, What.DESTROYED)
_GONE = {What.RETURNED, What.DESTROYED}


@transaction.atomic
def move_evidence(
    evidence: Evidence,
    *,
    what: Custody.What,
    holder: str,
    place: str,
    note: str,
    by: engine.Person,
    at: datetime,
) -> Custody:
    """Write down who has it now, or where it is. Refusals: `move_unknown`, `holder_needed`, `evidence_gone`."""
    holder, place, note = clean_line(holder)[:160], clean_line(place)[:200], clean_line(note)[:500]
    if what not in MOVES:
        raise Refusal("move_unknown", _("Choose what happened to it."), field="what")
    if not holder and what != What.DESTROYED and not (what == What.MOVED and place):
        raise Refusal("holder_needed", _("Say who has it now, or where it is."), field="holder")
    lifecycle.take(Verb.MOVE_EVIDENCE, evidence.complaint, by=by, at=at)
    row = add_custody(evidence, what, holder=holder, place=place, note=note, by=by, at=at)
    record(
        events.EvidenceMoved(
            complaint=evidence.complaint.subject, number=evidence.number, step=row.number, what=what.value
        ),
        by=by,
        at=at,
        payload={"holder": holder, "place": place, "note": note},
    )
    return row


def add_custody(
    evidence: Evidence,
    what: Custody.What,
    *,
    by: engine.Person,
    at: datetime,
    holder: str = "",
    place: str = "",
    note: str = "",
) -> Custody:
    """The next row of the chain, for the verbs that write one. Two who write at once wait for each other here."""
    Evidence.objects.select_for_update().get(pk=evidence.pk)
    last = Custody.objects.filter(evidence=evidence).latest("number")
    if last.what in _GONE:
        raise Refusal("evidence_gone", _("This was given back or destroyed. It cannot change hands any more."))
    return Custody.objects.create(
        evidence=evidence,
        number=last.number + 1,
        what=what,
        holder=holder,
        place=place,
        note=note,
        person_id=staff_id_of(by),
        at=at,
    )
