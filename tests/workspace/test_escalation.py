"""The levels of escalation: shown with an example that is worked out, changed without scripts, kept as versions."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from amends.calendars.actions import publish_calendar
from amends.calendars.loading import newest_version, working_calendar
from amends.calendars.models import Calendar
from amends.framework.actions.change_ladder import change_ladder
from amends.framework.ladder import MOST_LEVELS, level_at, read_ladder, rungs_now
from amends.framework.models import Ladder
from amends.people.standing import SYSTEM
from amends.reactions.quiet import may_send_at
from amends.workspace.settings import escalation as screen
from amends.workspace.settings.ladder_words import RECIPIENTS, example_of
from tests.workspace.test_queue import counted, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/settings/escalation/"
CHANGE = "/settings/escalation/change/"
#: A Wednesday; the next Friday is 6 March 2026.
WEDNESDAY = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)

QUIET = {"quiet_from": "20:00", "quiet_until": "07:00", "days_off": "on"}


@pytest.fixture
def clara(world, as_):
    return as_(world.clara)


def typed(*levels: tuple[object, str, str], seen: int = 1, **changes: object) -> dict[str, object]:
    """What a browser sends: levels as (count, unit, to)."""
    data: dict[str, object] = {"seen": seen, "rows": len(levels), **QUIET}
    for place, (count, unit, to) in enumerate(levels):
        data |= {f"level{place}_count": count, f"level{place}_unit": unit, f"level{place}_to": to}
    return {**data, **changes}


def fields(response) -> dict[str, str]:
    """The controls of the page with what stands in them."""
    page = response.content.decode()
    found = dict(re.findall(r'name="(level\d+_count)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="(level\d+_\w+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


TWO = (("1", "working_days", "unit_manager"), ("2", "working_days", "top_management"))

# ---------------------------------------------------------------- what is shown


def test_the_levels_stand_there_in_words(world, clara, at_moment):
    at_moment(WEDNESDAY)
    page = text_of(clara.get(ADDRESS))
    assert "1 1 working day The unit manager 2 3 working days The management representative" in page
    assert "Nobody is disturbed from 20:00 until 07:00." in page
    assert "Nobody is disturbed on days without work either." in page
    assert "Friday 6 March 2026, 17:00 The deadline passes. The handler is told. The mail goes out at once." in page
    assert "Monday 9 March 2026, 17:00 The unit manager is told." in page


def test_the_example_is_worked_out_by_the_clock_itself(world):
    levels = [
        {"after": {"count": 4, "unit": "hours"}, "to": "line_manager"},
        {"after": {"count": 30, "unit": "hours"}, "to": "unit_manager"},
        {"after": {"count": 2, "unit": "working_days"}, "to": "top_management"},
    ]
    rungs = read_ladder(0, levels, {"from": "20:00", "until": "07:30", "days_off": True})
    steps = example_of(rungs, WEDNESDAY)
    due_at = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)
    calendar = working_calendar(newest_version(Calendar.objects.get(code="office")))
    for level, step in zip(rungs.levels, steps[1:], strict=True):
        reached = level_at(level, due_at, calendar)
        assert step.moment.endswith(f"{reached:%H:%M}")
        sent = may_send_at(reached, rungs.quiet, calendar, is_urgent=False)
        waits = "The mail goes out at once." if sent == reached else "Monday 9 March 2026, 07:30"
        assert waits in step.mail
    assert [step.mail for step in steps] == [
        "The mail goes out at once.",
        "The mail waits until Monday 9 March 2026, 07:30.",
        "The mail waits until Monday 9 March 2026, 07:30.",
        "The mail goes out at once.",
    ]


def test_every_recipient_has_words_in_the_example(world):
    levels = [{"after": {"count": 0, "unit": "hours"}, "to": to} for to in RECIPIENTS]
    steps = example_of(read_ladder(0, levels, {}), WEDNESDAY)
    assert len({step.what for step in steps}) == len(RECIPIENTS) + 1


def test_a_friday_without_work_and_work_until_midnight(world):
    office = Calendar.objects.get(code="office")
    document = newest_version(office).document
    week = {**document["week"], "5": []}
    publish_calendar(office, {**document, "week": week}, by=SYSTEM, at=world.at)
    assert "Friday 6 March 2026, 17:00" in example_of(rungs_now(), WEDNESDAY)[0].moment
    week["5"] = [["16:00", "00:00"]]
    publish_calendar(office, {**document, "week": week}, by=SYSTEM, at=world.at)
    assert "Saturday 7 March 2026, 00:00" in example_of(rungs_now(), WEDNESDAY)[0].moment


def test_a_level_beyond_all_working_time_is_told_as_such(world):
    office = Calendar.objects.get(code="office")
    document = newest_version(office).document
    publish_calendar(office, {**document, "week": {"1": [["09:00", "09:15"]]}}, by=SYSTEM, at=world.at)
    rungs = read_ladder(0, [{"after": {"count": 3000, "unit": "working_days"}, "to": "handler"}], {})
    assert "This level is never reached" in example_of(rungs, WEDNESDAY)[1].what


@pytest.mark.parametrize("who", ["liis", "mark", "uma", "frida", "tom", "dario"])
def test_whoever_works_with_dates_reads_it_and_does_not_change_it(world, as_, who):
    client = as_(getattr(world, who))
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "Change the levels" not in text_of(page)
    assert client.get(CHANGE).status_code == 403
    assert client.post(CHANGE, typed(*TWO)).status_code == 403
    assert Ladder.objects.count() == 1


def test_without_a_role_nobody_sees_it(world, as_):
    assert as_(world.zoe).get(ADDRESS).status_code == 403


def test_versions_stand_beside_it_page_by_page(world, clara, monkeypatch):
    monkeypatch.setattr(screen, "PAGE_SIZE", 2)
    for count in range(2, 7):
        levels = [{"after": {"count": count, "unit": "days"}, "to": "handler"}]
        change_ladder(levels=levels, quiet={}, by=world.as_(world.clara), at=world.at + timedelta(hours=count))
    seen, address = [], ADDRESS
    for _page in range(4):
        response = clara.get(address)
        seen += re.findall(r"<b>Version (\d)</b>", response.content.decode())
        onwards = re.search(r'href="(\?before=\d+)" rel="next"', response.content.decode())
        if onwards is None:
            break
        address = ADDRESS + onwards[1]
    assert seen == ["6", "5", "4", "3", "2", "1"]
    assert "Clara Whitfield" in text_of(clara.get(ADDRESS))
    assert clara.get(f"{ADDRESS}?before=nonsense").status_code == 200


def test_it_costs_the_same_however_many_versions(world, clara):
    few = counted(clara, ADDRESS)
    for count in range(2, 12):
        levels = [{"after": {"count": count, "unit": "days"}, "to": "handler"}]
        change_ladder(levels=levels, by=world.as_(world.clara), at=world.at)
    assert counted(clara, ADDRESS) == few
    assert few <= 20


# ---------------------------------------------------------------- changing


def test_levels_and_quiet_hours_are_saved_as_a_new_version(world, clara):
    data = typed(("0", "hours", "line_manager"), ("3", "days", "unit_manager"), quiet_from="22", quiet_until="6.30")
    del data["days_off"]
    response = clara.post(CHANGE, {**data, "save": "1"})
    assert response["Location"] == ADDRESS
    ladder = Ladder.objects.latest("version")
    assert (ladder.version, ladder.made_by) == (2, world.clara)
    assert ladder.levels == [
        {"after": {"count": 0, "unit": "hours"}, "to": "line_manager"},
        {"after": {"count": 3, "unit": "days"}, "to": "unit_manager"},
    ]
    assert ladder.quiet == {"from": "22:00", "until": "06:30", "days_off": False}
    page = text_of(clara.get(ADDRESS))
    assert "The levels are saved." in page
    assert "1 At once The direct manager of the handler" in page


def test_without_quiet_hours_mails_go_out_at_any_hour(world, clara):
    data = typed(*TWO, quiet_from="", quiet_until="")
    del data["days_off"]
    clara.post(CHANGE, {**data, "save": "1"})
    assert Ladder.objects.latest("version").quiet == {}
    assert "Mails go out at any hour." in text_of(clara.get(ADDRESS))


def test_a_level_is_added_and_what_was_typed_stays(world, clara):
    response = clara.post(CHANGE, {**typed(("7", "days", ""), seen=1), "add": "1"})
    assert response.status_code == 200
    assert fields(response) == {
        "level0_count": "7", "level0_unit": "days", "level0_to": "", "level1_unit": "", "level1_to": "",
    }  # fmt: skip
    assert "There is a problem" not in text_of(response)
    assert Ladder.objects.count() == 1


@pytest.mark.parametrize(
    ("number", "left"), [("1", ["2", "3"]), ("2", ["1", "3"]), ("3", ["1", "2"]), ("9", ["1", "2", "3"])]
)
def test_a_level_is_removed_and_the_others_move_up(world, clara, number, left):
    levels = [(count, "days", "handler") for count in ("1", "2", "3")]
    found = fields(clara.post(CHANGE, {**typed(*levels), "remove": number}))
    assert [value for name, value in found.items() if name.endswith("_count")] == left
    assert not [name for name in found if int(name[5]) >= len(left)]


def test_there_is_room_for_ten(world, clara):
    data = typed(*[("1", "days", "handler")] * MOST_LEVELS)
    page = clara.post(CHANGE, {**data, "add": "1"})
    assert f'name="rows" value="{MOST_LEVELS}"' in page.content.decode()
    assert "Add a level" not in text_of(page)


@pytest.mark.parametrize("rows", ["", "-1", "999999999999", "x", "²"])
def test_a_number_of_levels_that_was_tampered_with(world, clara, rows):
    assert clara.post(CHANGE, {**typed(*TWO), "rows": rows, "save": "1"}).status_code in {302, 422}
    assert clara.post(CHANGE, {**typed(*TWO), "rows": rows, "remove": "1"}).status_code == 200


def test_looking_at_the_example_saves_nothing(world, clara, at_moment):
    at_moment(WEDNESDAY)
    page = clara.post(CHANGE, {**typed(("5", "working_days", "line_manager")), "look": "1"})
    assert page.status_code == 200
    assert "Friday 13 March 2026, 17:00 The direct manager of the handler is told." in text_of(page)
    assert Ladder.objects.count() == 1


@pytest.mark.parametrize(
    ("levels", "changes", "words", "field"),
    [
        ((), {}, "Name at least one level", ""),
        ((("", "days", "handler"),), {}, "Write how long after the deadline", "level0_count"),
        ((("soon", "days", "handler"),), {}, "Write a whole number", "level0_count"),
        ((("-1", "days", "handler"),), {}, "Write a whole number from 0", "level0_count"),
        ((("1", "moons", "handler"),), {}, "Choose one of the answers shown", "level0_unit"),
        ((("1", "months", "handler"),), {}, "Choose one of the answers shown", "level0_unit"),
        ((("1", "days", ""),), {}, "Choose who is told", "level0_to"),
        ((("1", "days", "the_cat"),), {}, "Choose one of the answers shown", "level0_to"),
        ((TWO[1], TWO[0]), {}, "Put the levels in the order", "level1_count"),
        (TWO, {"quiet_from": "25:00"}, "Enter times such as 20:00", "quiet_from"),
        (TWO, {"quiet_until": "at dawn"}, "Enter times such as 20:00", "quiet_until"),
        (TWO, {"quiet_from": ""}, "Enter both times", "quiet_from"),
        (TWO, {"quiet_from": "07:00"}, "Quiet hours cannot last the whole day", "quiet_from"),
    ],
)
def test_what_nobody_could_climb_is_said_at_the_field(world, clara, levels, changes, words, field):
    response = clara.post(CHANGE, {**typed(*levels), **changes, "save": "1"})
    assert response.status_code == 422
    assert words in text_of(response)
    if field:
        assert f'href="#id_{field}"' in response.content.decode()
    assert Ladder.objects.count() == 1


def test_nothing_changed_is_said(world, clara):
    data = typed(
        ("1", "working_days", "unit_manager"),
        ("3", "working_days", "management_representative"),
        ("10", "working_days", "top_management"),
    )
    response = clara.post(CHANGE, {**data, "save": "1"})
    assert response.status_code == 422
    assert "Nothing has changed." in text_of(response)


def test_two_people_at_once_the_second_sees_both(world, clara, as_):
    as_(world.adam).post(CHANGE, {**typed(("2", "days", "handler")), "save": "1"})
    response = clara.post(CHANGE, {**typed(*TWO), "save": "1"})
    page = text_of(response)
    assert response.status_code == 409
    assert "Levels Saved now 2 days: The handler Yours, not saved 1 working day: The unit manager" in page
    assert fields(response)["level0_count"] == "1"
    assert 'name="seen" value="2"' in response.content.decode()
    assert clara.post(CHANGE, {**typed(*TWO, seen=2), "save": "1"}).status_code == 302
    assert Ladder.objects.count() == 3
