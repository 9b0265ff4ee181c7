"""Whether somebody is asked how they found the handling, once it is over; and that they hear of it."""

from amends.complaints.acting import who_is_told
from amends.complaints.actions import queue_letter
from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.correspondence.models import Message
from amends.journal.models import Entry
from amends.journal.pseudonyms import subjects_named
from amends.kit import clock
from amends.people.standing import SYSTEM
from amends.reactions.notices.mailing import Notice, complaint_of, to_complainant
from amends.surveys.actions import draw
from amends.surveys.models import SurveyRule

NOTICE = Notice.of("survey")


def after_closing(entry: Entry) -> None:
    """The complaint is closed."""
    _draw(entry, SurveyRule.Moment.CLOSED)


def after_decision(entry: Entry) -> None:
    """The decision was communicated."""
    _draw(entry, SurveyRule.Moment.DECIDED)


def opened(entry: Entry) -> None:
    """Tell them by e-mail, or put the letter on the list; for everybody else it stands on the tracking page."""
    complaint = _named(entry)
    if complaint is None or Stage(complaint.stage) is Stage.VOID:
        return
    to_complainant(entry, NOTICE, complaint)
    name, now = entry.facts.get("message"), clock.now()
    message = next(iter(subjects_named([name]).values()), None) if name else None
    party = who_is_told(complaint, now)
    if message is not None and party is not None:
        queue_letter(complaint, Message.objects.get(pk=message.key), party, by=SYSTEM, at=now)


def _draw(entry: Entry, moment: SurveyRule.Moment) -> None:
    complaint = complaint_of(entry)
    if complaint is not None:
        draw(complaint, moment.value, by=SYSTEM, at=clock.now())


def _named(entry: Entry) -> Complaint | None:
    """The complaint that the entry of a survey names; None when its link was cut meanwhile."""
    found = next(iter(subjects_named([entry.facts["complaint"]]).values()), None)
    if found is None:
        return None
    return Complaint.objects.filter(pk=found.key).select_related("thread").first()
