"""The people of a complaint: how to reach them, whom it is about, a new code for them; and taking one over."""

import re

from amends.complaints import actions
from amends.complaints.actions.record_history import HistoricComplaint
from amends.complaints.intake import Contact, Representative
from amends.complaints.models import Complaint, Deadline, Party
from amends.complaints.queries import tracked_by
from amends.complaints.stages import Stage
from amends.journal.models import Entry, ReadEvent
from amends.people.standing import SYSTEM
from tests import builders
from tests.workspace.complaint.conftest import address, text_of, went_to


def test_contact_details_are_asked_for_with_a_reason_recorded_and_shown_once(door):
    world = door.world
    complaint = builders.a_complaint(
        world,
        complainant=Contact(name="Hilda Saar", phone="555 0111"),
        representative=Representative(
            Contact(name="Mari Saar", email="mari@example.org", safe_contact="Only mornings"), relation="daughter"
        ),
    )
    asked = door.get(world.liis, complaint, "identity/")
    assert "mari@example.org" not in text_of(asked)
    bare = door.post(world.liis, complaint, "identity/")
    assert bare.status_code == 422
    assert "Say why you need them" in text_of(bare)
    assert not Entry.objects.filter(event="complaints.identity_revealed").exists()
    shown = door.post(world.liis, complaint, "identity/", reason="contact")
    assert shown.status_code == 200
    for words in ("Mari Saar", "mari@example.org", "Only mornings", "daughter", "Hilda Saar", "555 0111"):
        assert words in text_of(shown), words
    assert "Cache-Control" in shown
    assert shown["Cache-Control"] == "no-store"
    assert Entry.objects.get(event="complaints.identity_revealed").facts == {"reason": "contact"}
    assert ReadEvent.objects.filter(field_group="identity", reason="contact").count() == 1
    assert "mari@example.org" not in text_of(door.get(world.liis, complaint))


def test_a_data_protection_officer_may_see_them_and_top_management_may_not(door):
    world = door.world
    complaint = builders.a_complaint(world)
    assert "mari@example.org" in text_of(door.post(world.dora, complaint, "identity/", reason="check"))
    refused = door.post(world.tom, complaint, "identity/", reason="check")
    assert refused.status_code == 403
    assert "mari@example.org" not in text_of(refused)


def test_of_somebody_anonymous_there_is_nothing_to_show(door):
    complaint = builders.a_complaint(door.world, is_anonymous=True)
    page = text_of(door.get(door.world.liis, complaint))
    assert "<dd>Anonymous</dd>" in page
    assert "/identity/" not in page


def test_whoever_is_named_as_the_subject_loses_the_complaint(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    assert went_to(door.post(world.uma, complaint, "subject/", subject=world.liis.pk), complaint)
    complaint.refresh_from_db()
    assert complaint.handler is None
    assert Party.objects.get(complaint=complaint, role="subject").person == world.liis
    assert door.get(world.liis, complaint).status_code == 404
    assert "Liis Tamm" in text_of(door.get(world.uma, complaint))


def test_whoever_names_themselves_is_led_to_the_queue(door):
    world = door.world
    complaint = builders.a_complaint(world)
    sent = door.post(world.liis, complaint, "subject/", subject=world.liis.pk)
    assert sent["Location"] == "/staff/"


def test_nobody_is_named_twice_and_nobody_unknown(door):
    world = door.world
    complaint = builders.a_complaint(world)
    assert "Choose a person" in text_of(door.post(world.uma, complaint, "subject/", subject=""))
    door.post(world.uma, complaint, "subject/", subject=world.liis.pk)
    again = door.post(world.uma, complaint, "subject/", subject=world.liis.pk)
    assert again.status_code == 422
    assert "This person is named already" in text_of(again)


def test_a_new_access_code_is_shown_once_and_the_old_one_stops(door):
    world = door.world
    receipt = builders.a_receipt(world)
    complaint = receipt.complaint
    assert "Say how you made sure" in text_of(door.post(world.liis, complaint, "access-code/"))
    seen = complaint.version
    shown = door.post(world.liis, complaint, "access-code/", check="called_back", seen=seen)
    assert shown.status_code == 200
    assert shown["Cache-Control"] == "no-store"
    code = re.search(r"<bdi data-code>(\w{6}-\w{6}-\w{6})</bdi>", text_of(shown)).group(1)
    assert tracked_by(complaint.reference, code) is not None
    assert tracked_by(complaint.reference, receipt.access_code) is None
    again = door.post(world.liis, complaint, "access-code/", check="called_back", seen=seen)
    assert again.status_code == 409, "sent once more by the browser it makes no further code"
    assert code not in text_of(door.get(world.liis, complaint))
    assert code not in str(list(Entry.objects.values_list("particulars", flat=True)))


def test_a_foreign_complaint_is_taken_over_and_its_clocks_start(door):
    world = door.world
    historic = HistoricComplaint(
        external_id="7",
        received_at=world.at,
        title="An old one",
        unit=world.water,
        stage=Stage.INVESTIGATING,
        text="Old.",
    )
    actions.record_history([historic], source="oldsys", by=SYSTEM, at=world.at)
    complaint = Complaint.objects.get(external_id="7")
    assert "This complaint came from another system" in text_of(door.get(world.liis, complaint))
    assert went_to(door.post(world.liis, complaint, "takeover/"), complaint)
    complaint.refresh_from_db()
    assert complaint.handler == world.liis
    assert Deadline.objects.get(complaint=complaint).kind == "decision"
    assert "Take over" not in text_of(door.get(world.liis, complaint))


def test_a_complaint_of_our_own_is_not_taken_over(door, unchanged):
    world = door.world
    complaint = builders.a_complaint(world)
    same = unchanged(complaint)
    answer = door.post(world.liis, complaint, "takeover/")
    assert answer.status_code == 422
    assert "The clocks of this complaint run already" in text_of(answer)
    assert f'href="{address(complaint)}"' in text_of(answer)
    assert same()
