"""Tasks: somebody answers without seeing the complaint, nobody behind a wall is asked, and each ends once."""

from datetime import timedelta
from itertools import product

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.complaints import actions
from amends.complaints.actions.give_task import Errand
from amends.complaints.models import InvestigationTask, Issue, Wall
from amends.complaints.own_files import files_of
from amends.complaints.permissions import May, visible_to
from amends.complaints.stages import Stage
from amends.complaints.tasks import asked_of, asked_of_units_of
from amends.files.taking_in import take_in
from amends.journal.models import Entry
from amends.kit import clock
from amends.kit.refusal import Refusal
from amends.people.actions import delegate
from amends.people.standing import SYSTEM
from amends.permissions.engine import may
from amends.permissions.roles import Role
from amends.reactions import worker
from tests import builders
from tests.cast import AT

pytestmark = pytest.mark.django_db
State = InvestigationTask.State


def refused(code, call):
    with pytest.raises(Refusal) as caught:
        call()
    assert caught.value.code == code


def a_file(name, world):
    return take_in(SimpleUploadedFile(name, name.encode(), "text/plain"), keep_original=True, at=world.at)


def given(world, complaint, **changes):
    answers = {"question": "Who printed the notice?", "due_on": world.at.date() + timedelta(days=3)}
    return actions.give_task(complaint, Errand(**{**answers, **changes}), by=world.as_(world.liis), at=world.at)


@pytest.fixture
def complaint(world):
    return builders.a_complaint(world, Stage.INVESTIGATING)


def test_who_is_asked_answers_and_gets_no_right_on_the_complaint(world, complaint):
    task, zoe = given(world, complaint, person=world.zoe), world.as_(world.zoe)
    assert not visible_to(zoe).exists()
    assert not may(zoe, May.READ, complaint)
    assert asked_of(zoe).open().get() == task
    roster = a_file("roster.txt", world)
    actions.answer_task(task, text="The print shop in Harbour.", files=[roster], by=zoe, at=world.at)
    task.refresh_from_db()
    assert (task.state, task.answer, task.ended_by) == (State.ANSWERED, "The print shop in Harbour.", world.zoe)
    assert files_of(complaint).get() == roster
    assert not visible_to(zoe).exists()
    assert not may(zoe, May.READ, complaint)
    entry = Entry.objects.get(event="complaints.task_answered")
    assert (entry.facts["number"], entry.facts["files"], entry.facts["was_late"]) == (1, 1, False)


def test_anybody_of_the_unit_may_answer_and_the_second_is_told(world, complaint):
    task = given(world, complaint, unit=world.energy)
    again = InvestigationTask.objects.get(pk=task.pk)
    bruno = world.as_(world.bruno)
    assert asked_of_units_of(bruno).get() == task
    actions.answer_task(task, text="Not us.", by=bruno, at=world.at)
    refused("task_over", lambda: actions.answer_task(again, text="Us.", by=bruno, at=world.at))
    assert InvestigationTask.objects.get().answer == "Not us."


def test_the_rule_and_the_lists_agree_for_everybody_and_every_task(world, complaint):
    lent = delegate(
        world.bruno,
        world.frida,
        Role.HANDLER,
        world.energy,
        starts_at=world.at,
        ends_at=world.at + timedelta(days=3),
        by=SYSTEM,
        at=world.at,
    )
    for where in ({"person": world.zoe}, {"person": world.bruno}, {"unit": world.energy}, {"unit": world.harbour}):
        given(world, complaint, **where)
    elsewhere = builders.a_complaint(world, Stage.INVESTIGATING)
    given(world, elsewhere, unit=world.energy)
    Wall.objects.create(complaint=elsewhere, person=world.bruno, why="declared", since=world.at)
    assert lent.lender == world.bruno
    later, seen = world.at + timedelta(minutes=1), set()
    for person, task in product(world.people, InvestigationTask.objects.all()):
        staff = world.as_(person, later)
        listed = asked_of(staff) | asked_of_units_of(staff)
        by_rule = may(staff, May.ANSWER_TASK, task)
        assert by_rule == listed.filter(pk=task.pk).exists(), (person.name, task.number, task.complaint_id)
        seen |= {(person.name, task.complaint_id, task.number)} if by_rule else set()
    names = {name for name, _, _ in seen}
    assert {"Zoe Marsh", "Bruno Keller", "Uma Patel", "Frida Lund"} <= names
    assert "Adam Novak" not in names
    assert ("Frida Lund", complaint.pk, 3) in seen  # with the role that Bruno lent
    assert ("Frida Lund", elsewhere.pk, 1) not in seen  # but not in the name of somebody walled off


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "somebody_needed"),
        ({"person": "zoe", "unit": "energy"}, "somebody_needed"),
        ({"person": "zoe", "question": "  "}, "text_needed"),
        ({"person": "zoe", "due_on": AT.date() - timedelta(days=1)}, "due_in_past"),
        ({"person": "bruno"}, "asked_unfit"),
        ({"person": "tom"}, "asked_unfit"),
    ],
)
def test_what_is_refused_leaves_nothing(world, complaint, changes, code):
    Wall.objects.create(complaint=complaint, person=world.bruno, why="declared", since=world.at)
    world.tom.is_active = False
    named = {key: getattr(world, value) if key in {"person", "unit"} else value for key, value in changes.items()}
    refused(code, lambda: given(world, complaint, **named))
    assert not InvestigationTask.objects.exists()
    assert not Entry.objects.filter(event="complaints.task_given").exists()


def test_only_files_and_points_of_this_complaint_go_along(world, complaint):
    foreign = a_file("foreign.txt", world)
    elsewhere = builders.a_complaint(world, files=(foreign,))
    refused("file_elsewhere", lambda: given(world, complaint, person=world.zoe, files=[foreign]))
    issue = Issue.objects.get(complaint=elsewhere)
    refused("issue_elsewhere", lambda: given(world, complaint, person=world.zoe, issue=issue))


def test_a_wall_raised_later_hides_the_task_from_whoever_was_asked(world, complaint):
    task, zoe = given(world, complaint, person=world.zoe), world.as_(world.zoe)
    actions.name_subject(complaint, world.zoe, by=world.as_(world.clara), at=world.at)
    task = InvestigationTask.objects.get(pk=task.pk)
    assert not asked_of(zoe).exists()
    assert not may(zoe, May.ANSWER_TASK, task)
    refused("not_asked", lambda: actions.answer_task(task, text="Me.", by=zoe, at=world.at))


def test_a_cancelled_task_needs_no_answer_and_a_reason(world, complaint):
    task, liis = given(world, complaint, person=world.zoe), world.as_(world.liis)
    refused("reason_needed", lambda: actions.cancel_task(task, reason=" ", by=liis, at=world.at))
    actions.cancel_task(task, reason="We found the delivery note.", by=liis, at=world.at)
    refused("task_over", lambda: actions.answer_task(task, text="Me.", by=world.as_(world.zoe), at=world.at))
    assert InvestigationTask.objects.get().state == State.CANCELLED


def test_an_ended_complaint_asks_nobody_any_more(world, complaint):
    task, zoe = given(world, complaint, person=world.zoe), world.as_(world.zoe)
    complaint.refresh_from_db()
    actions.withdraw(complaint, by=builders.the_complainant(complaint), at=world.at)
    assert not asked_of(zoe).open().exists()
    task = InvestigationTask.objects.get(pk=task.pk)
    refused("not_at_this_stage", lambda: actions.answer_task(task, text="Me.", by=zoe, at=world.at))


def subjects_to(person):
    return [message.subject for message in mail.outbox if message.to == [person.email]]


def test_mails_tell_the_asked_and_the_asker_and_never_which_complaint(world, complaint, monkeypatch):
    worker.drain()
    mail.outbox.clear()
    monkeypatch.setattr(clock, "now", lambda: AT)
    Wall.objects.create(complaint=complaint, person=world.bruno, why="declared", since=world.at)
    task = given(world, complaint, person=world.zoe)
    given(world, complaint, unit=world.water)
    given(world, complaint, unit=world.energy)
    worker.drain()
    assert subjects_to(world.zoe) == ["Liis Tamm asks for your help by 5 March 2026"]
    of_water = [subjects_to(person) for person in (world.mark, world.uma, world.frida)]
    assert all(len(subjects) == 1 for subjects in of_water)
    assert subjects_to(world.bruno) == subjects_to(world.liis) == subjects_to(world.clara) == []
    for message in mail.outbox:
        whole = message.subject + message.body
        assert complaint.reference not in whole
        assert complaint.title not in whole
        assert task.question not in whole
    assert f"/staff/tasks/{task.uid}/" in next(m.body for m in mail.outbox if m.to == [world.zoe.email])
    actions.answer_task(task, text="The print shop.", by=world.as_(world.zoe), at=world.at)
    worker.drain()
    assert subjects_to(world.liis) == [f"Your question about {complaint.reference} was answered"]
    actions.cancel_task(InvestigationTask.objects.get(number=2), reason="Known", by=world.as_(world.uma), at=world.at)
    worker.drain()
    assert subjects_to(world.frida)[1:] == ["Your help is not needed any more"]


def test_an_asker_who_may_not_read_it_any_more_is_not_told(world, complaint, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    task = given(world, complaint, person=world.zoe)
    worker.drain()
    mail.outbox.clear()
    Wall.objects.create(complaint=complaint, person=world.liis, why="declared", since=world.at)
    actions.answer_task(task, text="The print shop.", by=world.as_(world.zoe), at=world.at)
    worker.drain()
    assert subjects_to(world.liis) == []
