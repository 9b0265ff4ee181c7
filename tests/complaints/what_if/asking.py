"""Asking what would have been late."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from amends.calendars.limits import Limit, Unit
from amends.complaints.actions.record_history import HistoricComplaint, record_history
from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.complaints.what_if.answering import Asking
from amends.complaints.what_if.question import Among, Instead, OtherLimit
from amends.framework.models import RulePackVersion
from amends.people.standing import SYSTEM
from tests import builders
from tests.complaints.clocks import at

NOW = at(1, month=6)
NOTHING, EVERYTHING = Instead(), Among()
FIVE_DAYS = OtherLimit("decision", Limit(5, Unit.WORKING_DAYS))


def told(world, received, communicated, **changes):
    """A complaint that was received and answered at these moments."""
    later = replace(world, at=communicated)
    return builders.a_complaint(later, Stage.COMMUNICATED, remedies=0, **{"at": received, **changes})


def ask(instead=NOTHING, among=EVERYTHING, complaints=None, when=NOW):
    return Asking(Complaint.objects.all() if complaints is None else complaints, among, instead, when)


def answer(*arguments, **named):
    return ask(*arguments, **named).answer()[0]


def verdict(complaint, instead=NOTHING, code="decision", when=NOW):
    """What comes out for the newest clock of that code."""
    found = list(ask(instead, complaints=Complaint.objects.filter(pk=complaint.pk), when=when).verdicts())
    return next((each for each in reversed(found) if each.row.code == code), None)


def day(moment):
    """The day in London, which Larkhaven keeps."""
    return moment.astimezone(ZoneInfo("Europe/London")).date()


def pack(code):
    return RulePackVersion.objects.filter(pack=code).latest("version")


def take_in(world, *days, **more):
    """Complaints from elsewhere: received and answered on these days."""
    made = [
        HistoricComplaint(
            external_id=str(number),
            received_at=at_midnight(received),
            title=f"Letter {number}",
            stage_since=at_midnight(answered) if answered else None,
            **{"stage": Stage.CLOSED if answered else Stage.RECEIVED, **more},
        )
        for number, (received, answered) in enumerate(days)
    ]
    record_history(made, source="old", by=SYSTEM, at=world.at)
    return {row.external_id: row for row in Complaint.objects.filter(source="old")}


def at_midnight(when):
    return datetime(when.year, when.month, when.day, tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)
