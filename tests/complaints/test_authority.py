"""How much somebody may promise: limits by role, unit and kind, other currencies, training, and who could instead."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from amends.complaints import actions
from amends.complaints.actions.respond import PromisedRemedy
from amends.complaints.models import Complaint
from amends.complaints.models import Decision as DecisionMade
from amends.complaints.stages import Stage
from amends.framework.actions.record_rate import record_rate
from amends.framework.actions.set_authority import end_authority, set_authority
from amends.framework.models import AuthorityLimit, ExchangeRate, RemedyKind
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from amends.people.actions import record_training
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests import builders
from tests.cast import World

pytestmark = pytest.mark.django_db

MAKER, MANAGER = Role.DECISION_MAKER, Role.MANAGEMENT_REPRESENTATIVE


def promise(world: World, code: str, amount: int | None, currency: str = "GBP") -> PromisedRemedy:
    kind = RemedyKind.objects.get(code=code)
    money = {"amount": amount} if kind.is_money else {"value": amount}
    return PromisedRemedy(kind, "As said", (world.at + timedelta(days=20)).date(), currency=currency, **money)


def proposed(world: World, *remedies: PromisedRemedy) -> Complaint:
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    by = world.as_(world.liis)
    actions.record_finding(complaint, complaint.issues.get(), builders.a_conclusion(), by=by, at=world.at)
    actions.respond(
        complaint,
        builders.a_proposal(world, remedies=0) if not remedies else _with(world, remedies),
        by=by,
        at=world.at,
    )
    return complaint


def _with(world: World, remedies: tuple[PromisedRemedy, ...]):
    proposal = builders.a_proposal(world, remedies=0)
    return type(proposal)(**{**vars(proposal), "remedies": remedies})


def limit(world: World, role: Role, most: int | None, **more: object) -> AuthorityLimit:
    code = more.pop("kind", None)
    kind = RemedyKind.objects.get(code=code) if code else None
    return set_authority(role, most=most, kind=kind, reason="The board said so", by=SYSTEM, at=world.at, **more)


def code_of(world: World, complaint: Complaint, person, at=None) -> str:
    """What comes of it when somebody approves; nothing stays."""
    point = transaction.savepoint()
    try:
        fresh = Complaint.objects.get(pk=complaint.pk)
        actions.approve(fresh, by=world.as_(person, at), at=at or world.at)
    except Refusal as refusal:
        return refusal.code
    else:
        return "approved"
    finally:
        transaction.savepoint_rollback(point)


def test_without_any_limit_nobody_is_limited_and_the_decision_keeps_role_and_amount(world):
    complaint = proposed(world, promise(world, "pay-compensation", 900_000), promise(world, "apologise", None))
    actions.approve(complaint, by=world.as_(world.mark), at=world.at)
    made = DecisionMade.objects.get()
    assert (made.role, made.amount, made.currency, made.limit) == ("decision_maker", 900_000, "GBP", None)
    entry = Entry.objects.get(event="complaints.decided")
    assert (entry.facts["role"], entry.facts["amount"], entry.facts["currency"]) == ("decision_maker", 900_000, "GBP")


def test_the_sum_of_everything_counts_and_the_sentence_names_who_could(world):
    limit(world, MAKER, 10_000)
    limit(world, MANAGER, None)
    within = proposed(world, promise(world, "pay-compensation", 6_000), promise(world, "discount", 4_000))
    over = proposed(world, promise(world, "pay-compensation", 6_000), promise(world, "discount", 4_001))
    assert code_of(world, within, world.mark) == "approved"
    with pytest.raises(Refusal) as caught:
        actions.approve(over, by=world.as_(world.mark), at=world.at)
    assert caught.value.code == "over_limit"
    assert "£100.01" in str(caught.value.sentence)
    assert "Clara Whitfield" in str(caught.value.sentence)
    assert code_of(world, over, world.clara) == "approved"


def test_a_limit_of_one_kind_counts_beside_that_of_all(world):
    limit(world, MAKER, 50_000)
    limit(world, MAKER, 1_000, kind="discount")
    assert code_of(world, proposed(world, promise(world, "discount", 1_000)), world.mark) == "approved"
    assert code_of(world, proposed(world, promise(world, "discount", 1_001)), world.mark) == "over_limit"
    twice = proposed(world, promise(world, "discount", 600), promise(world, "discount", 600))
    assert code_of(world, twice, world.mark) == "over_limit", "two of one kind are added up"
    assert code_of(world, proposed(world, promise(world, "pay-compensation", 50_000)), world.mark) == "approved"


def test_where_only_kinds_have_limits_another_kind_has_none(world):
    limit(world, MAKER, 1_000, kind="discount")
    assert code_of(world, proposed(world, promise(world, "apologise", None)), world.mark) == "over_limit"
    assert code_of(world, proposed(world), world.mark) == "approved", "nothing promised needs no authority"


def test_the_limit_of_the_nearest_unit_counts(world):
    limit(world, MAKER, 1_000)
    limit(world, MAKER, 9_000, unit=world.water)
    limit(world, MAKER, 500_000, unit=world.energy)
    assert code_of(world, proposed(world, promise(world, "pay-compensation", 9_000)), world.mark) == "approved"
    assert code_of(world, proposed(world, promise(world, "pay-compensation", 9_001)), world.mark) == "over_limit"


def test_other_currencies_need_a_rate_and_are_rounded_up(world):
    limit(world, MAKER, 7_901)
    complaint = proposed(world, promise(world, "pay-compensation", 10_001, "USD"))
    assert code_of(world, complaint, world.mark) == "over_limit"
    record_rate("usd", Decimal("0.79"), valid_on=date(2026, 3, 1), source="The central bank", by=SYSTEM, at=world.at)
    assert code_of(world, complaint, world.mark) == "approved", "7900.79 is 7901"
    limit_now = AuthorityLimit.objects.get()
    set_authority(MAKER, most=7_900, reason="Lower", replaces=limit_now, by=SYSTEM, at=world.at)
    later = world.at + timedelta(minutes=1)
    assert code_of(world, complaint, world.mark, later) == "over_limit"


def test_without_a_rate_only_no_ceiling_covers_it(world):
    limit(world, MAKER, 10**12)
    limit(world, MANAGER, None)
    complaint = proposed(world, promise(world, "pay-compensation", 1, "JPY"))
    assert code_of(world, complaint, world.mark) == "over_limit"
    assert code_of(world, complaint, world.clara) == "approved"
    actions.approve(complaint, by=world.as_(world.clara), at=world.at)
    assert DecisionMade.objects.get().amount is None


def test_currencies_with_other_decimals_are_counted_right(world):
    record_rate("JPY", Decimal("0.005"), valid_on=date(2026, 3, 1), source="Bank", by=SYSTEM, at=world.at)
    complaint = proposed(world, promise(world, "pay-compensation", 10_000, "JPY"))  # 10,000 yen
    actions.approve(complaint, by=world.as_(world.mark), at=world.at)
    assert DecisionMade.objects.get().amount == 5_000  # 50 pounds


def test_a_rate_of_tomorrow_does_not_count_today_and_the_newest_does(world):
    for rate, day in (("2", date(2026, 2, 1)), ("3", date(2026, 2, 28)), ("1", date(2026, 1, 1))):
        record_rate("EUR", Decimal(rate), valid_on=day, source="Bank", by=SYSTEM, at=world.at)
    ExchangeRate.objects.create(
        currency="EUR", rate=Decimal(9), valid_on=date(2026, 3, 3), source="x", recorded_at=world.at
    )
    complaint = proposed(world, promise(world, "pay-compensation", 100, "EUR"))
    actions.approve(complaint, by=world.as_(world.mark), at=world.at)
    assert DecisionMade.objects.get().amount == 300


def test_what_has_a_value_needs_one_and_it_counts(world):
    limit(world, MAKER, 1_000)
    assert code_of(world, proposed(world, promise(world, "exchange", 1_000)), world.mark) == "approved"
    assert code_of(world, proposed(world, promise(world, "exchange", 1_001)), world.mark) == "over_limit"
    with pytest.raises(Refusal) as caught:
        proposed(world, promise(world, "exchange", None))
    assert caught.value.code == "remedy_value_needed"


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [(-5, "GBP", "remedy_amount_unfit"), (5, "", "currency_unknown"), (5, "ZZZ", "currency_unknown")],
)
def test_amounts_that_are_none_are_refused(world, amount, currency, code):
    with pytest.raises(Refusal) as caught:
        proposed(world, promise(world, "pay-compensation", amount, currency))
    assert caught.value.code == code


def test_without_the_training_the_limit_does_not_count(world):
    limit(world, MAKER, 10_000, course="Fair redress")
    complaint = proposed(world, promise(world, "discount", 100))
    assert code_of(world, complaint, world.mark) == "over_limit"
    record_training(
        world.mark,
        course="Fair redress",
        completed_on=date(2026, 1, 5),
        valid_to=date(2026, 3, 2),
        evidence="Certificate 12",
        by=world.as_(world.clara),
        at=world.at,
    )
    assert code_of(world, complaint, world.mark) == "approved"
    assert code_of(world, complaint, world.mark, world.at + timedelta(days=1)) == "over_limit", "it has run out"


def test_nobody_records_their_own_training(world):
    with pytest.raises(Refusal) as caught:
        record_training(
            world.clara,
            course="Law",
            completed_on=world.at.date(),
            valid_to=None,
            evidence="x",
            by=world.as_(world.clara),
            at=world.at,
        )
    assert caught.value.code == "own_training"


def test_a_limit_is_changed_and_ended_with_history_and_one_entry_each(world):
    clara = world.as_(world.clara)
    first = set_authority(MAKER, most=100, reason="Start", by=clara, at=world.at)
    later = world.at + timedelta(hours=1)
    second = set_authority(MAKER, most=200, reason="More", replaces=first, by=clara, at=later)
    end_authority(second, reason="Not needed", by=clara, at=later)
    first.refresh_from_db()
    assert (first.ends_at, second.ends_at) == (later, later)
    assert Entry.objects.filter(event="framework.authority_set").count() == 2
    assert Entry.objects.filter(event="framework.authority_ended").count() == 1
    for stale in (first, second):
        with pytest.raises(Refusal) as caught:
            end_authority(stale, reason="Again", by=clara, at=later)
        assert caught.value.code == "stale"


def test_two_who_change_a_limit_the_second_is_told(world):
    clara = world.as_(world.clara)
    first = set_authority(MAKER, most=100, reason="Start", by=clara, at=world.at)
    set_authority(MAKER, most=200, reason="More", replaces=first, by=clara, at=world.at)
    for seen in (first, None):
        with pytest.raises(Refusal) as caught:
            set_authority(MAKER, most=300, reason="Still more", replaces=seen, by=clara, at=world.at)
        assert caught.value.code == "stale"
    assert AuthorityLimit.objects.open().get().most == 200


def test_the_database_keeps_one_open_limit_of_each_kind(world):
    for unit in (None, world.water):
        for kind in (None, RemedyKind.objects.get(code="discount")):
            row = {"role": MAKER.value, "unit": unit, "kind": kind, "most": 1, "starts_at": world.at, "reason": "x"}
            AuthorityLimit.objects.create(**row)
            with pytest.raises(IntegrityError), transaction.atomic():
                AuthorityLimit.objects.create(**row)


def test_who_may_not_set_limits_is_refused(world):
    for person in (world.mark, world.liis, world.uma, world.tom):
        with pytest.raises(Refusal) as caught:
            set_authority(MAKER, most=1, reason="Mine", by=world.as_(person), at=world.at)
        assert caught.value.code == "not_permitted"
