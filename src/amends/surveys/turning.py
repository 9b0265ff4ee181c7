"""What time does to surveys: those that waited open, those that are over end."""

from datetime import datetime

from amends.people.standing import SYSTEM
from amends.surveys.actions import ask, end
from amends.surveys.models import Survey

BATCH = 200


def turn(at: datetime) -> int:
    """Open and end what is due, one after the other. Returns how many."""
    opening, ending = list(Survey.objects.to_open(at)[:BATCH]), list(Survey.objects.to_end(at)[:BATCH])
    for survey in opening:
        ask(survey, by=SYSTEM, at=at)
    for survey in ending:
        end(survey, by=SYSTEM, at=at)
    return len(opening) + len(ending)
