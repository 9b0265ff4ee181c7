"""Those who had a part in a complaint are told how it was decided, and confirm that they read it."""

import pytest

from amends.complaints import actions
from amends.complaints.models import InternalNotice, Wall
from amends.complaints.stages import Stage
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from tests import builders

pytestmark = pytest.mark.django_db


def told() -> set[tuple[str, str]]:
    return set(InternalNotice.objects.values_list("person__name", "why"))


def test_handler_decider_investigator_and_managers_are_told_except_whoever_sends_it(world):
    complaint = builders.a_complaint(world, Stage.DECIDED)
    actions.communicate(complaint, channel="portal", by=world.as_(world.clara), at=world.at)
    assert told() == {("Liis Tamm", "handler"), ("Mark Jansen", "decided"), ("Uma Patel", "manages")}
    assert Entry.objects.get(event="complaints.communicated").facts["told_inside"] == 3


def test_a_participating_unit_is_told_and_nobody_behind_a_wall(world):
    complaint = builders.a_complaint(world, Stage.DECIDED)
    Wall.objects.create(complaint=complaint, person=world.uma, why="declared", since=world.at)
    world.uma.grants.filter(role="unit_manager").update(person=world.bruno, unit=world.energy)
    complaint.participating_units.add(world.energy)
    actions.communicate(complaint, channel="portal", by=world.as_(world.liis), at=world.at)
    assert told() == {("Mark Jansen", "decided"), ("Bruno Keller", "manages")}


def test_reading_is_confirmed_once(world):
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    mark = world.as_(world.mark)
    assert actions.read_notice(complaint, by=mark, at=world.at) == 1
    assert InternalNotice.objects.get(person=world.mark).read_at == world.at
    with pytest.raises(Refusal) as caught:
        actions.read_notice(complaint, by=mark, at=world.at)
    assert caught.value.code == "nothing_unread"
    assert Entry.objects.filter(event="complaints.notice_read").count() == 1
    with pytest.raises(Refusal) as caught:
        actions.read_notice(complaint, by=world.as_(world.clara), at=world.at)
    assert caught.value.code == "nothing_unread"


def test_each_decision_is_told_anew(world):
    complaint = builders.a_complaint(world, Stage.IN_REVIEW)
    uma, clara = world.as_(world.uma), world.as_(world.clara)
    actions.respond(complaint, builders.a_proposal(world), by=uma, at=world.at)
    actions.approve(complaint, by=clara, at=world.at)
    actions.communicate(complaint, channel="portal", by=uma, at=world.at)
    assert InternalNotice.objects.filter(person=world.mark).count() == 1, "Mark decided the first round only"
    assert InternalNotice.objects.filter(person=world.clara, why="decided").count() == 1
