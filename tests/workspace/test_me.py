"""Being away and lending a role: one's own, and those of others by who looks after people."""

from datetime import UTC, date, datetime, timedelta

import pytest

from amends.people.models import Absence, Delegation
from amends.people.standing import standing_of
from amends.permissions.roles import Role
from amends.workspace.naming import name_of_person
from tests.workspace.test_queue import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(world, as_, at_moment):
    at_moment(world.at)
    return as_(world.mark)


def lending(world, **changes):
    usual = {
        "delegation-holder": world.uma.pk,
        "delegation-role": "decision_maker",
        "delegation-unit": world.water.pk,
        "delegation-starts_at": "2026-03-02",
        "delegation-ends_at": "2026-03-06",
    }
    return {**usual, **changes}


def away(world, **changes):
    usual = {
        "absence-starts_on": "2026-03-09",
        "absence-ends_on": "2026-03-13",
        "absence-substitute": world.uma.pk,
    }
    return {**usual, **changes}


@pytest.mark.parametrize("who", ["mark", "zoe", "adam", "frida"])
def test_everybody_has_the_page(world, as_, who):
    assert as_(getattr(world, who)).get("/staff/me/").status_code == 200


def test_ones_own_roles_stand_there(world, mine):
    assert "Decision maker , Water" in text_of(mine.get("/staff/me/"))


def test_an_absence_is_recorded_and_cancelled(world, mine):
    assert mine.post("/staff/me/absences/", away(world))["Location"] == "/staff/me/"
    absence = Absence.objects.get(person=world.mark)
    assert (absence.starts_on, absence.ends_on) == (date(2026, 3, 9), date(2026, 3, 13))
    said = text_of(mine.get("/staff/me/"))
    assert "Mon 9 Mar to Fri 13 Mar · Uma Patel stands in" in said
    assert mine.post("/staff/me/absences/cancelled/", {"absence": absence.pk}).status_code == 302
    assert not Absence.objects.exists()
    assert mine.post("/staff/me/absences/cancelled/", {"absence": absence.pk}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"absence-starts_on": ""}, "Choose a day"),
        ({"absence-ends_on": "soon"}, "Enter a day, like 31.12.2026"),
        ({"absence-ends_on": "2026-03-01"}, "The last day is before the first"),
        ({"absence-substitute": "999999"}, "Choose one of the answers shown"),
    ],
)
def test_wrong_days_are_refused(world, mine, changes, words):
    response = mine.post("/staff/me/absences/", away(world, **changes))
    assert response.status_code == 422
    assert words in text_of(response)
    assert "<title>Error: Your absences" in response.content.decode()
    assert not Absence.objects.exists()


def test_days_that_overlap_are_refused(world, mine):
    mine.post("/staff/me/absences/", away(world))
    response = mine.post("/staff/me/absences/", away(world, **{"absence-starts_on": "2026-03-13"}))
    assert response.status_code == 422
    assert "overlap with an absence" in text_of(response)


def test_a_lent_role_is_held_until_the_end_of_the_last_day(world, mine):
    assert mine.post("/staff/me/delegations/", lending(world)).status_code == 302
    lent = Delegation.objects.get()
    assert lent.starts_at == world.at
    assert lent.ends_at == datetime(2026, 3, 7, 0, 0, tzinfo=UTC)
    last_minute = datetime(2026, 3, 6, 23, 59, tzinfo=UTC)
    assert standing_of(world.uma, last_minute).holds(Role.DECISION_MAKER, world.water.pk)
    assert not standing_of(world.uma, lent.ends_at).holds(Role.DECISION_MAKER)
    assert "Decision maker, Water: lent to Uma Patel" in text_of(mine.get("/staff/me/"))


def test_who_borrows_sees_it_and_cannot_give_it_back_for_the_lender(world, mine, as_):
    mine.post("/staff/me/delegations/", lending(world))
    theirs = as_(world.uma)
    assert "lent by Mark Jansen" in text_of(theirs.get("/staff/me/"))
    delegation = Delegation.objects.get()
    assert theirs.post("/staff/me/delegations/ended/", {"delegation": delegation.pk}).status_code == 404
    assert mine.post("/staff/me/delegations/ended/", {"delegation": delegation.pk}).status_code == 302
    assert mine.post("/staff/me/delegations/ended/", {"delegation": delegation.pk}).status_code == 422


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"delegation-holder": ""}, "Choose who gets the role"),
        ({"delegation-role": "administrator"}, "Choose a role"),
        ({"delegation-unit": "x"}, "Choose a unit"),
        ({"delegation-ends_at": "2026-03-01"}, "The end has to be in the future"),
    ],
)
def test_half_a_loan_is_refused(world, mine, changes, words):
    response = mine.post("/staff/me/delegations/", lending(world, **changes))
    assert response.status_code == 422
    assert words in text_of(response)
    assert not Delegation.objects.exists()


def test_a_role_held_elsewhere_cannot_be_lent_here(world, mine):
    response = mine.post("/staff/me/delegations/", lending(world, **{"delegation-unit": world.energy.pk}))
    assert response.status_code == 422
    assert "Only a role that is held can be lent" in text_of(response)


def test_others_absences_by_who_looks_after_people(world, as_, at_moment):
    at_moment(world.at)
    address = f"/settings/people/{name_of_person(world.mark)}/"
    assert as_(world.clara).post(f"{address}absences/", away(world)).status_code == 302
    absence = Absence.objects.get(person=world.mark)
    assert as_(world.adam).post(f"{address}absences/cancelled/", {"absence": absence.pk}).status_code == 302
    assert as_(world.adam).post(f"{address}delegations/", lending(world)).status_code == 302
    assert as_(world.clara).post(f"{address}delegations/", lending(world)).status_code == 403


@pytest.mark.parametrize("who", ["liis", "uma", "zoe"])
def test_nobody_else_touches_them(world, as_, who):
    client = as_(getattr(world, who))
    address = f"/settings/people/{name_of_person(world.mark)}/"
    for part, data in (("absences/", away(world)), ("delegations/", lending(world))):
        assert client.post(f"{address}{part}", data).status_code == 404
    assert not Absence.objects.exists()


def test_who_only_looks_at_people_cannot_change_their_absences(world, as_):
    client = as_(world.dario)
    address = f"/settings/people/{name_of_person(world.mark)}/"
    assert client.post(f"{address}absences/", away(world)).status_code == 403
    absence = Absence.objects.create(
        person=world.mark, starts_on=world.at.date(), ends_on=world.at.date() + timedelta(days=1)
    )
    assert client.post("/staff/me/absences/cancelled/", {"absence": absence.pk}).status_code == 404
    assert client.post(f"{address}absences/cancelled/", {"absence": absence.pk}).status_code == 403


def test_these_addresses_only_take_posts(world, mine):
    for part in ("absences/", "absences/cancelled/", "delegations/", "delegations/ended/"):
        assert mine.get(f"/staff/me/{part}").status_code == 405
