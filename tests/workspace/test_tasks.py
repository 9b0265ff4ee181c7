"""Tasks at the door: what the asked see, what the asker sees, and that nothing else of the complaint comes through."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.complaints import actions
from amends.complaints.actions.give_task import Errand
from amends.complaints.models import InvestigationTask, Issue, Wall
from amends.complaints.stages import Stage
from amends.files.taking_in import take_in
from amends.journal.models import ReadEvent
from tests import builders
from tests.workspace.complaint.conftest import door, text_of, went_to  # noqa: F401 - a fixture

SECRET = "Canary words of the complaint"
QUESTION = "Which streets got the notice of 2 March?"


@pytest.fixture
def complaint(door):  # noqa: F811
    world = door.world
    files = [
        take_in(SimpleUploadedFile(name, name.encode(), "text/plain"), keep_original=True, at=world.at)
        for name in ("map.txt", "private.txt")
    ]
    return builders.a_complaint(
        world, Stage.INVESTIGATING, title=SECRET, text=f"{SECRET}, in full.", files=tuple(files)
    )


def file_called(complaint, name):
    from_thread = complaint.thread.messages.filter(files__file__name=name)
    return from_thread.get().files.get(file__name=name).file


def asked(door, complaint, *, by=None, **typed):  # noqa: F811
    day = (door.world.at + timedelta(days=3)).date().isoformat()
    return door.post(by or door.world.liis, complaint, "tasks/", **{"question": QUESTION, "due_on": day, **typed})


def test_the_asked_see_the_question_its_files_and_nothing_else(door, complaint):  # noqa: F811
    world = door.world
    shown = file_called(complaint, "map.txt")
    hidden = file_called(complaint, "private.txt")
    sent = asked(door, complaint, asked=f"person-{world.zoe.pk}", shown=[shown.token], point="1")
    assert sent.status_code == 302, text_of(sent)
    task, zoe = InvestigationTask.objects.get(), door.client(world.zoe)
    here = f"/staff/tasks/{task.uid}/"
    page, listed = text_of(zoe.get(here)), text_of(zoe.get("/staff/tasks/"))
    for text in (page, listed):
        assert QUESTION in text
        assert complaint.reference not in text
        assert SECRET not in text
        assert "Mari" not in text
    assert "map.txt" in page
    assert "private.txt" not in page
    assert ReadEvent.objects.filter(field_group="task").count() == 1
    assert zoe.get(f"{here}files/{shown.token}/").getvalue() == b"map.txt"
    assert zoe.get(f"{here}files/{hidden.token}/").status_code == 404
    for path in ("", "files/", f"files/{shown.token}/", "investigation/", "tasks/", "tasks/1/cancellation/"):
        assert door.get(world.zoe, complaint, path).status_code in {403, 404}, path
    for somebody in (world.bruno, world.liis, world.adam, world.tom):
        assert door.client(somebody).get(here).status_code == 404
        assert door.client(somebody).get(f"{here}files/{shown.token}/").status_code == 404
        assert door.client(somebody).post(here, {"text": "Me."}).status_code == 404


def test_an_answer_comes_back_with_its_files_and_stands_on_the_complaint(door, complaint):  # noqa: F811
    world = door.world
    asked(door, complaint, asked=f"unit-{world.energy.pk}")
    task, bruno = InvestigationTask.objects.get(), door.client(world.bruno)
    here = f"/staff/tasks/{task.uid}/"
    assert "Energy" in text_of(bruno.get(here))
    assert bruno.post(here, {"text": " "}).status_code == 422
    roster = SimpleUploadedFile("roster.txt", b"Shift A", "text/plain")
    answered = bruno.post(here, {"text": "Harbour Street only.", "attachments": roster})
    assert answered.status_code == 302
    assert bruno.post(here, {"text": "Harbour Street only."}).status_code == 302  # pressed twice
    late = bruno.post(here, {"text": "Another thought."})
    assert late.status_code == 409
    assert "Another thought." in text_of(late)
    assert "Harbour Street only." in text_of(late)
    assert text_of(bruno.get("/staff/tasks/?of=unit")).count(QUESTION) == 0
    tab = text_of(door.get(world.liis, complaint, "investigation/"))
    assert "Harbour Street only." in tab
    files = text_of(door.get(world.liis, complaint, "files/"))
    assert "roster.txt" in files
    assert "Answer to task 1" in files
    timeline = text_of(door.get(world.liis, complaint))
    assert "Task 1 answered" in timeline
    assert "Energy" in timeline


def test_late_tasks_show_on_the_complaint_and_to_the_asker_and_warn_before_a_response(door, complaint, at_moment):  # noqa: F811
    world = door.world
    asked(door, complaint, asked=f"person-{world.zoe.pk}")
    actions.record_finding(
        complaint_again(complaint), Issue.objects.get(complaint=complaint), builders.a_conclusion(),
        by=world.as_(world.liis), at=world.at,
    )  # fmt: skip
    at_moment(world.at + timedelta(days=5))
    page = text_of(door.get(world.liis, complaint))
    side = page.partition('id="open-tasks"')[2].partition("</section>")[0]
    assert "Zoe Marsh" in side
    assert "1 day late" in side
    rail = page.partition("Tasks")[2][:400]
    assert "1 late" in rail
    given = text_of(door.client(world.liis).get("/staff/tasks/?of=given"))
    assert complaint.reference in given
    assert "1 day late" in given
    response = text_of(door.get(world.liis, complaint, "response/"))
    assert "1 task is not answered yet." in response


def complaint_again(complaint):
    complaint.refresh_from_db()
    return complaint


def test_nobody_behind_the_wall_is_offered_or_sees_it(door, complaint):  # noqa: F811
    world = door.world
    Wall.objects.create(complaint=complaint, person=world.bruno, why="declared", since=world.at)
    form = text_of(door.get(world.liis, complaint, "tasks/"))
    assert "Zoe Marsh" in form
    assert "Bruno Keller" not in form
    assert asked(door, complaint, asked=f"person-{world.bruno.pk}").status_code == 422
    assert asked(door, complaint, asked=f"person-{world.liis.pk}").status_code == 422
    assert not InvestigationTask.objects.exists()
    asked(door, complaint, asked=f"unit-{world.energy.pk}")
    task = InvestigationTask.objects.get()
    bruno = door.client(world.bruno)
    assert bruno.get(f"/staff/tasks/{task.uid}/").status_code == 404
    page = text_of(bruno.get("/staff/tasks/?of=unit"))
    assert QUESTION not in page
    assert "No open tasks here" in page


def test_a_task_is_cancelled_with_a_reason(door, complaint):  # noqa: F811
    world = door.world
    asked(door, complaint, asked=f"person-{world.zoe.pk}")
    assert QUESTION in text_of(door.get(world.liis, complaint, "tasks/1/cancellation/"))
    assert door.post(world.liis, complaint, "tasks/1/cancellation/", reason="").status_code == 422
    sent = door.post(world.liis, complaint, "tasks/1/cancellation/", reason="We found the list.")
    assert went_to(sent, complaint, "investigation/")
    assert "We found the list." in text_of(door.get(world.liis, complaint, "investigation/"))
    page = text_of(door.client(world.zoe).get(f"/staff/tasks/{InvestigationTask.objects.get().uid}/"))
    assert "This does not need an answer any more." in page
    assert "<textarea" not in page
    assert door.get(world.liis, complaint, "tasks/2/cancellation/").status_code == 404


def test_the_lists_walk_in_pages_and_cost_the_same_for_one_and_for_sixty(door, complaint):  # noqa: F811
    world = door.world
    liis, zoe = world.as_(world.liis), door.client(world.zoe)

    def give(number):
        day = (world.at + timedelta(days=number % 7)).date()
        errand = Errand(f"Question {number}.", day, person=world.zoe)
        actions.give_task(complaint_again(complaint), errand, by=liis, at=world.at)

    def cost():
        with CaptureQueriesContext(connection) as made:
            assert zoe.get("/staff/tasks/").status_code == 200
        return len(made)

    give(1)
    cost()
    one = cost()
    for number in range(2, 61):
        give(number)
    assert cost() == one
    seen, address = [], "/staff/tasks/"
    for _page in range(3):
        response = zoe.get(address)
        seen += [row.question for row in response.context["rows"]]
        address = "/staff/tasks/" + response.context["next_href"].removeprefix(reverse("workspace:tasks"))
        if not response.context["next_href"]:
            break
    assert len(seen) == len(set(seen)) == 60


def test_who_does_not_investigate_gives_no_tasks(door, complaint):  # noqa: F811
    world = door.world
    assert door.get(world.dario, complaint, "tasks/").status_code == 403
    assert "Ask somebody to help" not in text_of(door.get(world.dario, complaint, "investigation/"))
    assert "of=given" not in text_of(door.client(world.zoe).get("/staff/tasks/"))
