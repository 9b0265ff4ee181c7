"""Saying how many open complaints are enough for a person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.models import Capacity
from amends.framework.permissions import May
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people.models import Person
from amends.permissions import engine

MOST = 1000


@transaction.atomic
def set_capacity(person: Person, complaints: int | None, *, by: engine.Person, at: datetime) -> None:
    """From this number on they count as overloaded; None says that nobody has said."""
    engine.require(by, May.SET_CAPACITY)
    if complaints is not None and not 1 <= complaints <= MOST:
        raise Refusal("capacity_wrong", _("Enter a number from 1 to 1000, or leave it empty."), field="complaints")
    before = Capacity.objects.filter(person=person).values_list("complaints", flat=True).first()
    if before == complaints:
        raise Refusal("unchanged", _("Nothing has changed. Change something before you save."), field="complaints")
    if complaints is None:
        Capacity.objects.filter(person=person).delete()
    else:
        Capacity.objects.update_or_create(person=person, defaults={"complaints": complaints})
    record(events.CapacitySet(person=person.subject, complaints=complaints or 0), by=by, at=at)
