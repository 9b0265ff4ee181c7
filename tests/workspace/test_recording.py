"""Writing down a complaint that came by telephone, post or in person."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.complaints.models import Acknowledgement, Complaint, Deadline, Party
from amends.complaints.queries import tracked_by
from amends.correspondence.models import Message
from amends.files.models import StoredFile
from amends.framework.models import Product
from amends.journal.models import Entry
from amends.surveys.models import SimulatedContact
from tests.workspace.test_queue import text_of

pytestmark = pytest.mark.django_db

ONCE = "0123456789abcdef" * 2


def answers(**changes):
    """A telephone call by somebody with a name."""
    usual = {
        "once": ONCE,
        "channel": "phone",
        "language": "en",
        "received_on": "",
        "received_time": "",
        "handler": "",
        "product": "our-services",
        "category": "poor-service",
        "for_whom": "me",
        "text": "The water was switched off and nobody told us.",
        "danger": "no",
        "identity": "named",
        "name": "Mari Saar",
        "contact_by": "phone",
        "phone": "+372 5555 0101",
        "immediate_action": "Sent the emergency team.",
        "read_back": "confirmed",
    }
    return {key: value for key, value in {**usual, **changes}.items() if value is not None}


def record(client, **changes):
    return client.post("/staff/complaints/new/", answers(**changes))


@pytest.fixture
def client(world, as_, at_moment):
    at_moment(world.at)
    return as_(world.liis)


def test_the_form_asks_everything_on_one_page(client):
    page = client.get("/staff/complaints/new/").content.decode()
    for name in ("channel", "received_on", "product", "for_whom", "their_name", "text", "danger", "identity", "email"):
        assert f'name="{name}"' in page
    assert 'autocomplete="name"' not in page
    assert re.search(r'name="once" value="[0-9a-f]{32}"', page)


def test_saved_it_shows_reference_and_code_and_can_be_followed_with_them(client, world):
    response = record(client)
    assert response.status_code == 200
    complaint = Complaint.objects.get()
    found = re.findall(r"<bdi data-code>([^<]+)</bdi>", response.content.decode())
    assert found[0] == complaint.reference
    tracked = tracked_by(*found)
    assert tracked is not None
    assert tracked[0] == complaint
    assert (complaint.channel, complaint.origin, complaint.recorded_by) == ("phone", "staff", world.liis)
    assert complaint.received_at == world.at
    assert Party.objects.get(complaint=complaint).name == "Mari Saar"
    note = Message.objects.get(thread=complaint.thread, direction="note")
    assert note.text == "Sent the emergency team."
    assert Entry.objects.get(event="complaints.received").facts["read_back"] == "confirmed"


def test_sent_twice_it_is_one_complaint_with_the_same_code(client):
    first, second = record(client), record(client)
    assert Complaint.objects.count() == 1
    codes = [re.findall(r"<bdi data-code>([^<]+)</bdi>", each.content.decode()) for each in (first, second)]
    assert codes[0] == codes[1]
    assert "had been saved before" in text_of(second)


def test_the_same_form_with_other_words_is_refused_and_nothing_typed_is_lost(client):
    record(client)
    response = record(client, text="Something else entirely.")
    assert response.status_code == 422
    assert "This form was sent already with other content" in text_of(response)
    assert "Something else entirely." in response.content.decode()
    assert Complaint.objects.count() == 1


def test_a_letter_is_received_on_its_day(client, world):
    record(client, channel="post", received_on="2026-02-24")
    complaint = Complaint.objects.get()
    assert complaint.received_precision == "day"
    assert complaint.received_at == datetime(2026, 2, 24, 0, 0, tzinfo=UTC)
    assert complaint.recorded_at == world.at
    assert Deadline.objects.get(complaint=complaint, kind="acknowledgement").due_at < world.at


def test_a_call_of_yesterday_has_its_minute(client):
    record(client, received_on="01.03.2026", received_time="16:45")
    complaint = Complaint.objects.get()
    assert (complaint.received_at, complaint.received_precision) == (datetime(2026, 3, 1, 16, 45, tzinfo=UTC), "minute")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"received_on": "2026-03-03"}, "The day of receipt cannot be in the future"),
        ({"received_time": "09:00"}, "Enter the day as well, or leave both empty"),
        ({"received_on": "yesterday-ish"}, "Enter a day, like 31.12.2026"),
        ({"channel": ""}, "Choose how it came in"),
        ({"channel": "pigeon"}, "Choose how it came in"),
        ({"text": ""}, "Tell us what happened"),
        ({"text": "x" * 20_001}, "Shorten this to 20000 characters"),
        ({"phone": ""}, "Enter a telephone number, or choose another way to be told"),
        ({"identity": "named", "name": ""}, "Enter your name"),
        ({"for_whom": "someone_else"}, "Enter the name of the person you act for"),
        ({"amount": "a lot"}, "Enter the amount in numbers"),
        ({"read_back": ""}, "Choose whether you read it back"),
        ({"danger": ""}, "Choose whether anyone is in danger now"),
        ({"product": "nonsense"}, "Choose one of the answers shown"),
        ({"language": "xx"}, "Choose a language"),
        ({"when": "day", "occurred_on": "31.02.2026"}, "Enter a date in the past"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_everything_typed_stays(client, changes, words):
    response = record(client, site="Harbour shop", **changes)
    assert response.status_code == 422
    assert words in text_of(response)
    assert "<title>Error: Record a complaint" in response.content.decode()
    assert "Harbour shop" in response.content.decode()
    assert Complaint.objects.count() == 0


@pytest.mark.parametrize("once", ["", "short", "x" * 32, "\x00" * 32])
def test_a_form_without_its_own_key_is_not_taken(client, once):
    assert record(client, once=once).status_code == 422
    assert Complaint.objects.count() == 0


def test_control_characters_are_dropped_and_not_an_error(client):
    record(client, text="One\x00 two", name="Ma\x07ri", site="A\x00B")
    complaint = Complaint.objects.get()
    assert complaint.texts.get().text == "One two"
    assert complaint.site == "AB"


def test_one_can_take_it_on_at_once(client, world):
    record(client, handler=world.liis.pk)
    assert Complaint.objects.get().handler == world.liis


def test_sent_twice_it_is_assigned_once(client, world):
    record(client, handler=world.liis.pk)
    record(client, handler=world.liis.pk)
    assert Entry.objects.filter(event="complaints.assigned").count() == 1


def test_who_does_not_handle_that_unit_cannot_be_given_it_and_nothing_is_saved(client, world):
    response = record(client, handler=world.bruno.pk)
    assert response.status_code == 422
    assert "This person does not handle complaints of that unit" in text_of(response)
    assert Complaint.objects.count() == 0


def test_what_goes_to_another_unit_is_assigned_there(client, world):
    Product.objects.filter(code="our-products").update(lead_unit=world.energy)
    response = record(client, product="our-products", handler=world.liis.pk)
    assert response.status_code == 422
    assert "Complaints about this go to Energy" in text_of(response)
    assert Complaint.objects.count() == 0
    assert record(client, product="our-products").status_code == 200


def test_front_line_writes_it_down_and_confirms_but_assigns_nobody(world, as_, at_moment):
    at_moment(world.at)
    client = as_(world.frida)
    assert 'name="handler"' not in client.get("/staff/complaints/new/").content.decode()
    record(client, handler=world.liis.pk)
    complaint = Complaint.objects.get()
    assert complaint.handler is None
    response = client.post("/staff/complaints/new/told/", {"reference": complaint.reference, "how": "phone"})
    assert response["Location"] == f"/staff/complaints/{complaint.reference}/"
    confirmed = Acknowledgement.objects.get(complaint=complaint)
    assert (confirmed.how, confirmed.is_automatic, confirmed.person) == ("phone", False, world.frida)
    assert Deadline.objects.get(complaint=complaint, kind="acknowledgement").met_at == world.at


@pytest.mark.parametrize(("channel", "how"), [("phone", "phone"), ("post", "post"), ("in_person", "in_person")])
def test_the_way_it_came_is_proposed_for_telling(client, channel, how):
    page = record(client, channel=channel).content.decode()
    assert re.search(rf'name="how" value="{how}"[^>]*checked', page)


def test_telling_needs_a_way_and_a_complaint_one_can_see(client, world, as_):
    record(client)
    reference = Complaint.objects.get().reference
    address = "/staff/complaints/new/told/"
    assert client.post(address, {"reference": reference, "how": "drum"}).status_code == 302
    assert client.post(address, {"reference": "LAU-26-22222222", "how": "phone"}).status_code == 404
    assert as_(world.bruno).post(address, {"reference": reference, "how": "phone"}).status_code == 404
    assert as_(world.dario).post(address, {"reference": reference, "how": "phone"}).status_code == 403
    assert client.get(address).status_code == 405
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize("who", ["mark", "tom", "dario", "dora", "adam", "zoe"])
def test_who_may_not_record(world, as_, who):
    client = as_(getattr(world, who))
    assert client.get("/staff/complaints/new/").status_code == 403
    assert record(client).status_code == 403
    assert Complaint.objects.count() == 0


def test_whose_session_has_ended_keeps_the_text(world, as_):
    response = as_(None).post("/staff/complaints/new/", answers())
    assert response.status_code == 401
    assert Complaint.objects.count() == 0


def test_files_come_with_it(client):
    letter = SimpleUploadedFile("letter.txt", b"Dear company,\nthe water is off.\n", "text/plain")
    response = client.post("/staff/complaints/new/", {**answers(), "attachments": [letter]})
    assert response.status_code == 200
    complaint = Complaint.objects.get()
    assert [each.file.name for each in complaint.thread.messages.get(direction="in").files.all()] == ["letter.txt"]


def test_a_file_that_cannot_be_taken_is_refused_at_its_field(client):
    program = SimpleUploadedFile("program.exe", b"MZ\x90\x00", "application/octet-stream")
    response = client.post("/staff/complaints/new/", {**answers(), "attachments": [program]})
    assert response.status_code == 422
    assert "Choose the files again" in text_of(response)
    assert 'id="id_attachments_error"' in response.content.decode()
    assert Complaint.objects.count() == StoredFile.objects.count() == 0


def test_somebody_who_acts_for_another_is_written_down_with_both(client):
    record(client, for_whom="someone_else", their_name="Juta Saar", relation="daughter", authority="claimed")
    people = dict(Party.objects.values_list("role", "name"))
    assert people == {"complainant": "Juta Saar", "representative": "Mari Saar"}


def test_anonymous_keeps_no_name(client):
    record(client, identity="anonymous")
    complaint = Complaint.objects.get()
    assert complaint.is_anonymous
    assert Party.objects.get(complaint=complaint).name == ""


def test_the_page_is_not_kept_by_the_browser_and_holds_the_code_in_no_address(client):
    response = record(client)
    code = re.findall(r"<bdi data-code>([^<]+)</bdi>", response.content.decode())[1]
    assert response["Cache-Control"] == "no-store"
    assert f"={code}" not in response.content.decode()
    assert timedelta(0) == Complaint.objects.get().recorded_at - Complaint.objects.get().received_at


def test_a_simulated_complaint_is_marked_where_it_is_written_down_by_those_who_may(client, world, as_):
    """Whoever handles complaints is not asked and cannot say so; scenario and reason are owed where it is ticked."""
    assert "is_simulated" not in client.get("/staff/complaints/new/").content.decode()
    made_up = {"is_simulated": "on", "scenario": "Asks for a refund", "reason": "Yearly"}
    assert record(client, **made_up).status_code == 200
    assert not Complaint.objects.get().is_simulated
    clara = as_(world.clara)
    assert "is_simulated" in clara.get("/staff/complaints/new/").content.decode()
    refused = record(clara, once="f" * 32, text="Another one.", **{**made_up, "scenario": ""})
    assert (refused.status_code, "Yearly" in refused.content.decode()) == (422, True)
    assert Complaint.objects.count() == 1
    assert record(clara, once="f" * 32, text="Another one.", **made_up).status_code == 200
    row = SimulatedContact.objects.get()
    assert (row.complaint.is_simulated, row.scenario, row.person) == (True, "Asks for a refund", world.clara)
