"""What would come of it: foreseen dates are those that the verbs then set, and nothing is saved by looking."""

from datetime import date

import pytest

from amends.complaints import actions
from amends.complaints.actions.extend import Room
from amends.complaints.foreseeing import (
    could_stand_still,
    if_extended,
    if_paused,
    if_resumed,
    open_pause,
    room_of,
    with_history,
)
from amends.complaints.models import Deadline, Pause
from amends.complaints.stages import Stage
from amends.correspondence.models import Message
from amends.framework.queries import the_organisation
from amends.kit.refusal import Refusal
from tests import builders
from tests.complaints.clocks import apply_pack, at, clock

pytestmark = pytest.mark.django_db

WAIT = Pause.Why.COMPLAINANT


@pytest.fixture
def complaint(world):
    return builders.a_complaint(world, Stage.INVESTIGATING)


@pytest.fixture
def liis(world):
    return world.as_(world.liis)


def clocks(complaint):
    return with_history(Deadline.objects.filter(complaint=complaint).order_by("id"))


def state() -> list[dict[str, object]]:
    return list(Deadline.objects.order_by("id").values())


def test_a_pause_does_what_was_foreseen(complaint, liis):
    before = state()
    found = could_stand_still(clocks(complaint), at(3))
    assert {why: [each.deadline.code for each in able] for why, able in found.items()} == {WAIT: ["decision"]}
    then_at = if_paused(found[WAIT][0], WAIT.value, at(3))
    assert state() == before
    actions.pause(complaint, why=WAIT, reason="x", by=liis, at=at(3))
    assert (clock(complaint, "decision").due_at, Pause.objects.get().ends_by) == (then_at, found[WAIT][0].ends_by)


def test_running_on_does_what_was_foreseen(complaint, liis):
    actions.pause(complaint, why=WAIT, reason="x", by=liis, at=at(3))
    decision = clocks(complaint)[1]
    assert open_pause(decision) is not None
    then_at, before = if_resumed(decision, at(9)), state()
    assert state() == before
    actions.resume(complaint, by=liis, at=at(9))
    assert clock(complaint, "decision").due_at == then_at
    assert if_resumed(clocks(complaint)[1], at(10)) == then_at


@pytest.mark.parametrize("until", [date(2026, 4, 1), None])
def test_more_time_gives_the_date_and_the_reply_that_were_foreseen(complaint, liis, until):
    before = state()
    longer = if_extended(complaint, clocks(complaint)[1], until, "The laboratory.", the_organisation(), at(3))
    assert state() == before
    assert not Message.objects.filter(direction="out").exists()
    extension = actions.extend(clock(complaint, "decision"), reason="The laboratory.", until=until, by=liis, at=at(3))
    assert extension.message is not None
    assert (longer.due_at, longer.reply) == (clock(complaint, "decision").due_at, extension.message.text)


def test_it_refuses_what_the_verb_refuses(complaint):
    for until, code in ((date(2026, 4, 30), "beyond_limit"), (date(2026, 3, 20), "not_later")):
        with pytest.raises(Refusal) as refused:
            if_extended(complaint, clocks(complaint)[1], until, "x", the_organisation(), at(3))
        assert refused.value.code == code


def test_what_the_outer_limit_holds_is_given_to_its_end(world, liis):
    apply_pack(world, "eu-psd2")
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    reply = clock(complaint, "reply")
    room = room_of(reply, at(3))
    assert isinstance(room, Room)
    actions.extend(reply, reason="x", by=liis, at=at(3))
    assert clock(complaint, "reply").due_at == room.latest


def test_what_has_no_room_says_why(complaint):
    receipt, decision = clocks(complaint)
    found = [room_of(receipt, at(3)), room_of(decision, decision.due_at)]
    codes = [refusal.code for refusal in found if isinstance(refusal, Refusal)]
    assert codes == ["not_extendable", "passed_already"]


def test_looking_at_many_clocks_asks_a_few_times_only(complaint, liis, django_assert_max_num_queries):
    for day in (3, 5, 9):
        actions.pause(complaint, why=WAIT, reason="x", by=liis, at=at(day))
        actions.resume(complaint, by=liis, at=at(day, 12))
    actions.extend(clock(complaint, "decision"), reason="x", by=liis, at=at(10))
    with django_assert_max_num_queries(3):
        for each in clocks(complaint):
            could_stand_still([each], at(11))
            room_of(each, at(11))
