"""What somebody stands for at a moment."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.people.actions import add_unit, delegate, end_role, grant_role, leave
from amends.people.models import RoleGrant
from amends.people.standing import SYSTEM, Scope, standing_of
from amends.permissions.roles import Role
from tests import cast
from tests.cast import DAY, World

pytestmark = pytest.mark.django_db
HANDLER, AUDITOR = Role.HANDLER, Role.AUDITOR


@pytest.fixture
def world() -> World:
    return cast.world()


def test_a_role_covers_its_unit_and_everything_below(world: World):
    liis = world.as_(world.liis)
    assert liis.holds(HANDLER)
    assert liis.holds(HANDLER, world.water.pk)
    assert liis.holds(HANDLER, world.harbour.pk)
    assert not liis.holds(HANDLER, world.energy.pk)
    assert not liis.holds(HANDLER, world.larkhaven.pk)
    assert not liis.holds(AUDITOR)
    assert liis.scope(HANDLER) == Scope(units=frozenset({world.water.pk, world.harbour.pk}))


def test_a_role_at_the_root_covers_units_that_come_later(world: World):
    dario = world.as_(world.dario)
    assert dario.scope(AUDITOR).everywhere
    later = add_unit("Gas", parent=world.larkhaven, by=SYSTEM, at=world.at)
    assert dario.holds(AUDITOR, later.pk)


def test_a_unit_whose_key_begins_alike_is_not_below(world: World):
    """The path /1/2/ is not the beginning of /1/22/."""
    units = [add_unit(f"Office {n}", parent=world.larkhaven, by=SYSTEM, at=world.at) for n in range(12)]
    grant_role(world.zoe, HANDLER, units[0], by=SYSTEM, at=world.at)
    assert world.as_(world.zoe).scope(HANDLER).units == {units[0].pk}


def test_the_same_role_for_two_units_is_both_together(world: World):
    grant_role(world.liis, HANDLER, world.energy, by=SYSTEM, at=world.at)
    assert world.as_(world.liis).scope(HANDLER).units == {world.water.pk, world.harbour.pk, world.energy.pk}
    grant_role(world.liis, HANDLER, world.larkhaven, by=SYSTEM, at=world.at)
    assert world.as_(world.liis).scope(HANDLER).everywhere


def test_without_a_role_there_is_no_unit(world: World):
    zoe = world.as_(world.zoe)
    assert zoe.acting_as == ""
    assert not zoe.scope(*Role).covers(None)
    assert not zoe.scope(*Role).covers(world.water.pk)
    assert (zoe.actor_kind, zoe.actor_key, zoe.is_anonymous) == ("person", world.zoe.pk, False)


def test_a_role_counts_from_its_beginning_to_its_end(world: World):
    grant = RoleGrant.objects.get(person=world.liis)
    assert not standing_of(world.liis, world.at - timedelta(microseconds=1)).holds(HANDLER)
    end_role(grant, by=SYSTEM, at=world.at + DAY)
    assert standing_of(world.liis, world.at + DAY - timedelta(microseconds=1)).holds(HANDLER)
    assert not standing_of(world.liis, world.at + DAY).holds(HANDLER)


def test_who_has_left_holds_nothing(world: World):
    leave(world.liis, successor=None, by=SYSTEM, at=world.at + DAY)
    gone = standing_of(world.liis, world.at)
    assert gone.scopes == {}
    assert gone.acting_as == ""


def lend(world: World, **other):
    about = {"starts_at": world.at, "ends_at": world.at + 7 * DAY, "by": SYSTEM, "at": world.at}
    return delegate(world.liis, world.zoe, HANDLER, world.water, **(about | other))


def test_a_role_that_is_lent_counts_for_its_time_and_shows_as_lent(world: World):
    lend(world, starts_at=world.at + DAY)
    assert not world.as_(world.zoe).holds(HANDLER)
    zoe = world.as_(world.zoe, world.at + 2 * DAY)
    assert zoe.holds(HANDLER, world.harbour.pk)
    assert zoe.lent == {HANDLER}
    assert zoe.acting_as == "handler~"
    assert world.as_(world.liis, world.at + 2 * DAY).holds(HANDLER), "who lends it keeps it"
    assert not world.as_(world.zoe, world.at + 7 * DAY).holds(HANDLER)


def test_a_part_of_a_role_can_be_lent(world: World):
    delegate(
        world.dario,
        world.zoe,
        AUDITOR,
        world.harbour,
        starts_at=world.at,
        ends_at=world.at + DAY,
        by=SYSTEM,
        at=world.at,
    )
    assert world.as_(world.zoe).scope(AUDITOR).units == {world.harbour.pk}


def test_a_role_of_their_own_beside_a_lent_one_shows_as_their_own(world: World):
    lend(world)
    grant_role(world.zoe, HANDLER, world.energy, by=SYSTEM, at=world.at)
    zoe = world.as_(world.zoe)
    assert zoe.lent == frozenset()
    assert zoe.acting_as == "handler"
    assert zoe.scope(HANDLER).units == {world.water.pk, world.harbour.pk, world.energy.pk}


def test_what_is_lent_lapses_with_the_role_of_the_lender(world: World):
    lend(world)
    end_role(RoleGrant.objects.get(person=world.liis), by=SYSTEM, at=world.at + DAY)
    assert not world.as_(world.zoe, world.at + DAY).holds(HANDLER)


def test_what_is_lent_lapses_when_the_lender_leaves(world: World):
    lend(world)
    leave(world.liis, successor=None, by=SYSTEM, at=world.at + DAY)
    assert not world.as_(world.zoe, world.at + DAY).holds(HANDLER)


def test_what_is_lent_lapses_when_the_lender_holds_it_elsewhere_only(world: World):
    lend(world)
    end_role(RoleGrant.objects.get(person=world.liis), by=SYSTEM, at=world.at + DAY)
    grant_role(world.liis, HANDLER, world.harbour, by=SYSTEM, at=world.at + DAY)
    assert not world.as_(world.zoe, world.at + DAY).holds(HANDLER)


def test_several_roles_are_named_in_one_order(world: World):
    for role in (Role.ADMINISTRATOR, Role.FRONT_LINE, Role.TOP_MANAGEMENT):
        grant_role(world.zoe, role, world.energy, by=SYSTEM, at=world.at)
    assert world.as_(world.zoe).acting_as == "top_management+front_line+administrator"


def queries(world: World) -> int:
    with CaptureQueriesContext(connection) as captured:
        standing_of(world.zoe, world.at)
    return len(captured)


def test_queries_do_not_grow_with_roles_units_and_delegations(world: World):
    assert queries(world) == 2
    grant_role(world.zoe, HANDLER, world.energy, by=SYSTEM, at=world.at)
    assert queries(world) == 3
    lend(world)
    few = queries(world)
    assert few == 4
    for number in range(6):
        unit = add_unit(f"Office {number}", parent=world.water, by=SYSTEM, at=world.at)
        grant_role(world.zoe, Role.FRONT_LINE, unit, by=SYSTEM, at=world.at)
        until = world.at + (number + 1) * DAY
        delegate(world.dario, world.zoe, AUDITOR, unit, starts_at=world.at, ends_at=until, by=SYSTEM, at=world.at)
    assert queries(world) == few


def test_the_installation_itself_holds_no_role():
    assert not any(SYSTEM.holds(role) for role in Role)
    assert (SYSTEM.actor_kind, SYSTEM.acting_as) == ("system", "system")
