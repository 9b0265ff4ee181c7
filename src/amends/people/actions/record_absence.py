"""Being away, with somebody who stands in."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.models import Absence, Person
from amends.people.permissions import May
from amends.permissions import engine


@transaction.atomic
def record_absence(
    person: Person,
    *,
    starts_on: date,
    ends_on: date,
    substitute: Person | None,
    by: engine.Person,
    at: datetime,
) -> Absence:
    """Say that somebody is away, first and last day included."""
    engine.require(by, May.RECORD_ABSENCE, person)
    if ends_on < starts_on:
        raise Refusal("days_reversed", _("The last day is before the first. Change one of them."), field="ends_on")
    if substitute is not None and (substitute.pk == person.pk or not substitute.is_active):
        raise Refusal("substitute_unfit", _("Choose somebody else to stand in."), field="substitute")
    Person.objects.select_for_update().get(pk=person.pk)  # two who enter the same days: the second waits here
    if Absence.objects.filter(person=person, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise Refusal(
            "away_already", _("These days overlap with an absence that is recorded already."), field="starts_on"
        )
    absence = Absence.objects.create(person=person, starts_on=starts_on, ends_on=ends_on, substitute=substitute)
    record(
        events.AbsenceRecorded(
            person=person.subject,
            starts_on=starts_on,
            ends_on=ends_on,
            substitute=substitute.subject if substitute else None,
        ),
        by=by,
        at=at,
    )
    return absence
