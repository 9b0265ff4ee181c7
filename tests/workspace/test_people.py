"""People and roles: the list, inviting, the page of a person, leaving."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator

from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.journal.models import Entry
from amends.journal.outbox import fan_out
from amends.people.actions import grant_role, invite, record_absence
from amends.people.models import Invitation, Person, RoleGrant
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from amends.workspace.naming import name_of_person, name_of_unit
from tests import builders
from tests.workspace.test_queue import counted, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(world, as_, at_moment):
    at_moment(world.at + timedelta(minutes=1))
    return as_(world.adam)


def page_of(person) -> str:
    return f"/settings/people/{name_of_person(person)}/"


# ---------------------------------------------------------------- the list


def test_everybody_stands_there_with_roles_and_state(world, admin):
    said = text_of(admin.get("/settings/people/"))
    assert "Liis Tamm liis@larkhaven.example Handler, Water" in said
    assert "Zoe Marsh zoe@larkhaven.example No role" in said
    assert "Invited" in said


def test_who_is_away_and_who_has_left(world, admin):
    day = world.at.date()
    record_absence(world.liis, starts_on=day, ends_on=day, substitute=None, by=SYSTEM, at=world.at)
    admin.post(f"{page_of(world.zoe)}leaving/", {"successor": ""})
    here, left = text_of(admin.get("/settings/people/")), text_of(admin.get("/settings/people/?view=left"))
    assert "Away" in here
    assert "Zoe Marsh" not in here
    assert "Zoe Marsh" in left
    assert "Liis Tamm" not in left


def test_the_list_costs_the_same_for_few_and_for_many(world, admin):
    few = counted(admin, "/settings/people/")
    for number in range(20):
        person = invite(f"more{number}@larkhaven.example", f"More {number}", by=SYSTEM, at=world.at)
        grant_role(person, Role.HANDLER, world.water, by=SYSTEM, at=world.at)
    assert counted(admin, "/settings/people/") == few
    assert few <= 25


@pytest.mark.parametrize("who", ["liis", "mark", "uma", "frida", "zoe"])
def test_who_sees_no_people(world, as_, who):
    client = as_(getattr(world, who))
    for address in ("/settings/people/", "/settings/people/new/", page_of(world.bruno)):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("who", ["clara", "tom", "dario", "dora"])
def test_who_looks_at_people_without_managing_them(world, as_, who):
    client = as_(getattr(world, who))
    page = client.get(page_of(world.liis))
    assert page.status_code == 200
    for words in ("Give a role", "End role", "Invite again", "Leaves the organisation", "Save details"):
        assert words not in text_of(page)
    assert client.get("/settings/people/new/").status_code == 403
    grant = RoleGrant.objects.get(person=world.liis)
    assert client.post(f"{page_of(world.liis)}roles/ended/", {"grant": grant.pk}).status_code == 403
    assert client.post(page_of(world.liis), {"details-name": "Other", "details-language": "en"}).status_code == 403
    world.liis.refresh_from_db()
    assert world.liis.name == "Liis Tamm"


# ---------------------------------------------------------------- inviting


def test_an_invitation_leads_to_the_new_person(world, admin):
    response = admin.post(
        "/settings/people/new/",
        {"name": "Ants Kuusk", "email": "ants@larkhaven.example", "language": "et", "manager": world.uma.pk},
    )
    person = Person.objects.get(email="ants@larkhaven.example")
    assert response["Location"] == page_of(person)
    assert (person.language, person.manager) == ("et", world.uma)
    assert Invitation.objects.filter(person=person, used_at__isnull=True).count() == 1
    assert "Ants Kuusk is invited" in text_of(admin.get(response["Location"]))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Enter the person's name"),
        ({"name": "x" * 121}, "Shorten this to 120 characters"),
        ({"email": "nobody"}, "Enter an e-mail address, like name@example.com"),
        ({"email": "LIIS@larkhaven.example"}, "Somebody with this e-mail address is already here"),
        ({"language": "xx"}, "Choose one of the answers shown"),
        ({"manager": "999999"}, "Choose one of the answers shown"),
    ],
)
def test_a_wrong_invitation_is_not_sent(world, admin, changes, words):
    before = Person.objects.count()
    usual = {"name": "Ants Kuusk", "email": "ants@larkhaven.example", "language": "et", "manager": ""}
    response = admin.post("/settings/people/new/", {**usual, **changes})
    assert response.status_code == 422
    assert words.replace("'", "&#x27;") in text_of(response)
    assert Person.objects.count() == before


def test_inviting_again_makes_the_link_before_useless(world, admin):
    old = Invitation.objects.get(person=world.liis)
    assert admin.post(f"{page_of(world.liis)}invitation/").status_code == 302
    old.refresh_from_db()
    assert old.expires_at <= world.at + timedelta(minutes=1)
    assert Invitation.objects.filter(person=world.liis).count() == 2


# ---------------------------------------------------------------- one person


def test_details_are_corrected(world, admin):
    response = admin.post(
        page_of(world.liis),
        {"details-name": "Liis Kask", "details-language": "tr", "details-manager": world.uma.pk},
    )
    assert response.status_code == 302
    world.liis.refresh_from_db()
    assert (world.liis.name, world.liis.language, world.liis.manager) == ("Liis Kask", "tr", world.uma)


def test_two_who_change_somebody_at_once_the_second_sees_both(world, admin):
    page = admin.get(page_of(world.liis)).content.decode()
    assert 'name="details-seen" value="1"' in page
    mine = {"details-name": "Liis Tamm-Kask", "details-language": "et", "details-seen": "1"}
    admin.post(page_of(world.liis), {**mine, "details-name": "Liis Kask", "details-manager": world.uma.pk})
    late = admin.post(page_of(world.liis), mine)
    assert late.status_code == 409
    assert "Name Saved now Liis Kask Yours, not saved Liis Tamm-Kask" in text_of(late)
    assert "Direct manager Saved now Uma Patel Yours, not saved" in text_of(late)
    world.liis.refresh_from_db()
    assert world.liis.name == "Liis Kask"
    assert 'name="details-seen" value="2"' in late.content.decode()
    assert admin.post(page_of(world.liis), {**mine, "details-seen": "2"}).status_code == 302
    world.liis.refresh_from_db()
    assert (world.liis.name, world.liis.manager) == ("Liis Tamm-Kask", None)


def test_nobody_becomes_their_own_manager(world, admin):
    admin.post(page_of(world.liis), {"details-name": "L", "details-language": "en", "details-manager": world.uma.pk})
    data = {"details-name": "Uma Patel", "details-language": "en", "details-manager": world.liis.pk}
    response = admin.post(page_of(world.uma), data)
    assert response.status_code == 422
    assert "their own manager" in text_of(response)


def test_roles_are_given_and_ended(world, admin):
    address = page_of(world.zoe)
    assert admin.post(f"{address}roles/", {"role-role": "handler", "role-unit": world.water.pk}).status_code == 302
    grant = RoleGrant.objects.get(person=world.zoe)
    assert (grant.role, grant.unit) == ("handler", world.water)
    twice = admin.post(f"{address}roles/", {"role-role": "handler", "role-unit": world.water.pk})
    assert twice.status_code == 422
    assert "holds this role for this unit already" in text_of(twice)
    assert admin.post(f"{address}roles/ended/", {"grant": grant.pk}).status_code == 302
    assert not RoleGrant.objects.in_force(world.at + timedelta(hours=1)).filter(person=world.zoe).exists()
    again = admin.post(f"{address}roles/ended/", {"grant": grant.pk})
    assert again.status_code == 422
    assert "This role has ended already" in text_of(again)


@pytest.mark.parametrize("grant", ["", "0", "999999", "x", "²", "1 OR 1=1", "9" * 30])
def test_a_role_of_somebody_else_is_not_ended_here(world, admin, grant):
    other = RoleGrant.objects.get(person=world.liis)
    for value in (grant, other.pk):
        response = admin.post(f"{page_of(world.zoe)}roles/ended/", {"grant": value})
        assert response.status_code == 404
    other.refresh_from_db()
    assert other.ends_at is None


@pytest.mark.parametrize(
    "data", [{}, {"role-role": "king", "role-unit": "1"}, {"role-role": "handler", "role-unit": "x"}]
)
def test_half_a_role_is_refused(world, admin, data):
    response = admin.post(f"{page_of(world.zoe)}roles/", data)
    assert response.status_code == 422
    assert not RoleGrant.objects.filter(person=world.zoe).exists()


def test_the_last_administrator_stays(world, admin):
    grant = RoleGrant.objects.get(person=world.adam)
    response = admin.post(f"{page_of(world.adam)}roles/ended/", {"grant": grant.pk})
    assert response.status_code == 422
    assert "This is the last administrator" in text_of(response)
    grant.refresh_from_db()
    assert grant.ends_at is None


def test_there_is_one_management_representative(world, admin):
    data = {"role-role": "management_representative", "role-unit": world.larkhaven.pk}
    response = admin.post(f"{page_of(world.zoe)}roles/", data)
    assert response.status_code == 422
    assert "This unit has a management representative" in text_of(response)


def test_a_lost_second_factor_is_removed_after_a_check(world, admin):
    Authenticator.objects.create(user=world.liis, type=Authenticator.Type.TOTP, data={"secret": "x"})
    address = f"{page_of(world.liis)}second-factor/"
    assert "Make sure first" in text_of(admin.get(address))
    unchecked = admin.post(address, {"check": ""})
    assert unchecked.status_code == 422
    assert "Say how you made sure who is asking" in text_of(unchecked)
    assert Authenticator.objects.count() == 1
    assert admin.post(address, {"check": "in_person"}).status_code == 302
    assert not Authenticator.objects.exists()
    assert Entry.objects.get(event="people.second_factor_reset").facts["check"] == "in_person"


def test_without_one_or_for_oneself_it_is_refused(world, admin):
    assert admin.post(f"{page_of(world.liis)}second-factor/", {"check": "in_person"}).status_code == 422
    assert admin.post(f"{page_of(world.adam)}second-factor/", {"check": "in_person"}).status_code == 422
    assert "Remove second factor" not in text_of(admin.get(page_of(world.adam)))


# ---------------------------------------------------------------- leaving


def test_leaving_hands_over_what_is_held(world, admin, as_):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    address = f"{page_of(world.liis)}leaving/"
    assert "Open complaints: 1" in text_of(admin.get(address))
    nobody = admin.post(address, {"successor": ""})
    assert nobody.status_code == 422
    assert "Choose who takes it over" in text_of(nobody)
    theirs = as_(world.liis)
    assert theirs.get("/staff/").status_code == 200
    assert admin.post(address, {"successor": world.uma.pk}).status_code == 302
    complaint.refresh_from_db()
    assert complaint.handler == world.uma
    assert theirs.get("/staff/").status_code == 302
    said = text_of(admin.get(page_of(world.liis)))
    assert "left on 2 March 2026" in said
    assert "Give a role" not in said


def test_leaving_twice_is_refused(world, admin):
    address = f"{page_of(world.zoe)}leaving/"
    admin.post(address, {"successor": ""})
    response = admin.post(address, {"successor": ""})
    assert response.status_code == 422
    assert "This person has left already" in text_of(response)


def test_nobody_hands_over_to_themselves(world, admin):
    builders.a_complaint(world, Stage.INVESTIGATING)
    response = admin.post(f"{page_of(world.liis)}leaving/", {"successor": world.liis.pk})
    assert response.status_code == 422
    assert Complaint.objects.get().handler == world.liis


# ---------------------------------------------------------------- addresses


def test_no_key_of_the_database_stands_in_an_address(world, admin):
    page = admin.get("/settings/people/").content.decode()
    assert re.findall(r'href="/settings/people/([^"]+)/"', page)
    assert not re.findall(r'href="/settings/people/\d+/"', page)


def test_names_of_other_things_are_nobodys_page(world, admin):
    assert admin.get(f"/settings/people/{uuid4()}/").status_code == 404
    assert admin.get(f"/settings/people/{name_of_unit(world.water)}/").status_code == 404
    assert admin.get("/settings/people/7/").status_code == 404


def test_the_invitation_mail_follows_by_itself(world, admin):
    fan_out(world.at)
    admin.post(
        "/settings/people/new/",
        {"name": "Ants Kuusk", "email": "ants@larkhaven.example", "language": "et", "manager": ""},
    )
    assert fan_out(world.at) == 1
