"""Where a complaint stands with outside bodies, and how what they decided compares with what we did."""

from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines
from amends.complaints.models import Complaint, Deadline, NextLook, OutsideDisclosure, Referral, Remedy
from amends.complaints.stages import Outcome
from amends.framework.queries import the_organisation
from amends.kit.refusal import Refusal

Compared = Referral.Compared
#: Somebody still has to do something about it: carry it out, or verify the proof.
OWED = (Remedy.State.PROMISED, Remedy.State.DONE)

#: How much is in it for the complainant. What is not here says nothing about who was right.
_WEIGHT: dict[str, int] = {Outcome.NOT_UPHELD: 0, Outcome.PARTLY: 1, Outcome.UPHELD: 2}


def compare(ours: str, theirs: str) -> Referral.Compared | None:
    """The other result beside ours, as far as both say who was right. None where a person has to judge."""
    if ours not in _WEIGHT or theirs not in _WEIGHT:
        return None
    difference = _WEIGHT[theirs] - _WEIGHT[ours]
    if not difference:
        return Compared.SAME
    return Compared.MORE if difference > 0 else Compared.LESS


def newest_referral(complaint: Complaint) -> Referral | None:
    """The one that counts now. One query."""
    return Referral.objects.filter(complaint=complaint).select_related("listed").order_by("-number").first()


def is_decided_outside(complaint: Complaint) -> bool:
    """Whether the body that has it, or had it last, is done."""
    newest = Referral.objects.filter(complaint=complaint).order_by("-number").values_list("outcome", flat=True).first()
    return bool(newest)


def has_open_orders(complaint: Complaint) -> bool:
    """Whether something that a body outside ordered is not verified yet, nor left with a reason."""
    return Remedy.objects.filter(complaint=complaint, referral__isnull=False, state__in=OWED).exists()


def current_look(complaint: Complaint) -> NextLook | None:
    """The last time somebody looked, with the day of the next time. One query."""
    return NextLook.objects.filter(complaint=complaint).select_related("person").order_by("-number").first()


def next_number(model: type[Referral] | type[NextLook] | type[OutsideDisclosure], complaint: Complaint) -> int:
    """The number after the last one of a complaint."""
    last: int | None = model.objects.filter(complaint=complaint).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def today(at: datetime) -> date:
    """The day it is where the organisation is."""
    return at.astimezone(the_organisation().zone).date()


def check_past(day: date, at: datetime, field: str) -> None:
    """Refuse a day that is still to come."""
    if day > today(at):
        raise Refusal("in_future", _("This day cannot be in the future."), field=field)


def watch_for_file(referral: Referral, at: datetime) -> None:
    """Let the clock watch the day by which they want our file; the day before it falls away."""
    complaint = referral.complaint
    deadlines.drop(complaint, at, Deadline.Kind.FILE)
    if referral.file_due_on is not None:
        deadlines.start_on_day(complaint, Deadline.Kind.FILE, referral.number, referral.file_due_on, at)
    deadlines.keep_strictest(complaint)
