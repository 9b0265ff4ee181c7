"""How people come in: by a link that works once, for a day, and tells nothing to those who guess."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.journal.models import Entry, Payload
from amends.kit.refusal import Refusal
from amends.people.actions import accept_invitation, first_administrator, invitation_for, invite, invite_again, leave
from amends.people.invitations import VALID_FOR, link_token
from amends.people.models import Invitation, Person
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests import cast
from tests.cast import World
from tests.journal import journals

PASSWORD = "the water came back on a Tuesday"
SECOND = timedelta(seconds=1)


@pytest.fixture
def world(db: None) -> World:
    return cast.world()


def refusal(work, *arguments, **more) -> Refusal:
    with pytest.raises(Refusal) as refused:
        work(*arguments, **({"at": cast.AT} | more))
    return refused.value


def token_of(person: Person) -> str:
    return link_token(Invitation.objects.filter(person=person).order_by("-id").first())


def test_an_administrator_invites_somebody_who_then_chooses_a_password(world: World):
    person = invite("Nora@Example.com", "  Nora  Berg ", by=world.as_(world.adam), at=world.at, language="et")
    assert (person.name, person.language, person.is_active) == ("Nora Berg", "et", True)
    assert not person.has_usable_password()
    assert invitation_for(token_of(person), world.at).person == person
    came = accept_invitation(token_of(person), PASSWORD, at=world.at + SECOND)
    assert came == person
    assert came.check_password(PASSWORD)
    assert list(Entry.objects.order_by("-id").values_list("event", "acting_as")[:2]) == [
        ("people.joined", "invited"),
        ("people.invited", "administrator"),
    ]


def test_the_trail_holds_neither_address_nor_token(world: World):
    invitation = Invitation.objects.get(person=world.zoe)
    entry = Entry.objects.filter(event="people.invited").order_by("-id").first()
    assert "zoe" not in entry.particulars
    assert "zoe@larkhaven.example" in Payload.objects.get(entry=entry).body
    everything = f"{invitation.nonce} {invitation.token_hash} {[one.body for one in Payload.objects.all()]}"
    assert link_token(invitation) not in everything


@pytest.mark.parametrize("who", ["clara", "tom", "uma", "dario", "dora", "zoe"])
def test_nobody_else_invites(world: World, who: str):
    by = world.as_(getattr(world, who))
    assert refusal(invite, "nora@example.com", "Nora", by=by).code == "not_permitted"
    assert refusal(invite_again, world.zoe, by=by).code == "not_permitted"


@pytest.mark.parametrize(
    ("email", "name", "language", "field"),
    [
        ("", "Nora", "en", "email"),
        ("nora", "Nora", "en", "email"),
        ("nora@example.com\nBcc: all@example.com", "Nora", "en", "email"),
        (f"{'n' * 60}@{'example.' * 30}com", "Nora", "en", "email"),
        ("nora@example.com", "", "en", "name"),
        ("nora@example.com", "\x00 \t", "en", "name"),
        ("nora@example.com", "N" * 121, "en", "name"),
        ("nora@example.com", "Nora", "xx", "language"),
        ("nora@example.com", "Nora", "english, please", "language"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_field(world: World, email, name, language, field):
    refused = refusal(invite, email, name, by=SYSTEM, language=language)
    assert refused.field == field
    assert str(refused.sentence).endswith(".")
    assert Person.objects.count() == len(world.people)


def test_an_address_belongs_to_one_person_whatever_its_case(world: World):
    assert refusal(invite, "LIIS@larkhaven.example", "Another", by=SYSTEM).code == "email_taken"
    assert refusal(invite, " liis@LARKHAVEN.example ", "Another", by=SYSTEM).code == "email_taken"


def test_a_manager_who_has_left_manages_nobody_new(world: World):
    leave(world.zoe, successor=None, by=SYSTEM, at=world.at)
    world.zoe.refresh_from_db()
    assert refusal(invite, "nora@example.com", "Nora", by=SYSTEM, manager=world.zoe).code == "manager_left"
    assert invite("nora@example.com", "Nora", by=SYSTEM, at=world.at, manager=world.uma).manager == world.uma


def test_a_link_works_once(world: World):
    token = token_of(world.zoe)
    accept_invitation(token, PASSWORD, at=world.at)
    assert invitation_for(token, world.at) is None
    assert refusal(accept_invitation, token, "another good password").code == "invitation_over"
    world.zoe.refresh_from_db()
    assert world.zoe.check_password(PASSWORD)


def test_a_link_works_for_a_day(world: World):
    token = token_of(world.zoe)
    assert invitation_for(token, world.at + VALID_FOR - SECOND) is not None
    assert invitation_for(token, world.at + VALID_FOR) is None
    assert refusal(accept_invitation, token, PASSWORD, at=world.at + VALID_FOR).code == "invitation_over"


def test_a_new_link_kills_the_old_one(world: World):
    old = token_of(world.zoe)
    fresh = link_token(invite_again(world.zoe, by=world.as_(world.adam), at=world.at + SECOND))
    assert old != fresh
    assert invitation_for(old, world.at + SECOND) is None
    accept_invitation(fresh, PASSWORD, at=world.at + 2 * SECOND)


def test_who_has_left_cannot_come_in_by_an_old_link(world: World):
    token = token_of(world.zoe)
    leave(world.zoe, successor=None, by=SYSTEM, at=world.at)
    world.zoe.refresh_from_db()
    assert invitation_for(token, world.at) is None
    assert refusal(invite_again, world.zoe, by=SYSTEM).code == "has_left"


def test_a_department_cannot_send_a_link_for_somebody_above_it(world: World):
    zoe = world.as_(world.zoe)
    assert refusal(invite_again, world.clara, by=zoe).code == "not_permitted"


def test_who_guesses_learns_nothing(world: World):
    """A token that never was, one that was used, one that ran out and one of somebody who left: one answer."""
    used, expired, gone = token_of(world.liis), token_of(world.mark), token_of(world.frida)
    accept_invitation(used, PASSWORD, at=world.at)
    Invitation.objects.filter(person=world.mark).update(expires_at=world.at)
    leave(world.frida, successor=None, by=SYSTEM, at=world.at)
    answers = set()
    for token in (used, expired, gone, "", "0" * 64, "x" * 5000, "ünïcode", "\x00"):
        for password in (PASSWORD, "short"):
            with CaptureQueriesContext(connection) as queries:
                refused = refusal(accept_invitation, token, password)
            answers.add((refused.code, str(refused.sentence), refused.field, len(queries)))
    assert len(answers) == 1


@pytest.mark.parametrize("password", ["short", "password1234", "Liis Tamm 12", "liis@larkhaven"])
def test_a_weak_password_is_refused_and_the_link_still_works(world: World, password: str):
    token = token_of(world.liis)
    refused = refusal(accept_invitation, token, password)
    assert (refused.code, refused.field) == ("password_weak", "password")
    assert invitation_for(token, world.at) is not None


def test_a_link_opened_twice_at_once_sets_one_password(own_database):
    world = cast.world()
    token = token_of(world.zoe)

    def accept(password: str) -> str:
        try:
            accept_invitation(token, password, at=world.at)
        except Refusal as refused:
            return refused.code
        return password

    outcome = journals.at_once(lambda: accept(f"{PASSWORD} one"), lambda: accept(f"{PASSWORD} two"))
    [won] = [one for one in outcome if one != "invitation_over"]
    assert len(outcome) == 2
    assert Person.objects.get(pk=world.zoe.pk).check_password(won)
    assert Entry.objects.filter(event="people.joined").count() == 1


@pytest.mark.django_db
class TestTheFirstPerson:
    def begin(self, **other) -> Person:
        about = {"roles": (Role.ADMINISTRATOR, Role.HANDLER), "by": SYSTEM, "at": cast.AT}
        return first_administrator("ada@example.com", "Ada", PASSWORD, **(about | other))

    def test_comes_in_with_a_password_and_roles_for_everything(self):
        cast.add_unit("Larkhaven Utilities", parent=None, by=SYSTEM, at=cast.AT)
        ada = self.begin()
        assert ada.check_password(PASSWORD)
        standing = cast.standing_of(ada, cast.AT)
        assert standing.scope(Role.ADMINISTRATOR).everywhere
        assert standing.scope(Role.HANDLER).everywhere

    def test_comes_once_and_only_by_the_installation(self):
        world = cast.world()
        assert refusal(self.begin).code == "begun_already"
        assert refusal(self.begin, by=world.as_(world.adam)).code == "not_permitted"
