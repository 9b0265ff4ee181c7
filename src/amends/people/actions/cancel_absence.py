"""Taking an absence back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.models import Absence
from amends.people.permissions import May
from amends.permissions import engine


@transaction.atomic
def cancel_absence(absence: Absence, *, by: engine.Person, at: datetime) -> None:
    """Take an absence back."""
    engine.require(by, May.RECORD_ABSENCE, absence)
    person, starts_on, ends_on = absence.person, absence.starts_on, absence.ends_on
    if not Absence.objects.filter(pk=absence.pk).delete()[0]:
        raise Refusal("absence_gone", _("This absence was cancelled already."))
    record(events.AbsenceCancelled(person=person.subject, starts_on=starts_on, ends_on=ends_on), by=by, at=at)
