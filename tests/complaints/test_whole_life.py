"""Every stage is reached through the verbs, and what must always be true stays true on the way."""

import pytest

from amends.complaints.models import Complaint, Deadline
from amends.complaints.stages import Stage
from amends.kit.invariants import all_invariants
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", list(builders.WAY_TO))
def test_every_stage_is_reached_and_breaks_no_invariant(world, stage):
    complaint = builders.a_complaint(world, stage)
    assert complaint.stage == stage
    violations = {rule.name: list(rule.check()) for rule in all_invariants()}
    assert not {name: found for name, found in violations.items() if found}


def test_there_is_a_way_to_every_stage():
    assert set(Stage) == set(builders.WAY_TO)


def test_a_received_complaint_owes_a_confirmation_in_two_and_a_decision_in_fifteen_working_days(world):
    complaint = builders.a_complaint(world)
    due = dict(Deadline.objects.filter(complaint=complaint).values_list("kind", "due_at"))
    assert due["acknowledgement"].isoformat() == "2026-03-04T17:00:00+00:00"
    assert due["decision"].isoformat() == "2026-03-23T17:00:00+00:00"
    assert (complaint.next_due_kind, complaint.next_due_at) == ("acknowledgement", due["acknowledgement"])


def test_an_ended_complaint_owes_nothing(world):
    complaint = builders.a_complaint(world, Stage.CLOSED)
    assert (complaint.next_due_at, complaint.next_due_kind) == (None, "")
    assert Complaint.objects.open().count() == 0
