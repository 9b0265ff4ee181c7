"""Ten seconds in which a message can be taken back: either it leaves or it comes back, and nothing is lost."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from amends.complaints import actions
from amends.complaints.models import Deadline, HeldMessage, Pause, Wall
from amends.complaints.stages import Stage
from amends.correspondence.models import Message, MessageFile
from amends.files.taking_in import take_in
from amends.journal.models import Entry, FollowUp
from amends.kit import clock
from amends.kit.refusal import Refusal
from amends.people.standing import SYSTEM
from amends.reactions import worker
from tests import builders
from tests.cast import AT
from tests.complaints.clocks import apply_pack

TEXT = "Did anybody call you back on Monday?"
TEN = timedelta(seconds=10)


@pytest.fixture
def now(monkeypatch):
    """A clock that the test moves."""
    moment = [AT]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    return moment


def hold(world, complaint, **more):
    return actions.hold_message(complaint, text=TEXT, by=world.as_(world.liis), at=AT, **more)


def sent(complaint):
    return list(Message.objects.filter(thread=complaint.thread_id, direction="out"))


def events_of_messages():
    return [event for event in Entry.objects.order_by("id").values_list("event", flat=True) if "message_" in event]


@pytest.mark.django_db
def test_it_leaves_after_ten_seconds_and_nothing_of_it_happens_before(world, now):
    apply_pack(world, "estonia")
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    worker.drain()
    mail.outbox.clear()
    held = hold(world, complaint, needs_reply=True)
    for seconds in (0, 5, 9.9):
        now[0] = AT + timedelta(seconds=seconds)
        worker.drain()
    assert (sent(complaint), mail.outbox) == ([], [])
    assert not Pause.objects.filter(deadline__complaint=complaint).exists()
    follow_up = FollowUp.objects.get(reaction="messages.let_go")
    assert (follow_up.next_try_at, follow_up.attempts) == (held.leaves_at, 0), "waiting is no failed attempt"
    now[0] = AT + TEN
    worker.drain()
    (message,) = sent(complaint)
    assert (message.text, message.person, message.at, message.needs_reply) == (TEXT, world.liis, AT + TEN, True)
    assert [each.to for each in mail.outbox] == [["mari@example.org"]]
    complaint.refresh_from_db()
    assert complaint.waits_for_complainant
    held.refresh_from_db()
    assert (held.state, held.message) == (HeldMessage.State.LEFT, message)
    assert events_of_messages() == ["complaints.message_held", "complaints.message_sent"]
    now[0] += timedelta(days=1)
    worker.drain()
    actions.send_held(held, by=SYSTEM, at=now[0])
    assert len(sent(complaint)) == 1


@pytest.mark.django_db
def test_taken_back_nothing_goes_out_and_everything_is_kept(world, now):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    complaint.has_new_reply = True
    complaint.save(update_fields=["has_new_reply"])
    due = Deadline.objects.filter(complaint=complaint).values_list("id", "due_at", "met_at")
    before = list(due)
    worker.drain()
    mail.outbox.clear()
    letter = take_in(SimpleUploadedFile("letter.txt", b"A letter.", "text/plain"), keep_original=True, at=AT)
    held = hold(world, complaint, files=[letter], needs_reply=True)
    now[0] = AT + timedelta(seconds=4)
    actions.take_back(held, by=world.as_(world.liis), at=now[0])
    now[0] = AT + timedelta(minutes=1)
    worker.drain()
    assert (sent(complaint), mail.outbox, list(due)) == ([], [], before)
    complaint.refresh_from_db()
    assert complaint.has_new_reply
    assert not complaint.waits_for_complainant
    entry = Entry.objects.get(event="complaints.message_taken_back")
    assert entry.at == AT + timedelta(seconds=4)
    assert TEXT in Entry.objects.get(event="complaints.message_held").payload.body
    again = actions.hold_message(
        complaint, text="Did they?", instead_of=held, keeps=[letter], by=world.as_(world.liis), at=now[0]
    )
    now[0] += TEN
    worker.drain()
    (message,) = sent(complaint)
    assert [row.file for row in MessageFile.objects.filter(message=message)] == [letter]
    assert again.number == 2


@pytest.mark.django_db
def test_who_may_take_it_back_and_until_when(world, now):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    held = hold(world, complaint)
    for person, at, code in (
        (world.uma, AT, "not_yours"),
        (world.liis, AT + TEN, "left_already"),
        (world.zoe, AT, "not_permitted"),
    ):
        with pytest.raises(Refusal) as refused:
            actions.take_back(held, by=world.as_(person), at=at)
        assert refused.value.code == code
    assert HeldMessage.objects.get().state == HeldMessage.State.HELD
    with pytest.raises(Refusal):
        actions.send_held(held, by=world.as_(world.liis), at=AT + TEN)
    assert actions.send_held(held, by=SYSTEM, at=AT + timedelta(seconds=9)) is None
    assert sent(complaint) == []


@pytest.mark.django_db
def test_whoever_loses_the_complaint_meanwhile_gets_the_text_back(world, now):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    held = hold(world, complaint)
    Wall.objects.create(complaint=complaint, person=world.liis, why=Wall.Why.DECLARED, since=AT)
    now[0] = AT + TEN
    worker.drain()
    held.refresh_from_db()
    assert (held.state, sent(complaint)) == (HeldMessage.State.REFUSED, [])
    assert Entry.objects.get(event="complaints.message_not_sent").facts["why"] == "not_permitted"


def test_taken_back_against_sent_exactly_one_wins(own_database, django_db_blocker):
    """Real threads, real commits: a person and two workers at the very moment at which it leaves."""
    with django_db_blocker.unblock():
        world = builders.a_world()
        complaint = builders.a_complaint(world, Stage.INVESTIGATING)
        liis = world.as_(world.liis)
        for number in range(1, 17):
            held = hold(world, complaint)
            outcomes: list[str] = []
            refused: list[str] = []
            start = threading.Barrier(3)

            def take(held=held, start=start, outcomes=outcomes, refused=refused) -> None:
                start.wait()
                try:
                    actions.take_back(held, by=liis, at=AT + timedelta(seconds=9.999))
                    outcomes.append("taken back")
                except Refusal as refusal:
                    refused.append(refusal.code)
                connections.close_all()

            def send(held=held, start=start, outcomes=outcomes) -> None:
                start.wait()
                if actions.send_held(held, by=SYSTEM, at=AT + TEN) is not None:
                    outcomes.append("sent")
                connections.close_all()

            threads = [threading.Thread(target=each) for each in (take, send, send)]
            for each in threads:
                each.start()
            for each in threads:
                each.join()
            held.refresh_from_db()
            assert len(outcomes) == 1, outcomes
            assert refused == (["left_already"] if outcomes == ["sent"] else [])
            assert (held.state == HeldMessage.State.LEFT) == (outcomes == ["sent"])
            assert Message.objects.filter(was_held=held).count() == (outcomes == ["sent"])
            assert held.number == number
        ends = Entry.objects.filter(event__in=["complaints.message_sent", "complaints.message_taken_back"])
        assert ends.count() == 16
