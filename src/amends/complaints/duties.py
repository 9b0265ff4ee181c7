"""Open complaints are work that a person who leaves has to hand over."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import assign
from amends.complaints.fitness import is_fit
from amends.complaints.models import Complaint
from amends.journal.actors import Actor
from amends.people.handing_over import register_duty
from amends.people.models import Person
from amends.people.standing import SYSTEM


class OpenComplaints:
    """Complaints of which somebody is the handler."""

    label = _("Open complaints")

    def count(self, person: Person) -> int:
        return Complaint.objects.open().filter(handler=person).count()

    def hand_over(self, person: Person, successor: Person, *, by: Actor, at: datetime) -> int:
        """One assignment each, so that every complaint's own trail says it.

        A complaint that the successor cannot handle (another unit, a wall) goes back to its unit.
        """
        held = list(Complaint.objects.open().filter(handler=person).order_by("id"))
        for complaint in held:
            fit = is_fit(complaint, successor, complaint.lead_unit, at)
            assign(complaint, successor if fit else None, by=SYSTEM, at=at)
        return len(held)


register_duty(OpenComplaints())
