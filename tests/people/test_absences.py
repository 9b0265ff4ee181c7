"""Being away, and lending a role for a time."""

from datetime import date

import pytest

from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from amends.people.actions import (
    cancel_absence,
    close_unit,
    delegate,
    end_delegation,
    grant_role,
    leave,
    record_absence,
)
from amends.people.models import Absence
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests import cast
from tests.cast import DAY, World
from tests.journal import journals

MONDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 13)


@pytest.fixture
def world(db: None) -> World:
    return cast.world()


def refusal(work, *arguments, **more) -> str:
    with pytest.raises(Refusal) as refused:
        work(*arguments, **({"at": cast.AT} | more))
    assert str(refused.value.sentence).endswith(".")
    return refused.value.code


def away(world: World, starts_on: date = MONDAY, ends_on: date = FRIDAY, **other) -> Absence:
    about = {"substitute": None, "by": SYSTEM, "at": world.at}
    return record_absence(world.liis, starts_on=starts_on, ends_on=ends_on, **(about | other))


@pytest.mark.parametrize("who", ["liis", "adam", "clara"])
def test_people_record_their_own_absence_and_those_who_run_things_that_of_others(world: World, who: str):
    absence = away(world, by=world.as_(getattr(world, who)), substitute=world.bruno)
    assert list(Absence.objects.on(MONDAY)) == list(Absence.objects.on(FRIDAY)) == [absence]
    assert not Absence.objects.on(date(2026, 3, 8)).exists()
    assert not Absence.objects.on(date(2026, 3, 14)).exists()
    cancel_absence(absence, by=world.as_(getattr(world, who)), at=world.at)
    assert not Absence.objects.exists()
    assert [entry.facts["starts_on"] for entry in Entry.objects.order_by("-id")[:2]] == ["2026-03-09"] * 2


@pytest.mark.parametrize("who", ["mark", "uma", "dario", "zoe"])
def test_others_do_not(world: World, who: str):
    by = world.as_(getattr(world, who))
    about = {"starts_on": MONDAY, "ends_on": FRIDAY, "substitute": None, "by": by}
    assert refusal(record_absence, world.liis, **about) == "not_permitted"
    absence = away(world)
    assert refusal(cancel_absence, absence, by=by) == "not_permitted"


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(MONDAY, FRIDAY), (FRIDAY, date(2026, 3, 20)), (date(2026, 3, 1), MONDAY), (date(2026, 3, 10), date(2026, 3, 11))],
)
def test_absences_of_one_person_do_not_overlap(world: World, starts_on: date, ends_on: date):
    away(world)
    about = {"starts_on": starts_on, "ends_on": ends_on, "substitute": None, "by": SYSTEM}
    assert refusal(record_absence, world.liis, **about) == "away_already"
    record_absence(world.bruno, **about, at=world.at)


def test_absences_may_touch(world: World):
    away(world)
    away(world, date(2026, 3, 14), date(2026, 3, 14))
    assert Absence.objects.count() == 2


def test_two_who_enter_the_same_days_at_once_enter_them_once(own_database):
    world = cast.world()

    def enter() -> str:
        try:
            away(world)
        except Refusal as refused:
            return refused.code
        return "away"

    assert sorted(journals.at_once(enter, enter)) == ["away", "away_already"]


def test_what_makes_no_sense_is_refused(world: World):
    about = {"by": SYSTEM, "substitute": None}
    assert refusal(record_absence, world.liis, starts_on=FRIDAY, ends_on=MONDAY, **about) == "days_reversed"
    about["substitute"] = world.liis
    assert refusal(record_absence, world.liis, starts_on=MONDAY, ends_on=MONDAY, **about) == "substitute_unfit"
    leave(world.zoe, successor=None, by=SYSTEM, at=world.at)
    world.zoe.refresh_from_db()
    about["substitute"] = world.zoe
    assert refusal(record_absence, world.liis, starts_on=MONDAY, ends_on=MONDAY, **about) == "substitute_unfit"


def test_an_absence_is_cancelled_once(world: World):
    absence = away(world)
    again = Absence.objects.get(pk=absence.pk)
    cancel_absence(absence, by=SYSTEM, at=world.at)
    assert refusal(cancel_absence, again, by=SYSTEM) == "absence_gone"


def lend(world: World, **other):
    about = {
        "lender": world.liis,
        "holder": world.zoe,
        "role": Role.HANDLER,
        "unit": world.water,
        "starts_at": world.at,
        "ends_at": world.at + 7 * DAY,
        "by": world.as_(world.liis),
        "at": world.at,
    }
    given = about | other
    return delegate(given.pop("lender"), given.pop("holder"), given.pop("role"), given.pop("unit"), **given)


def test_people_lend_their_own_role_and_take_it_back(world: World):
    delegation = lend(world)
    assert world.as_(world.zoe).holds(Role.HANDLER, world.harbour.pk)
    end_delegation(delegation, by=world.as_(world.liis), at=world.at + DAY)
    assert not world.as_(world.zoe, world.at + DAY).holds(Role.HANDLER)
    assert refusal(end_delegation, delegation, by=SYSTEM, at=world.at + 2 * DAY) == "delegation_over"
    events = list(Entry.objects.order_by("-id").values_list("event", flat=True)[:2])
    assert events == ["people.delegation_ended", "people.delegated"]


def test_a_delegation_that_has_not_begun_can_be_ended(world: World):
    delegation = lend(world, starts_at=world.at + 2 * DAY)
    end_delegation(delegation, by=SYSTEM, at=world.at + DAY)
    assert not world.as_(world.zoe, world.at + 3 * DAY).holds(Role.HANDLER)


@pytest.mark.parametrize("who", ["mark", "clara", "zoe"])
def test_others_do_not_lend_it(world: World, who: str):
    by = world.as_(getattr(world, who))
    assert refusal(lend, world, by=by) == "not_permitted"
    delegation = lend(world)
    assert refusal(end_delegation, delegation, by=by) == "not_permitted"


def test_an_administrator_lends_for_somebody_who_cannot(world: World):
    lend(world, by=world.as_(world.adam))


def test_who_administers_a_department_cannot_lend_themselves_a_role_from_above(world: World):
    grant_role(world.zoe, Role.ADMINISTRATOR, world.water, by=SYSTEM, at=world.at)
    above = {"lender": world.dario, "role": Role.AUDITOR, "unit": world.larkhaven, "by": world.as_(world.zoe)}
    assert refusal(lend, world, **above) == "not_permitted"
    lend(world, lender=world.mark, role=Role.DECISION_MAKER, by=world.as_(world.zoe))


def test_only_what_is_held_can_be_lent(world: World):
    assert refusal(lend, world, role=Role.AUDITOR) == "not_theirs_to_lend"
    assert refusal(lend, world, unit=world.larkhaven) == "not_theirs_to_lend", "not more than they hold"
    assert refusal(lend, world, unit=world.energy) == "not_theirs_to_lend"
    lend(world, unit=world.harbour)
    lent = world.as_(world.zoe)
    assert refusal(lend, world, lender=world.zoe, holder=world.mark, by=lent) == "not_theirs_to_lend", "nor further"


def test_a_loan_needs_somebody_else_a_future_and_an_open_unit(world: World):
    assert refusal(lend, world, holder=world.liis) == "holder_unfit"
    assert refusal(lend, world, ends_at=world.at) == "days_reversed"
    assert refusal(lend, world, starts_at=world.at + 8 * DAY) == "days_reversed"
    assert refusal(lend, world, starts_at=world.at - 9 * DAY, ends_at=world.at - DAY) == "days_reversed"
    close_unit(world.harbour, successor=world.water, by=SYSTEM, at=world.at)
    world.harbour.refresh_from_db()
    assert refusal(lend, world, unit=world.harbour) == "unit_closed"
    leave(world.zoe, successor=None, by=SYSTEM, at=world.at)
    world.zoe.refresh_from_db()
    assert refusal(lend, world) == "holder_unfit"
