"""A forgotten password: a link for those who work here, and silence for everybody else."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from amends.journal.models import Entry, Payload
from amends.journal.pseudonyms import subjects_named
from amends.kit.refusal import Refusal
from amends.people.actions import accept_invitation, ask_new_password, invitation_for, invite_again, leave
from amends.people.actions.ask_new_password import ONE_LINK_IN
from amends.people.invitations import VALID_FOR, link_token
from amends.people.models import Invitation, Person
from amends.people.standing import SYSTEM
from tests import cast
from tests.cast import DAY, World
from tests.journal import journals

OLD = "the water came back on a Tuesday"
NEW = "seven blue herons waiting"
SECOND = timedelta(seconds=1)


@pytest.fixture
def world(db: None) -> World:
    return settled()


def settled() -> World:
    """Larkhaven a week after Liis joined it."""
    world = cast.world(cast.AT - 7 * DAY)
    accept_invitation(link_token(Invitation.objects.get(person=world.liis)), OLD, at=world.at)
    return cast.World(**{**vars(world), "at": cast.AT})


def links(person: Person) -> list[Invitation]:
    """All but the one from the invitation, oldest first."""
    return list(Invitation.objects.filter(person=person).order_by("pk"))[1:]


def asked() -> list[Entry]:
    return list(Entry.objects.filter(event="people.new_password_asked").order_by("pk"))


def test_a_link_is_made_and_the_old_password_works_until_it_is_used(world: World):
    ask_new_password(" LIIS@larkhaven.example", at=world.at)
    [link] = links(world.liis)
    assert invitation_for(link_token(link), world.at).person == world.liis
    [entry] = asked()
    assert entry.facts["invitation"] == link.pk
    assert entry.acting_as == "system"
    assert subjects_named([entry.subject])[entry.subject] == world.liis.subject
    world.liis.refresh_from_db()
    assert world.liis.check_password(OLD)


def test_the_trail_holds_neither_address_nor_token(world: World):
    ask_new_password(world.liis.email, at=world.at)
    [entry] = asked()
    kept = f"{entry.particulars} {[payload.body for payload in Payload.objects.filter(entry=entry)]}"
    assert "liis" not in kept
    assert link_token(links(world.liis)[0]) not in f"{kept} {list(Invitation.objects.values())}"


def test_a_new_password_is_told_as_one_and_not_as_joining(world: World):
    ask_new_password(world.liis.email, at=world.at)
    accept_invitation(link_token(links(world.liis)[0]), NEW, at=world.at + SECOND)
    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.facts["way"], entry.acting_as) == ("people.password_chosen", "link", "handler")
    assert Entry.objects.filter(event="people.joined").count() == 1
    world.liis.refresh_from_db()
    assert world.liis.check_password(NEW)


def test_who_is_invited_and_lost_the_first_link_joins_by_this_one(world: World):
    ask_new_password(world.zoe.email, at=world.at)
    accept_invitation(link_token(links(world.zoe)[0]), NEW, at=world.at)
    assert Entry.objects.latest("pk").event == "people.joined"


@pytest.mark.parametrize("email", ["nobody@larkhaven.example", "liis@larkhaven.example.org", "li_s@larkhaven.example"])
def test_nothing_happens_for_an_address_that_nobody_has(world: World, email: str):
    before = Entry.objects.count(), Invitation.objects.count()
    assert ask_new_password(email, at=world.at) is None
    assert (Entry.objects.count(), Invitation.objects.count()) == before


def test_nothing_happens_for_somebody_who_left(world: World):
    leave(world.liis, successor=None, by=SYSTEM, at=world.at)
    ask_new_password(world.liis.email, at=world.at + SECOND)
    assert asked() == []
    assert links(world.liis) == []


def test_a_link_does_not_outlive_the_work_here(world: World):
    ask_new_password(world.liis.email, at=world.at)
    leave(world.liis, successor=None, by=SYSTEM, at=world.at + SECOND)
    assert invitation_for(link_token(links(world.liis)[0]), world.at + SECOND) is None


@pytest.mark.parametrize("email", ["", "liis", "liis@larkhaven.example\nBcc: all@example.com", "x" * 300 + "@b.ee"])
def test_what_is_no_address_is_said_to_be_none(world: World, email: str):
    with pytest.raises(Refusal) as refused:
        ask_new_password(email, at=world.at)
    assert (refused.value.code, refused.value.field) == ("email_needed", "email")


def test_asking_again_sends_one_link_in_five_minutes(world: World):
    for seconds in (0, 1, 299):
        ask_new_password(world.liis.email, at=world.at + seconds * SECOND)
    assert len(asked()) == len(links(world.liis)) == 1
    ask_new_password(world.liis.email, at=world.at + ONE_LINK_IN)
    old, new = links(world.liis)
    assert invitation_for(link_token(old), world.at + ONE_LINK_IN) is None
    assert invitation_for(link_token(new), world.at + ONE_LINK_IN) == new


def test_a_link_that_was_used_counts_too(world: World):
    ask_new_password(world.liis.email, at=world.at)
    accept_invitation(link_token(links(world.liis)[0]), NEW, at=world.at + SECOND)
    ask_new_password(world.liis.email, at=world.at + 2 * SECOND)
    assert len(asked()) == 1


def test_one_person_does_not_use_up_the_link_of_another(world: World):
    ask_new_password(world.liis.email, at=world.at)
    ask_new_password(world.mark.email, at=world.at)
    assert len(asked()) == 2


def test_an_administrator_sends_another_link_at_any_time(world: World):
    ask_new_password(world.liis.email, at=world.at)
    fresh = invite_again(world.liis, by=world.as_(world.adam), at=world.at + SECOND)
    assert [invitation_for(link_token(link), world.at + SECOND) for link in links(world.liis)] == [None, fresh]


def test_a_link_works_for_a_day_and_once(world: World):
    ask_new_password(world.liis.email, at=world.at)
    token = link_token(links(world.liis)[0])
    for moment in (world.at + VALID_FOR, world.at + VALID_FOR + DAY):
        with pytest.raises(Refusal, match="invitation_over"):
            accept_invitation(token, NEW, at=moment)
    accept_invitation(token, NEW, at=world.at + VALID_FOR - SECOND)
    with pytest.raises(Refusal, match="invitation_over"):
        accept_invitation(token, "another good long one", at=world.at + VALID_FOR - SECOND)
    world.liis.refresh_from_db()
    assert world.liis.check_password(NEW)


def test_a_second_factor_is_kept(world: World):
    Authenticator.objects.create(user=world.liis, type=Authenticator.Type.TOTP, data={"secret": "x"})
    ask_new_password(world.liis.email, at=world.at)
    accept_invitation(link_token(links(world.liis)[0]), NEW, at=world.at)
    assert Authenticator.objects.filter(user=world.liis).count() == 1


def test_two_who_ask_at_once_get_one_link(own_database):
    world = settled()
    journals.at_once(*[lambda: ask_new_password(world.liis.email, at=world.at)] * 2)
    assert len(asked()) == len(links(world.liis)) == 1
