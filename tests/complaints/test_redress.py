"""Putting it right for others: begun from a complaint, recorded as it goes, done only when everybody was reached."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from amends.complaints import actions
from amends.complaints.models import RedressProgress, RedressProject, Wall
from amends.complaints.stages import Stage
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from tests import builders
from tests.workspace.complaint.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(world):
    complaint = builders.a_complaint(world, Stage.CLOSED)
    return actions.open_redress(complaint, builders.a_redress(world), by=world.as_(world.liis), at=world.at)


def refused(call) -> str:
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value.code


def test_it_goes_from_beginning_to_end(world, project):
    liis = world.as_(world.liis)
    for contacted, put_right in ((10, 4), (40, 40)):
        actions.record_progress(
            project, people=40, contacted=contacted, put_right=put_right, note="Letters", by=liis, at=world.at
        )
    actions.end_redress(project, is_done=True, result="All have their letter.", by=liis, at=world.at)
    project.refresh_from_db()
    assert (project.state, project.put_right, project.ended_by) == ("done", 40, world.liis)
    assert list(RedressProgress.objects.order_by("pk").values_list("put_right", flat=True)) == [4, 40]
    events = Entry.objects.filter(event__startswith="complaints.redress").order_by("id")
    assert [entry.event.rsplit("_")[-1] for entry in events] == ["opened", "progressed", "progressed", "ended"]


def test_it_is_not_done_before_everybody_is_put_right(world, project):
    liis = world.as_(world.liis)
    end = {"result": "Enough", "by": liis, "at": world.at}
    assert refused(lambda: actions.end_redress(project, is_done=True, **end)) == "not_everybody"
    actions.end_redress(project, is_done=False, **end)
    assert refused(lambda: actions.end_redress(project, is_done=False, **end)) == "stale"


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ((40, 41, 0), "contacted_unfit"),
        ((40, 5, 6), "put_right_unfit"),
        ((0, 0, 0), "count_unfit"),
        ((None, -1, 0), "contacted_unfit"),
    ],
)
def test_counts_that_cannot_be_are_refused_by_the_verb(world, project, counts, code):
    people, contacted, put_right = counts
    answers = {"people": people, "contacted": contacted, "put_right": put_right, "note": "x"}
    assert refused(lambda: actions.record_progress(project, **answers, by=world.as_(world.liis), at=world.at)) == code


@pytest.mark.parametrize("changes", [{"put_right": 1}, {"contacted": 41}, {"state": "done"}, {"state": "stopped"}])
def test_and_by_the_database(project, changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        RedressProject.objects.filter(pk=project.pk).update(**changes)


def test_two_who_record_at_once_the_second_is_told(world, project):
    known = {"people": 40, "put_right": 0, "note": "x", "by": world.as_(world.liis), "at": world.at, "seen": 1}
    actions.record_progress(project, contacted=3, **known)
    assert refused(lambda: actions.record_progress(project, contacted=5, **known)) == "stale"
    assert RedressProject.objects.get().contacted == 3


def test_nobody_behind_the_wall_sees_to_it(world):
    complaint = builders.a_complaint(world, Stage.CLOSED)
    Wall.objects.create(complaint=complaint, person=world.uma, why="declared", since=world.at)
    plan = replace(builders.a_redress(world), owner=world.uma)
    opened = lambda by: actions.open_redress(complaint, plan, by=world.as_(by), at=world.at)  # noqa: E731
    assert refused(lambda: opened(world.liis)) == "owner_unfit"
    assert refused(lambda: opened(world.uma)) in {"owner_unfit", "not_permitted"}


def test_the_pages_show_it_and_take_progress(world, project, client):
    Wall.objects.create(complaint=project.complaint, person=world.mark, why="declared", since=world.at)
    client.force_login(world.liis)
    assert "The whole of Mill Lane" in text_of(client.get("/oversight/redress/"))
    assert "0 of 40 put right" in text_of(client.get("/oversight/redress/?state=open"))
    typed = {"people": 40, "contacted": 40, "put_right": 40, "note": "All done", "seen": 1}
    assert client.post("/oversight/redress/1/progress/", typed).status_code == 302
    late = client.post("/oversight/redress/1/progress/", {**typed, "note": "Mine too"})
    assert late.status_code == 409
    assert "Mine too" in late.content.decode()
    bad = client.post("/oversight/redress/1/progress/", {**typed, "seen": 2, "put_right": 41})
    assert bad.status_code == 422
    page = text_of(client.get("/oversight/redress/1/"))
    assert "All done" in page
    ended = client.post("/oversight/redress/1/ending/", {"how": "done", "result": "Good", "seen": 2})
    assert ended.status_code == 302
    client.force_login(world.mark)
    assert "Mill Lane" not in text_of(client.get("/oversight/redress/"))
    assert client.get("/oversight/redress/1/").status_code == 404


def test_it_begins_on_the_page_of_the_complaint(world, client):
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    client.force_login(world.liis)
    here = f"/staff/complaints/{complaint.reference}/"
    assert "Put it right for others too" in text_of(client.get(here + "response/"))
    typed = {
        "seen": complaint.version,
        "title": "Mill Lane",
        "population": "All",
        "how_found": "By meter",
        "remedy": "A letter",
    }
    assert client.post(here + "redress/", {**typed, "due_on": "2027-12-01"}).status_code == 422
    sent = client.post(here + "redress/", {**typed, "due_on": "2027-12-01", "owner": str(world.liis.pk)})
    assert sent.status_code == 302
    assert "Mill Lane" in text_of(client.get(here + "response/"))
