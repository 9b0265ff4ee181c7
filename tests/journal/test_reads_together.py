"""The reading log with real commits: several at once."""

from datetime import timedelta

from amends.journal.events import ReadsDigested
from amends.journal.models import Entry, ReadEvent
from amends.journal.reads import digest_days, note_read
from amends.journal.vocabulary import Subject
from amends.people.standing import SYSTEM
from tests.cast import AT, DAY
from tests.journal import journals
from tests.journal.journals import Complainant

COMPLAINT = Subject("complaint", 1)


def look(at=AT) -> None:
    note_read(COMPLAINT, by=Complainant(), at=at)


def test_two_workers_seal_a_day_once(own_database):
    look()
    counts = journals.at_once(*[lambda: digest_days(SYSTEM, AT + DAY)] * 3)
    assert sorted(counts) == [0, 0, 1]
    assert Entry.objects.filter(event=ReadsDigested.name).count() == 1


def test_two_pages_opened_at_once_are_one_row(own_database):
    look(AT - timedelta(hours=1))
    journals.at_once(*[look] * 4)
    assert ReadEvent.objects.count() == 2
