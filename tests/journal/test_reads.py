"""Who looked at what: one row per quarter of an hour, sealed by the day, and gone after its time."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from amends.journal.events import ReadsDigested
from amends.journal.models import Entry, ReadEvent
from amends.journal.reads import (
    JOURNAL,
    day_before,
    digest_days,
    digest_of,
    expire_reads,
    last_digested_day,
    line_of,
    note_read,
    reads_of,
)
from amends.journal.vocabulary import Subject
from amends.people.standing import SYSTEM
from tests.cast import AT, DAY
from tests.journal import journals
from tests.journal.journals import Complainant

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
COMPLAINT, OTHER = Subject("complaint", 1), Subject("complaint", 2)
TODAY = AT.date()


def look(at=AT, subject=COMPLAINT, by: int = 1, **more) -> None:
    note_read(subject, by=Complainant(by), at=at, **more)


def test_looking_again_within_a_quarter_of_an_hour_is_one_row():
    look()
    look(AT + 14 * MINUTE + timedelta(seconds=59))
    assert ReadEvent.objects.count() == 1
    look(AT + 15 * MINUTE)
    assert ReadEvent.objects.count() == 2
    look(subject=OTHER)
    look(by=2)
    look(field_group="identity", reason="asked_by_phone")
    assert ReadEvent.objects.count() == 5
    assert ReadEvent.objects.get(field_group="identity").reason == "asked_by_phone"


def test_looking_again_takes_one_query(django_assert_num_queries):
    look()
    with django_assert_num_queries(1):
        look(AT + MINUTE)


def test_reads_name_nobody():
    look()
    line = json.loads(line_of(ReadEvent.objects.get()))
    assert [len(str(part)) for part in line[1:3]] == [32, 32]
    assert line[3:] == ["text", "complainant", ""]


def test_a_day_is_a_utc_day_whole():
    midnight = datetime(2026, 3, 2, tzinfo=UTC)
    for moment in (midnight - timedelta(seconds=1), midnight, midnight + DAY - timedelta(seconds=1), midnight + DAY):
        look(moment)
    assert [row.at for row in reads_of(TODAY)] == [midnight, midnight + DAY - timedelta(seconds=1)]
    assert day_before(midnight) == date(2026, 3, 1)


def test_the_digest_covers_every_word_and_no_order():
    for number in range(20):
        look(AT + number * 7 * MINUTE, by=number % 4, field_group="text" if number % 3 else "identity")
    rows = reads_of(TODAY)
    digest = digest_of(rows)
    assert digest == digest_of(reversed(rows))
    lines = sorted(line_of(row) for row in rows)
    assert digest == hashlib.sha256("".join(line + "\n" for line in lines).encode()).hexdigest()
    assert digest != digest_of(rows[1:])
    for field, value in (("field_group", "other"), ("acting_as", "handler"), ("reason", "curious"), ("quarter", 1)):
        kept = getattr(rows[0], field)
        setattr(rows[0], field, value)
        assert digest_of(rows) != digest
        setattr(rows[0], field, kept)
    assert digest_of(rows) == digest


def digests() -> list[dict[str, object]]:
    return [entry.facts for entry in Entry.objects.filter(event=ReadsDigested.name).order_by("id")]


def test_every_whole_day_is_sealed_once_also_those_without_a_reader():
    assert digest_days(SYSTEM, AT) == 0, "nobody has looked at anything yet"
    look()
    assert digest_days(SYSTEM, AT + timedelta(hours=5)) == 0, "the day is not over"
    look(AT + 2 * DAY)
    look(AT + 2 * DAY + 20 * MINUTE)
    assert digest_days(SYSTEM, AT + 3 * DAY) == 3
    assert digest_days(SYSTEM, AT + 3 * DAY) == 0
    assert digest_days(SYSTEM, AT + 4 * DAY) == 1
    assert [(one["day"], one["count"]) for one in digests()] == [
        ("2026-03-02", 1),
        ("2026-03-03", 0),
        ("2026-03-04", 2),
        ("2026-03-05", 0),
    ]
    assert digests()[2]["digest"] == digest_of(reads_of(date(2026, 3, 4)))
    assert last_digested_day() == date(2026, 3, 5)


def test_a_day_is_sealed_an_hour_after_its_end_because_requests_take_time():
    look()
    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    assert digest_days(SYSTEM, midnight + 59 * MINUTE) == 0
    look(midnight - MINUTE)  # began before midnight, was written after it
    assert digest_days(SYSTEM, midnight + 60 * MINUTE) == 1
    assert digests()[0]["count"] == 2


def test_a_day_without_work_to_do_takes_two_queries(django_assert_num_queries):
    look()
    digest_days(SYSTEM, AT + DAY)
    with django_assert_num_queries(4):  # two of them open and close the transaction
        assert digest_days(SYSTEM, AT + DAY) == 0


def test_reads_expire_by_whole_days_and_only_when_they_are_sealed():
    for days in range(5):
        look(AT + days * DAY)
        look(AT + days * DAY + timedelta(hours=8))
    assert expire_reads(AT + 10 * DAY) == 0, "no day is sealed"
    digest_days(SYSTEM, AT + 3 * DAY)
    assert expire_reads(AT + 2 * DAY) == 4, "the day of that moment stays whole"
    assert len(reads_of((AT + 2 * DAY).date())) == 2
    assert expire_reads(AT + 10 * DAY) == 2, "days that are not sealed yet stay"
    assert ReadEvent.objects.count() == 4
    digest_days(SYSTEM, AT + 10 * DAY)
    assert expire_reads(AT + 10 * DAY) == 4


@pytest.fixture
def log(anchors):
    for days in range(4):
        for by in range(3):
            look(AT + days * DAY, by=by)
    digest_days(SYSTEM, AT + 4 * DAY)
    journals.keep(AT + 4 * DAY)


def test_the_verifier_holds_the_log_against_its_digests(log):
    verdict = journals.verdict()
    assert verdict.is_whole
    assert not verdict.unchecked


def test_what_has_expired_is_no_alarm_and_is_said(log):
    expire_reads(AT + 2 * DAY)
    verdict = journals.verdict()
    assert verdict.is_whole
    assert any("2 days is gone" in text for text in verdict.unchecked)
    expire_reads(AT + 90 * DAY)
    assert journals.verdict().is_whole


@pytest.mark.parametrize("what", ["a row taken", "a row added", "a word changed", "a day taken"])
def test_a_log_that_was_altered_is_told_by_its_day(log, what):
    third = Entry.objects.get(event=ReadsDigested.name, particulars__contains="2026-03-04")
    rows = reads_of(date(2026, 3, 4))
    if what == "a row taken":
        rows[1].delete()
    elif what == "a row added":
        look(AT + 2 * DAY, by=9)
    elif what == "a word changed":
        ReadEvent.objects.filter(pk=rows[0].pk).update(acting_as="auditor")
    else:
        ReadEvent.objects.filter(pk__in=[row.pk for row in rows]).delete()
    verdict = journals.verdict()
    assert [problem.kind for problem in verdict.problems] == ["reads_changed"]
    assert verdict.first_bad == third.seal.number
    assert "2026-03-04" in verdict.problems[0].text


def test_a_read_invented_for_a_day_on_which_nobody_looked_is_told():
    look()
    digest_days(SYSTEM, AT + 3 * DAY)
    journals.seal(AT)
    journals.sign(AT)
    look(AT + DAY)
    assert [problem.kind for problem in journals.verdict().problems] == ["reads_changed"]


def test_a_read_invented_for_a_time_before_the_first_sealed_day_is_told(log):
    look(AT - 3 * DAY)
    assert [problem.kind for problem in journals.verdict().problems] == ["reads_changed"]


def test_what_the_journal_says_of_itself_has_a_subject():
    assert Subject("journal", 1) == JOURNAL
