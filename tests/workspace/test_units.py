"""The tree of units."""

import re
from uuid import uuid4

import pytest

from amends.people.actions import grant_role
from amends.people.models import Unit
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from amends.workspace import tree
from amends.workspace.naming import name_of_unit
from tests.workspace.test_queue import counted, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/settings/units/"


@pytest.fixture
def admin(world, as_):
    return as_(world.adam)


def page_of(unit) -> str:
    return f"{ADDRESS}{name_of_unit(unit)}/"


def test_the_tree_stands_in_the_order_people_read_it(world, admin):
    admin.post(ADDRESS, {"name": "Ühisvesi", "parent": world.larkhaven.pk})
    admin.post(ADDRESS, {"name": "Archive", "parent": world.water.pk})
    page = admin.get(ADDRESS).content.decode()
    shown = re.findall(r'class="depth-(\d)"><bdi>([^<]+)</bdi>', page)
    assert shown == [
        ("0", "Larkhaven Utilities"),
        ("1", "Energy"),
        ("1", "Ühisvesi"),
        ("1", "Water"),
        ("2", "Archive"),
        ("2", "Harbour"),
    ]


def test_the_order_needs_no_root(world):
    assert tree.in_order([world.harbour, world.energy]) == [world.energy, world.harbour]
    assert tree.in_order([]) == []


def test_people_and_products_are_counted(world, admin):
    assert re.search(r"Water 4 1 Change", text_of(admin.get(ADDRESS)))


def test_a_unit_is_renamed_and_moved(world, admin):
    assert admin.post(page_of(world.harbour), {"name": "Port", "parent": world.energy.pk}).status_code == 302
    world.harbour.refresh_from_db()
    assert (world.harbour.name, world.harbour.parent) == ("Port", world.energy)
    assert world.harbour.path.startswith(world.energy.path)


def test_two_who_change_a_unit_at_once_the_second_sees_both(world, admin):
    assert 'name="seen" value="1"' in admin.get(page_of(world.harbour)).content.decode()
    mine = {"name": "Port", "parent": world.water.pk, "seen": "1"}
    admin.post(page_of(world.harbour), {**mine, "name": "Docks", "parent": world.energy.pk})
    late = admin.post(page_of(world.harbour), mine)
    assert late.status_code == 409
    assert "Name of the unit Saved now Docks Yours, not saved Port" in text_of(late)
    world.harbour.refresh_from_db()
    assert (world.harbour.name, world.harbour.parent) == ("Docks", world.energy)
    assert 'name="seen" value="2"' in late.content.decode()
    assert admin.post(page_of(world.harbour), {**mine, "seen": "2"}).status_code == 302


def test_the_organisation_itself_is_only_renamed(world, admin):
    page = admin.get(page_of(world.larkhaven)).content.decode()
    assert 'name="parent"' not in page
    assert admin.post(page_of(world.larkhaven), {"name": "Larkhaven", "parent": world.water.pk}).status_code == 302
    world.larkhaven.refresh_from_db()
    assert (world.larkhaven.name, world.larkhaven.parent) == ("Larkhaven", None)


@pytest.mark.parametrize(
    ("name", "words"), [("", "Enter a name"), ("x" * 121, "at most 120 letters"), ("Energy", "There is a unit of this")]
)
def test_wrong_names_are_refused(world, admin, name, words):
    for response in (
        admin.post(ADDRESS, {"name": name, "parent": world.larkhaven.pk}),
        admin.post(page_of(world.water), {"name": name, "parent": world.larkhaven.pk}),
    ):
        assert response.status_code == 422
        assert words in text_of(response)
    assert Unit.objects.count() == 4


def test_a_unit_never_stands_below_itself(world, admin):
    response = admin.post(page_of(world.water), {"name": "Water", "parent": world.harbour.pk})
    assert response.status_code == 422
    assert "Choose one of the answers shown" in text_of(response)


def test_closing_names_who_takes_over(world, admin):
    address = f"{page_of(world.harbour)}closing/"
    assert "Close the unit Harbour?" in text_of(admin.get(address))
    assert admin.post(address, {"successor": ""}).status_code == 422
    assert admin.post(address, {"successor": world.water.pk}).status_code == 302
    world.harbour.refresh_from_db()
    assert world.harbour.closed_at is not None
    assert re.search(r"Harbour\s+Closed", text_of(admin.get(ADDRESS)))


def test_with_units_below_it_is_refused(world, admin):
    response = admin.post(f"{page_of(world.water)}closing/", {"successor": world.energy.pk})
    assert response.status_code == 422
    assert "There are open units below it" in text_of(response)


def test_the_organisation_itself_cannot_be_closed(world, admin):
    response = admin.post(f"{page_of(world.larkhaven)}closing/", {"successor": world.energy.pk})
    assert response.status_code == 422
    assert "stays at the top" in text_of(response)


def test_who_administers_one_unit_changes_that_one_only(world, as_):
    grant_role(world.zoe, Role.ADMINISTRATOR, world.water, by=SYSTEM, at=world.at)
    client = as_(world.zoe)
    assert client.post(page_of(world.harbour), {"name": "Port", "parent": world.water.pk}).status_code == 302
    assert client.post(page_of(world.energy), {"name": "Power", "parent": world.larkhaven.pk}).status_code == 403
    outside = client.post(ADDRESS, {"name": "New", "parent": world.energy.pk})
    assert outside.status_code == 422
    assert not Unit.objects.filter(name__in=["Power", "New"]).exists()


@pytest.mark.parametrize("who", ["clara", "tom", "dario", "dora"])
def test_who_looks_at_units_without_changing_them(world, as_, who):
    client = as_(getattr(world, who))
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "Add a unit" not in text_of(page)
    assert client.get(page_of(world.water)).status_code == 403
    assert client.post(ADDRESS, {"name": "New", "parent": world.larkhaven.pk}).status_code in {403, 422}
    assert Unit.objects.count() == 4


def test_unknown_units_are_not_found(world, admin):
    assert admin.get(f"{ADDRESS}{uuid4()}/").status_code == 404
    assert admin.get(f"{ADDRESS}{uuid4()}/closing/").status_code == 404


def test_the_tree_costs_the_same_however_large(world, admin):
    few = counted(admin, ADDRESS)
    for number in range(20):
        admin.post(ADDRESS, {"name": f"Team {number}", "parent": world.water.pk})
    assert counted(admin, ADDRESS) == few
    assert few <= 25
