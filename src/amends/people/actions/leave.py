"""Leaving, with everything handed over."""

from datetime import datetime

from django.db import transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.administration import administers_everything, lock_administrators, require_an_administrator
from amends.people.handing_over import hand_over_everything, what_is_held_by
from amends.people.models import Delegation, Invitation, Person, RoleGrant
from amends.people.permissions import May
from amends.permissions import engine


@transaction.atomic
def leave(person: Person, *, successor: Person | None, by: engine.Person, at: datetime) -> int:
    """End somebody's roles and sign-in at once; what they hold goes to the successor. Returns how much it was."""
    engine.require(by, May.MANAGE_PEOPLE, person)
    still_here = _still_here(person, successor)
    if person.pk not in still_here:
        raise Refusal("has_left", _("This person has left already."))
    if successor is not None and (successor.pk == person.pk or successor.pk not in still_here):
        raise Refusal("successor_unfit", _("Choose somebody else to take over."), field="successor")
    if what_is_held_by(person) and successor is None:
        raise Refusal("work_left", _("This person still holds work. Choose who takes it over."), field="successor")
    lock_administrators(at)
    was_administrator = administers_everything(person, at)
    handed_over = hand_over_everything(person, successor, by=by, at=at) if successor else 0
    now = Greatest("starts_at", Value(at, DateTimeField()))  # the clock of another host may be a little ahead of ours
    RoleGrant.objects.filter(person=person, ends_at__isnull=True).update(ends_at=now)
    if was_administrator:
        require_an_administrator(at)
    for delegations in (Delegation.objects.filter(lender=person), Delegation.objects.filter(holder=person)):
        delegations.filter(starts_at__lte=at, ends_at__gt=at).update(ends_at=at)
        delegations.filter(starts_at__gt=at).delete()
    Invitation.objects.filter(person=person, used_at__isnull=True).update(expires_at=at)
    # An unusable password ends every open session, because sessions are tied to the password's hash.
    person.is_active, person.left_at = False, at
    person.set_unusable_password()
    person.save(update_fields=["is_active", "left_at", "password"])
    record(
        events.Left(person=person.subject, successor=successor.subject if successor else None, handed_over=handed_over),
        by=by,
        at=at,
    )
    return handed_over


def _still_here(*people: Person | None) -> set[int]:
    """Those who work here, held until commit: nobody leaves twice, or to somebody who is leaving at this moment."""
    rows = Person.objects.select_for_update().filter(pk__in=[person.pk for person in people if person is not None])
    return {row.pk for row in rows.order_by("pk") if row.is_active}
