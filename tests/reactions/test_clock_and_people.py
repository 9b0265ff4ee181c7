"""The clock and a person at the same moment: either order ends well, nobody waits in a circle, nobody sees an error."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from amends.complaints import actions
from amends.complaints.models import Acknowledgement, Complaint, Deadline
from amends.complaints.stages import Stage
from amends.kit.dialect import is_single_host
from amends.kit.refusal import Refusal
from amends.reactions import clock
from tests import builders
from tests.journal import journals
from tests.reactions.alarms import HOLDER, broken, confirmed, decision_of, moment, ring_all, said

DUE = moment("03-23T17:00")
REMINDER = moment("03-18T09:00")
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _nothing_is_set_back():
    clock._set_back.clear()
    yield
    clock._set_back.clear()


@pytest.fixture
def world(own_database):
    return builders.a_world()


Do = Callable[[Deadline], object]


class Person:
    """Liis, who has the complaint open since a second before and presses a button a moment before the clock rings."""

    def __init__(self, world, at) -> None:
        self.by, self.at = world.as_(world.liis), at - SECOND / 5

    def extend(self, deadline: Deadline) -> object:
        return actions.extend(deadline, reason="The valve has to be opened first.", by=self.by, at=self.at)

    def communicate(self, deadline: Deadline) -> object:
        return actions.communicate(deadline.complaint, channel="portal", by=self.by, at=self.at)

    def pause(self, deadline: Deadline) -> object:
        why = "waiting_for_complainant"
        return actions.pause(deadline.complaint, why=why, reason="A bill", by=self.by, at=self.at)

    def ask(self, deadline: Deadline) -> object:
        return actions.write_message(
            deadline.complaint, text="Which meter is it?", needs_reply=True, by=self.by, at=self.at
        )

    def withdraw(self, deadline: Deadline) -> object:
        by = builders.the_complainant(deadline.complaint)
        return actions.withdraw(deadline.complaint, by=by, at=self.at)


def pressed(do: Do, deadline: Deadline) -> str:
    """What came of it: done, or the code of the refusal that the person reads. Anything else fails the test."""
    try:
        do(deadline)
    except Refusal as refusal:
        return refusal.code
    return "done"


def is_sound(complaint: Complaint, at) -> None:
    """Facts and journal say the same, and nothing is left that rings for ever."""
    ring_all(at + SECOND)
    assert broken() == []
    deadline = decision_of(complaint)
    missed = said(complaint, "deadline_missed")
    assert len(missed) == (deadline.overdue_at is not None)
    assert len(said(complaint, "extended")) == deadline.extensions.count()
    assert len(said(complaint, "paused")) + sum(bool(e.facts["stopped"]) for e in said(complaint, "message_sent")) == (
        deadline.pauses.count()
    )
    if missed:
        assert deadline.overdue_at >= deadline.due_at
        assert not deadline.extensions.exists()
    assert not Deadline.objects.ringing(at + SECOND).exists()


RACES = [
    ("extend", Stage.INVESTIGATING, DUE),
    ("communicate", Stage.DECIDED, DUE),
    ("pause", Stage.INVESTIGATING, DUE),
    ("pause", Stage.INVESTIGATING, REMINDER),
    ("ask", Stage.INVESTIGATING, DUE),
    ("ask", Stage.INVESTIGATING, REMINDER),
    ("withdraw", Stage.INVESTIGATING, DUE),
]


def about_to_ring(world, stage: Stage, at) -> tuple[Complaint, Deadline]:
    """A complaint with an alarm at that moment, and its deadline as the person's page has loaded it."""
    complaint = confirmed(world, stage, remedies=0)
    ring_all(at - SECOND)
    return complaint, decision_of(complaint)


@pytest.mark.parametrize(("what", "stage", "at"), RACES)
def test_the_person_is_first_and_has_not_committed_when_the_clock_comes(world, what, stage, at):
    complaint, deadline = about_to_ring(world, stage, at)
    person, halfway, rung = Person(world, at), threading.Event(), []

    def rings() -> None:
        halfway.wait()
        try:
            rung.append(clock.ring(HOLDER, at))
        finally:
            connection.close()

    other = threading.Thread(target=rings)
    other.start()
    with transaction.atomic():
        assert pressed(getattr(person, what), deadline) == "done"
        halfway.set()
        other.join(timeout=0.7)
        assert is_single_host() or not other.is_alive(), "the clock waits for nobody; it comes again"
    other.join()
    assert rung == [0]
    assert said(complaint, "deadline_missed") == []
    assert len(said(complaint, "reminded")) == (2 if at == DUE else 0)
    is_sound(complaint, at)


@pytest.mark.parametrize(("what", "stage", "at"), RACES)
def test_the_clock_is_first_and_has_not_committed_when_the_person_comes(world, what, stage, at):
    complaint, deadline = about_to_ring(world, stage, at)
    person, halfway, came = Person(world, at), threading.Event(), []

    def presses() -> None:
        halfway.wait()
        try:
            came.append(pressed(getattr(person, what), deadline))
        finally:
            connection.close()

    other = threading.Thread(target=presses)
    other.start()
    with transaction.atomic():
        assert clock.ring(HOLDER, at) == 1
        halfway.set()
        other.join(timeout=0.7)
    other.join()
    late = at == DUE
    expected = {"extend": "passed_already", "pause": "not_pausable"}.get(what, "done") if late else "done"
    assert came == [expected]
    assert len(said(complaint, "deadline_missed" if late else "reminded")) == 1
    is_sound(complaint, at)


@pytest.mark.parametrize("what", ["extend", "communicate", "pause", "ask", "withdraw"])
def test_at_the_very_same_moment_it_is_one_or_the_other(world, what):
    stage = Stage.DECIDED if what == "communicate" else Stage.INVESTIGATING
    complaints = [confirmed(world, stage, remedies=0, text=f"Number {number}") for number in range(4)]
    ring_all(DUE - SECOND)
    person = Person(world, DUE)
    for complaint in complaints:
        deadline = decision_of(complaint)
        came = journals.at_once(
            lambda deadline=deadline: pressed(getattr(person, what), deadline),
            lambda: clock.ring(HOLDER, DUE, batch=1),
        )
        assert came[0] in {"done", "passed_already", "not_pausable"}
        is_sound(complaint, DUE)


def test_people_who_move_clocks_of_one_complaint_at_once_do_not_wait_in_a_circle(world):
    """One confirms receipt (its clock, then the complaint), one writes (the complaint, then its clocks), one pauses."""
    for turn in range(4):
        complaint = builders.a_complaint(world, Stage.INVESTIGATING, text=f"Number {turn}")
        person, deadline = Person(world, world.at + SECOND), decision_of(complaint)

        def confirms(complaint=complaint, person=person) -> object:
            mine = Complaint.objects.get(pk=complaint.pk)
            return actions.acknowledge(mine, how=Acknowledgement.How.PHONE, by=person.by, at=person.at)

        came = journals.at_once(
            confirms,
            lambda deadline=deadline, person=person: pressed(person.ask, deadline),
            lambda deadline=deadline, person=person: pressed(person.pause, decision_of(deadline.complaint)),
            lambda: clock.ring(HOLDER, world.at),
        )
        assert set(came[1:3]) <= {"done", "not_pausable", "stale"}
        assert broken() == []
