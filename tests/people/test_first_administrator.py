"""The first person of an installation."""

import pytest

from amends.journal.models import Entry, Payload
from amends.kit.refusal import Refusal
from amends.people.actions import add_unit, first_administrator
from amends.people.actions.first_administrator import ALONE, AMONG_SEVERAL
from amends.people.models import Person
from amends.people.standing import SYSTEM, standing_of
from amends.permissions.roles import Role
from tests import cast
from tests.cast import AT

pytestmark = pytest.mark.django_db

PASSWORD = "seven blue herons waiting"


@pytest.fixture
def root(db):
    return add_unit("Larkhaven Utilities", parent=None, by=SYSTEM, at=AT)


def begin(**changes):
    usual = {"email": "maarja@larkhaven.example", "name": "Maarja Kask", "password": PASSWORD}
    said = {**usual, **changes}
    return first_administrator(
        said["email"], said["name"], said["password"], roles=AMONG_SEVERAL, by=SYSTEM, at=AT, language="et"
    )


def test_they_sign_in_and_hold_their_roles_everywhere(root):
    person = begin(name="  Maarja \n Kask ")
    assert (person.name, person.language) == ("Maarja Kask", "et")
    assert person.check_password(PASSWORD)
    standing = standing_of(person, AT)
    assert set(standing.scopes) == set(AMONG_SEVERAL)
    assert all(scope.everywhere for scope in standing.scopes.values())


def test_one_who_is_alone_handles_and_decides_too():
    assert set(ALONE) - set(AMONG_SEVERAL) == {Role.HANDLER, Role.DECISION_MAKER}


def test_the_journal_holds_no_name_outside_its_erasable_part(root):
    begin()
    entry = Entry.objects.get(event="people.began")
    assert "Maarja" not in entry.particulars
    assert "Maarja" in Payload.objects.get(entry=entry).body
    assert "password" not in Payload.objects.get(entry=entry).body


def test_it_happens_once(root):
    begin()
    with pytest.raises(Refusal) as refused:
        begin(email="other@larkhaven.example")
    assert refused.value.code == "begun_already"
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"email": "maarja"}, "email_needed", "email"),
        ({"name": " \x00"}, "name_needed", "name"),
        ({"name": "x" * 121}, "name_needed", "name"),
        ({"password": "short"}, "password_weak", "password"),
        ({"password": "maarja@larkhaven.example"}, "password_weak", "password"),
    ],
)
def test_what_is_wrong_is_refused_with_its_field(root, changes, code, field):
    with pytest.raises(Refusal) as refused:
        begin(**changes)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Person.objects.exists()


def test_only_the_installation_itself_begins(db):
    world = cast.world()
    for person in world.people:
        with pytest.raises(Refusal) as refused:
            first_administrator("x@example.com", "X", PASSWORD, roles=ALONE, by=world.as_(person), at=AT)
        assert refused.value.code == "not_permitted"
