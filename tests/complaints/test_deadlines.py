"""Which clocks run, what starts and meets them, and that the strictest stands on the complaint."""

from datetime import date, timedelta

import pytest

from amends.complaints import actions
from amends.complaints.counting import count, explanation_of
from amends.complaints.models import Acknowledgement, AppliedPack, Deadline
from amends.complaints.stages import Stage
from amends.framework.models import Activation, Product
from amends.kit.invariants import all_invariants
from amends.people.standing import SYSTEM
from tests import builders
from tests.complaints.clocks import apply_beside, apply_pack, at, clock, due_day

pytestmark = pytest.mark.django_db


def broken() -> list[str]:
    return [sentence for each in all_invariants() for sentence in each.check()]


def test_the_general_pack_owes_a_confirmation_and_a_decision(world):
    complaint = builders.a_receipt(world).complaint
    assert {deadline.code for deadline in complaint.deadlines.all()} == {"acknowledgement", "decision"}
    assert due_day(clock(complaint, "acknowledgement")) == date(2026, 3, 4)
    assert due_day(clock(complaint, "decision")) == date(2026, 3, 23)
    complaint.refresh_from_db()
    assert (complaint.next_due_kind, complaint.next_due_at.hour) == ("acknowledgement", 17)
    assert broken() == []


def test_a_public_holiday_moves_the_date_and_is_named(world):
    complaint = builders.a_receipt(world, at=at(23)).complaint
    decision = clock(complaint, "decision")
    # Good Friday 3 April and Easter Monday 6 April do not count.
    assert due_day(decision) == date(2026, 4, 15)
    explanation = explanation_of(decision)
    assert explanation is not None
    assert explanation.adds_up()
    named = {step.day: step.name["en"] for step in explanation.days if step.name}
    assert named == {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}


def test_several_packs_run_at_once_and_the_strictest_leads(world):
    apply_pack(world, "uk-fca-disp")
    apply_beside(world, "uk-payment-services")
    complaint = builders.a_receipt(world).complaint
    roles = dict(AppliedPack.objects.filter(complaint=complaint).values_list("pack__pack", "role"))
    assert roles == {"uk-fca-disp": "main", "uk-payment-services": "beside"}
    final = {d.pack.pack: due_day(d) for d in complaint.deadlines.filter(code="final_response")}
    assert final == {"uk-fca-disp": date(2026, 4, 27), "uk-payment-services": date(2026, 3, 23)}
    complaint.refresh_from_db()
    assert complaint.next_due_at == min(deadline.due_at for deadline in complaint.deadlines.all())
    actions.acknowledge(complaint, how=Acknowledgement.How.PHONE, by=world.as_(world.liis), at=at(2))
    assert not Deadline.objects.open().filter(complaint=complaint, kind="acknowledgement").exists()
    assert broken() == []


def test_what_a_law_leaves_open_our_own_targets_fill(world):
    product = Product.objects.get(code="our-services")
    apply_pack(world, "us-cfpb", product=product)
    complaint = builders.a_receipt(world).complaint
    roles = dict(AppliedPack.objects.filter(complaint=complaint).values_list("pack__pack", "role"))
    assert roles == {"us-cfpb": "main", "general": "fill"}
    assert clock(complaint, "acknowledgement").pack.pack == "general"
    other = builders.a_receipt(world, product=None).complaint
    assert other.pack.pack == "general"


def test_a_clock_that_begins_with_the_confirmation_begins_with_it(world):
    apply_pack(world, "uk-housing-ombudsman")
    complaint = builders.a_receipt(world).complaint
    assert {deadline.code for deadline in complaint.deadlines.all()} == {"acknowledgement"}
    actions.acknowledge(complaint, how=Acknowledgement.How.PHONE, by=world.as_(world.liis), at=at(4))
    assert due_day(clock(complaint, "stage_1")) == date(2026, 3, 18)
    actions.acknowledge(complaint, how=Acknowledgement.How.POST, by=world.as_(world.liis), at=at(9))
    assert due_day(clock(complaint, "stage_1")) == date(2026, 3, 18), "confirmed again, not begun again"
    assert broken() == []


def test_the_review_has_a_confirmation_of_its_own(world):
    apply_pack(world, "uk-housing-ombudsman")
    complaint = builders.a_complaint(world, Stage.IN_REVIEW)
    assert clock(complaint, "stage_2_acknowledgement").is_open
    assert not complaint.deadlines.filter(code="stage_2").exists()
    actions.acknowledge(complaint, how=Acknowledgement.How.PHONE, by=world.as_(world.uma), at=at(5))
    assert clock(complaint, "stage_2_acknowledgement").met_at == at(5)
    assert due_day(clock(complaint, "stage_2")) == date(2026, 4, 2)


def test_news_are_owed_again_after_each_news_until_the_decision(world):
    apply_pack(world, "ireland-cpc")
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    first = clock(complaint, "update")
    actions.write_message(complaint, text="We are still looking.", by=world.as_(world.liis), at=at(10))
    again = clock(complaint, "update")
    assert again.pk != first.pk
    assert again.starts_at == at(10)
    first.refresh_from_db()
    assert first.met_at == at(10)
    decided = builders.a_complaint(world, Stage.COMMUNICATED)
    assert not Deadline.objects.open().filter(complaint=decided, kind="update").exists()


def test_an_hour_is_not_held_against_us_when_only_the_day_is_known(world):
    apply_pack(world, "australia-rg271")
    from_day = at(3, 0)
    complaint = actions.receive(
        builders.an_intake(received_at=from_day, received_precision="day", channel="post"),
        token="letter",
        by=world.as_(world.liis),
        at=at(4, 15),
    ).complaint
    assert clock(complaint, "acknowledgement").starts_at == at(4, 15)
    assert clock(complaint, "response").starts_at == from_day


def test_a_regulator_stops_the_clock_for_its_products_only(world):
    apply_pack(world, "uk-fca-disp")
    complaint = builders.a_complaint(world)
    plain = due_day(clock(complaint, "final_response"))
    loans = Product.objects.create(code="motor-finance-dca", position=99)
    stopped = builders.a_receipt(world, product=loans, occurred_on=date(2019, 5, 1)).complaint
    deadline = clock(stopped, "final_response")
    # No day until 31 May 2026 counts: eight weeks from 1 June.
    assert plain == date(2026, 4, 27)
    assert due_day(deadline) == date(2026, 7, 26)
    explanation = explanation_of(deadline)
    assert explanation is not None
    assert explanation.adds_up()
    assert {step.stop for step in explanation.days if step.stop} == {"motor_finance_dca"}


def test_every_date_can_be_counted_again_from_its_row(world):
    for stage in (Stage.RECEIVED, Stage.COMMUNICATED, Stage.ACCEPTED, Stage.IN_REVIEW, Stage.CLOSED):
        builders.a_complaint(world, stage)
    rows = Deadline.objects.select_related("calendar")
    assert rows.count() > 15
    for deadline in rows:
        assert count(deadline) == (deadline.due_at, deadline.outer_at)


def test_reopening_owes_a_new_decision(world):
    complaint = builders.a_complaint(world, Stage.CLOSED)
    actions.reopen(complaint, reason="It broke again.", by=world.as_(world.liis), at=at(30))
    assert due_day(clock(complaint, "decision")) == date(2026, 4, 22)
    assert broken() == []


def test_what_it_turns_out_to_be_about_changes_the_rules(world):
    product = Product.objects.create(code="payments", kind="service", position=99)
    apply_pack(world, "uk-payment-services", product=product)
    complaint = builders.a_receipt(world).complaint
    assert complaint.pack.pack == "general"
    judgement = builders.a_judgement(handler=world.liis, product=product)
    actions.assess(complaint, judgement, by=world.as_(world.liis), at=at(3))
    complaint.refresh_from_db()
    assert complaint.pack.pack == "uk-payment-services"
    # The clock of the law runs from receipt, not from the day on which we understood.
    assert clock(complaint, "final_response").starts_at == complaint.received_at
    assert clock(complaint, "decision").dropped_at == at(3)
    assert broken() == []


def test_complaints_that_run_keep_their_rules_until_somebody_gives_a_reason(world):
    complaint = builders.a_receipt(world).complaint
    apply_pack(world, "estonia")
    assert clock(complaint, "decision").pack.pack == "general"
    assert actions.change_packs(complaint, reason="Sold in Estonia", by=world.as_(world.liis), at=at(3))
    assert clock(complaint, "decision").pack.pack == "estonia"
    assert due_day(clock(complaint, "decision")) == date(2026, 3, 17)
    assert not actions.change_packs(complaint, reason="Again", by=world.as_(world.liis), at=at(4))
    assert broken() == []


def test_silence_counts_as_a_refusal_where_the_law_says_so(world):
    apply_pack(world, "estonia")
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    deadline = clock(complaint, "decision")
    Deadline.objects.filter(pk=deadline.pk).update(alarm="deem", alarm_at=deadline.due_at)
    deadline.refresh_from_db()
    outcome = actions.deem(deadline, by=SYSTEM, at=deadline.due_at + timedelta(minutes=1))
    assert outcome.outcome == "refused"
    complaint.refresh_from_db()
    assert complaint.stage == Stage.INVESTIGATING, "it stays open and is still owed an answer"
    assert clock(complaint, "decision").is_open
    assert broken() == []


def test_which_activation_wins_is_the_closest(world):
    product = Product.objects.get(code="our-services")
    apply_pack(world, "estonia")
    apply_pack(world, "eu-psd2", product=product)
    apply_pack(world, "turkiye", product=product, complainant_kind="organisation")
    assert Activation.objects.filter(ends_at__isnull=True).count() == 3
    assert builders.a_receipt(world).complaint.pack.pack == "eu-psd2"
    assert builders.a_receipt(world, product=None).complaint.pack.pack == "estonia"
