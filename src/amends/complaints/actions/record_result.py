"""Recording what an outside body decided (ISO 10002, 7.9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actions.respond import PromisedRemedy, checked_promise
from amends.complaints.answering import complete_if_all_done
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline, Referral, Remedy, Wall
from amends.complaints.outside import check_past, compare, newest_referral
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people.models import Person
from amends.permissions import engine

Compared = Referral.Compared


@dataclass(frozen=True)
class Order:
    """One thing that the body wants done beyond what we decided, and who sees to it here."""

    remedy: PromisedRemedy
    owner: Person


@transaction.atomic
def record_result(
    complaint: Complaint,
    *,
    result: str,
    outcome: Referral.Outcome,
    decided_on: date,
    by: engine.Person,
    at: datetime,
    compared: Referral.Compared | None = None,
    orders: Sequence[Order] = (),
    seen: int | None = None,
) -> Referral:
    """Write down what the outside body decided, how that compares with what we did, and what it orders beyond that.

    Where both say who was right, the comparison follows; a person judges where it does not, or where both say the
    same and yet one gave more. What it orders becomes remedies; recording the result once more adds to them. Refusals:
    `not_referred`, `in_future`, `decided_before`, `comparison_wrong`, `due_before`, `owner_unfit`, those of remedies.
    """
    result = checked_text(result, longest=10_000, field="result")
    check_past(decided_on, at, "decided_on")
    lifecycle.check(Verb.RECORD_RESULT, complaint, by=by)
    referral = newest_referral(complaint)
    if referral is None:
        raise Refusal("not_referred", _("No outside body is noted. Open the complaint again."))
    if decided_on < referral.referred_on:
        sentence = _("They cannot have decided before it was taken there.")
        raise Refusal("decided_before", sentence, field="decided_on")
    referral.our_outcome = complaint.outcome
    has_orders = bool(orders) or referral.orders.exists()
    referral.compared = _judged(complaint.outcome, outcome, compared, has_orders=has_orders)
    wanted = [_checked(complaint, order, decided_on) for order in orders]
    lifecycle.take(Verb.RECORD_RESULT, complaint, by=by, at=at, seen=seen)
    referral.result, referral.outcome, referral.decided_on = result, outcome, decided_on
    referral.save(update_fields=["our_outcome", "compared", "result", "outcome", "decided_on"])
    _add_orders(complaint, referral, wanted, at)
    deadlines.drop(complaint, at, Deadline.Kind.FILE)
    deadlines.keep_strictest(complaint)
    complete_if_all_done(complaint, by=by, at=at)
    record(
        events.ExternalResultRecorded(
            complaint=complaint.subject,
            number=referral.number,
            outcome=outcome.value,
            compared=referral.compared,
            decided_on=decided_on,
            ordered=len(wanted),
        ),
        by=by,
        at=at,
        payload={"result": result, **({"orders": [each.remedy.description for each in wanted]} if wanted else {})},
    )
    return referral


def _judged(
    ours: str, theirs: Referral.Outcome, said: Referral.Compared | None, *, has_orders: bool
) -> Referral.Compared:
    follows = compare(ours, theirs)
    if said is None:
        # Something beyond our decision is more, where the results alone do not say so.
        beyond = Compared.MORE if has_orders and follows != Compared.LESS else None
        return beyond or follows or Compared.NOT_COMPARABLE
    if follows in {Compared.MORE, Compared.LESS} and said != follows:
        sentence = _("Both results together say something else. Leave this empty, or look at the result again.")
        raise Refusal("comparison_wrong", sentence, field="compared")
    return said


def _checked(complaint: Complaint, order: Order, decided_on: date) -> Order:
    remedy = checked_promise(order.remedy)
    if remedy.due_on < decided_on:
        raise Refusal("due_before", _("It cannot be due before they decided."), field="remedies")
    walled = Wall.objects.filter(complaint=complaint, person=order.owner).exists()
    if not order.owner.is_active or walled:
        raise Refusal("owner_unfit", _("This person cannot see to it. Choose another."), field="remedies")
    return Order(remedy, order.owner)


def _add_orders(complaint: Complaint, referral: Referral, orders: Sequence[Order], at: datetime) -> None:
    """Each is owed from now on, with a clock on its day. Numbers go on from what we promised."""
    last = Remedy.objects.filter(complaint=complaint).aggregate(last=Max("number"))["last"] or 0
    for number, order in enumerate(orders, start=last + 1):
        remedy = order.remedy
        Remedy.objects.create(
            complaint=complaint,
            referral=referral,
            owner=order.owner,
            number=number,
            kind=remedy.kind,
            description=remedy.description,
            amount=remedy.amount,
            value=remedy.value,
            currency=remedy.currency if remedy.worth is not None else "",
            due_on=remedy.due_on,
            state=Remedy.State.PROMISED,
        )
        deadlines.start_on_day(complaint, Deadline.Kind.REMEDY, number, remedy.due_on, at)
