"""Recording what an outside body decided (ISO 10002, 7.9)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.answering import complete_if_all_done
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline, Referral
from amends.complaints.outside import check_past, compare, newest_referral
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine

Compared = Referral.Compared


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
    seen: int | None = None,
) -> Referral:
    """Write down what the outside body decided, and how that compares with what we did.

    Where both say who was right, the comparison follows; a person judges where it does not, or where both say the
    same and yet one gave more. Refusals: `not_referred`, `in_future`, `decided_before`, `comparison_wrong`.
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
    referral.compared = _judged(complaint.outcome, outcome, compared)
    lifecycle.take(Verb.RECORD_RESULT, complaint, by=by, at=at, seen=seen)
    referral.result, referral.outcome, referral.decided_on = result, outcome, decided_on
    referral.save(update_fields=["our_outcome", "compared", "result", "outcome", "decided_on"])
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
        ),
        by=by,
        at=at,
        payload={"result": result},
    )
    return referral


def _judged(ours: str, theirs: Referral.Outcome, said: Referral.Compared | None) -> Referral.Compared:
    follows = compare(ours, theirs)
    if said is None:
        return follows or Compared.NOT_COMPARABLE
    if follows in {Compared.MORE, Compared.LESS} and said != follows:
        sentence = _("Both results together say something else. Leave this empty, or look at the result again.")
        raise Refusal("comparison_wrong", sentence, field="compared")
    return said
