"""Surveys that could be answered now, and those for which somebody has to ask."""

from datetime import datetime

from amends.complaints.models import Complaint
from amends.complaints.models.complaint import ComplaintQuerySet
from amends.surveys.actions.answer import is_open
from amends.surveys.models import Survey
from amends.surveys.models.survey import SurveyQuerySet


def open_survey(complaint: Complaint, at: datetime) -> Survey | None:
    """The survey that the complainant could answer now."""
    found = Survey.objects.filter(complaint=complaint, state=Survey.State.OPEN).first()
    return found if found is not None and is_open(found, at) else None


def to_ask(complaints: ComplaintQuerySet, at: datetime) -> SurveyQuerySet:
    """Those about these complaints that wait for an answer by telephone or on paper; the first to end comes first."""
    rows = Survey.objects.filter(complaint__in=complaints, state=Survey.State.OPEN, closes_at__gt=at)
    by_us = rows.filter(channel__in=[Survey.Channel.PHONE, Survey.Channel.POST], answered_at__isnull=True)
    return by_us.order_by("closes_at", "id")
