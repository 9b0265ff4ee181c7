"""Who hears of what is late: present, not walled off, else who stands in, else who stands above."""

from datetime import date

import pytest

from amends.complaints import actions
from amends.complaints.models import Escalation
from amends.complaints.recipients import who_hears
from amends.framework.actions.change_ladder import change_ladder
from amends.people.actions import change_person, grant_role, leave, record_absence
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from amends.reactions import clock
from tests import builders
from tests.reactions.alarms import confirmed, decision_of, moment, ring_all, said

pytestmark = pytest.mark.django_db

#: The decision is due on Monday 23 March at 17:00.
LATE, FIRST, SECOND, THIRD = (moment(text) for text in ("03-23T17:00", "03-24T17:00", "03-26T17:00", "04-08T16:00"))


@pytest.fixture(autouse=True)
def _nothing_is_set_back():
    clock._set_back.clear()
    yield
    clock._set_back.clear()


@pytest.fixture
def complaint(world):
    return confirmed(world)


def away(person, substitute=None, first=date(2026, 3, 23), last=date(2026, 3, 27)):
    record_absence(person, starts_on=first, ends_on=last, substitute=substitute, by=SYSTEM, at=moment("03-02T09:00"))


def led_by(world, person, manager):
    change_person(person, name=person.name, language="en", manager=manager, by=world.as_(world.adam), at=world.at)


def told(complaint, level: int) -> dict[str, str]:
    """Who was told on a level, and whom they stood in for."""
    rows = Escalation.objects.get(deadline=decision_of(complaint), level=level).told.select_related(
        "person", "instead_of"
    )
    return {row.person.name.split()[0]: row.instead_of.name.split()[0] if row.instead_of else "" for row in rows}


def test_level_by_level_those_who_answer_for_the_unit_and_above_are_told(complaint):
    for level, at, names in ((1, FIRST, {"Uma": ""}), (2, SECOND, {"Clara": ""}), (3, THIRD, {"Tom": ""})):
        ring_all(at)
        assert told(complaint, level) == names
        entry = said(complaint, "escalated")[-1]
        assert (entry.facts["level"], len(entry.facts["told"]), entry.facts["stood_in"]) == (level, 1, 0)


def test_who_stands_in_for_an_absent_manager_is_told(world, complaint):
    away(world.uma, world.mark)
    ring_all(FIRST)
    assert told(complaint, 1) == {"Mark": "Uma"}
    assert said(complaint, "escalated")[-1].facts["stood_in"] == 1


def test_who_stands_in_for_the_substitute_is_told_when_they_are_away_too(world, complaint):
    away(world.uma, world.mark)
    away(world.mark, world.frida)
    ring_all(FIRST)
    assert told(complaint, 1) == {"Frida": "Uma"}


@pytest.mark.parametrize("chain", [["uma"], ["uma", "mark"]])
def test_a_manager_who_is_away_and_has_nobody_to_stand_in_passes_it_upwards(world, complaint, chain):
    people = [getattr(world, name) for name in chain]
    for person, substitute in zip(people, [*people[1:], None], strict=True):
        away(person, substitute)
    ring_all(FIRST)
    assert told(complaint, 1) == {"Clara": ""}


def test_people_who_stand_in_for_each_other_and_are_both_away_pass_it_upwards(world, complaint):
    away(world.uma, world.mark)
    away(world.mark, world.uma)
    ring_all(FIRST)
    assert told(complaint, 1) == {"Clara": ""}


def test_an_absence_counts_on_its_days_only(world, complaint):
    away(world.uma, world.mark, last=date(2026, 3, 23))
    ring_all(FIRST)
    assert told(complaint, 1) == {"Uma": ""}


def test_a_manager_behind_the_wall_hears_nothing_and_their_substitute_neither_if_walled_off(world, complaint):
    actions.name_subject(complaint, world.uma, by=world.as_(world.clara), at=world.at)
    ring_all(FIRST)
    assert told(complaint, 1) == {"Clara": ""}


def test_a_substitute_behind_the_wall_is_not_told_instead(world, complaint):
    away(world.uma, world.mark)
    actions.name_subject(complaint, world.mark, by=world.as_(world.clara), at=world.at)
    ring_all(FIRST)
    assert told(complaint, 1) == {"Clara": ""}


def test_who_manages_the_person_complained_about_is_not_told_either(world, complaint):
    led_by(world, world.frida, world.uma)
    actions.name_subject(complaint, world.frida, by=world.as_(world.clara), at=world.at)
    ring_all(FIRST)
    assert told(complaint, 1) == {"Clara": ""}


def test_somebody_who_has_left_is_not_told(world, complaint):
    leave(world.uma, successor=None, by=world.as_(world.adam), at=world.at)
    ring_all(FIRST)
    assert told(complaint, 1) == {"Clara": ""}


def test_the_nearest_unit_that_has_one_counts(world):
    complaint = confirmed(world, unit=world.harbour)
    ring_all(FIRST)
    assert told(complaint, 1) == {"Uma": ""}, "nobody leads Harbour; Water is above it"
    grant_role(world.zoe, Role.UNIT_MANAGER, world.harbour, by=SYSTEM, at=world.at)
    other = confirmed(world, unit=world.harbour, text="The other one")
    ring_all(FIRST)
    assert told(other, 1) == {"Zoe": ""}


def test_all_who_hold_the_role_are_told(world, complaint):
    grant_role(world.zoe, Role.UNIT_MANAGER, world.water, by=SYSTEM, at=world.at)
    ring_all(FIRST)
    assert told(complaint, 1) == {"Uma": "", "Zoe": ""}


def test_one_who_is_told_for_two_is_told_once(world, complaint):
    grant_role(world.zoe, Role.UNIT_MANAGER, world.water, by=SYSTEM, at=world.at)
    away(world.zoe, world.uma)
    ring_all(FIRST)
    assert list(told(complaint, 1)) == ["Uma"]


def test_where_nobody_is_left_at_all_it_is_written_down_and_goes_on(world, complaint):
    for person in (world.uma, world.clara, world.tom):
        away(person)
    ring_all(FIRST)
    assert told(complaint, 1) == {}
    assert said(complaint, "escalated")[-1].facts["told"] == []
    assert decision_of(complaint).level == 1
    ring_all(THIRD)
    assert told(complaint, 3) == {"Tom": ""}, "back by then"


def test_the_handlers_own_manager_is_a_level_of_its_own(world, complaint):
    led_by(world, world.liis, world.mark)
    day = {"count": 1, "unit": "working_days"}
    change_ladder(levels=[{"after": day, "to": "line_manager"}], by=world.as_(world.clara), at=world.at)
    ring_all(FIRST)
    assert told(complaint, 1) == {"Mark": ""}
    assert decision_of(complaint).alarm == "", "there is no second level"


def test_a_handler_without_a_manager_has_the_unit_manager_told(world, complaint):
    day = {"count": 1, "unit": "working_days"}
    change_ladder(levels=[{"after": day, "to": "line_manager"}], by=world.as_(world.clara), at=world.at)
    ring_all(FIRST)
    assert told(complaint, 1) == {"Uma": ""}


def test_a_ladder_of_hours_is_climbed_by_the_hour(world, complaint):
    levels = [{"after": {"count": hours, "unit": "hours"}, "to": "unit_manager"} for hours in (0, 2, 12)]
    change_ladder(levels=levels, by=world.as_(world.clara), at=world.at)
    ring_all(LATE)
    assert [entry.facts["level"] for entry in said(complaint, "escalated")] == [1]
    ring_all(moment("03-23T18:59:59"))
    assert len(said(complaint, "escalated")) == 1
    ring_all(moment("03-24T05:00"))
    assert [entry.facts["level"] for entry in said(complaint, "escalated")] == [1, 2, 3]


def test_a_ladder_that_lost_its_levels_meanwhile_rings_once_more_and_then_no_more(world, complaint):
    """It was shortened after the next level had been set."""
    ring_all(FIRST)
    levels = [{"after": {"count": 1, "unit": "working_days"}, "to": "unit_manager"}]
    change_ladder(levels=levels, by=world.as_(world.clara), at=FIRST)
    ring_all(moment("12-01T09:00"))
    assert decision_of(complaint).level == 1
    assert len(said(complaint, "escalated")) == 1
    assert ring_all(moment("12-02T09:00")) == 0, "it does not ring again and again for ever"


def test_the_handler_hears_first_and_whoever_stands_in_for_them(world, complaint):
    names = lambda: [(each.person.name, each.instead_of) for each in who_hears(complaint, "handler", LATE)]  # noqa: E731
    assert names() == [("Liis Tamm", None)]
    away(world.liis, world.bruno)
    assert names() == [("Bruno Keller", world.liis)]


def test_a_complaint_that_nobody_handles_is_heard_of_by_those_who_lead_the_unit(world):
    complaint = builders.a_receipt(world).complaint
    assert [each.person for each in who_hears(complaint, "handler", LATE)] == [world.uma]
