"""With an outside body: its dates and the clock on them, its result beside ours, what leaves the house, next looks."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core import mail

from amends.complaints import actions
from amends.complaints.actions.disclose import Basis, Passed
from amends.complaints.actions.record_result import Order
from amends.complaints.actions.refer import Unlisted
from amends.complaints.actions.respond import PromisedRemedy
from amends.complaints.ledger import LedgerFilter
from amends.complaints.models import (
    Closure,
    Complaint,
    Custody,
    Deadline,
    Evidence,
    NextLook,
    OutsideDisclosure,
    Referral,
    Remedy,
)
from amends.complaints.next_step import Task, next_steps, points_of, situation_of
from amends.complaints.outside import compare
from amends.complaints.stages import Stage
from amends.correspondence.models import Message
from amends.framework.actions.change_outside_bodies import Written, add_outside_body, change_outside_body
from amends.framework.models import RemedyKind
from amends.journal.models import Entry, Payload
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from amends.kit.translated import TranslatedText
from amends.reactions import worker
from amends.reactions.clock import catch_up
from tests import builders

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
Outcome, Compared = Referral.Outcome, Referral.Compared
What, Ground = OutsideDisclosure.What, OutsideDisclosure.Ground
LAW = Basis(Ground.LAW, "Water Act, section 12")


def refused(code, act):
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code


@pytest.fixture
def liis(world):
    return world.as_(world.liis)


@pytest.fixture
def ombudsman(world):
    name = TranslatedText({"en": "Water Ombudsman", "et": "Veeombudsman"})
    return add_outside_body(Written(name), by=world.as_(world.clara), at=world.at)


def referred(world, liis, **more):
    complaint = builders.a_complaint(world, Stage.REJECTED)
    body = more.pop("body", Unlisted("A court", "It is one of a kind"))
    return complaint, actions.refer(complaint, body, referred_on=world.at.date(), by=liis, at=world.at, **more)


def violations():
    return [sentence for each in all_invariants() for sentence in each.check()]


def steps_for(complaint, world, at):
    person, points = world.as_(world.liis), points_of(complaint)
    return next_steps(situation_of(complaint, person, at, points=points, clocks=[], is_small=False))


def open_kinds(complaint):
    """Of the two that belong to a complaint outside; others may run beside them."""
    kinds = Deadline.objects.open().filter(complaint=complaint, kind__in=["file", "look"])
    return set(kinds.values_list("kind", flat=True))


def test_a_body_is_chosen_from_the_list_or_said_why_not(world, liis, ombudsman):
    complaint = builders.a_complaint(world, Stage.REJECTED)
    at, day = world.at, world.at.date()
    refused("reason_needed", lambda: actions.refer(complaint, Unlisted("A court"), referred_on=day, by=liis, at=at))
    refused("body_needed", lambda: actions.refer(complaint, Unlisted(" ", "x"), referred_on=day, by=liis, at=at))
    made = actions.refer(complaint, ombudsman, referred_on=day, by=liis, at=at)
    assert (made.listed, made.body, made.number, made.stage_before) == (ombudsman, "Water Ombudsman", 1, "rejected")
    assert complaint.stage == Stage.EXTERNAL
    change_outside_body(ombudsman, Written(ombudsman.name, is_active=False), seen=1, by=world.as_(world.clara), at=at)
    other = builders.a_complaint(world, Stage.REJECTED)
    refused("not_offered", lambda: actions.refer(other, ombudsman, referred_on=day, by=liis, at=at))
    # With nobody left on the list a name is enough again.
    assert actions.refer(other, Unlisted("A court"), referred_on=day, by=liis, at=at).why_unlisted == ""


def test_days_are_in_order_and_behind_us(world, liis):
    complaint = builders.a_complaint(world, Stage.REJECTED)
    day, court = world.at.date(), Unlisted("A court", "x")

    def refer(**days):
        return lambda: actions.refer(complaint, court, **{"referred_on": day, **days}, by=liis, at=world.at)

    refused("in_future", refer(referred_on=day + DAY, told_on=day + DAY))
    refused("in_future", refer(told_on=day + DAY))
    refused("told_before", refer(told_on=day - DAY))
    refused("due_before", refer(file_due_on=day - DAY))
    assert not Referral.objects.exists()
    assert complaint.stage == Stage.REJECTED


def test_the_day_for_the_file_is_watched_until_the_file_goes_there(world, liis):
    due = world.at.date() + 10 * DAY
    complaint, referral = referred(world, liis, file_due_on=due)
    clock = Deadline.objects.open().get(complaint=complaint, kind=Deadline.Kind.FILE)
    assert clock.due_at.date() == due
    Deadline.objects.open().filter(complaint=complaint).exclude(pk=clock.pk).update(
        dropped_at=world.at, alarm="", alarm_at=None
    )
    # Another day asks again; the clock of the day before falls away.
    later = due + 5 * DAY
    actions.update_referral(
        complaint, told_on=world.at.date(), their_reference="WO-9", file_due_on=later, by=liis, at=world.at
    )
    assert Deadline.objects.open().get(complaint=complaint, kind="file").due_at.date() == later
    # The sheet is not the file, and somebody else is not the body.
    sheet = Passed(What.SHEET, document=b"sheet")
    give = {"basis": LAW, "names_complainant": False, "given_on": world.at.date(), "by": liis, "at": world.at}
    actions.disclose(complaint, sheet, to=referral, **give)
    actions.disclose(complaint, Passed(What.FILE, document=b"file"), to="A lawyer", **give)
    assert open_kinds(complaint) == {"file"}
    assert complaint.next_due_kind == "file", "the queue shows it"
    made = actions.disclose(complaint, Passed(What.FILE, document=b"file"), to=referral, **give)
    assert (made.number, made.digest) == (3, sha256(b"file").hexdigest())
    assert open_kinds(complaint) == set()
    referral.refresh_from_db()
    assert (referral.file_sent_on, referral.their_reference) == (world.at.date(), "WO-9")
    assert violations() == []


def test_the_clock_notes_that_the_file_is_late(world, liis):
    complaint, _ = referred(world, liis, file_due_on=world.at.date() + DAY)
    catch_up(world.at + 5 * DAY)
    catch_up(world.at + 5 * DAY)
    assert Deadline.objects.get(complaint=complaint, kind="file").overdue_at is not None
    said = Entry.objects.filter(event="complaints.deadline_missed", particulars__contains='"kind":"file"')
    assert said.count() == 1


@pytest.mark.parametrize(
    ("ours", "theirs", "follows"),
    [
        ("upheld", Outcome.UPHELD, Compared.SAME),
        ("partly", Outcome.UPHELD, Compared.MORE),
        ("not_upheld", Outcome.PARTLY, Compared.MORE),
        ("upheld", Outcome.NOT_UPHELD, Compared.LESS),
        ("partly", Outcome.SETTLED, None),
        ("undetermined", Outcome.UPHELD, None),
        ("upheld", Outcome.NOT_ADMISSIBLE, None),
        ("", Outcome.UPHELD, None),
    ],
)
def test_their_result_beside_ours(ours, theirs, follows):
    assert compare(ours, theirs) == follows


def test_a_result_is_compared_and_nobody_can_say_the_opposite(world, liis):
    complaint, _ = referred(world, liis, file_due_on=world.at.date() + DAY)
    Complaint.objects.filter(pk=complaint.pk).update(outcome="partly")
    complaint.refresh_from_db()
    day = world.at.date()

    def record(outcome, compared=None, on=day):
        return actions.record_result(
            complaint, result="They say so.", outcome=outcome, decided_on=on, compared=compared, by=liis, at=world.at
        )

    refused("comparison_wrong", lambda: record(Outcome.UPHELD, Compared.LESS))
    refused("decided_before", lambda: record(Outcome.UPHELD, on=day - DAY))
    refused("in_future", lambda: record(Outcome.UPHELD, on=day + DAY))
    complaint.refresh_from_db()
    assert record(Outcome.UPHELD).compared == Compared.MORE
    assert open_kinds(complaint) == set(), "nobody waits for the file any more"
    # Both partly, and yet they gave more: a person judges.
    assert record(Outcome.PARTLY, Compared.MORE).compared == Compared.MORE
    assert record(Outcome.SETTLED).compared == Compared.NOT_COMPARABLE
    made = record(Outcome.NOT_UPHELD)
    assert (made.our_outcome, made.compared) == ("partly", Compared.LESS)
    late = {"told_on": day, "their_reference": "", "file_due_on": None}
    refused("decided_already", lambda: actions.update_referral(complaint, **late, by=liis, at=world.at))


def test_what_they_order_is_carried_out_verified_or_left_with_a_reason_before_it_closes(world, liis):
    complaint, _ = referred(world, liis)
    at, day, mark = world.at, world.at.date(), world.as_(world.mark)

    def order(code, text, *, owner=world.liis, due_on=day + 9 * DAY, **more):
        return Order(PromisedRemedy(RemedyKind.objects.get(code=code), text, due_on, **more), owner)

    def result(*orders):
        kind = {"outcome": Outcome.UPHELD, "result": "Pay, and say sorry.", "decided_on": day}
        return actions.record_result(complaint, **kind, orders=orders, by=liis, at=at)

    def leave(number, by=mark, reason="They refused it"):
        return actions.leave_remedy(complaint, number, reason=reason, by=by, at=at)

    def close():
        return actions.close(complaint, reason=Closure.Reason.EXHAUSTED, by=liis, at=at)

    refused("result_missing", lambda: leave(1))
    refused("due_before", lambda: result(order("apologise", "A letter", due_on=day - DAY)))
    refused("remedy_amount_needed", lambda: result(order("pay-compensation", "120 dollars")))
    actions.declare_conflict(complaint, world.uma, reason="A cousin", by=world.as_(world.uma), at=at)
    refused("owner_unfit", lambda: result(order("apologise", "A letter", owner=world.uma)))
    assert not Referral.objects.exclude(outcome="").exists()
    money = order("pay-compensation", "120 dollars", amount=12_000, currency="USD")
    referral = result(money, order("change-practice", "Notices by text message", owner=world.clara))
    assert referral.compared == Compared.MORE, "beyond what we decided"
    ours, paid, changed = Remedy.objects.filter(complaint=complaint).order_by("number")
    assert [ours.is_ordered, paid.is_ordered, changed.is_ordered] == [False, True, True]
    assert (paid.state, paid.owner, changed.owner) == ("promised", world.liis, world.clara)
    assert Deadline.objects.open().filter(complaint=complaint, kind="remedy", number=paid.number).exists()
    worker.drain()
    assert [m.to for m in mail.outbox if "you see to it" in m.subject] == [[world.clara.email]], "not who wrote it down"
    refused("order_open", close)
    assert Task.CLOSE not in {step.task for step in steps_for(complaint, world, at)}
    actions.prove_remedy(complaint, paid.number, proof="Booking 7", done_on=day, by=liis, at=at)
    refused("not_promised", lambda: leave(paid.number))
    refused("not_permitted", lambda: leave(changed.number, by=liis))
    leave(ours.number)
    assert complaint.stage == Stage.EXTERNAL
    refused("order_open", close)
    left = leave(changed.number, reason="Set aside on appeal")
    assert (left.state, left.left_by) == ("left", world.mark)
    # What was done is verified by somebody else; what was left needs nothing more.
    assert complaint.stage == Stage.REMEDIED
    assert not Deadline.objects.open().filter(complaint=complaint, kind="remedy").exists()
    assert violations() == []
    actions.verify_remedies(complaint, by=mark, at=at)
    close()
    assert violations() == []
    ledger = LedgerFilter(is_ordered=True).of(world.as_(world.clara), day)
    assert [each.number for each in ledger] == [paid.number]


def test_what_is_passed_on_has_a_recipient_a_ground_and_a_digest(world, liis):
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    letter = Message.objects.filter(thread=complaint.thread_id, direction="out").first()
    other = builders.a_complaint(world, Stage.COMMUNICATED)
    strange = Message.objects.filter(thread=other.thread_id, direction="out").first()
    piece = Evidence.objects.create(
        complaint=complaint, number=1, kind="thing", title="A notice", origin="Mari", taken_on=world.at.date(),
        person=world.liis, at=world.at,
    )  # fmt: skip
    Custody.objects.create(evidence=piece, number=1, what="taken_in", person=world.liis, at=world.at)

    def give(passed, to="A lawyer", basis=LAW, **more):
        given = {"names_complainant": False, "given_on": world.at.date(), "by": liis, "at": world.at, **more}
        return actions.disclose(complaint, passed, to=to, basis=basis, **given)

    refused("recipient_needed", lambda: give(Passed(What.LETTER, message=letter), to=" "))
    refused("ground_needed", lambda: give(Passed(What.LETTER, message=letter), basis=Basis(Ground.LAW, " ")))
    refused("nothing_chosen", lambda: give(Passed(What.LETTER)))
    refused("nothing_chosen", lambda: give(Passed(What.LETTER, message=strange)))
    refused("nothing_chosen", lambda: give(Passed(What.EVIDENCE)))
    refused("nothing_chosen", lambda: give(Passed(What.OTHER)))
    refused("nothing_chosen", lambda: give(Passed(What.FILE)))
    refused("in_future", lambda: give(Passed(What.LETTER, message=letter), given_on=world.at.date() + DAY))
    assert not OutsideDisclosure.objects.exists()
    made = give(Passed(What.LETTER, message=letter))
    assert made.digest == sha256(letter.text.encode()).hexdigest()
    shown = give(Passed(What.EVIDENCE, evidence=[piece]))
    assert (shown.number, shown.digest, list(shown.evidence.all())) == (2, "", [piece])
    entry = Entry.objects.filter(event="complaints.disclosed").earliest("id")
    assert "lawyer" not in str(entry.particulars)
    assert "lawyer" in str(Payload.objects.get(entry=entry).body)


def test_a_shielded_name_stays_inside_without_ground(world, liis):
    complaint = builders.a_complaint(world, Stage.EXTERNAL)
    clara = world.as_(world.clara)
    actions.shield(complaint, reason="They fear for their job", by=clara, at=world.at)
    complaint = Complaint.objects.get(pk=complaint.pk)

    def give(passed, *, names, by, ground=Ground.LAW):
        basis = Basis(ground, "Written on 2 March")
        day = world.at.date()
        return lambda: actions.disclose(
            complaint, passed, to="Court", basis=basis, names_complainant=names, given_on=day, by=by, at=world.at
        )

    file, other = Passed(What.FILE, document=b"x"), Passed(What.OTHER, described="Her letter")
    refused("name_unknown", give(file, names=True, by=liis))
    refused("shielded", give(other, names=False, by=liis))
    refused("name_unknown", give(other, names=True, by=liis))
    refused("shielded", give(file, names=True, by=clara, ground=Ground.CONTRACT))
    refused("shielded", give(file, names=True, by=clara, ground=Ground.CLAIM))
    assert not OutsideDisclosure.objects.exists()
    assert give(file, names=False, by=liis)().names_complainant is False
    assert give(file, names=True, by=clara, ground=Ground.CONSENT)().names_complainant is True


def test_of_the_anonymous_nobody_can_name_them(world, liis):
    complaint = builders.a_complaint(world, Stage.ASSESSED, is_anonymous=True)
    refused(
        "anonymous",
        lambda: actions.disclose(
            complaint,
            Passed(What.FILE, document=b"x"),
            to="Court",
            basis=LAW,
            names_complainant=True,
            given_on=world.at.date(),
            by=liis,
            at=world.at,
        ),
    )


def test_the_next_look_is_a_deadline_and_the_last_one_is_met_by_looking(world, liis):
    complaint, _ = referred(world, liis)
    day = world.at.date()
    refused("note_needed", lambda: actions.set_next_look(complaint, look_on=day, note=" ", by=liis, at=world.at))
    refused("not_ahead", lambda: actions.set_next_look(complaint, look_on=day - DAY, note="x", by=liis, at=world.at))
    actions.set_next_look(complaint, look_on=day + 7 * DAY, note="Have they decided?", by=liis, at=world.at)
    first = Deadline.objects.open().get(complaint=complaint, kind=Deadline.Kind.LOOK)
    owed = Deadline.objects.open().filter(complaint=complaint).earliest("due_at")
    assert (complaint.next_due_kind, complaint.next_due_at) == (owed.kind, owed.due_at)
    actions.set_next_look(complaint, look_on=day + 30 * DAY, note="Not yet", by=liis, at=world.at + 7 * DAY)
    first.refresh_from_db()
    assert first.met_at is not None
    assert not first.was_late
    actions.set_next_look(complaint, look_on=None, note="They will write", by=liis, at=world.at + 8 * DAY)
    assert open_kinds(complaint) == set()
    assert [look.number for look in NextLook.objects.order_by("number")] == [1, 2, 3]
    assert violations() == []


def test_a_look_that_nobody_took_is_noted_and_everything_ends_with_the_complaint(world, liis):
    complaint, _ = referred(world, liis, file_due_on=world.at.date() + 40 * DAY)
    actions.set_next_look(complaint, look_on=world.at.date() + DAY, note="Ask", by=liis, at=world.at)
    catch_up(world.at + DAY / 2)
    catch_up(world.at + 4 * DAY)
    look = Deadline.objects.get(complaint=complaint, kind="look")
    assert look.overdue_at is not None
    actions.withdraw(complaint, by=builders.the_complainant(complaint), at=world.at + 5 * DAY)
    assert open_kinds(complaint) == set()


def test_merged_and_taken_apart_the_file_is_watched_as_before(world, liis):
    complaint, _ = referred(world, liis, file_due_on=world.at.date() + 9 * DAY)
    actions.set_next_look(complaint, look_on=world.at.date() + 5 * DAY, note="Ask", by=liis, at=world.at)
    into = builders.a_receipt(world).complaint
    actions.merge(complaint, into, by=liis, at=world.at)
    assert open_kinds(complaint) == set()
    assert violations() == []
    complaint = Complaint.objects.get(pk=complaint.pk)
    actions.unmerge(complaint, reason="Two matters", by=liis, at=world.at)
    assert open_kinds(complaint) == {"file", "look"}
    assert violations() == []
