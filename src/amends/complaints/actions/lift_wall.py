"""Taking a wall down again where there was no conflict of interest after all (ISO 10002, 4.7)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, LiftedWall, Wall
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.people.models import Person
from amends.permissions import engine


@transaction.atomic
def lift_wall(
    complaint: Complaint, person: Person, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None
) -> LiftedWall:
    """Let somebody back to the complaint, with a reason. Never the person complained about."""
    reason = clean_line(reason)[:500]
    if not reason:
        raise Refusal("reason_needed", _("Say why there is no conflict."), field="reason")
    wall = Wall.objects.filter(complaint=complaint, person=person).first()
    if wall is None:
        raise Refusal("no_wall", _("This person is not walled off. Open the page again."), field="person")
    if wall.why == Wall.Why.SUBJECT:
        raise Refusal(
            "subject_stays_walled_off",
            _("The complaint is about this person: this wall is never taken down."),
            field="person",
        )
    lifecycle.take(Verb.LIFT_WALL, complaint, by=by, at=at, seen=seen)
    lifted = LiftedWall.objects.create(
        complaint=complaint,
        person=person,
        why=wall.why,
        since=wall.since,
        reason=reason,
        lifted_by_id=staff_id_of(by),
        at=at,
    )
    wall.delete()
    record(
        events.WallLifted(complaint=complaint.subject, person=person.subject, why=lifted.why),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return lifted
