"""The pages by which an entry becomes void and counts again; what the register, the queue and the complainant see."""

from amends.complaints.models import Complaint, Voiding
from amends.complaints.stages import Stage
from amends.framework.models import Organisation
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to

ASKED = {"why": "test", "reason": "I tried the new form."}


def stage_of(complaint: Complaint) -> str:
    return Complaint.objects.values_list("stage", flat=True).get(pk=complaint.pk)


def test_asked_looked_at_confirmed_and_taken_up_again(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    assert "Ask that it be void" in text_of(door.get(world.liis, complaint))
    assert door.post(world.liis, complaint, "voiding/", why="test").status_code == 422
    assert went_to(door.post(world.liis, complaint, "voiding/", **ASKED), complaint)
    assert stage_of(complaint) == Stage.INVESTIGATING
    page = text_of(door.get(world.liis, complaint))
    assert "A second person has to confirm it" in page
    assert "voiding/decision/" not in page
    page = text_of(door.get(world.uma, complaint))
    assert "voiding/decision/" in page
    page = text_of(door.get(world.uma, complaint, "voiding/decision/"))
    assert ASKED["reason"] in page
    answer = door.post(world.uma, complaint, "voiding/decision/", verdict="stands", comment="")
    assert (answer.status_code, Voiding.objects.get().state) == (422, Voiding.State.ASKED)
    assert door.post(world.liis, complaint, "voiding/decision/", verdict="void").status_code in {403, 404}
    assert went_to(door.post(world.uma, complaint, "voiding/decision/", verdict="void"), complaint)
    assert stage_of(complaint) == Stage.VOID
    page = text_of(door.get(world.liis, complaint))
    assert "This entry is void" in page
    assert "Uma Patel" in page
    assert "composer-message" not in page
    auditor = door.client(world.dario)
    register = text_of(auditor.get("/staff/register/", {"void": "void"}))
    assert complaint.reference in register
    assert f"Recorded as a test: {ASKED['reason']}" in register
    assert complaint.reference not in text_of(auditor.get("/staff/register/", {"void": "none"}))
    assert complaint.reference not in text_of(door.client(world.liis).get("/staff/complaints/?view=all"))
    assert went_to(door.post(world.uma, complaint, "voiding/end/", reason="Mari Saar has called."), complaint)
    assert stage_of(complaint) == Stage.INVESTIGATING


def test_whoever_asked_cannot_confirm_and_keeps_what_was_typed(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    assert went_to(door.post(world.uma, complaint, "voiding/", **ASKED), complaint)
    answer = door.post(world.uma, complaint, "voiding/decision/", verdict="void", comment="Yes, yes.")
    assert answer.status_code == 422
    assert "Somebody else who leads has to" in text_of(answer)
    assert "Yes, yes." in text_of(answer)
    Organisation.objects.update(profile=Organisation.Profile.SMALL)
    assert went_to(door.post(world.uma, complaint, "voiding/decision/", verdict="void"), complaint)
    assert stage_of(complaint) == Stage.VOID
    assert door.get(world.clara, complaint, "voiding/decision/").status_code == 422
