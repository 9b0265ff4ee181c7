"""Why a date: the words and the picture say exactly what was counted, for staff and for the complainant."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from amends.calendars.counting import Plan, explain
from amends.calendars.explaining import Explanation
from amends.calendars.limits import DayOff, LateArrival, Limit, Stop, Unit
from amends.calendars.working_time import SpecialDay, Why, WorkingCalendar
from amends.ui.explaining import About, Explained, Fact, Mark, Register, Row, explained, promised
from amends.ui.explaining_days import MARKS

pytestmark = pytest.mark.engineless

TALLINN = ZoneInfo("Europe/Tallinn")
STAFF, PLAIN = Register.STAFF, Register.PLAIN
WORK = ((time(9), time(17)),)
CALENDAR = WorkingCalendar(
    zone=TALLINN,
    week=dict.fromkeys(range(1, 6), WORK),
    days={
        date(2026, 6, 23): SpecialDay((), Why.HOLIDAY, {"en": "Victory Day", "et": "Võidupüha"}),
        date(2026, 6, 24): SpecialDay((), Why.HOLIDAY, {"en": "Midsummer Day", "et": "Jaanipäev"}),
        date(2026, 6, 22): SpecialDay(((time(9), time(14)),), Why.HALF_DAY, {}),
        date(2026, 6, 30): SpecialDay((), Why.CLOSURE, {"en": "Stocktaking"}),
    },
    known_until=date(2026, 12, 31),
)


@pytest.fixture(autouse=True)
def in_tallinn() -> Iterator[None]:
    with timezone.override(TALLINN), translation.override("en"):
        yield


def at(day: int, hour: int = 10, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=TALLINN).astimezone(UTC)


def sum_of(
    limit: Limit,
    start: datetime,
    *,
    stops: tuple[Stop, ...] = (),
    extensions: tuple[Limit | date, ...] = (),
) -> Explanation:
    return explain(Plan(start, limit, stops, extensions), CALENDAR)


def told(counted: Explanation, register: Register = STAFF, **about: object) -> Explained:
    given = {"event": "received", "due_at": counted.due_at, **about}
    return explained(counted, About(**given), register)  # type: ignore[arg-type]


def fact(shown: Explained, label: str) -> Fact:
    return next(each for each in shown.facts if each.label == label)


def row(shown: Explained, day: date) -> Row:
    return next(each for each in shown.days if each.day == day)


WORKING_DAYS = Limit(10, Unit.WORKING_DAYS)


def test_each_day_is_there_once_with_its_number_or_the_reason() -> None:
    shown = told(sum_of(WORKING_DAYS, at(17)))  # a Wednesday
    assert [each.day for each in shown.days] == [date(2026, 6, day) for day in range(17, 31)] + [
        date(2026, 7, day) for day in range(1, 7)
    ]
    assert [each.number for each in shown.days if each.number] == list(range(1, 11))
    assert row(shown, date(2026, 6, 17)).mark is Mark.START
    assert row(shown, date(2026, 6, 20)).what == "Weekend"
    assert row(shown, date(2026, 6, 22)).what == "Counted, a shorter day"
    assert row(shown, date(2026, 6, 23)).what == "Public holiday: Victory Day"
    assert row(shown, date(2026, 6, 30)).what == "Closed: Stocktaking"
    assert [each.day for each in shown.days if each.is_due] == [date(2026, 7, 6)]
    assert shown.conclusion == "So it is due on Monday 6 July 2026 at 17:00."


def test_it_begins_with_what_started_the_clock_and_how_much_time_there_was() -> None:
    shown = told(sum_of(WORKING_DAYS, at(17)))
    assert shown.facts[0] == ("Complaint received", "Wednesday 17 June 2026, 10:00", "")
    allowed = fact(shown, "Time allowed")
    assert allowed.value == "10 working days"
    assert str(allowed.note).startswith("Working days are counted")


def test_plain_words_speak_to_the_complainant() -> None:
    counted = sum_of(WORKING_DAYS, at(17))
    shown = told(counted, PLAIN)
    assert shown.facts[0][:2] == ("We received your complaint", "Wednesday 17 June 2026")
    assert shown.conclusion == "So we have until Monday 6 July 2026."
    theirs = told(counted, PLAIN, is_owed_by_us=False, event="communicated")
    assert theirs.conclusion == "So you have until Monday 6 July 2026."
    assert theirs.facts[0].label == "We told you our decision"


def test_a_day_without_an_hour_stays_one() -> None:
    shown = told(sum_of(WORKING_DAYS, at(17, 0)), is_day_only=True)
    assert shown.facts[0].value == "Wednesday 17 June 2026"


def test_neighbours_that_did_not_count_for_one_reason_are_one_line() -> None:
    shown = told(sum_of(WORKING_DAYS, at(17)))
    assert [(each.words, str(each.what)) for each in shown.not_counted] == [
        ("20–21 Jun 2026", "Weekend"),
        ("Tue 23 Jun", "Public holiday: Victory Day"),
        ("Wed 24 Jun", "Public holiday: Midsummer Day"),
        ("27–28 Jun 2026", "Weekend"),
        ("Tue 30 Jun", "Closed: Stocktaking"),
        ("4–5 Jul 2026", "Weekend"),
    ]


@pytest.mark.parametrize(
    ("register", "words"),
    [(STAFF, "We waited for an answer of the complainant"), (PLAIN, "We waited for your answer")],
)
def test_a_clock_that_stood_still_says_from_when_until_when_and_why(register: Register, words: str) -> None:
    stop = Stop(at(18), at(22, 9), "waiting_for_complainant")
    shown = told(sum_of(WORKING_DAYS, at(17), stops=(stop,)), register)
    stood = fact(shown, "Stood still")
    assert stood.note == words
    assert "Thursday 18 June 2026" in str(stood.value)
    assert "Monday 22 June 2026" in str(stood.value)
    stopped = row(shown, date(2026, 6, 18))
    assert (stopped.mark, stopped.what, stopped.number) == (Mark.STOPPED, words, None)


def test_a_clock_that_still_stands_says_how_long_at_most() -> None:
    stop = Stop(at(18), at(25), "waiting_for_complainant")
    shown = told(sum_of(WORKING_DAYS, at(17), stops=(stop,)), paused_until=at(25))
    assert fact(shown, "Stands still").value == (
        "since Thursday 18 June 2026, 10:00, at the latest until Thursday 25 June 2026, 10:00"
    )


def test_a_reason_that_no_pack_has_was_given_by_a_regulator() -> None:
    stop = Stop(at(18), at(25), "motor_finance")
    shown = told(sum_of(WORKING_DAYS, at(17), stops=(stop,)))
    assert "regulator" in str(fact(shown, "Stood still").note)


def test_more_time_shows_how_much_both_dates_and_what_the_complainant_was_told() -> None:
    counted = sum_of(WORKING_DAYS, at(17), extensions=(Limit(2, Unit.WORKING_DAYS), date(2026, 7, 10)))
    shown = told(counted, reasons=("The workshop has it.", "Parts are late."))
    moves = [each for each in shown.facts if each.label == "Date moved"]
    assert [each.value for each in moves] == [
        "from Monday 6 July 2026 to Wednesday 8 July 2026",
        "from Wednesday 8 July 2026 to Friday 10 July 2026",
    ]
    assert [each.note for each in moves] == ["The workshop has it.", "Parts are late."]
    assert fact(shown, "More time").value == "2 working days"
    assert [(each.number, each.phase) for each in shown.days if each.day > date(2026, 7, 6)] == [
        (1, 1),
        (2, 1),
        (None, 2),
        (None, 2),
    ]
    assert row(shown, date(2026, 7, 10)).mark is Mark.GIVEN


def test_what_came_in_late_counts_from_the_next_working_day() -> None:
    limit = Limit(2, Unit.WORKING_DAYS, late_arrival=LateArrival.NEXT_WORKING_DAY)
    shown = told(sum_of(limit, at(19, 18)))  # a Friday after work
    assert fact(shown, "Counts as come in on").value == "Monday 22 June 2026"
    assert row(shown, date(2026, 6, 19)).what == "Came in after the close of work"


def test_a_last_day_that_is_a_day_off_moves() -> None:
    limit = Limit(3, Unit.DAYS, day_off=DayOff.NEXT_WORKING_DAY)
    shown = told(sum_of(limit, at(17)))  # Saturday 20th
    assert fact(shown, "Moved").value == "The last day is a day off, so the next working day holds."
    assert shown.conclusion == "So it is due by the end of Monday 22 June 2026."
    assert row(shown, date(2026, 6, 20)).number == 3
    assert row(shown, date(2026, 6, 22)).what == "The last day was a day off"


def test_an_outer_limit_ends_the_rows_where_it_ends_the_time() -> None:
    counted = sum_of(WORKING_DAYS, at(17), extensions=(Limit(20, Unit.WORKING_DAYS),))
    shown = told(counted, due_at=at(10, 17, month=7))
    assert shown.days[-1].day == date(2026, 7, 10)
    assert shown.days[-1].is_due
    assert fact(shown, "Latest date").value == "The rules allow no later date, whatever would be counted."
    assert shown.conclusion == "So it is due on Friday 10 July 2026 at 17:00."


def test_hours_say_how_many_of_them_each_day_has() -> None:
    shown = told(sum_of(Limit(12, Unit.WORKING_HOURS), at(17, 13)))
    assert [each.time for each in shown.days] == ["4 h", "8 h"]
    assert shown.conclusion == "So it is due on Thursday 18 June 2026 at 17:00."
    plain = told(sum_of(Limit(1, Unit.WORKING_HOURS), at(17, 13)), PLAIN)
    assert plain.conclusion == "So the time ends on Wednesday 17 June 2026 at 14:00."
    assert plain.facts[0].value == "Wednesday 17 June 2026, 13:00"


def test_a_long_time_of_standing_still_is_one_row_and_one_month() -> None:
    stop = Stop(at(18), at(20, month=11), "court")
    shown = told(sum_of(WORKING_DAYS, at(17), stops=(stop,)))
    assert len(shown.days) > 150
    assert len(shown.table) < 20
    assert sum((each.last - each.day).days + 1 for each in shown.table) == len(shown.days)
    titles = [month.title.replace("\u2009", " ") for month in shown.months]
    assert titles == ["June 2026", "July – October 2026", "November 2026", "December 2026"]
    assert shown.months[1].note == "A court or authority dealt with it"


def test_the_picture_has_the_same_days_as_the_rows() -> None:
    shown = told(sum_of(WORKING_DAYS, at(17)))
    cells = [cell for month in shown.months for week in month.weeks for cell in week if cell and cell.row]
    assert [cell.row for cell in cells] == list(shown.days)
    assert all(len(week) == 7 for month in shown.months for week in month.weeks)
    june = shown.months[0]
    assert june.title == "June 2026"
    first = june.weeks[0][0]
    assert first is not None
    assert first.day == date(2026, 6, 1)  # a Monday
    assert shown.weekdays[0] == ("Mon", "Monday")


def test_every_mark_has_a_word() -> None:
    assert set(MARKS) == set(Mark)
    shown = told(sum_of(WORKING_DAYS, at(17), stops=(Stop(at(18), at(22, 9), "court"),)))
    assert [mark for mark, _words in shown.legend] == [Mark.START, Mark.COUNTED, Mark.OFF, Mark.STOPPED]


def test_what_is_not_known_yet_and_another_zone_are_said() -> None:
    far = told(sum_of(Limit(9, Unit.MONTHS), at(17)))
    assert "may still move" in str(far.warnings[0])
    with timezone.override(ZoneInfo("Europe/London")):
        elsewhere = told(sum_of(WORKING_DAYS, at(17)))
        assert elsewhere.warnings == ("Days and times are those of this time zone: Europe/Tallinn.",)
        assert elsewhere.conclusion.endswith("at 17:00.")


@pytest.mark.parametrize("language", ["en", "et", "tr"])
def test_names_of_days_come_in_the_readers_language(language: str) -> None:
    with translation.override(language):
        shown = told(sum_of(WORKING_DAYS, at(17)))
        assert ("Võidupüha" if language == "et" else "Victory Day") in str(row(shown, date(2026, 6, 23)).what)


def test_a_promised_day_is_counted_from_nothing() -> None:
    assert promised(date(2026, 7, 1), STAFF) == (
        "This day was promised with the decision: it is due at the end of Wednesday 1 July 2026."
    )
    assert promised(date(2026, 7, 1), PLAIN) == "We promised you this with the decision: Wednesday 1 July 2026."


def test_over_the_end_of_a_year_days_have_their_year() -> None:
    shown = told(sum_of(WORKING_DAYS, datetime(2026, 12, 28, 8, tzinfo=UTC)))
    assert [shown.days[0].words, shown.days[-1].words] == ["Mon, 28 Dec 2026", "Mon, 11 Jan 2027"]
