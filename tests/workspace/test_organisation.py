"""Details of the organisation: who changes them, in which languages, and what happens to two changes at once."""

import re

import pytest

from amends.framework.models import Organisation
from amends.journal.models import Entry
from tests.workspace.test_queue import text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/settings/organisation/"


def answers(**changes):
    usual = {
        "seen": "1",
        "name": "Larkhaven Utilities",
        "languages": ["en", "et", "tr"],
        "email": "complaints@larkhaven.example",
        "phone": "0800 555 0142",
        "phone_hours_en": "Monday to Friday, 8 to 18",
        "phone_hours_et": "E–R 8–18",
        "phone_hours_tr": "",
        "post_address": "PO Box 1",
        "visit_address": "1 Harbour Street",
        "emergency_phone": "999",
        "external_body_en": "the Ombudsman",
        "external_body_et": "lepituskogu",
        "external_body_tr": "hakem heyeti",
        "profile": "full",
        "portal_is_open": "on",
    }
    return {**usual, **changes}


def test_everything_is_saved_per_language(world, as_):
    response = as_(world.adam).post(ADDRESS, answers())
    assert response["Location"] == ADDRESS
    organisation = Organisation.objects.get()
    assert organisation.phone_hours.as_dict() == {"en": "Monday to Friday, 8 to 18", "et": "E–R 8–18"}
    assert organisation.external_body["et"] == "lepituskogu"
    assert organisation.visit_address == "1 Harbour Street"
    assert organisation.version == 2
    assert Entry.objects.filter(event="framework.organisation_changed").count() == 1


def test_the_portal_can_be_closed_and_a_language_taken_away_without_losing_its_texts(world, as_):
    client = as_(world.clara)
    client.post(ADDRESS, answers())
    client.post(ADDRESS, {**answers(seen="2", languages=["en"]), "portal_is_open": ""})
    organisation = Organisation.objects.get()
    assert organisation.portal_is_open is False
    assert organisation.languages == ["en"]
    assert organisation.external_body["et"] == "lepituskogu"
    assert "external_body_et" not in client.get(ADDRESS).content.decode()
    client.post(ADDRESS, answers(seen="3", external_body_en="a court"))
    assert Organisation.objects.get().external_body["et"] == "lepituskogu"


def test_an_older_version_shows_both_and_overwrites_nothing(world, as_):
    as_(world.clara).post(ADDRESS, answers(phone="111"))
    client = as_(world.adam)
    response = client.post(ADDRESS, answers(phone="222", portal_is_open=""))
    assert response.status_code == 409
    said = text_of(response)
    assert "Somebody else changed this while you were writing" in said
    versions = re.findall(r"Saved now (\S+) Yours, not saved (\S+)", said)
    assert ("111", "222") in versions
    assert ("Yes", "No") in versions
    assert Organisation.objects.get().phone == "111"
    page = response.content.decode()
    assert 'name="seen" value="2"' in page
    assert re.search(r'name="phone" value="222"', page)
    assert client.post(ADDRESS, answers(seen="2", phone="222")).status_code == 302
    assert Organisation.objects.get().phone == "222"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "Enter the name of the organisation"),
        ({"name": "x" * 121}, "Shorten this to 120 characters"),
        ({"languages": []}, "Choose at least one language"),
        ({"languages": ["xx"]}, "Choose one of the answers shown"),
        ({"email": "nobody"}, "Enter an e-mail address, like name@example.com"),
        ({"profile": "huge"}, "Choose one of the answers shown"),
        ({"external_body_en": "x" * 301}, "Shorten this to 300 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(world, as_, changes, words):
    response = as_(world.adam).post(ADDRESS, answers(phone="222", **changes))
    assert response.status_code == 422
    assert words in text_of(response)
    assert 'value="222"' in response.content.decode()
    assert Organisation.objects.get().version == 1


@pytest.mark.parametrize("who", ["tom", "dario", "dora"])
def test_who_may_look_but_not_change_reads_it(world, as_, who):
    client = as_(getattr(world, who))
    page = client.get(ADDRESS)
    assert "complaints@larkhaven.example" in text_of(page)
    assert '<form class="mt-4 stack"' not in page.content.decode()
    assert client.post(ADDRESS, answers(name="Mine")).status_code == 403
    assert Organisation.objects.get().name == "Larkhaven Utilities"


@pytest.mark.parametrize("who", ["liis", "mark", "uma", "frida", "zoe"])
def test_who_sees_no_settings(world, as_, who):
    client = as_(getattr(world, who))
    assert client.get(ADDRESS).status_code == client.post(ADDRESS, answers()).status_code == 403
    assert client.get("/settings/").status_code == 403


@pytest.mark.parametrize(
    ("who", "count", "hidden"), [("adam", 23, ""), ("clara", 23, ""), ("tom", 22, "System"), ("dora", 22, "System")]
)
def test_the_index_shows_what_a_role_may_see(world, as_, who, count, hidden):
    client = as_(getattr(world, who))
    page = client.get("/settings/").content.decode()
    addresses = re.findall(r'<h2>.*?href="([^"]+)"', page)
    assert len(addresses) == count
    assert all(client.get(address).status_code == 200 for address in addresses)
    assert not hidden or f">{hidden}</a>" not in page
