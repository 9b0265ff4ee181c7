"""Changing what is known of people, and helping those who lost their second factor."""

import pytest
from allauth.mfa.models import Authenticator

from amends.journal.models import Entry, Payload
from amends.kit.refusal import Refusal
from amends.people.actions import change_person, change_preferences, grant_role, leave, reset_second_factor
from amends.people.actions.reset_second_factor import CHECKS
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests import cast
from tests.cast import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return cast.world()


def refusal(work, *arguments, **more) -> Refusal:
    with pytest.raises(Refusal) as refused:
        work(*arguments, **more)
    assert str(refused.value.sentence).endswith(".")
    return refused.value


def change(world: World, person=None, **other) -> None:
    about = {"name": "Zoe Marsh", "language": "en", "manager": None, "by": world.as_(world.adam), "at": world.at}
    change_person(person or world.zoe, **(about | other))


def test_name_language_and_manager_can_be_corrected(world: World):
    change(world, name=" Zoé  Marsh-Lind", language="tr", manager=world.uma)
    world.zoe.refresh_from_db()
    assert (world.zoe.name, world.zoe.language, world.zoe.manager) == ("Zoé Marsh-Lind", "tr", world.uma)
    assert world.zoe.initials == "ZM"
    entry = Entry.objects.get(event="people.changed")
    assert "Lind" not in entry.particulars
    assert "Lind" in Payload.objects.get(entry=entry).body


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"language": "de"}, "language"),
        ({"language": ""}, "language"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_field(world: World, other, field):
    assert refusal(change, world, **other).field == field


@pytest.mark.parametrize("who", ["clara", "uma", "dario", "zoe"])
def test_nobody_else_changes_it(world: World, who: str):
    assert refusal(change, world, by=world.as_(getattr(world, who))).code == "not_permitted"


def test_nobody_is_their_own_manager_however_far_around(world: World):
    change(world, world.liis, name="Liis", manager=world.uma)
    change(world, world.uma, name="Uma", manager=world.tom)
    assert refusal(change, world, world.tom, name="Tom", manager=world.tom).code == "manager_circle"
    assert refusal(change, world, world.tom, name="Tom", manager=world.liis).code == "manager_circle"
    change(world, world.tom, name="Tom", manager=world.clara)


def test_a_manager_who_has_left_is_kept_but_not_chosen_anew(world: World):
    change(world, manager=world.mark)
    leave(world.mark, successor=None, by=SYSTEM, at=world.at)
    world.mark.refresh_from_db()
    change(world, name="Zoe M.", manager=world.mark)
    assert refusal(change, world, world.liis, name="Liis", manager=world.mark).code == "manager_left"


def test_preferences_are_everybodys_own_and_not_in_the_trail(world: World):
    entries = Entry.objects.count()
    change_preferences(world.zoe, language="et", theme="dark", single_keys=False, compact_rows=True)
    world.zoe.refresh_from_db()
    assert (world.zoe.language, world.zoe.theme, world.zoe.single_keys, world.zoe.compact_rows) == (
        "et",
        "dark",
        False,
        True,
    )
    assert Entry.objects.count() == entries
    chosen = {"single_keys": True, "compact_rows": False}
    assert refusal(change_preferences, world.zoe, language="et", theme="pink", **chosen).code == "theme_unknown"
    assert refusal(change_preferences, world.zoe, language="xx", theme="", **chosen).code == "language_unknown"


@pytest.fixture
def with_factors(world: World) -> World:
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=world.zoe, type=kind, data={})
    return world


@pytest.mark.parametrize("check", CHECKS)
def test_a_lost_second_factor_is_removed_after_a_check(with_factors: World, check: str):
    adam = with_factors.as_(with_factors.adam)
    assert reset_second_factor(with_factors.zoe, check=check, by=adam, at=with_factors.at) == 2
    assert not Authenticator.objects.exists()
    assert Entry.objects.order_by("-id").first().facts == {"check": check, "removed": 2}


def test_not_without_a_check_not_by_oneself_and_not_by_others(with_factors: World):
    world, zoe = with_factors, with_factors.zoe
    adam = world.as_(world.adam)
    about = {"at": world.at}
    assert refusal(reset_second_factor, zoe, check="", by=adam, **about).code == "check_needed"
    assert (
        refusal(reset_second_factor, zoe, check="in_person", by=world.as_(world.clara), **about).code == "not_permitted"
    )
    assert refusal(reset_second_factor, world.adam, check="in_person", by=adam, **about).code == "not_oneself"
    assert refusal(reset_second_factor, world.liis, check="in_person", by=adam, **about).code == "no_second_factor"
    grant_role(zoe, Role.ADMINISTRATOR, world.water, by=SYSTEM, at=world.at)
    Authenticator.objects.create(user=world.adam, type=Authenticator.Type.TOTP, data={})
    below = world.as_(zoe)
    assert refusal(reset_second_factor, world.adam, check="in_person", by=below, **about).code == "not_permitted"
    assert Authenticator.objects.count() == 3
