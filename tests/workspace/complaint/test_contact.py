"""Earlier complaints of the same person on the staff side, and their adjustments."""

import pytest

from amends.complaints import actions
from amends.complaints.intake import Contact as Given
from amends.complaints.models import Contact, Need, Party
from amends.journal.models import Entry, ReadEvent
from amends.journal.pseudonyms import name_of
from amends.workspace.naming import address_of_contact
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to

MAIL = "mari@example.org"


@pytest.fixture
def three(world):
    """Three complaints of one person with one address."""
    who = Given(name="Mari Saar", email=MAIL, phone="5555 0142")
    return [builders.a_complaint(world, complainant=who, text=f"Number {n}") for n in range(3)]


def contact_of(complaint):
    return Party.objects.get(complaint=complaint, role="complainant").contact


def choice(world, complaint, contact=None):
    if contact is None:
        return "complainant-new"
    return "complainant-" + address_of_contact(contact).split("/")[-2].replace("-", "")


def test_linking_shows_the_other_complaints_and_that_somebody_complains_repeatedly(door, three):
    world = door.world
    liis = world.liis
    assert "known already" not in text_of(door.get(liis, three[0], "contact/"))
    assert went_to(door.post(liis, three[0], "contact/", contact=choice(world, three[0])), three[0])
    contact = contact_of(three[0])
    assert "0 other complaints" in text_of(door.get(liis, three[0]))
    for complaint in three[1:]:
        assert "Mari Saar is Mari Saar, known already" in text_of(door.get(liis, complaint, "contact/"))
        assert went_to(door.post(liis, complaint, "contact/", contact=choice(world, complaint, contact)), complaint)
    page = text_of(door.get(liis, three[2]))
    assert "2 other complaints, complains repeatedly" in page
    assert address_of_contact(contact) in page
    assert door.get(liis, three[2], "contact/").status_code == 422
    for who in (world.dario, world.tom):
        assert "complains repeatedly" not in text_of(door.get(who, three[2]))
    assert went_to(door.post(liis, three[2], "contact/complainant/unlinking/"), three[2])
    assert "1 other complaint<" in text_of(door.get(liis, three[1]))


def test_the_page_of_a_person_lists_their_complaints_and_hides_their_addresses(door, three):
    world = door.world
    liis = world.as_(world.liis)
    contact = actions.link_contact(three[0], "complainant", None, by=liis, at=world.at)
    actions.link_contact(three[1], "complainant", contact, by=liis, at=world.at)
    here, client = address_of_contact(contact), door.client(world.liis)
    page = text_of(client.get(here))
    assert [complaint.reference in page for complaint in three] == [True, True, False]
    assert MAIL not in page
    assert client.post(here).status_code == 422
    shown = text_of(client.post(here, {"reason": "contact"}))
    assert MAIL in shown
    read = ReadEvent.objects.get(subject_kind="contact", field_group="identity")
    assert read.reason == "contact"
    for who in (world.bruno, world.dario):
        assert door.client(who).get(here).status_code in {403, 404}
    assert "Mari Saar" in text_of(client.get("/staff/contacts/?q=saar"))
    assert "Nobody of this name" in text_of(door.client(world.bruno).get("/staff/contacts/?q=saar"))


def test_a_list_of_many_costs_what_a_list_of_one_costs(door, three, django_assert_max_num_queries):
    world = door.world
    liis = world.as_(world.liis)
    contact = actions.link_contact(three[0], "complainant", None, by=liis, at=world.at)
    here, client = address_of_contact(contact), door.client(world.liis)
    client.get(here)
    with django_assert_max_num_queries(100) as one:
        client.get(here)
    for complaint in three[1:]:
        actions.link_contact(complaint, "complainant", contact, by=liis, at=world.at)
    with django_assert_max_num_queries(len(one)):
        client.get(here)
    with django_assert_max_num_queries(100) as alone:
        client.get("/staff/contacts/?q=saar")
    for number in range(5):
        who = Given(name=f"Juta Saar {number}")
        other = builders.a_complaint(world, complainant=who, text=f"Juta {number}")
        actions.link_contact(other, "complainant", None, by=liis, at=world.at)
    assert Contact.objects.count() == 6
    with django_assert_max_num_queries(len(alone)):
        assert "Juta Saar 4" in text_of(client.get("/staff/contacts/?q=saar"))


def test_a_correction_asks_whether_open_complaints_follow(door, three):
    world = door.world
    liis = world.as_(world.liis)
    contact = actions.link_contact(three[0], "complainant", None, by=liis, at=world.at)
    here, client = address_of_contact(contact) + "correction/", door.client(world.liis)
    assert "Open complaints follow" in text_of(client.get(here))
    typed = {"kind": "email", "instead_of": MAIL, "value": "mari@new.example", "follow": "on"}
    for changes, words in (
        ({"value": "nonsense"}, "Enter an e-mail address"),
        ({"kind": "phone"}, "Choose one of the same kind"),
    ):
        answer = client.post(here, {**typed, **changes})
        assert answer.status_code == 422
        assert words in text_of(answer)
    sent = client.post(here, typed)
    assert sent.status_code == 302
    assert "1 open complaint follows" in text_of(client.get(sent["Location"]))
    assert Party.objects.get(complaint=three[0]).email == "mari@new.example"


# ---------------------------------------------------------------- adjustments


def test_everybody_reads_what_to_do_and_why_only_with_a_reason(door):
    world = door.world
    complaint = builders.a_complaint(world)
    day = world.at.date().isoformat()
    typed = {
        "adjustment": "Large print",
        "driver": "health",
        "text": "CANARY sight",
        "basis": "spoken",
        "basis_on": day,
    }
    assert went_to(door.post(world.liis, complaint, "adjustments/", **typed), complaint)
    for who in (world.liis, world.uma, world.mark):
        page = text_of(door.get(who, complaint))
        assert "Large print" in page
        assert "CANARY" not in page
    for path in ("adjustments/", "adjustments/why/", "trail/"):
        assert "CANARY" not in text_of(door.get(world.liis, complaint, path))
    assert "CANARY" not in text_of(door.post(world.liis, complaint, "adjustments/why/"))
    assert "CANARY" in text_of(door.post(world.liis, complaint, "adjustments/why/", reason="talk"))
    assert ReadEvent.objects.get(field_group="needs").reason == "talk"
    for who in (world.dario, world.mark):
        assert "CANARY" not in text_of(door.post(who, complaint, "adjustments/why/", reason="talk"))
    assert went_to(door.post(world.liis, complaint, "adjustments/1/given/", how="In 18 points"), complaint)
    assert "Large print (given)" in text_of(door.get(world.liis, complaint))
    assert went_to(door.post(world.uma, complaint, "adjustments/1/consent/"), complaint)
    assert "Large print" not in text_of(door.get(world.liis, complaint))
    assert Need.objects.get().text == ""
    assert Entry.objects.filter(event="complaints.consent_withdrawn").count() == 1


def test_somebody_known_twice_is_merged_and_parted_on_their_page(door):
    world = door.world
    client, made = door.client(world.liis), []
    for name, text in (("Mari Saar", "One"), ("Mari Kask", "Two")):
        complaint = builders.a_complaint(world, complainant=Given(name=name, email="mari@example.org"), text=text)
        by = world.as_(world.liis)
        contact = actions.link_contact(complaint, "complainant", None, by=by, at=world.at)
        made.append((complaint, name_of(contact.subject)))
    (first, one), (second, other) = made
    page = text_of(client.get(f"/staff/contacts/{one}/merge/"))
    assert f"Mari Kask · {second.reference}" in page
    assert "Nobody of this name" in text_of(client.get(f"/staff/contacts/{one}/merge/?q=zzz"))
    assert client.post(f"/staff/contacts/{one}/merge/", {"other": str(other), "reason": ""}).status_code == 422
    assert client.post(f"/staff/contacts/{one}/merge/", {"other": str(one), "reason": "x"}).status_code == 422
    answer = client.post(f"/staff/contacts/{one}/merge/", {"other": str(other), "reason": "She married"})
    assert answer["Location"] == f"/staff/contacts/{other}/"
    # Somebody who had the page open is too late; nobody is left to choose, and their words come back.
    late = client.post(f"/staff/contacts/{one}/merge/", {"other": str(other), "reason": "Same flat"})
    assert late.status_code == 422
    assert 'value="Same flat"' in late.content.decode()
    for name in (one, other):
        page = text_of(client.get(f"/staff/contacts/{name}/"))
        assert first.reference in page
        assert second.reference in page
        assert "She married" in page
    assert "the same person as somebody else" in text_of(client.get("/staff/contacts/?q=saar"))
    assert "1 other complaint" in text_of(door.get(world.liis, first))
    assert door.client(world.bruno).get(f"/staff/contacts/{one}/merge/").status_code == 404
    answer = client.post(f"/staff/contacts/{one}/merge/end/", {"reason": "Two cousins"})
    assert answer["Location"] == f"/staff/contacts/{one}/"
    assert second.reference not in text_of(client.get(f"/staff/contacts/{one}/"))
    assert client.get(f"/staff/contacts/{one}/merge/end/").status_code == 404
