"""Letters on paper: for whom one is due, who may see which, and how long the oldest waits."""

from datetime import datetime

from django.db.models import Q

from amends.calendars.loading import working_calendar
from amends.calendars.working_time import local_day, working_days_between
from amends.complaints.models import Complaint, Letter, Party
from amends.complaints.models.letter import LetterQuerySet
from amends.complaints.permissions import named_to, shielded_to
from amends.correspondence.models import Message
from amends.correspondence.models.message import Channel
from amends.framework.which_calendar import NoCalendarError, calendar_of
from amends.people.models import Unit
from amends.people.standing import Staff

#: After so many working days somebody should look why a letter is still here.
POSTED_WITHIN = 2

_SAID = frozenset({Channel.PHONE.value, Channel.IN_PERSON.value})


def is_due(complaint: Complaint, party: Party | None, message: Message, *, chosen: bool) -> bool:
    """Whether a message goes out on paper. `chosen`: whoever wrote it chose how it is told."""
    if party is None or complaint.is_anonymous or message.direction != Message.Direction.OUT:
        return False
    if chosen and message.channel in _SAID:
        return False
    asked_for = party.contact_by == Party.ContactBy.POST
    return asked_for or (chosen and message.channel == Channel.POST)


def letters_of(person: Staff) -> LetterQuerySet:
    """Letters of complaints of which this person may know who complains: each has a name and an address on it."""
    return Letter.objects.filter(Q(complaint__in=named_to(person)) | Q(complaint__in=shielded_to(person)))


def waiting_too_long(at: datetime) -> int:
    """How many letters have waited for more than two working days. For operators: a number and nothing else."""
    whole = Unit.objects.filter(parent__isnull=True).first()
    if whole is None or not Letter.objects.to_post().exists():
        return 0
    try:
        calendar = working_calendar(calendar_of(unit=whole))
    except NoCalendarError:
        return 0
    today = local_day(at, calendar)
    count = 0
    for made_at in Letter.objects.to_post().order_by("made_at", "id").values_list("made_at", flat=True)[:1000]:
        if working_days_between(local_day(made_at, calendar), today, calendar) <= POSTED_WITHIN:
            break
        count += 1
    return count
