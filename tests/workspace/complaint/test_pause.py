"""Letting clocks stand still and run on: what is offered, what is shown before, and what comes of it."""

import pytest

from amends.complaints import actions
from amends.complaints.models import Deadline, Pause
from amends.complaints.stages import Stage
from tests import builders
from tests.complaints.clocks import apply_pack, at, clock
from tests.workspace.complaint.conftest import text_of, went_to

WAIT = Pause.Why.COMPLAINANT


@pytest.fixture
def complaint(door):
    return builders.a_complaint(door.world, Stage.INVESTIGATING)


def test_only_reasons_that_a_running_clock_allows_are_offered(door, complaint):
    page = text_of(door.get(door.world.liis, complaint, "pause/"))
    assert 'value="waiting_for_complainant"' in page
    assert 'value="court"' not in page
    assert "Decision" in page
    assert "Acknowledgement" not in page.split("<form")[1].split("Clocks that are not named")[0]


def test_it_shows_until_when_at_most_and_what_the_date_would_be_then(door, complaint, at_moment):
    page = text_of(door.get(door.world.liis, complaint, "pause/"))
    actions.pause(
        complaint, why=WAIT, reason="x", by=door.world.as_(door.world.liis), at=at(2, 10)
    )  # the moment at which the page was looked at
    standing = clock(complaint, "decision")
    assert f"{standing.due_at.day} {standing.due_at:%B %Y}" in page
    ends_by = Pause.objects.get().ends_by
    assert f"{ends_by.day} {ends_by:%B %Y}" in page


def test_the_clock_stands_still_with_its_reason(door, complaint):
    typed = {"why": WAIT, "reason": "The receipt, asked for on 2 March"}
    assert went_to(door.post(door.world.liis, complaint, "pause/", **typed), complaint)
    pause = Pause.objects.get()
    assert (pause.why, pause.reason, pause.begun_by) == (WAIT, "The receipt, asked for on 2 March", door.world.liis)
    assert clock(complaint, "decision").is_paused
    assert "The clocks stand still" in text_of(door.get(door.world.liis, complaint))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"why": "", "reason": "x"}, "Choose what we wait for"),
        ({"why": "court", "reason": "x"}, "Choose what we wait for"),
        ({"why": WAIT, "reason": ""}, "Say what you are waiting for."),
    ],
)
def test_a_mistake_stands_at_its_field_and_nothing_stops(door, complaint, unchanged, typed, words):
    same = unchanged(complaint)
    answer = door.post(door.world.liis, complaint, "pause/", **typed)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert same()
    assert not Pause.objects.exists()


def test_where_the_rules_allow_none_there_is_no_form(door):
    apply_pack(door.world, "estonia")
    complaint = builders.a_complaint(door.world, Stage.INVESTIGATING)
    answer = door.get(door.world.liis, complaint, "pause/")
    assert answer.status_code == 422
    assert "No clock of this complaint may stand still now" in text_of(answer)


def test_somebody_who_was_faster_is_told(door, complaint):
    version = complaint.version
    door.post(door.world.liis, complaint, "assignment/", unit=complaint.lead_unit_id, handler=complaint.handler_id)
    actions.add_issue(complaint_of(complaint), summary="More", category=None, by=liis_of(door), at=at(2))
    answer = door.post(door.world.liis, complaint, "pause/", seen=version, why=WAIT, reason="The receipt")
    assert answer.status_code == 409
    assert "The receipt" in text_of(answer)
    assert not Pause.objects.exists()


def complaint_of(complaint):
    complaint.refresh_from_db()
    return complaint


def liis_of(door):
    return door.world.as_(door.world.liis)


def test_it_runs_on_with_the_date_that_was_shown(door, complaint, at_moment):
    actions.pause(complaint, why=WAIT, reason="The receipt", by=liis_of(door), at=at(3))
    at_moment(at(6))
    page = text_of(door.get(door.world.liis, complaint, "resumption/"))
    assert "The receipt" in page
    assert "26 March 2026" in page
    assert went_to(door.post(door.world.liis, complaint, "resumption/"), complaint)
    decision = clock(complaint, "decision")
    assert not decision.is_paused
    assert (decision.due_at.day, decision.due_at.month) == (26, 3)


def test_what_runs_cannot_run_on(door, complaint):
    answer = door.get(door.world.liis, complaint, "resumption/")
    assert answer.status_code == 422
    assert "All clocks of this complaint are running already." in text_of(answer)
    assert door.post(door.world.liis, complaint, "resumption/").status_code == 422


def test_who_may_not_move_clocks_moves_none(door, complaint, unchanged):
    same = unchanged(complaint)
    for path in ("pause/", "resumption/", "rules/", "deadlines/2/extension/"):
        assert door.post(door.world.dario, complaint, path).status_code == 403
        assert door.post(door.world.bruno, complaint, path).status_code in {403, 404}
    assert same()
    assert not Deadline.objects.filter(is_paused=True).exists()
