"""Declaring a conflict of interest: one's own, or that of somebody higher up (ISO 10002, 4.7)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Wall
from amends.complaints.permissions import May
from amends.complaints.walls import goes_back_to, raise_walls
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.people.models import Person
from amends.permissions import engine


@transaction.atomic
def declare_conflict(
    complaint: Complaint, person: Person, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None
) -> Wall:
    """Wall somebody off from now on. Everybody declares their own; for others the management representative does."""
    reason = clean_line(reason)[:500]
    if not reason:
        raise Refusal("reason_needed", _("Say what the conflict is."), field="reason")
    declarer = staff_id_of(by)
    is_their_own = person.pk == declarer
    if not is_their_own and not engine.may(by, May.KEEP_WALLS, complaint):
        raise Refusal(
            "not_for_others",
            _("You can only declare a conflict of your own. Tell the management representative about the other."),
            field="whose",
        )
    back_to = goes_back_to(complaint, [person.pk], at)
    lifecycle.take(Verb.DECLARE_CONFLICT, complaint, by=by, at=at, seen=seen, back_to=back_to)
    if Wall.objects.filter(complaint=complaint, person=person).exists():
        raise Refusal("walled_off_already", _("This person cannot reach the complaint already."), field="whose")
    raised = raise_walls(complaint, {person.pk: Wall.Why.DECLARED}, at=at, declared_by=declarer, reason=reason)
    record(
        events.ConflictDeclared(
            complaint=complaint.subject,
            person=person.subject,
            is_their_own=is_their_own,
            **raised.told,
        ),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return Wall.objects.get(complaint=complaint, person=person)
