"""Receipt confirmed by a person."""

from amends.complaints import actions
from amends.complaints.intake import Contact
from amends.complaints.models import Acknowledgement, Deadline
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to


def test_it_meets_the_clock_and_is_not_asked_for_any_more(door):
    world = door.world
    complaint = builders.a_complaint(world, complainant=Contact(name="Mari Saar", phone="555 0100"))
    page = text_of(door.get(world.liis, complaint))
    assert "Receipt is not confirmed yet. Tell Mari Saar that we have the complaint." in page
    sent = door.post(world.liis, complaint, "acknowledgement/", how="phone", note="Spoke to her.")
    assert went_to(sent, complaint)
    made = Acknowledgement.objects.get(complaint=complaint)
    assert (made.how, made.is_automatic, made.person, made.note) == ("phone", False, world.liis, "Spoke to her.")
    assert Deadline.objects.get(complaint=complaint, kind="acknowledgement").met_at is not None
    page = text_of(door.get(world.liis, complaint))
    assert "Receipt is not confirmed yet" not in page
    assert "/acknowledgement/" not in page


def test_whoever_took_the_complaint_down_may_confirm_it(door):
    world = door.world
    receipt = actions.receive(builders.an_intake(), token="t" * 32, by=world.as_(world.frida), at=world.at)
    sent = door.post(world.frida, receipt.complaint, "acknowledgement/", how="in_person")
    assert went_to(sent, receipt.complaint)


def test_how_has_to_be_said_and_the_page_shown_is_not_ours_to_claim(door):
    world = door.world
    complaint = builders.a_complaint(world)
    assert "Choose how receipt was confirmed" in text_of(door.post(world.liis, complaint, "acknowledgement/"))
    assert door.post(world.liis, complaint, "acknowledgement/", how="page").status_code == 422
    assert not Acknowledgement.objects.filter(complaint=complaint, is_automatic=False).exists()
