"""Keeping walls up to date when somebody complained about gets another manager or other reports (ISO 10002, 4.7)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint
from amends.complaints.walls import goes_back_to, missing_walls, raise_walls
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people.models import Person
from amends.permissions import engine


@transaction.atomic
def follow_walls(complaint: Complaint, *, by: engine.Person, at: datetime) -> int:
    """Wall off whoever has come near to those complained about since. Returns how many; refuses with `walls_stand`."""
    subjects = list(Person.objects.filter(named_in__complaint=complaint, named_in__role="subject").distinct())
    behind = missing_walls(complaint, subjects)
    lifecycle.check(Verb.FOLLOW_WALLS, complaint, by=by)
    if not behind:
        raise Refusal("walls_stand", _("The walls stand where they have to."))
    back_to = goes_back_to(complaint, behind, at)
    lifecycle.take(Verb.FOLLOW_WALLS, complaint, by=by, at=at, back_to=back_to)
    raised = raise_walls(complaint, behind, at=at)
    record(
        events.WallsFollowed(
            complaint=complaint.subject,
            people=tuple(person.subject for person in Person.objects.filter(pk__in=behind).order_by("pk")),
            **raised.told,
        ),
        by=by,
        at=at,
    )
    return raised.walls
