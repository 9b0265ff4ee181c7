"""Writing down a talk with one side (ISO 10002, 7.6 and annex D)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Disclosure, Hearing, Party
from amends.correspondence.writing import checked_text
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine

Side = Hearing.Side


@dataclass(frozen=True)
class Talk:
    """The answers of the form. `party` is the person complained about; a witness has a name."""

    side: Hearing.Side
    how: Hearing.How
    held_on: date
    record: str
    party: Party | None = None
    who: str = ""
    is_read_back: bool = False
    is_confirmed: bool = False


@transaction.atomic
def record_hearing(
    complaint: Complaint, talk: Talk, *, by: engine.Person, at: datetime, seen: int | None = None
) -> Hearing:
    """Keep what somebody said. Nobody complained about is heard before they have the details (D.2).

    Refusals: `text_needed`, `who_needed`, `details_first`, `held_in_future`, `read_back_first`.
    """
    text, who = checked_text(talk.record, longest=20_000, field="record"), clean_line(talk.who)[:160]
    if talk.side == Side.SUBJECT:
        _check_subject(complaint, talk.party)
    elif talk.side == Side.WITNESS and not who:
        raise Refusal("who_needed", _("Say who the witness is."), field="who")
    if talk.held_on > at.astimezone(the_organisation().zone).date():
        raise Refusal("held_in_future", _("The day of the talk cannot lie ahead."), field="held_on")
    if talk.is_confirmed and not talk.is_read_back:
        raise Refusal("read_back_first", _("They can confirm only what was read back to them."), field="is_confirmed")
    lifecycle.take(Verb.RECORD_HEARING, complaint, by=by, at=at, seen=seen)
    hearing = Hearing.objects.create(
        complaint=complaint,
        number=Hearing.objects.filter(complaint=complaint).count() + 1,
        round=complaint.round,
        side=talk.side,
        party=talk.party if talk.side == Side.SUBJECT else None,
        who=who if talk.side == Side.WITNESS else "",
        how=talk.how,
        held_on=talk.held_on,
        record=text,
        is_read_back=talk.is_read_back,
        is_confirmed=talk.is_confirmed,
        person_id=staff_id_of(by),
        at=at,
    )
    record(
        events.HearingRecorded(
            complaint=complaint.subject,
            number=hearing.number,
            side=hearing.side,
            how=hearing.how,
            held_on=hearing.held_on,
            is_confirmed=hearing.is_confirmed,
        ),
        by=by,
        at=at,
        payload={"who": who, "record": text},
    )
    return hearing


def _check_subject(complaint: Complaint, party: Party | None) -> None:
    if party is None or party.complaint_id != complaint.pk or party.role != Party.Role.SUBJECT:
        raise Refusal("who_needed", _("Choose the person complained about."), field="party")
    if not Disclosure.objects.filter(party=party).exists():
        raise Refusal(
            "details_first",
            _("Give them the details of the complaint first. Nobody is asked about what they do not know."),
            field="party",
        )
