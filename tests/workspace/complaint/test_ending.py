"""Out of scope, withdrawn, reopened."""

import pytest

from amends.complaints import actions
from amends.complaints.models import Reopening, ScopeDecision, Withdrawal
from amends.complaints.stages import Stage
from amends.correspondence.models import Message
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to


def test_out_of_scope_tells_the_complainant_where_to_go(door):
    world = door.world
    complaint = builders.a_complaint(world, language="et")
    assert "Eesti" in text_of(door.get(world.liis, complaint, "scope/"))
    sent = door.post(world.liis, complaint, "scope/", reason="not_us", where_to_go="Pöörduge bussifirma poole.")
    assert went_to(sent, complaint)
    assert ScopeDecision.objects.get().reason == "not_us"
    assert Message.objects.get(thread=complaint.thread, direction="out").text == "Pöörduge bussifirma poole."
    page = text_of(door.get(world.liis, complaint))
    assert "Out of scope" in page
    assert "Nothing more is due." in page


def test_a_withdrawal_keeps_what_they_said(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    assert went_to(door.post(world.liis, complaint, "withdrawal/", reason="It is settled."), complaint)
    made = Withdrawal.objects.get()
    assert (made.reason, made.person) == ("It is settled.", world.liis)


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.WITHDRAWN, Stage.OUT_OF_SCOPE])
def test_what_has_ended_is_taken_up_again(door, stage):
    world = door.world
    complaint = builders.a_complaint(world, stage)
    assert went_to(door.post(world.liis, complaint, "reopening/", reason="It happened again."), complaint)
    assert Reopening.objects.get().reason == "It happened again."
    page = text_of(door.get(world.liis, complaint))
    assert "Reopened" in page
    assert "Assess how serious this is" in page


@pytest.mark.parametrize(
    ("path", "stage", "words"),
    [
        ("scope/", Stage.RECEIVED, ["Choose why it is out of scope", "Write where they can go"]),
        ("reopening/", Stage.CLOSED, ["Write why it is taken up again"]),
    ],
)
def test_reasons_are_needed(door, unchanged, path, stage, words):
    complaint = builders.a_complaint(door.world, stage)
    same = unchanged(complaint)
    answer = door.post(door.world.liis, complaint, path)
    assert answer.status_code == 422
    for sentence in words:
        assert sentence in text_of(answer)
    assert same()


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("scope/", {"reason": "not_us", "where_to_go": "Ask the bus company."}),
        ("withdrawal/", {"reason": "It is settled."}),
    ],
)
def test_somebody_was_faster(door, path, typed):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    seen = complaint.version
    actions.investigate(complaint, by=world.as_(world.liis), at=world.at)
    answer = door.post(world.liis, complaint, path, **typed, seen=seen)
    assert answer.status_code == 409
    assert "Investigation opened" in text_of(answer)
    for text in typed.values():
        assert text in text_of(answer)
