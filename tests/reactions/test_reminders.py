"""What waits or ends soon beside the deadlines: whom it concerns hears of it once, not at night, in one mail."""

from datetime import date, timedelta

import pytest
from django.core import mail

from amends.complaints import actions
from amends.complaints.actions.receive import receive
from amends.complaints.actors import VISITOR
from amends.complaints.intake import Contact, Representative
from amends.complaints.models import Wall
from amends.complaints.stages import Stage
from amends.journal.models import Entry
from amends.journal.pseudonyms import known_name_of
from amends.kit.refusal import Refusal
from amends.people.actions import delegate, end_delegation, record_absence, record_training, remind_of_end
from amends.people.models import Delegation, Training
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from amends.reactions import reminding
from amends.reactions.models import Alert
from amends.reactions.notices import alerts, reminders
from amends.reactions.notices.alerts import send_alerts
from tests import builders
from tests.cast import DAY
from tests.reactions.alarms import moment
from tests.reactions.test_alerts import follow, lines, mails_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def ring(monkeypatch, world):
    """What a worker does at a moment: rings, follows, and sends what may be sent."""
    follow(world.at)
    mail.outbox.clear()
    reminding._set_back.clear()

    def until(at) -> int:
        monkeypatch.setattr(reminders, "asked", lambda: at)
        monkeypatch.setattr(alerts, "asked", lambda: at)
        rung = reminding.ring(at)
        follow(at)
        send_alerts(at)
        return rung

    return until


def said(message) -> list[str]:
    return [line.partition(": ")[2] for line in lines(message)]


def reminded(event="complaints.reminded_of"):
    return Entry.objects.filter(event=event).count()


def test_a_hand_over_that_nobody_answers(world, ring):
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    offered = actions.hand_over(complaint, world.uma, note="Her street", by=world.as_(world.liis), at=world.at)
    assert ring(offered.due_at - timedelta(minutes=1)) == 0
    mail.outbox.clear()
    assert ring(offered.due_at) == 1
    for person in (world.uma, world.liis):
        (message,) = mails_to(person.email)
        assert said(message) == ["the hand-over was to be answered by 3 March 2026 and is not"]
        assert complaint.reference in message.body
    assert ring(offered.due_at + DAY) == 0
    assert len(mail.outbox) == 2
    assert reminded() == 1
    offered.refresh_from_db()
    with pytest.raises(Refusal, match="not due"):
        actions.remind_of(offered, by=SYSTEM, at=offered.due_at + DAY)


def test_answered_ended_or_walled_off_nobody_is_reminded(world, ring):
    answered, ended, walled = (builders.a_complaint(world, Stage.ASSESSED) for _ in range(3))
    liis, uma = world.as_(world.liis), world.as_(world.uma)
    for one in (answered, ended, walled):
        offered = actions.hand_over(one, world.uma, note="Her street", by=liis, at=world.at)
    actions.accept_hand_over(answered, by=uma, at=world.at)
    actions.withdraw(ended, by=builders.the_complainant(ended), at=world.at)
    Wall.objects.create(complaint=walled, person=world.uma, why="declared", since=world.at)
    follow(world.at)
    mail.outbox.clear()
    assert ring(offered.due_at) == 3
    assert reminded() == 1
    assert not mails_to(world.uma.email)
    assert len(mails_to(world.liis.email)) == 1


def test_the_permission_of_a_representative_that_ends_soon_in_the_morning_and_not_at_night(world, ring):
    son = Representative(Contact(name="Jaan Saar", email="jaan@example.org"), relation="Son")
    intake = builders.an_intake(representative=son)
    complaint = receive(intake, token="t" * 32, by=VISITOR, at=world.at).complaint
    liis = world.as_(world.liis)
    actions.assign(complaint, world.liis, by=liis, at=world.at)
    until = date(2026, 4, 12)
    first = actions.record_authority(
        complaint, scope="All", where_kept="A folder", valid_until=until, by=liis, at=world.at
    )
    assert first.remind_at.date() == until - timedelta(days=14)
    # It is replaced by one that ends within days: nobody hears of the first, and of the second shortly before.
    soon = actions.record_authority(
        complaint, scope="All", where_kept="A folder", valid_until=date(2026, 3, 8), by=liis, at=world.at
    )
    assert soon.remind_at.date() == date(2026, 3, 6)
    assert actions.record_authority(
        complaint, scope="All", where_kept="A folder", valid_until=date(2026, 3, 3), by=liis, at=world.at
    ).remind_at is None  # fmt: skip
    last = actions.record_authority(
        complaint, scope="All", where_kept="A folder", valid_until=until, by=liis, at=world.at
    )
    follow(world.at)
    mail.outbox.clear()
    assert ring(moment("03-06T22:00")) == 1
    assert reminded() == 0
    # 29 March is a Sunday: the mail waits for the working day.
    assert ring(last.remind_at) == 2
    assert reminded() == 1
    assert mail.outbox == []
    send_alerts(moment("03-30T08:00"))
    (message,) = mails_to(world.liis.email)
    assert "ends on 12 April 2026" in message.body


def test_a_significant_complaint_that_nobody_reacts_to(world, ring):
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    record_absence(
        world.tom, starts_on=world.at.date() + DAY, ends_on=world.at.date() + 5 * DAY, substitute=None,
        by=world.as_(world.clara), at=world.at,
    )  # fmt: skip
    actions.raise_significant(complaint, reason="Many streets", by=world.as_(world.liis), at=world.at)
    actions.react_to_significant(complaint, reaction="Seen to.", by=world.as_(world.clara), at=world.at)
    silent = builders.a_complaint(world, Stage.ASSESSED)
    actions.raise_significant(silent, reason="Many streets", by=world.as_(world.liis), at=world.at)
    follow(world.at)
    mail.outbox.clear()
    due = silent.significant_alerts.get().remind_at
    assert due == world.at.replace(hour=17) + DAY
    ring(due)
    assert reminded() == 1
    assert mails_to(world.tom.email) == []
    (message,) = mails_to(world.clara.email)
    assert silent.reference in message.body
    assert "nobody has said what is being done" in message.body


def test_a_lent_role_and_a_training_that_end(world, ring):
    ends = world.at + timedelta(days=21)
    args = {"starts_at": world.at, "by": SYSTEM, "at": world.at}
    delegate(world.mark, world.zoe, Role.DECISION_MAKER, world.water, ends_at=ends, **args)
    back = delegate(world.liis, world.zoe, Role.HANDLER, world.water, ends_at=ends, **args)
    short = delegate(world.uma, world.zoe, Role.UNIT_MANAGER, world.water, ends_at=world.at + 2 * DAY, **args)
    assert short.remind_at is None
    end_delegation(back, by=SYSTEM, at=world.at + DAY)
    valid_to = (world.at + timedelta(days=40)).date()
    for person, renewed in ((world.mark, False), (world.liis, True)):
        for on in [world.at.date(), *([world.at.date() + DAY] if renewed else [])]:
            record_training(
                person, course="Impartial decisions", completed_on=on, valid_to=valid_to if on == world.at.date()
                else None, evidence="List 4", by=world.as_(world.clara), at=world.at + 2 * DAY,
            )  # fmt: skip
    ring(ends - timedelta(days=7))
    (message,) = mails_to(world.zoe.email)
    assert lines(message) == ["– The role Decision maker was lent to you until 23 March 2026"]
    ring(ends + timedelta(days=13))
    assert Alert.objects.filter(kind="training").count() == 1
    send_alerts(ends + timedelta(days=15))
    assert "Your training Impartial decisions counts until 11 April 2026" in mails_to(world.mark.email)[-1].body
    assert mails_to(world.liis.email) == []
    assert reminded("people.end_reminded") == 2
    assert not Delegation.objects.filter(remind_at__lte=ends + 30 * DAY).exists()
    assert not Training.objects.filter(remind_at__lte=ends + 30 * DAY).exists()
    entry = Entry.objects.filter(event="people.end_reminded").earliest("id")
    assert entry.subject == known_name_of(world.zoe.subject)
    with pytest.raises(Refusal, match="done already"):
        remind_of_end(back, by=SYSTEM, at=ends)


def test_one_that_cannot_be_read_keeps_no_other_waiting(world, ring, monkeypatch):
    first, second = (builders.a_complaint(world, Stage.ASSESSED) for _ in range(2))
    liis = world.as_(world.liis)
    doomed = actions.hand_over(first, world.uma, note="Her street", by=liis, at=world.at)
    actions.hand_over(second, world.uma, note="Her street", by=liis, at=world.at)
    verb = reminding.remind_of

    def broken(row, **given):
        if row.pk == doomed.pk:
            raise ValueError("cannot be read")
        verb(row, **given)

    monkeypatch.setattr(reminding, "remind_of", broken)
    assert ring(doomed.due_at) == 1
    assert ring(doomed.due_at) == 0
    monkeypatch.setattr(reminding, "remind_of", verb)
    assert ring(doomed.due_at + reminding.SET_BACK) == 1
    assert reminded() == 2
