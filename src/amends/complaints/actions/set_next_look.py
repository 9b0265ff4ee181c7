"""Watching a complaint until every way is used up: when somebody looks again, and for what (ISO 10002, 7.9)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline, NextLook
from amends.complaints.outside import next_number, today
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def set_next_look(
    complaint: Complaint,
    *,
    look_on: date | None,
    note: str,
    by: engine.Person,
    at: datetime,
    seen: int | None = None,
) -> NextLook:
    """Say how it stands, and on which day somebody looks again; without a day nobody has to.

    The day is watched like any other deadline. The look that was due is met. Refusals: `note_needed`, `not_ahead`.
    """
    note = clean_line(note)[:1000]
    if not note:
        raise Refusal("note_needed", _("Write how it stands, or what to look for."), field="note")
    if look_on is not None and look_on < today(at):
        raise Refusal("not_ahead", _("Choose a day that is still to come."), field="look_on")
    lifecycle.take(Verb.SET_NEXT_LOOK, complaint, by=by, at=at, seen=seen)
    look = NextLook.objects.create(
        complaint=complaint,
        number=next_number(NextLook, complaint),
        look_on=look_on,
        note=note,
        person_id=staff_id_of(by),
        at=at,
    )
    deadlines.meet(complaint, Deadline.Kind.LOOK, at)
    if look_on is not None:
        deadlines.start_on_day(complaint, Deadline.Kind.LOOK, 0, look_on, at)
    deadlines.keep_strictest(complaint)
    record(
        events.NextLookSet(complaint=complaint.subject, number=look.number, look_on=look_on),
        by=by,
        at=at,
        payload={"note": note},
    )
    return look
