"""Granting and ending roles."""

from datetime import timedelta

import pytest

from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from amends.people.actions import close_unit, end_role, grant_role, leave
from amends.people.models import RoleGrant
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests import cast
from tests.cast import DAY, World
from tests.journal import journals

SECOND = timedelta(seconds=1)


@pytest.fixture
def world(db: None) -> World:
    return cast.world()


def code(refused: pytest.ExceptionInfo[Refusal]) -> str:
    assert str(refused.value.sentence).endswith(".")
    return refused.value.code


def test_an_administrator_grants_and_ends_a_role(world: World):
    adam = world.as_(world.adam)
    grant = grant_role(world.zoe, Role.HANDLER, world.water, by=adam, at=world.at)
    assert world.as_(world.zoe).holds(Role.HANDLER, world.water.pk)
    end_role(grant, by=adam, at=world.at + SECOND)
    assert not world.as_(world.zoe, world.at + SECOND).holds(Role.HANDLER)
    said = list(Entry.objects.order_by("-id").values_list("event", "acting_as")[:2])
    assert said == [("people.role_ended", "administrator"), ("people.role_granted", "administrator")]
    assert Entry.objects.order_by("-id").first().facts["role"] == "handler"


@pytest.mark.parametrize("who", ["clara", "tom", "liis", "uma", "dario", "dora", "zoe"])
def test_nobody_else_grants_or_ends_roles(world: World, who: str):
    by = world.as_(getattr(world, who))
    with pytest.raises(Refusal) as refused:
        grant_role(world.zoe, Role.AUDITOR, world.water, by=by, at=world.at)
    assert code(refused) == "not_permitted"
    with pytest.raises(Refusal) as refused:
        end_role(RoleGrant.objects.get(person=world.mark), by=by, at=world.at)
    assert code(refused) == "not_permitted"


def test_who_administers_a_department_grants_roles_there_and_not_above(world: World):
    grant_role(world.zoe, Role.ADMINISTRATOR, world.water, by=SYSTEM, at=world.at)
    zoe = world.as_(world.zoe)
    grant_role(world.frida, Role.HANDLER, world.harbour, by=zoe, at=world.at)
    for unit in (world.energy, world.larkhaven):
        with pytest.raises(Refusal) as refused:
            grant_role(world.zoe, Role.ADMINISTRATOR, unit, by=zoe, at=world.at)
        assert code(refused) == "not_permitted"
    with pytest.raises(Refusal) as refused:
        end_role(RoleGrant.objects.get(person=world.adam), by=zoe, at=world.at)
    assert code(refused) == "not_permitted"


def test_a_role_is_held_once_per_unit(world: World):
    with pytest.raises(Refusal) as refused:
        grant_role(world.liis, Role.HANDLER, world.water, by=SYSTEM, at=world.at)
    assert code(refused) == "role_held"
    grant_role(world.liis, Role.HANDLER, world.energy, by=SYSTEM, at=world.at)
    grant_role(world.liis, Role.AUDITOR, world.water, by=SYSTEM, at=world.at)


def test_a_role_that_ended_can_be_granted_again(world: World):
    end_role(RoleGrant.objects.get(person=world.liis), by=SYSTEM, at=world.at)
    grant_role(world.liis, Role.HANDLER, world.water, by=SYSTEM, at=world.at + DAY)
    assert not world.as_(world.liis, world.at + DAY / 2).holds(Role.HANDLER)
    assert world.as_(world.liis, world.at + DAY).holds(Role.HANDLER)


def test_a_unit_has_one_management_representative(world: World):
    with pytest.raises(Refusal) as refused:
        grant_role(world.zoe, Role.MANAGEMENT_REPRESENTATIVE, world.larkhaven, by=SYSTEM, at=world.at)
    assert code(refused) == "role_held"
    assert "End that role first" in str(refused.value.sentence)
    grant_role(world.zoe, Role.MANAGEMENT_REPRESENTATIVE, world.water, by=SYSTEM, at=world.at)
    end_role(RoleGrant.objects.get(person=world.clara), by=SYSTEM, at=world.at)
    grant_role(world.zoe, Role.MANAGEMENT_REPRESENTATIVE, world.larkhaven, by=SYSTEM, at=world.at)


def test_who_has_left_holds_no_role_again(world: World):
    leave(world.zoe, successor=None, by=SYSTEM, at=world.at)
    with pytest.raises(Refusal) as refused:
        grant_role(world.zoe, Role.AUDITOR, world.water, by=SYSTEM, at=world.at)
    assert code(refused) == "has_left"


def test_a_closed_unit_takes_no_role(world: World):
    close_unit(world.energy, successor=world.water, by=SYSTEM, at=world.at)
    world.energy.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        grant_role(world.zoe, Role.AUDITOR, world.energy, by=SYSTEM, at=world.at)
    assert code(refused) == "unit_closed"


def test_a_role_ends_once(world: World):
    grant = RoleGrant.objects.get(person=world.liis)
    end_role(grant, by=SYSTEM, at=world.at)
    with pytest.raises(Refusal) as refused:
        end_role(grant, by=SYSTEM, at=world.at)
    assert code(refused) == "role_over"


def test_the_last_administrator_stays(world: World):
    grant = RoleGrant.objects.get(person=world.adam)
    with pytest.raises(Refusal) as refused:
        end_role(grant, by=world.as_(world.adam), at=world.at)
    assert code(refused) == "last_administrator"
    assert world.as_(world.adam).holds(Role.ADMINISTRATOR), "nothing has happened"
    grant_role(world.zoe, Role.ADMINISTRATOR, world.water, by=SYSTEM, at=world.at)
    with pytest.raises(Refusal) as refused:
        end_role(grant, by=world.as_(world.adam), at=world.at)
    assert code(refused) == "last_administrator", "one of a department does not count"
    grant_role(world.tom, Role.ADMINISTRATOR, world.larkhaven, by=SYSTEM, at=world.at)
    end_role(grant, by=world.as_(world.adam), at=world.at)


def test_an_administrator_of_a_department_can_end_where_one_of_all_is_left(world: World):
    grant = grant_role(world.zoe, Role.ADMINISTRATOR, world.water, by=SYSTEM, at=world.at)
    end_role(grant, by=world.as_(world.adam), at=world.at)


def test_a_clock_that_is_a_little_behind_ends_a_role_all_the_same(world: World):
    grant = grant_role(world.zoe, Role.AUDITOR, world.water, by=SYSTEM, at=world.at)
    end_role(grant, by=SYSTEM, at=world.at - 3 * SECOND)
    grant.refresh_from_db()
    assert grant.ends_at == world.at


def test_two_administrators_who_end_each_others_role_at_once_leave_one(own_database):
    world = cast.world()
    grant_role(world.zoe, Role.ADMINISTRATOR, world.larkhaven, by=SYSTEM, at=world.at)
    grants = [RoleGrant.objects.get(person=person) for person in (world.adam, world.zoe)]

    def end(grant: RoleGrant) -> str:
        try:
            end_role(grant, by=SYSTEM, at=world.at + DAY)
        except Refusal as refusal:
            return refusal.code
        return "ended"

    outcome = journals.at_once(lambda: end(grants[0]), lambda: end(grants[1]))
    assert sorted(outcome) == ["ended", "last_administrator"]
