"""Recording a complaint: one token is one complaint, nothing is silent, nothing is half."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from amends.complaints import actions
from amends.complaints.actors import Visitor
from amends.complaints.models import CaseText, Complaint, Deadline, Issue, Party
from amends.complaints.queries import tracked_by
from amends.correspondence.models import Message
from amends.journal.models import Entry
from amends.journal.vocabulary import written_moment
from amends.kit.ids import read_reference
from amends.kit.refusal import Refusal
from tests import builders


def refused(code, call):
    with pytest.raises(Refusal) as caught:
        call()
    assert caught.value.code == code
    return caught.value


def test_it_keeps_everything_and_issues_a_reference(world):
    receipt = builders.a_receipt(world)
    complaint = receipt.complaint
    assert read_reference(complaint.reference) == complaint.reference
    assert complaint.texts.get().text == builders.TEXT
    assert complaint.issues.get().category.code == "poor-service"
    assert complaint.parties.get().email == "mari@example.org"
    assert complaint.thread.messages.get().direction == Message.Direction.IN
    assert complaint.lead_unit == world.water
    entry = Entry.objects.get(event="complaints.received")
    assert entry.acting_as == "complainant"
    assert entry.facts["reference"] == complaint.reference
    assert builders.TEXT not in entry.particulars
    assert builders.TEXT in entry.payload.body


def test_reference_and_code_together_open_it_and_nothing_else_does(world):
    one, two = builders.a_receipt(world), builders.a_receipt(world, text="Something else.")
    found = tracked_by(one.complaint.reference.lower().replace("-", " "), one.access_code.lower())
    assert found is not None
    assert found[0] == one.complaint
    assert tracked_by(one.complaint.reference, two.access_code) is None
    assert tracked_by("LAU-26-22222222", one.access_code) is None
    assert tracked_by(one.complaint.reference, "") is None
    assert one.access_code not in str(Complaint.objects.filter(pk=one.complaint.pk).values().get())


def test_the_same_token_is_one_complaint_with_the_same_codes(world):
    first = builders.a_receipt(world, token="a" * 32)
    again = builders.a_receipt(world, token="a" * 32, at=world.at + timedelta(seconds=3))
    assert (again.complaint, again.access_code, again.is_new) == (first.complaint, first.access_code, False)
    assert Complaint.objects.count() == 1


def test_the_same_token_with_other_content_is_refused(world):
    builders.a_receipt(world, token="a" * 32)
    refused("token_reused", lambda: builders.a_receipt(world, token="a" * 32, text="Something else."))
    assert Complaint.objects.count() == 1


def test_the_same_text_again_is_a_new_complaint_marked_as_a_possible_duplicate(world):
    first = builders.a_receipt(world).complaint
    second = builders.a_receipt(world, text=builders.TEXT.upper()).complaint
    assert second.pk != first.pk
    assert second.possible_duplicate_of == first
    late = builders.a_receipt(world, at=world.at + timedelta(days=120)).complaint
    assert late.possible_duplicate_of is None


def test_an_anonymous_complaint_keeps_no_name_and_no_second(world):
    at = world.at.replace(second=42, microsecond=7)
    receipt = actions.receive(
        builders.an_intake(is_anonymous=True), token="b" * 32, by=Visitor(is_anonymous=True), at=at
    )
    party = receipt.complaint.parties.get()
    assert (party.name, party.email, party.phone, party.address) == ("", "", "", "")
    entry = Entry.objects.get(event="complaints.received")
    assert written_moment(entry.at).endswith("00.000000Z")
    for moment in (receipt.complaint.received_at, receipt.complaint.recorded_at, receipt.complaint.stage_since):
        assert (moment.second, moment.microsecond) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"text": "  \n\x00 "}, "text_needed"), ({"text": "x" * 20_001}, "text_too_long")],
)
def test_what_cannot_be_kept_is_refused_with_the_field(world, changes, code):
    refusal = refused(code, lambda: builders.a_receipt(world, **changes))
    assert refusal.field == "text"
    assert Complaint.objects.count() == Entry.objects.filter(subject_kind="complaint").count() == 0


def test_control_characters_go_and_the_rest_stays(world):
    receipt = builders.a_receipt(world, text="Line one\r\nşikâyet\x00 ‮Õismäe\x07")
    assert receipt.complaint.texts.get().text == "Line one\nşikâyet ‮Õismäe"


def test_a_letter_counts_from_the_day_it_came_and_never_from_the_future(world):
    came = world.at - timedelta(days=5)
    staff = world.as_(world.frida)
    intake = builders.an_intake(channel="post", received_at=came, received_precision="day")
    receipt = actions.receive(intake, token="c" * 32, by=staff, at=world.at)
    assert receipt.complaint.recorded_by == world.frida
    assert Deadline.objects.get(complaint=receipt.complaint, kind="decision").starts_at == came
    late = builders.an_intake(received_at=world.at + timedelta(hours=1))
    refused("received_in_future", lambda: actions.receive(late, token="d" * 32, by=staff, at=world.at))


def test_who_may_not_record(world):
    for person in (world.adam, world.dario, world.zoe, world.mark):
        refused(
            "not_permitted",
            lambda person=person: actions.receive(
                builders.an_intake(), token="e" * 32, by=world.as_(person), at=world.at
            ),
        )


def test_nothing_is_left_when_it_fails_half_way(world, monkeypatch):
    module = sys.modules["amends.complaints.actions.receive"]
    monkeypatch.setattr(module, "record", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        builders.a_receipt(world)
    for model in (Complaint, Party, Issue, CaseText, Message, Deadline):
        assert model.objects.count() == 0


def test_fifty_equal_sendings_at_once_are_one_complaint(own_database):
    world = builders.a_world()

    def send(_number):
        try:
            return builders.a_receipt(world, token="f" * 32)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(send, range(50)))
    assert len({(receipt.complaint.pk, receipt.access_code) for receipt in receipts}) == 1
    assert sum(receipt.is_new for receipt in receipts) == 1
    assert Complaint.objects.count() == 1
