"""Confirming that an entry is void, or that it stands (ISO 10002, 7.2 and 4.9)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actions.ask_to_void import demand_nothing_merged
from amends.complaints.actors import staff_id_of
from amends.complaints.held_clocks import hold_clocks
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Voiding
from amends.complaints.permissions import May
from amends.correspondence.writing import checked_text
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_text
from amends.people.standing import Staff
from amends.permissions import engine


@transaction.atomic
def void(
    complaint: Complaint, *, by: engine.Person, at: datetime, comment: str = "", seen: int | None = None
) -> Voiding:
    """Nothing follows from the entry any more: no queue, no count, no clock, no letter. Everything recorded stays.

    Nobody hides a complaint alone: neither who asked nor who handles it confirms, nor somebody by a role that one of
    the two lent them. In the small profile one person may, and it is recorded so.
    Refusals: `void_not_asked`, `own_request`, `takes_in`.
    """
    lifecycle.check(Verb.VOID, complaint, by=by)
    voiding = asked_for(complaint)
    person_id = staff_id_of(by)
    is_alone = person_id in {voiding.asked_by_id, complaint.handler_id}
    if not the_organisation().is_small and (is_alone or _acts_for_one_side(by, complaint, voiding)):
        raise Refusal(
            "own_request",
            _("Neither who asked nor who handles the complaint can confirm it. Somebody else who leads has to."),
        )
    demand_nothing_merged(complaint)
    voiding.stage_before, voiding.stage_since_before = complaint.stage, complaint.stage_since
    lifecycle.take(Verb.VOID, complaint, by=by, at=at, seen=seen)
    voiding.state, voiding.decided_by_id, voiding.decided_at = Voiding.State.VOID, person_id, at
    voiding.comment, voiding.is_by_one_person = clean_text(comment)[:2000], is_alone
    voiding.save()
    held = hold_clocks(complaint, at, voiding=voiding)
    record(
        events.Voided(
            complaint=complaint.subject,
            why=voiding.why,
            stage=voiding.stage_before,
            held_clocks=held,
            is_by_one_person=is_alone,
        ),
        by=by,
        at=at,
        payload={"reason": voiding.reason, "comment": voiding.comment},
    )
    return voiding


@transaction.atomic
def decline_void(complaint: Complaint, *, reason: str, by: engine.Person, at: datetime) -> Voiding:
    """The entry stands. Refusals: `void_not_asked`."""
    reason = checked_text(reason, longest=2000, field="comment")
    lifecycle.take(Verb.DECLINE_VOID, complaint, by=by, at=at)
    voiding = asked_for(complaint)
    voiding.state, voiding.decided_by_id, voiding.decided_at = Voiding.State.DECLINED, staff_id_of(by), at
    voiding.comment = reason
    voiding.save()
    record(events.VoidDeclined(complaint=complaint.subject), by=by, at=at, payload={"reason": reason})
    return voiding


def asked_for(complaint: Complaint) -> Voiding:
    """What waits for a second person, held so that it is decided once. Raises Refusal when nothing does."""
    found = Voiding.objects.asked().select_for_update().filter(complaint=complaint).first()
    if found is None:
        raise Refusal("void_not_asked", _("Nobody asks that this be void now. Open the complaint again."))
    return found


def _acts_for_one_side(by: engine.Person, complaint: Complaint, voiding: Voiding) -> bool:
    """Whether they may only because who asked, or who handles it, lent them the role."""
    sides = {voiding.asked_by_id, complaint.handler_id} - {None}
    own = by.without([key for key in sides if key is not None]) if isinstance(by, Staff) else by
    return not engine.may(own, May.VOID, complaint)
