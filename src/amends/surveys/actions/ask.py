"""Asking: the survey opens on the tracking page, and whoever is written to is told (ISO 10002, 8.3)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation

from amends.complaints.acting import who_is_told
from amends.complaints.letter_blocks import worded
from amends.complaints.models import Complaint, Party
from amends.correspondence.models import Message
from amends.correspondence.models.message import Channel
from amends.correspondence.writing import add_message
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.permissions import engine
from amends.surveys import events
from amends.surveys.models import Survey, SurveyRule
from amends.surveys.permissions import May
from amends.surveys.questions import on_paper
from amends.surveys.sampling import Rule, is_over, rule_of, why_not

_CHANNELS = {
    Party.ContactBy.EMAIL: Survey.Channel.EMAIL,
    Party.ContactBy.POST: Survey.Channel.POST,
    Party.ContactBy.PHONE: Survey.Channel.PHONE,
}


@transaction.atomic
def ask(survey: Survey, *, by: engine.Person, at: datetime) -> Survey:
    """Open it, or drop it where what was true when it was drawn is not true any more."""
    engine.require(by, May.ASK)
    survey = Survey.objects.select_for_update().select_related("complaint").get(pk=survey.pk)
    if survey.state != Survey.State.PLANNED or survey.opens_at is None or survey.opens_at > at:
        return survey
    complaint = survey.complaint
    row = SurveyRule.objects.get(version=survey.rule)
    why = _why_not_any_more(survey, complaint, rule_of(row), at)
    if why:
        survey.state, survey.why, survey.ended_at = Survey.State.DROPPED, why, at
        survey.save(update_fields=["state", "why", "ended_at"])
        record(events.Dropped(survey=survey.subject, complaint=complaint.subject, why=why), by=by, at=at)
        return survey
    survey.state, survey.opened_at = Survey.State.OPEN, at
    survey.closes_at = at + timedelta(days=row.open_days)  # a worker that was late takes no time from anybody
    survey.channel = _channel_of(complaint, at)
    survey.save(update_fields=["state", "opened_at", "closes_at", "channel"])
    message = _on_paper(complaint, at) if survey.channel == Survey.Channel.POST else None
    record(
        events.Opened(
            survey=survey.subject,
            complaint=complaint.subject,
            channel=str(survey.channel),
            message=Subject("message", message.pk) if message else None,
        ),
        by=by,
        at=at,
    )
    return survey


def _on_paper(complaint: Complaint, at: datetime) -> Message:
    """What the letter says to somebody who asked for post, with the questions; it stands on the tracking page too."""
    with translation.override(complaint.language):
        text, template = worded("letter_survey", {"organisation": the_organisation().name}, complaint.language)
        asked = on_paper()
    return add_message(
        complaint.thread,
        direction=Message.Direction.OUT,
        text=f"{text}\n\n{asked}",
        at=at,
        channel=Channel.POST,
        language=complaint.language,
        template=template,
    )


def _why_not_any_more(survey: Survey, complaint: Complaint, rule: Rule, at: datetime) -> str:
    """Asked one after the other, so that of two complaints of one person only the first is asked about."""
    if not is_over(complaint, rule.moment):
        return Survey.Why.REOPENED.value
    return why_not(complaint, rule, at, but=survey.pk)


def _channel_of(complaint: Complaint, at: datetime) -> Survey.Channel:
    party = who_is_told(complaint, at)
    if complaint.is_anonymous or party is None:
        return Survey.Channel.PAGE
    if party.contact_by == Party.ContactBy.EMAIL and not party.email:
        return Survey.Channel.PAGE
    if party.contact_by == Party.ContactBy.PHONE and not party.phone:
        return Survey.Channel.PAGE
    return _CHANNELS.get(Party.ContactBy(party.contact_by), Survey.Channel.PAGE)
