"""What staff hear of deadlines: everything, once, together in one mail, not at night; no mail server loses it."""

import socket
import uuid
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from django.core import mail

from amends.complaints import actions
from amends.complaints.stages import Stage
from amends.correspondence.models import Delivery
from amends.journal import outbox
from amends.journal.models import FollowUp
from amends.kit import clock as host_clock
from amends.people.actions import change_person, record_absence
from amends.people.standing import SYSTEM
from amends.reactions import clock
from amends.reactions.models import Alert
from amends.reactions.notices import alerts
from amends.reactions.notices.alerts import AT_MOST_EVERY, MOST_NAMED, RETRY_AFTER, send_alerts, tell
from tests import builders
from tests.cast import DAY
from tests.journal import journals
from tests.reactions.alarms import confirmed, decision_of, moment, ring_all, said

DUE = moment("03-23T17:00")
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LIIS, UMA = "liis@larkhaven.example", "uma@larkhaven.example"


@pytest.fixture(autouse=True)
def _nothing_is_set_back():
    clock._set_back.clear()
    yield
    clock._set_back.clear()


@pytest.fixture
def world(db):
    return ready()


def ready():
    world = builders.a_world()
    follow(world.at)
    mail.outbox.clear()
    return world


def follow(at) -> None:
    """Run what follows from the journal at a moment."""
    while outbox.fan_out(at):
        pass
    while True:
        lease, batch = outbox.claim(at)
        if not batch:
            return
        outbox.run(batch, lease, lambda: at, stops=lambda: False)


@pytest.fixture
def happen(monkeypatch):
    """Let everything ring that is due, and follow what does."""

    def until(at) -> None:
        monkeypatch.setattr(alerts, "asked", lambda: at)
        ring_all(at)
        follow(at)

    return until


def mails_to(address: str) -> list[mail.EmailMessage]:
    return [message for message in mail.outbox if message.to == [address]]


def lines(message) -> list[str]:
    return [line for line in message.body.splitlines() if line.startswith("– ")]


def test_the_handler_is_reminded_and_told_what_is_late(world, happen):
    complaint = confirmed(world)
    happen(moment("03-18T09:00"))
    assert send_alerts(moment("03-18T09:00")) == 1
    happen(DUE)
    assert send_alerts(DUE) == 1
    first, second = mails_to(LIIS)
    assert lines(first) == [
        f"– {complaint.reference}: tell the complainant where it stands before 23 March 2026 (Decision)",
        f"– {complaint.reference}: Decision, due on 23 March 2026",
    ]
    assert lines(second)[-1] == f"– {complaint.reference}: Decision was due on 23 March 2026 and is late"
    assert builders.TEXT not in first.body + second.body
    assert send_alerts(DUE + DAY) == 0


def test_everything_that_waits_for_a_person_stands_in_one_mail(world, happen):
    complaints = [confirmed(world, text=f"Number {number}") for number in range(5)]
    happen(moment("03-16T09:00"))
    assert send_alerts(moment("03-16T09:00")) == 1
    (message,) = mails_to(LIIS)
    assert message.subject == "Deadlines: 5"
    assert [line.split(":")[0] for line in lines(message)] == [f"– {complaint.reference}" for complaint in complaints]
    assert not Alert.objects.filter(sent_at__isnull=True).exists()


def test_each_person_gets_a_mail_of_their_own(world, happen):
    confirmed(world)
    happen(moment("03-24T17:00"))
    assert send_alerts(moment("03-24T17:00")) == 2
    assert [line.partition(", ")[2] for line in lines(mails_to(UMA)[0])] == ["is late, and was taken to you"]
    assert len(mails_to(LIIS)) == 1


def test_a_long_list_is_counted_and_not_written_out(world):
    complaint = confirmed(world)
    some_alerts(complaint, world.liis, MOST_NAMED + 7)
    send_alerts(DUE)
    (message,) = mails_to(LIIS)
    assert message.subject == f"Deadlines: {MOST_NAMED + 7}"
    assert len(lines(message)) == MOST_NAMED + 1
    assert lines(message)[-1] == "– and 7 more"


def dangerous(world):
    complaint = confirmed(world, text="It smells of gas.")
    judgement = builders.a_judgement(is_safety=True)
    actions.assess(complaint, judgement, by=world.as_(world.liis), at=world.at)
    return complaint


def some_alerts(complaint, person, count: int, send_at=DUE) -> None:
    Alert.objects.bulk_create(
        Alert(
            person=person,
            complaint=complaint,
            kind=Alert.Kind.PASSED,
            entry=uuid.uuid4(),
            deadline_kind="decision",
            due_at=DUE,
            made_at=send_at,
            send_at=send_at,
        )
        for _number in range(count)
    )


def test_what_comes_soon_after_a_mail_waits_for_the_next(world):
    complaint, lately = confirmed(world), {}
    for second in range(0, 180, 2):
        some_alerts(complaint, world.liis, 1, send_at=DUE + second * SECOND)
        send_alerts(DUE + second * SECOND, lately)
    send_alerts(DUE + 180 * SECOND + AT_MOST_EVERY, lately)
    assert len(mails_to(LIIS)) == 7
    assert sum(len(lines(message)) for message in mails_to(LIIS)) == 90


def test_a_danger_does_not_wait_for_the_next_mail(world):
    calm, danger = confirmed(world), dangerous(world)
    lately = {world.liis.pk: DUE}
    some_alerts(calm, world.liis, 1)
    assert send_alerts(DUE + SECOND, lately) == 0
    some_alerts(danger, world.liis, 1)
    assert send_alerts(DUE + 2 * SECOND, lately) == 1


def test_at_night_it_waits_for_the_morning_and_then_comes_together(world, happen, monkeypatch):
    complaint, night = confirmed(world), moment("03-23T22:30")
    happen(night)
    morning = moment("03-24T07:00")
    assert set(Alert.objects.filter(complaint=complaint).values_list("send_at", flat=True)) == {morning}
    assert send_alerts(morning - SECOND) == 0
    assert send_alerts(morning) == 1
    assert len(mails_to(LIIS)) == 1


def test_at_night_a_danger_is_told_at_once_and_nothing_else_with_it(world, happen):
    confirmed(world)
    danger = dangerous(world)
    saturday = moment("03-28T23:00")
    happen(saturday)
    send_alerts(saturday)
    assert {line.split(":")[0] for line in lines(mails_to(LIIS)[0])} == {f"– {danger.reference}"}
    assert len(mails_to(LIIS)) == 1
    send_alerts(moment("03-30T06:00"))
    assert len(mails_to(LIIS)) == 2, "on Monday at seven in London"


def test_who_stands_in_is_told_instead(world, happen):
    confirmed(world)
    day = DUE.date()
    record_absence(world.liis, starts_on=day, ends_on=day, substitute=world.bruno, by=SYSTEM, at=world.at)
    happen(DUE - DAY)
    send_alerts(DUE - SECOND)
    happen(DUE)
    send_alerts(DUE)
    assert len(mails_to(LIIS)) == 1
    assert len(mails_to("bruno@larkhaven.example")) == 1
    assert Alert.objects.get(person=world.bruno).instead_of == world.liis


def test_staff_are_told_in_their_language(world, happen):
    confirmed(world)
    change_person(world.liis, name="Liis Tamm", language="et", manager=None, by=world.as_(world.adam), at=world.at)
    happen(DUE)
    send_alerts(DUE)
    assert "23. märts 2026" in mails_to(LIIS)[0].body


def test_somebody_who_left_meanwhile_is_not_written_to_and_nothing_waits_for_them_for_ever(world, happen):
    confirmed(world)
    happen(DUE)
    type(world.liis).objects.filter(pk=world.liis.pk).update(is_active=False)
    send_alerts(DUE)
    assert mails_to(LIIS) == []
    assert not Alert.objects.filter(sent_at__isnull=True).exists()


def test_a_reaction_that_runs_twice_tells_nobody_twice(world, happen):
    confirmed(world)
    happen(DUE)
    count = Alert.objects.count()
    for one in FollowUp.objects.select_related("entry"):
        outbox.table().by_name()[one.reaction](one.entry)
    assert Alert.objects.count() == count
    send_alerts(DUE)
    send_alerts(DUE)
    assert len(mails_to(LIIS)) == 1


def test_silence_of_the_complainant_asks_the_handler_to_try_to_reach_them(world, happen):
    complaint = confirmed(world, Stage.COMMUNICATED, remedies=0)
    happen(DUE)
    send_alerts(DUE)
    last = lines(mails_to(LIIS)[0])[-1]
    assert (
        last == f"– {complaint.reference}: the complainant has not answered by 23 March 2026. Please try to reach them"
    )


def test_the_complainant_is_told_with_an_apology_and_the_new_date(world, happen):
    complaint, noticed = confirmed(world), moment("03-25T11:00")
    happen(noticed)
    (message,) = [
        one for one in mails_to("mari@example.org") if one.subject == f"We are late with {complaint.reference}"
    ]
    assert "We are sorry." in message.body
    assert "Wednesday 1 April 2026" in message.body
    assert Delivery.objects.filter(notice="delay").count() == 1


def test_nobody_is_promised_a_date_for_what_was_done_meanwhile(world, happen, monkeypatch):
    complaint = confirmed(world)
    ring_all(DUE)
    assert decision_of(complaint).promised_at is not None
    by = builders.the_complainant(complaint)
    actions.withdraw(complaint, by=by, at=DUE + MINUTE)
    happen(DUE + 2 * MINUTE)
    assert not Delivery.objects.filter(notice="delay").exists()


def test_no_date_is_promised_where_the_rules_promise_none(world, happen):
    complaint = builders.a_receipt(world).complaint
    happen(moment("03-04T17:00"))
    assert said(complaint, "deadline_missed")[0].facts["clock"] == "acknowledgement"
    assert not Delivery.objects.filter(notice="delay").exists()


class Sink:
    """A mail server that keeps what it takes."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the name that aiosmtpd calls
        self.taken.append(envelope.content.decode())
        return "250 OK"

    @property
    def identities(self) -> list[str]:
        """The Message-ID of each mail."""
        return [line for text in self.taken for line in text.splitlines() if line.lower().startswith("message-id")]


@pytest.fixture
def port(settings) -> int:
    """Where mails go from now on; nobody listens there yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return settings.EMAIL_PORT


@contextmanager
def mail_server(port: int):
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def test_while_the_mail_server_is_away_nothing_is_lost_and_it_is_tried_again(world, port):
    complaint = confirmed(world)
    some_alerts(complaint, world.liis, 2)
    assert send_alerts(DUE) == 0
    assert send_alerts(DUE + RETRY_AFTER - SECOND) == 0
    some_alerts(complaint, world.liis, 3, send_at=DUE + MINUTE)
    assert send_alerts(DUE + RETRY_AFTER) == 0
    with mail_server(port) as sink:
        assert send_alerts(DUE + 2 * RETRY_AFTER) == 1
        assert send_alerts(DUE + 9 * RETRY_AFTER) == 0
    assert len(sink.taken) == 1
    assert "Subject: Deadlines: 5" in sink.taken[0], "also what came while it was away"
    assert not Alert.objects.filter(sent_at__isnull=True).exists()
    assert set(Delivery.objects.filter(notice="deadlines").values_list("state", flat=True)) == {"sent"}


def test_a_worker_that_dies_before_it_noted_the_mail_sends_the_same_mail_again_under_one_identity(own_database, port):
    world = ready()
    some_alerts(confirmed(world), world.liis, 3)
    with mail_server(port) as sink:
        assert journals.in_child(lambda: send_alerts(DUE), dies_at="after_mail") == journals.KILLED
        assert send_alerts(DUE) == 1
    assert len(sink.taken) == 2
    assert len(set(sink.identities)) == 1


def test_what_came_after_a_worker_died_is_not_taken_for_told(own_database, port):
    """The first mail may have gone out. What is new was not in it: it stands in the next."""
    world = ready()
    complaint = confirmed(world)
    some_alerts(complaint, world.liis, 2)
    with mail_server(port) as sink:
        assert journals.in_child(lambda: send_alerts(DUE), dies_at="after_mail") == journals.KILLED
        some_alerts(complaint, world.liis, 1)
        assert send_alerts(DUE) == 1
    assert len(set(sink.identities)) == 2
    assert "Subject: Deadlines: 3" in sink.taken[1]


def test_of_workers_at_once_one_tells(own_database):
    world = ready()
    some_alerts(confirmed(world), world.liis, 3)
    at = host_clock.now()
    counts = journals.at_once(*[lambda name=name: tell(name, at, {}) for name in ("one", "two", "three")])
    assert sorted(counts) == [0, 0, 1]
    assert len(mails_to(LIIS)) == 1


def test_a_mail_server_that_is_slow_does_not_outlast_the_duty(world, port, monkeypatch):
    """Whoever sends stops long before somebody else may take over."""
    complaint, ticks = confirmed(world), iter(range(0, 10_000, 15))
    for person in world.people[:6]:
        some_alerts(complaint, person, 1)
    monkeypatch.setattr(alerts, "time", SimpleNamespace(monotonic=lambda: next(ticks)))
    with mail_server(port) as sink:
        assert send_alerts(DUE) == 1
        assert len(sink.taken) == 1
