"""The time to answer is over: who did not answer is counted too (ISO 10002, 8.3)."""

from datetime import datetime

from django.db import transaction

from amends.journal.recording import record
from amends.permissions import engine
from amends.surveys import events
from amends.surveys.models import Survey
from amends.surveys.permissions import May


@transaction.atomic
def end(survey: Survey, *, by: engine.Person, at: datetime) -> Survey:
    """Close it, once."""
    engine.require(by, May.ASK)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.state != Survey.State.OPEN or survey.closes_at is None or survey.closes_at > at:
        return survey
    survey.state, survey.ended_at = Survey.State.ENDED, at
    survey.save(update_fields=["state", "ended_at"])
    record(events.Ended(survey=survey.subject, is_answered=survey.answered_at is not None), by=by, at=at)
    return survey
