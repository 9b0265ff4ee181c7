"""The tree of units."""

import pytest

from amends.journal.models import Entry, Payload
from amends.kit.refusal import Refusal
from amends.people.actions import add_unit, change_unit, close_unit, grant_role
from amends.people.models import Unit
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests import cast
from tests.cast import World
from tests.journal import journals


@pytest.fixture
def world(db: None) -> World:
    return cast.world()


def refusal(work, *arguments, **more) -> str:
    with pytest.raises(Refusal) as refused:
        work(*arguments, by=more.pop("by", SYSTEM), at=cast.AT, **more)
    assert str(refused.value.sentence).endswith(".")
    return refused.value.code


def paths() -> dict[str, str]:
    """Every unit with the names above it."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    return {unit.name: "/".join(units[int(key)].name for key in unit.path.split("/") if key) for unit in units.values()}


def test_a_unit_stands_below_its_parent(world: World):
    assert paths() == {
        "Larkhaven Utilities": "Larkhaven Utilities",
        "Water": "Larkhaven Utilities/Water",
        "Harbour": "Larkhaven Utilities/Water/Harbour",
        "Energy": "Larkhaven Utilities/Energy",
    }
    assert [unit.depth for unit in Unit.objects.in_tree_order()] == [0, 1, 2, 1]
    assert set(Unit.objects.within(world.water)) == {world.water, world.harbour}


def test_an_administrator_adds_below_what_they_administer(world: World):
    grant_role(world.zoe, Role.ADMINISTRATOR, world.water, by=SYSTEM, at=world.at)
    zoe = world.as_(world.zoe)
    assert add_unit(" Old \t Town ", parent=world.harbour, by=zoe, at=world.at).name == "Old Town"
    assert refusal(add_unit, "Gas", parent=world.energy, by=zoe) == "not_permitted"
    assert refusal(add_unit, "Gas", parent=world.larkhaven, by=world.as_(world.clara)) == "not_permitted"


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "\x00"])
def test_a_unit_needs_a_name_that_fits(world: World, name: str):
    assert refusal(add_unit, name, parent=world.water) == "name_needed"
    assert refusal(change_unit, world.water, name=name, parent=world.larkhaven) == "name_needed"


def test_there_is_one_organisation(world: World):
    assert refusal(add_unit, "Another", parent=None) == "unit_exists"
    assert refusal(change_unit, world.water, name="Water", parent=None) == "root_stays"
    assert refusal(change_unit, world.larkhaven, name="Larkhaven", parent=world.water) == "root_stays"
    assert refusal(close_unit, world.larkhaven, successor=world.water) == "root_stays"


def test_siblings_have_different_names(world: World):
    assert refusal(add_unit, "Water", parent=world.larkhaven) == "unit_exists"
    assert refusal(change_unit, world.energy, name="Water", parent=world.larkhaven) == "unit_exists"
    add_unit("Water", parent=world.energy, by=SYSTEM, at=world.at)


def test_renaming_is_in_the_trail_and_the_names_can_be_erased(world: World):
    change_unit(world.energy, name="Power", parent=world.larkhaven, by=world.as_(world.adam), at=world.at)
    assert paths()["Power"] == "Larkhaven Utilities/Power"
    entry = Entry.objects.get(event="people.unit_changed")
    assert "Power" not in entry.particulars
    assert Payload.objects.get(entry=entry).body == '{"after":"Power","before":"Energy"}'


def test_a_unit_moves_with_everything_below_it(world: World):
    change_unit(world.water, name="Water", parent=world.energy, by=SYSTEM, at=world.at)
    assert paths()["Harbour"] == "Larkhaven Utilities/Energy/Water/Harbour"
    bruno = world.as_(world.bruno)
    assert bruno.holds(Role.HANDLER, world.harbour.pk), "roles follow the tree"
    change_unit(world.harbour, name="Harbour", parent=world.larkhaven, by=SYSTEM, at=world.at)
    assert paths()["Harbour"] == "Larkhaven Utilities/Harbour"


def test_a_unit_never_stands_below_itself(world: World):
    assert refusal(change_unit, world.water, name="Water", parent=world.water) == "unit_circle"
    assert refusal(change_unit, world.water, name="Water", parent=world.harbour) == "unit_circle"


def test_who_moves_a_unit_administers_both_ends(world: World):
    grant_role(world.zoe, Role.ADMINISTRATOR, world.water, by=SYSTEM, at=world.at)
    zoe = world.as_(world.zoe)
    assert refusal(change_unit, world.harbour, name="Harbour", parent=world.energy, by=zoe) == "not_permitted"
    assert refusal(change_unit, world.energy, name="Energy", parent=world.water, by=zoe) == "not_permitted"


def test_two_units_moved_below_each_other_at_once_are_not_lost(own_database):
    world = cast.world()

    def move(unit: Unit, below: Unit) -> str:
        try:
            change_unit(unit, name=unit.name, parent=below, by=SYSTEM, at=world.at)
        except Refusal as refused:
            return refused.code
        return "moved"

    outcome = journals.at_once(lambda: move(world.water, world.energy), lambda: move(world.energy, world.water))
    assert sorted(outcome) == ["moved", "unit_circle"]
    assert all(path.startswith("Larkhaven Utilities") for path in paths().values())


def test_a_closed_unit_keeps_its_name_and_takes_nothing_new(world: World):
    assert refusal(close_unit, world.water, successor=world.energy) == "units_below"
    assert refusal(close_unit, world.harbour, successor=world.harbour) == "successor_unfit"
    close_unit(world.harbour, successor=world.water, by=SYSTEM, at=world.at)
    assert not Unit.objects.open().filter(name="Harbour").exists()
    assert refusal(close_unit, world.harbour, successor=world.water) == "unit_closed"
    assert refusal(add_unit, "Pier", parent=Unit.objects.get(name="Harbour")) == "unit_closed"
    assert refusal(change_unit, world.energy, name="Energy", parent=world.harbour) == "unit_closed"
    add_unit("Harbour", parent=world.water, by=SYSTEM, at=world.at)
    assert refusal(close_unit, world.energy, successor=Unit.objects.get(pk=world.harbour.pk)) == "successor_unfit"


def test_a_tree_that_grows_too_deep_is_refused_before_the_database_does(world: World):
    def grow(unit: Unit, most: int) -> Unit:
        for _ in range(most):
            try:
                unit = add_unit("Office", parent=unit, by=SYSTEM, at=world.at)
            except Refusal:
                break
        return unit

    deepest = grow(world.harbour, 200)
    assert 20 < deepest.depth < 200
    assert refusal(add_unit, "Office", parent=deepest) == "too_deep"
    grow(world.energy, 10)
    assert refusal(change_unit, world.energy, name="Energy", parent=deepest) == "too_deep"
