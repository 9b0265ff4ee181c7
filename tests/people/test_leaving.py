"""Leaving, with everything handed over in the same transaction."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from amends.people import handing_over
from amends.people.actions import delegate, grant_role, leave
from amends.people.handing_over import Held, register_duty, what_is_held_by
from amends.people.models import Delegation, Invitation, Person, RoleGrant
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests import cast
from tests.cast import DAY, World
from tests.journal import journals


class Chairs:
    """A kind of work that belongs to one person, kept in a dictionary."""

    label = "chairs"

    def __init__(self, fails: bool = False) -> None:
        self.held: dict[int, int] = {}
        self.fails = fails

    def count(self, person: Person) -> int:
        return self.held.get(person.pk, 0)

    def hand_over(self, person: Person, successor: Person, *, by, at) -> int:
        assert transaction.get_connection().in_atomic_block
        if self.fails:
            raise Refusal("chair_broken", "This chair cannot be handed over.")
        moved = self.held.pop(person.pk, 0)
        self.held[successor.pk] = self.count(successor) + moved
        return moved


@pytest.fixture
def chairs(monkeypatch: pytest.MonkeyPatch) -> Chairs:
    """The only kind of work there is."""
    monkeypatch.setattr(handing_over, "_DUTIES", [])
    duty = Chairs()
    register_duty(duty)
    register_duty(Chairs())  # the same kind, registered twice by a module that was imported twice
    assert [duty] == handing_over._DUTIES
    return duty


@pytest.fixture
def world(db: None, chairs: Chairs) -> World:
    return cast.world()


def refusal(*arguments, **more) -> str:
    with pytest.raises(Refusal) as refused:
        leave(*arguments, **({"successor": None, "by": SYSTEM, "at": cast.AT} | more))
    assert str(refused.value.sentence).endswith(".")
    return refused.value.code


def test_roles_delegations_and_invitations_end_at_once(world: World, chairs: Chairs):
    at = world.at + DAY
    ahead = {"ends_at": at + 9 * DAY, "by": SYSTEM, "at": world.at}
    delegate(world.liis, world.zoe, Role.HANDLER, world.water, starts_at=world.at, **ahead)
    delegate(world.bruno, world.liis, Role.HANDLER, world.energy, starts_at=at + DAY, **ahead)
    leave(world.liis, successor=None, by=world.as_(world.adam), at=at)
    person = Person.objects.get(pk=world.liis.pk)
    assert (person.is_active, person.left_at, person.has_usable_password()) == (False, at, False)
    assert not RoleGrant.objects.in_force(at).filter(person=person).exists()
    assert not Delegation.objects.in_force(at).exists()
    assert not Delegation.objects.filter(starts_at__gt=at).exists()
    assert not Invitation.objects.filter(person=person, used_at=None, expires_at__gt=at).exists()
    assert Entry.objects.order_by("-id").first().facts == {"successor": None, "handed_over": 0}


def test_work_goes_to_the_successor(world: World, chairs: Chairs):
    chairs.held = {world.liis.pk: 3, world.bruno.pk: 1}
    assert what_is_held_by(world.liis) == [Held("chairs", 3)]
    assert what_is_held_by(world.zoe) == []
    assert leave(world.liis, successor=world.bruno, by=SYSTEM, at=world.at) == 3
    assert chairs.held == {world.bruno.pk: 4}
    assert Entry.objects.order_by("-id").first().facts["handed_over"] == 3


def test_who_still_holds_work_needs_a_successor(world: World, chairs: Chairs):
    chairs.held = {world.liis.pk: 1}
    assert refusal(world.liis) == "work_left"
    assert refusal(world.liis, successor=world.liis) == "successor_unfit"
    leave(world.zoe, successor=None, by=SYSTEM, at=world.at)
    assert refusal(world.liis, successor=Person.objects.get(pk=world.zoe.pk)) == "successor_unfit"
    assert refusal(world.liis, successor=world.zoe) == "successor_unfit", "also when the page does not know it yet"
    assert world.as_(world.liis).holds(Role.HANDLER)


def test_what_cannot_be_handed_over_keeps_the_person_here(world: World, chairs: Chairs):
    chairs.held, chairs.fails = {world.liis.pk: 1}, True
    entries = Entry.objects.count()
    assert refusal(world.liis, successor=world.bruno) == "chair_broken"
    assert Person.objects.get(pk=world.liis.pk).is_active
    assert world.as_(world.liis).holds(Role.HANDLER)
    assert Entry.objects.count() == entries


def test_nobody_leaves_twice(world: World):
    stale = Person.objects.get(pk=world.zoe.pk)
    leave(world.zoe, successor=None, by=SYSTEM, at=world.at)
    assert refusal(world.zoe) == "has_left"
    assert refusal(stale) == "has_left"


def test_the_last_administrator_stays_and_others_may_go(world: World):
    adam = world.as_(world.adam)
    assert refusal(world.adam, by=adam) == "last_administrator"
    assert world.as_(world.adam).holds(Role.ADMINISTRATOR)
    leave(world.zoe, successor=None, by=adam, at=world.at)
    grant_role(world.tom, Role.ADMINISTRATOR, world.larkhaven, by=adam, at=world.at)
    leave(world.adam, successor=None, by=adam, at=world.at)


def test_where_nobody_administers_anything_yet_anybody_may_leave(world: World):
    RoleGrant.objects.filter(role="administrator").delete()
    leave(world.zoe, successor=None, by=SYSTEM, at=world.at)


@pytest.mark.parametrize("who", ["clara", "tom", "uma", "dario", "dora", "liis"])
def test_nobody_else_sends_people_away(world: World, who: str):
    assert refusal(world.zoe, by=world.as_(getattr(world, who))) == "not_permitted"


def test_a_department_sends_away_its_own_people_only(world: World):
    grant_role(world.zoe, Role.ADMINISTRATOR, world.water, by=SYSTEM, at=world.at)
    zoe = world.as_(world.zoe)
    assert refusal(world.clara, by=zoe) == "not_permitted"
    assert refusal(world.bruno, by=zoe) == "not_permitted"
    leave(world.frida, successor=None, by=zoe, at=world.at)


def test_open_sessions_end(world: World):
    client = Client()
    client.force_login(world.zoe)
    assert client.session.get("_auth_user_id") == str(world.zoe.pk)
    assert signed_in(client) == world.zoe
    leave(world.zoe, successor=None, by=SYSTEM, at=world.at)
    assert signed_in(client) is None


def signed_in(client: Client) -> Person | None:
    """Who the session belongs to, asked as the middleware asks."""
    from django.contrib.auth import get_user
    from django.http import HttpRequest

    request = HttpRequest()
    request.session = client.session
    person = get_user(request)
    return person if person.is_authenticated else None


def test_two_who_leave_to_each_other_at_once_do_not_lose_the_work(own_database, chairs: Chairs):
    world = cast.world()
    chairs.held = {world.liis.pk: 2, world.bruno.pk: 3}

    def go(person: Person, successor: Person) -> str:
        try:
            leave(person, successor=successor, by=SYSTEM, at=world.at + timedelta(hours=1))
        except Refusal as refused:
            return refused.code
        return "gone"

    outcome = journals.at_once(lambda: go(world.liis, world.bruno), lambda: go(world.bruno, world.liis))
    assert sorted(outcome) == ["gone", "successor_unfit"]
    [stays] = Person.objects.filter(pk__in=[world.liis.pk, world.bruno.pk], is_active=True)
    assert chairs.held == {stays.pk: 5}
