"""Every step, tried by those who may not and at stages where it cannot be taken: refused, and nothing has changed."""

import pytest

from amends.complaints import actions
from amends.complaints.models import Issue
from amends.complaints.stages import Stage
from tests import builders
from tests.workspace.complaint.conftest import text_of

#: Address, a stage at which the step can be taken, and one at which it cannot.
STEPS = [
    ("acknowledgement/", Stage.RECEIVED, Stage.CLOSED),
    ("assessment/", Stage.RECEIVED, Stage.CLOSED),
    ("assignment/", Stage.ASSESSED, Stage.CLOSED),
    ("investigation/", Stage.ASSESSED, Stage.RECEIVED),
    ("points/", Stage.INVESTIGATING, Stage.COMMUNICATED),
    ("findings/1/", Stage.INVESTIGATING, Stage.ASSESSED),
    ("response/", Stage.INVESTIGATING, Stage.COMMUNICATED),
    ("communication/", Stage.DECIDED, Stage.COMMUNICATED),
    ("decision/", Stage.COMMUNICATED, Stage.CLOSED),
    ("attempts/", Stage.COMMUNICATED, Stage.CLOSED),
    ("remedies/1/proof/", Stage.ACCEPTED, Stage.CLOSED),
    ("referral/", Stage.REJECTED, Stage.INVESTIGATING),
    ("referral/result/", Stage.EXTERNAL, Stage.REJECTED),
    ("scope/", Stage.RECEIVED, Stage.DECIDED),
    ("closure/", Stage.VERIFIED, Stage.INVESTIGATING),
    ("reopening/", Stage.CLOSED, Stage.VERIFIED),
    ("withdrawal/", Stage.RECEIVED, Stage.WITHDRAWN),
    ("subject/", Stage.RECEIVED, Stage.CLOSED),
    ("takeover/", Stage.RECEIVED, Stage.CLOSED),
    ("pause/", Stage.INVESTIGATING, Stage.CLOSED),
    ("resumption/", Stage.INVESTIGATING, Stage.CLOSED),
    ("deadlines/2/extension/", Stage.INVESTIGATING, Stage.CLOSED),
    ("rules/", Stage.INVESTIGATING, Stage.CLOSED),
    ("messages/", Stage.INVESTIGATING, None),
    ("notes/", Stage.INVESTIGATING, None),
    ("replies/", Stage.INVESTIGATING, None),
    ("identity/", Stage.INVESTIGATING, None),
    ("access-code/", Stage.INVESTIGATING, None),
]
#: Steps of those who lead or decide.
OTHERS = [
    ("approval/", Stage.PROPOSED, Stage.DECIDED),
    ("remedies/verification/", Stage.REMEDIED, Stage.ACCEPTED),
    ("review/", Stage.REJECTED, Stage.COMMUNICATED),
    ("remedies/1/reason/", Stage.EXTERNAL, Stage.ACCEPTED),
]


LEADERS = {path for path, _stage, _wrong in OTHERS}


def test_nobody_from_outside_takes_a_step(door, unchanged):
    """Another unit, an auditor, an administrator, the front line, and somebody without any role."""
    world = door.world
    at_stage = {stage: builders.a_complaint(world, stage) for stage in {step[1] for step in [*STEPS, *OTHERS]}}
    for path, stage, _wrong in [*STEPS, *OTHERS]:
        same = unchanged(at_stage[stage])
        for person in (world.bruno, world.dario, world.adam, world.frida, world.zoe):
            status = door.post(person, at_stage[stage], path).status_code
            assert status in {403, 404}, f"{person.name} at {path}: {status}"
        assert same(), path


def test_somebody_behind_a_wall_does_not_find_it(door, unchanged):
    world = door.world
    complaint = builders.a_complaint(world, Stage.RECEIVED)
    actions.name_subject(complaint, world.liis, by=world.as_(world.uma), at=world.at)
    actions.name_subject(complaint, world.mark, by=world.as_(world.uma), at=world.at)
    same = unchanged(complaint)
    for path in ("", "original/", "investigation/", "response/", "files/", "trail/"):
        assert door.get(world.liis, complaint, path).status_code == 404, path
    for path, _stage, _wrong in [*STEPS, *OTHERS]:
        person = world.mark if path in LEADERS else world.liis
        assert door.post(person, complaint, path).status_code == 404, path
    assert same()


def test_a_step_out_of_turn_is_refused_with_a_sentence_and_the_way_back(door, unchanged):
    world = door.world
    steps = [(path, wrong) for path, _stage, wrong in [*STEPS, *OTHERS] if wrong is not None]
    at_stage = {stage: builders.a_complaint(world, stage) for stage in {wrong for _path, wrong in steps}}
    text = "A long text that I have written and do not want to lose. " * 3
    for path, wrong in steps:
        complaint, person = at_stage[wrong], world.mark if path in LEADERS else world.liis
        same = unchanged(complaint)
        sent = door.post(person, complaint, path, text=text)
        assert sent.status_code == 422, path
        assert "not possible at the stage" in text_of(sent), path
        assert text.strip() in text_of(sent), path
        assert f'href="/staff/complaints/{complaint.reference}/"' in text_of(sent), path
        if path not in {"investigation/", "response/"}:  # tabs, which can be read at every stage
            opened = door.get(person, complaint, path)
            assert opened.status_code == 422, path
            assert "not possible at the stage" in text_of(opened), path
        assert same(), path


def test_a_handler_decides_nothing(door, unchanged):
    world = door.world
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    same = unchanged(complaint)
    assert door.post(world.liis, complaint, "approval/", verdict="approve").status_code == 403
    assert same()


def test_a_decision_maker_handles_nothing(door, unchanged):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    same = unchanged(complaint)
    for path in ("assessment/", "assignment/", "findings/1/", "messages/", "withdrawal/"):
        assert door.post(world.mark, complaint, path).status_code == 403
    assert same()


def test_signed_out_a_page_leads_to_the_sign_in_and_a_form_keeps_its_text(door, as_, unchanged):
    complaint = builders.a_complaint(door.world)
    same = unchanged(complaint)
    nobody = as_(None)
    opened = nobody.get(f"/staff/complaints/{complaint.reference}/assessment/")
    assert opened.status_code == 302
    assert opened["Location"].startswith("/accounts/login/?next=/staff/complaints/")
    sent = nobody.post(
        f"/staff/complaints/{complaint.reference}/notes/",
        {"note-text": "A note.\nOf two lines."},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert sent.status_code == 401
    assert "Of two lines." in text_of(sent)
    assert same()


@pytest.mark.parametrize("reference", ["LAU-26-AAAAAAAA", "nonsense", "%00", "LAU-26-' OR 1=1"])
def test_a_reference_that_is_none_is_not_found(door, reference):
    client = door.client(door.world.liis)
    assert client.get(f"/staff/complaints/{reference}/").status_code == 404
    assert client.post(f"/staff/complaints/{reference}/notes/", {}).status_code == 404


def test_points_remedies_files_and_entries_of_another_complaint_are_not_found(door):
    world = door.world
    mine = builders.a_complaint(world, Stage.INVESTIGATING)
    other = builders.a_complaint(world, Stage.ACCEPTED, points=2)
    assert Issue.objects.filter(complaint=other, number=2).exists()
    for path in (
        "findings/2/",
        f"findings/{10**30}/",
        "trail/00000000000000000000000000000000/",
        "trail/x/",
        "files/x/",
    ):
        assert door.get(world.liis, mine, path).status_code == 404, path
    accepted = builders.a_complaint(world, Stage.ACCEPTED)
    for number in (0, 2, 10**30):
        assert door.get(world.liis, accepted, f"remedies/{number}/proof/").status_code == 404
