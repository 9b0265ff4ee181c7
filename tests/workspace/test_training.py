"""Who completed which training: recorded for several at once, listed by the page, and read when somebody decides."""

from datetime import timedelta

import pytest

from amends.complaints import actions
from amends.complaints.stages import Stage
from amends.framework.actions.set_authority import set_authority
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from amends.people.actions import record_training, record_trainings
from amends.people.models import Training
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests.complaints.test_authority import promise, proposed
from tests.workspace.test_queue import text_of

pytestmark = pytest.mark.django_db
COURSE = "Impartial decisions"


def typed(world, *people, **changes):
    days = {"completed_on": world.at.date().isoformat(), "valid_to": ""}
    return {"course": COURSE, "evidence": "List 4", "people": [one.pk for one in people], **days, **changes}


def source_of(response):
    return response.content.decode()


def test_one_course_is_recorded_for_everybody_who_was_there(world, as_, at_moment):
    at_moment(world.at + timedelta(hours=1))
    clara = as_(world.clara)
    assert "No training is recorded here." in text_of(clara.get("/settings/training/"))
    assert clara.post("/settings/training/", typed(world, world.mark, world.liis)).status_code == 302
    page = text_of(clara.get("/settings/training/"))
    assert page.count("List 4") == 2
    assert "without end" in page
    assert [row.recorded_by for row in Training.objects.all()] == [world.clara] * 2
    assert Entry.objects.filter(event="people.training_recorded").count() == 2
    for wrong in (
        typed(world),
        typed(world, world.clara),
        typed(world, world.mark, course=" "),
        typed(world, world.mark, evidence=""),
        typed(world, world.mark, completed_on="2027-01-01"),
        typed(world, world.mark, valid_to="2025-01-01"),
    ):
        assert clara.post("/settings/training/", wrong).status_code == 422
    assert Training.objects.count() == 2


def test_all_or_none(world):
    clara = world.as_(world.clara)
    facts = {"course": COURSE, "completed_on": world.at.date(), "valid_to": None, "evidence": "List 4"}
    with pytest.raises(Refusal, match="Somebody else"):
        record_trainings([world.mark, world.clara], **facts, by=clara, at=world.at)
    assert not Training.objects.exists()


def test_it_is_shown_to_those_who_see_people_and_recorded_by_those_who_may(world, as_):
    assert as_(world.liis).get("/settings/training/").status_code == 403
    dario = as_(world.dario)
    assert "Record a training" not in text_of(dario.get("/settings/training/"))
    dario.post("/settings/training/", typed(world, world.mark))
    assert not Training.objects.exists()


def test_the_list_has_views_pages_and_the_same_number_of_queries(
    world, as_, at_moment, django_assert_max_num_queries, monkeypatch
):
    at_moment(world.at)
    clara, today = world.as_(world.clara), world.at.date()
    for number, left in enumerate([*range(-2, 4), None]):
        valid_to = None if left is None else today + timedelta(days=30 * left)
        record_training(
            world.mark, course=f"Course {number}", completed_on=today - timedelta(days=90), valid_to=valid_to,
            evidence="List", by=clara, at=world.at,
        )  # fmt: skip
    client = as_(world.clara)
    ended, ending = (source_of(client.get(f"/settings/training/?view={view}")) for view in ("ended", "ending"))
    assert [f">Course {n}<" in ended for n in range(7)] == [True, True, False, False, False, False, False]
    assert [f">Course {n}<" in ending for n in range(7)] == [False, False, True, True, True, False, False]
    client.get("/settings/training/")
    monkeypatch.setattr("amends.workspace.settings.training.PAGE_SIZE", 1)
    with django_assert_max_num_queries(40) as few:
        first = source_of(client.get("/settings/training/"))
    assert ">Course 6<" in first
    assert ">Course 5<" not in first
    last = Training.objects.latest("pk").pk
    assert ">Course 5<" in source_of(client.get(f"/settings/training/?before={last}"))
    monkeypatch.setattr("amends.workspace.settings.training.PAGE_SIZE", 50)
    with django_assert_max_num_queries(40) as many:
        client.get("/settings/training/")
    assert len(many) == len(few)


def test_a_limit_that_asks_for_a_course_reads_what_was_recorded_there(world, as_, at_moment):
    at_moment(world.at)
    a_limit(world, COURSE)
    discount = promise(world, "discount", 100)
    complaint = proposed(world, discount)
    mark, client = world.as_(world.mark), as_(world.clara)
    assert "0 people have it" in text_of(client.get("/settings/training/"))
    with pytest.raises(Refusal) as refused:
        actions.approve(complaint, by=mark, at=world.at)
    assert refused.value.code == "over_limit"
    yesterday = (world.at - timedelta(days=1)).date().isoformat()
    client.post("/settings/training/", typed(world, world.mark, completed_on=yesterday, valid_to=yesterday))
    with pytest.raises(Refusal):
        actions.approve(complaint, by=mark, at=world.at)
    client.post("/settings/training/", typed(world, world.mark))
    page = text_of(client.get("/settings/training/"))
    assert "1 person has it" in page
    assert "Needed for deciding" in page
    actions.approve(complaint, by=mark, at=world.at)
    assert complaint.stage == Stage.DECIDED


def a_limit(world, course):
    set_authority(
        Role.DECISION_MAKER, most=10_000, kind=None, course=course, reason="The board said so", by=SYSTEM, at=world.at
    )
