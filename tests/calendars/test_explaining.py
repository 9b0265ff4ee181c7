"""The explanation of a due moment: what it says of each day, and that it can be counted again."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.calendars.counting import Plan, explain
from amends.calendars.explaining import Explanation
from amends.calendars.limits import DayOff, Ends, LateArrival, Limit, Stop, Unit
from tests.calendars.cases import at, calendar, utc
from tests.calendars.puzzles import make_puzzle

pytestmark = pytest.mark.engineless

FRIDAY = at("2026-12-18 10:00")
CHRISTMAS = calendar(
    d2026_12_21="closure", d2026_12_23="half_day 09:00-14:00", d2026_12_24="holiday", d2026_12_26="opening 10:00-12:00"
)


def told(explanation: Explanation) -> list[tuple[str, str, int | None]]:
    """Day, why, and running number."""
    assert explanation.adds_up()
    return [(f"{step.day:%d.%m.}", step.why.value, step.counted) for step in explanation.days]


def test_each_day_is_told_with_why() -> None:
    stops = (Stop(at("2026-12-22 12:00"), at("2026-12-22 20:00"), "waiting_for_complainant"),)
    explanation = explain(Plan(FRIDAY, Limit(3, Unit.WORKING_DAYS), stops), CHRISTMAS)
    assert told(explanation) == [
        ("18.12.", "start", None),
        ("19.12.", "weekend", None),
        ("20.12.", "weekend", None),
        ("21.12.", "closure", None),
        ("22.12.", "stopped", None),
        ("23.12.", "half_day", 1),
        ("24.12.", "holiday", None),
        ("25.12.", "counted", 2),
        ("26.12.", "opening", 3),
    ]
    by_day = {step.day.day: step for step in explanation.days}
    assert by_day[22].stop == "waiting_for_complainant"
    assert by_day[24].name == {"en": "The holiday"}
    assert by_day[25].name == {}
    assert explanation.due_at == at("2026-12-26 12:00")


def test_it_says_with_which_calendar() -> None:
    explanation = explain(Plan(FRIDAY, Limit(3, Unit.DAYS), outer=Limit(9, Unit.DAYS)), CHRISTMAS)
    assert (explanation.calendar_code, explanation.calendar_version) == ("test", 3)
    assert explanation.zone == CHRISTMAS.zone
    assert explanation.start_day == date(2026, 12, 18)
    assert explanation.outer_at == at("2026-12-27 23:59:59")


def test_it_says_when_holidays_are_not_known_so_far_ahead() -> None:
    plan = Plan(FRIDAY, Limit(3, Unit.WORKING_DAYS))
    assert not explain(plan, replace(CHRISTMAS, known_until=date(2026, 12, 25))).known_until_passed
    assert explain(plan, replace(CHRISTMAS, known_until=date(2026, 12, 24))).known_until_passed
    assert not explain(plan, CHRISTMAS).known_until_passed


def test_days_of_the_calendar_count_days_off_too() -> None:
    explanation = explain(Plan(FRIDAY, Limit(3, Unit.DAYS)), CHRISTMAS)
    assert [step.counted for step in explanation.days] == [None, 1, 2, 3]
    assert {step.why.value for step in explanation.days[1:]} == {"counted"}


def test_a_move_to_the_next_working_day_is_shown() -> None:
    explanation = explain(Plan(FRIDAY, Limit(2, Unit.DAYS, day_off=DayOff.NEXT_WORKING_DAY)), CHRISTMAS)
    assert told(explanation)[1:] == [
        ("19.12.", "counted", 1),
        ("20.12.", "weekend", 2),
        ("21.12.", "closure", None),
        ("22.12.", "moved", None),
    ]
    assert explanation.moved == "next_working_day"


def test_a_move_back_is_shown_with_the_days_given_up() -> None:
    monday = at("2026-12-14 10:00")
    explanation = explain(Plan(monday, Limit(6, Unit.DAYS, day_off=DayOff.PREVIOUS_WORKING_DAY)), CHRISTMAS)
    assert told(explanation)[-1] == ("18.12.", "counted", 4)
    assert [(step.day.day, step.why.value, step.counted) for step in explanation.given_up] == [
        (19, "counted", 5),
        (20, "weekend", 6),
    ]
    assert explanation.moved == "previous_working_day"


def test_a_due_moment_that_summer_time_skips_is_shown() -> None:
    sundays = calendar(hours="01:00-03:30", weekdays=("7",))
    assert explain(Plan(at("2026-03-27 12:00"), Limit(1, Unit.WORKING_DAYS)), sundays).moved == "gap"
    assert explain(Plan(at("2026-03-20 12:00"), Limit(1, Unit.WORKING_DAYS)), sundays).moved == ""
    nuuk = explain(Plan(utc("2027-03-26 12:00"), Limit(1, Unit.DAYS)), calendar(ZoneInfo("America/Nuuk")))
    assert nuuk.moved == "gap"
    assert nuuk.adds_up()


def test_a_close_just_when_the_clock_goes_forward_is_not_skipped() -> None:
    sundays = calendar(hours="01:00-04:00", weekdays=("7",))
    assert explain(Plan(at("2026-03-27 12:00"), Limit(1, Unit.WORKING_DAYS)), sundays).moved == ""


def test_what_came_late_shows_the_days_before_it_counts_as_come() -> None:
    limit = Limit(1, Unit.WORKING_DAYS, late_arrival=LateArrival.NEXT_WORKING_DAY)
    assert told(explain(Plan(at("2026-12-18 18:00"), limit), CHRISTMAS)) == [
        ("18.12.", "late_arrival", None),
        ("19.12.", "weekend", None),
        ("20.12.", "weekend", None),
        ("21.12.", "closure", None),
        ("22.12.", "start", None),
        ("23.12.", "half_day", 1),
    ]


def test_working_hours_show_what_counts_of_each_day() -> None:
    lunch = calendar(hours="09:00-12:30 13:00-17:00")
    stops = (Stop(at("2026-12-21 15:00"), at("2026-12-22 18:00"), "court"),)
    explanation = explain(Plan(FRIDAY, Limit(15, Unit.WORKING_HOURS), stops), lunch)
    assert told(explanation) == [
        ("18.12.", "start", None),
        ("19.12.", "weekend", None),
        ("20.12.", "weekend", None),
        ("21.12.", "counted", None),
        ("22.12.", "stopped", None),
        ("23.12.", "counted", None),
    ]
    assert [step.seconds for step in explanation.days] == [23_400, 0, 0, 19_800, 0, 10_800]
    assert sum(step.seconds or 0 for step in explanation.days) == 15 * 3600
    assert [(run.begins, run.ends) for run in explanation.days[3].runs] == [
        (at("2026-12-21 09:00"), at("2026-12-21 12:30")),
        (at("2026-12-21 13:00"), at("2026-12-21 15:00")),
    ]


def test_a_start_after_work_counts_no_time_that_day() -> None:
    explanation = explain(Plan(at("2026-12-17 18:00"), Limit(1, Unit.WORKING_HOURS)), calendar())
    assert [(step.why.value, step.seconds) for step in explanation.days] == [("start", 0), ("counted", 3600)]


def test_working_time_that_summer_time_skips_is_no_time() -> None:
    sundays = calendar(hours="03:00-04:00", weekdays=("7",))
    explanation = explain(Plan(at("2026-03-28 12:00"), Limit(1, Unit.WORKING_HOURS)), sundays)
    assert told(explanation)[1] == ("29.03.", "no_time", None)
    assert explanation.due_at == at("2026-04-05 04:00")


def test_extensions_are_phases_of_their_own() -> None:
    plan = Plan(FRIDAY, Limit(1, Unit.DAYS), extensions=(Limit(1, Unit.WORKING_DAYS), date(2026, 12, 24)))
    explanation = explain(plan, CHRISTMAS)
    assert [(step.day.day, step.phase, step.why.value, step.counted) for step in explanation.days] == [
        (18, 0, "start", None),
        (19, 0, "counted", 1),
        (20, 1, "weekend", None),
        (21, 1, "closure", None),
        (22, 1, "counted", 1),
        (23, 2, "granted", None),
        (24, 2, "granted", None),
    ]
    assert [phase.due_at for phase in explanation.phases] == [
        at("2026-12-19 23:59:59"),
        at("2026-12-22 17:00"),
        at("2026-12-24 23:59:59"),
    ]
    assert explanation.adds_up()


def test_two_phases_that_meet_on_one_day_share_its_row() -> None:
    plan = Plan(FRIDAY, Limit(2, Unit.WORKING_HOURS), extensions=(Limit(3, Unit.WORKING_HOURS),))
    explanation = explain(plan, CHRISTMAS)
    assert [(step.day.day, step.phase, step.seconds) for step in explanation.days] == [(18, 0, 5 * 3600)]
    assert [(run.phase, run.ends) for run in explanation.days[0].runs] == [
        (0, at("2026-12-18 12:00")),
        (1, at("2026-12-18 15:00")),
    ]
    assert explanation.adds_up()


# Adding up means something: whatever is changed in an explanation, it stops adding up.


def spoiled(explanation: Explanation):
    """Explanations that each tell one thing wrong, by what that is."""
    days, second = explanation.days, timedelta(seconds=1)
    phases = explanation.phases
    for change in (second, -second, timedelta(days=1)):
        yield "due", replace(explanation, due_at=explanation.due_at + change)
        moved = (*phases[:-1], phases[-1]._replace(due_at=explanation.due_at + change))
        yield "phase", replace(explanation, due_at=explanation.due_at + change, phases=moved)
    yield "last day missing", replace(explanation, days=days[:-1])
    yield "first day missing", replace(explanation, days=days[1:])
    yield "day doubled", replace(explanation, days=(*days, days[-1]))
    yield "day too many", replace(explanation, days=(*days, replace(days[-1], day=days[-1].day + timedelta(days=1))))
    yield "phase missing", replace(explanation, phases=phases[:-1])
    for place in sorted({0, 1, len(days) // 3, len(days) // 2, len(days) - 1} & set(range(len(days)))):
        step = days[place]
        for what, wrong in (
            ("number", replace(step, counted=(step.counted or 0) + 1)),
            ("seconds", replace(step, seconds=(step.seconds or 0) + 1)),
            ("day", replace(step, day=step.day + timedelta(days=1))),
            ("phase", replace(step, phase=step.phase + 1)),
        ):
            yield f"{what} of {step.day}", replace(explanation, days=(*days[:place], wrong, *days[place + 1 :]))


@pytest.mark.parametrize("number", range(60))
def test_an_explanation_that_was_tampered_with_does_not_add_up(number: int) -> None:
    puzzle = make_puzzle(77, number)
    explanation = explain(puzzle.plan, puzzle.calendar)
    assert explanation.adds_up()
    assert [what for what, wrong in spoiled(explanation) if wrong.adds_up()] == []


def test_a_working_day_told_as_a_day_off_does_not_add_up() -> None:
    explanation = explain(Plan(FRIDAY, Limit(3, Unit.WORKING_DAYS, ends=Ends.MIDNIGHT)), CHRISTMAS)
    for place, step in enumerate(explanation.days[1:], start=1):
        other = replace(step, work=() if step.work else explanation.days[0].work)
        assert not replace(
            explanation, days=(*explanation.days[:place], other, *explanation.days[place + 1 :])
        ).adds_up()


def test_a_stop_left_out_does_not_add_up() -> None:
    stop = Stop(at("2026-12-22 12:00"), at("2026-12-22 20:00"), "court")
    explanation = explain(Plan(FRIDAY, Limit(3, Unit.WORKING_DAYS), (stop,)), CHRISTMAS)
    assert not replace(explanation, plan=replace(explanation.plan, stops=())).adds_up()
