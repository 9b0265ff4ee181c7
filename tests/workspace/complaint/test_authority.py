"""The permission of a representative on the staff side: recorded, shown where one looks, ended."""

from datetime import timedelta

from amends.complaints import actions
from amends.complaints.models import Acknowledgement, ActingAuthority, Party
from amends.complaints.stages import Stage
from tests import builders
from tests.complaints.test_acting import permit, represented
from tests.portal.visitor import a_photo
from tests.workspace.complaint.conftest import text_of, went_to

TYPED = {"scope": "Everything", "valid_until": "2026-03-10", "letters_to": "complainant"}


def test_it_is_recorded_with_its_document_and_stands_on_the_complaint(door):
    world = door.world
    complaint = represented(world)
    page = text_of(door.get(world.liis, complaint))
    assert "No permission yet" in page
    bare = door.post(world.liis, complaint, "authority/", **TYPED)
    assert bare.status_code == 422
    assert "Add the document, or say where the paper is kept." in text_of(bare)
    assert went_to(
        door.post(world.liis, complaint, "authority/", document=a_photo("permission.jpg"), **TYPED), complaint
    )
    authority = ActingAuthority.objects.get()
    assert authority.document.attached_at is not None
    page = text_of(door.get(world.liis, complaint))
    assert "Seen, valid until 10 March 2026" in page
    assert "Permission ends soon" in page
    assert "To the complainant" in page
    files = text_of(door.get(world.liis, complaint, "files/"))
    assert "Permission of the representative" in files
    saved = door.get(world.liis, complaint, f"files/{authority.document.token}/")
    assert saved["Content-Disposition"].startswith("attachment")
    assert went_to(door.post(world.liis, complaint, "authority/end/", reason="taken_back"), complaint)
    assert Party.objects.get(complaint=complaint, role="representative").authority == "ended"
    assert "No permission yet" in text_of(door.get(world.liis, complaint))
    assert "The complainant has taken it back" in text_of(door.get(world.liis, complaint))


def test_it_is_said_in_the_queue_until_it_is_there(door, as_):
    world = door.world
    complaint = represented(world, Stage.INVESTIGATING)
    assert "ermission" not in text_of(door.client(world.liis).get("/staff/"))
    permit(world, complaint, valid_until=(world.at + timedelta(days=3)).date())
    assert "Permission ends soon" in text_of(door.client(world.liis).get("/staff/"))


def test_a_decision_that_may_not_go_out_asks_for_the_permission_first(door, at_moment):
    world = door.world
    complaint = represented(world, Stage.DECIDED)
    _authority, complaint = permit(world, complaint)
    actions.acknowledge(complaint, how=Acknowledgement.How.PHONE, by=world.as_(world.liis), at=world.at)
    assert "It goes to:" in text_of(door.get(world.liis, complaint, "communication/"))
    at_moment(world.at + timedelta(days=9))
    page = text_of(door.get(world.liis, complaint))
    assert "acts for somebody and has no permission" in page
    assert "Permission has run out" in page
    held = door.post(world.liis, complaint, "communication/", channel="post", answer_by="2026-04-08")
    assert held.status_code == 422
    complaint.refresh_from_db()
    assert complaint.stage == Stage.DECIDED


def test_where_nobody_acts_for_the_complainant_there_is_no_such_page(door):
    world = door.world
    complaint = builders.a_complaint(world)
    assert "authority/" not in text_of(door.get(world.liis, complaint))
    assert door.get(world.liis, complaint, "authority/").status_code == 422
    assert door.get(world.bruno, complaint, "authority/").status_code == 404
