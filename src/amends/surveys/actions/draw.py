"""Deciding whether a complainant is asked, by the rule, and recording it either way (ISO 10002, 8.3)."""

from datetime import datetime, timedelta

from django.db import transaction

from amends.complaints.models import Complaint
from amends.journal.recording import record
from amends.permissions import engine
from amends.surveys import events
from amends.surveys.models import Survey
from amends.surveys.permissions import May
from amends.surveys.sampling import is_over, number_of, rule_now, why_not


@transaction.atomic
def draw(complaint: Complaint, moment: str, *, by: engine.Person, at: datetime) -> Survey | None:
    """Once for each complaint; one that was dropped because it was taken up again is drawn once more when it ends.

    None where the rule asks at another moment, or nobody.
    """
    engine.require(by, May.ASK)
    rule = rule_now()
    complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)  # two workers draw once
    if not rule.is_on or rule.moment != moment or not is_over(complaint, moment):
        return None
    before = Survey.objects.filter(complaint=complaint).first()
    if before is not None and before.why != Survey.Why.REOPENED:
        return before
    why = why_not(complaint, rule, at)
    decided = {
        "state": Survey.State.NOT_ASKED if why else Survey.State.PLANNED,
        "why": why,
        "rule": rule.version,
        "share": rule.share,
        "number": number_of(complaint.reference, rule.version),
        "made_at": at,
        "opens_at": None if why else at + timedelta(days=rule.wait_days),
        "closes_at": None if why else at + timedelta(days=rule.wait_days + rule.open_days),
    }
    survey, _is_new = Survey.objects.update_or_create(complaint=complaint, defaults=decided)
    record(
        events.Drawn(
            survey=survey.subject,
            complaint=complaint.subject,
            state=str(survey.state),
            why=survey.why,
            rule=survey.rule,
            share=survey.share,
            number=survey.number,
        ),
        by=by,
        at=at,
    )
    return survey
