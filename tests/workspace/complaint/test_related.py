"""Complaints that belong together: linked from either end, seen only by those who may see both."""

import pytest

from amends.complaints import actions
from amends.complaints.models import Complaint, Link
from amends.complaints.stages import Stage
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from tests import builders
from tests.workspace.complaint.conftest import address, text_of, went_to


def two(world):
    return builders.a_complaint(world, Stage.ASSESSED), builders.a_complaint(world, title="No water since nine")


@pytest.mark.parametrize(
    ("kind", "here_says", "there_says"),
    [
        ("joint", "Joint complaints of several people", "Joint complaints of several people"),
        ("follows", "This one follows from the other", "The other one follows from this"),
        (
            "about_handling",
            "This one is about the handling of the other",
            "The other one is about the handling of this",
        ),
    ],
)
def test_each_end_says_how_it_belongs_to_the_other(door, kind, here_says, there_says):
    world = door.world
    here, there = two(world)
    data = {"other": there.reference, "kind": kind, "wants_joint_answer": "on", "note": "The same pipe"}
    assert went_to(door.post(world.liis, here, "related/", **data), here)
    for one, other, words in ((here, there, here_says), (there, here, there_says)):
        page = text_of(door.get(world.liis, one))
        for part in (words, other.reference, "Joint answer wanted", "The same pipe"):
            assert part in page
    assert Entry.objects.filter(event="complaints.linked").count() == 1


def test_it_is_taken_away_from_either_end(door):
    world = door.world
    here, there = two(world)
    actions.link(here, there, kind=Link.Kind.JOINT, by=world.as_(world.liis), at=world.at)
    assert there.reference in text_of(door.get(world.liis, here, "related/"))
    assert there.reference in text_of(door.get(world.liis, here, f"related/end/?other={there.reference}"))
    assert went_to(door.post(world.liis, there, "related/end/", other=here.reference), there)
    assert 'id="linked"' not in text_of(door.get(world.liis, here))
    assert Link.objects.get().ended_by == world.liis


def test_twice_or_with_itself_is_refused(world):
    here, there = two(world)
    liis = world.as_(world.liis)
    actions.link(here, there, kind=Link.Kind.JOINT, by=liis, at=world.at)
    for one, other, code in (
        (here, there, "linked_already"),
        (there, here, "linked_already"),
        (here, here, "to_itself"),
    ):
        with pytest.raises(Refusal) as caught:
            actions.link(one, other, kind=Link.Kind.FOLLOWS, by=liis, at=world.at)
        assert caught.value.code == code
    with pytest.raises(Refusal):
        actions.unlink(here, builders.a_complaint(world), by=liis, at=world.at)


def test_who_may_not_see_the_other_one_sees_no_link(door):
    world = door.world
    here, there = two(world)
    actions.link(here, there, kind=Link.Kind.JOINT, by=world.as_(world.clara), at=world.at)
    Complaint.objects.filter(pk=there.pk).update(lead_unit=world.energy)
    Complaint.objects.filter(pk=there.pk).update(possible_duplicate_of=None)
    assert there.reference not in text_of(door.get(world.liis, here))
    assert there.reference in text_of(door.get(world.clara, here))
    answer = door.post(world.liis, here, "related/", other=there.reference, kind="joint")
    assert answer.status_code == 422
    assert "No complaint that you can see has this reference" in text_of(answer)


def test_nothing_typed_says_what_is_missing(door, unchanged):
    here, _there = two(door.world)
    same = unchanged(here)
    answer = text_of(door.post(door.world.liis, here, "related/"))
    assert "Enter the reference of the other complaint" in answer
    assert "Choose how they belong together" in answer
    assert same()
    assert f'href="{address(here, "related/")}"' in text_of(door.get(door.world.liis, here))
