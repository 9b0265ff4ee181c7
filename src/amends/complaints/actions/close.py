"""Closing: with a reason, and never while something promised to somebody who accepted is unproved (ISO 10002, 7.9)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Answer, Closure, Complaint, ContactAttempt, Decision, Remedy, Review
from amends.complaints.outside import has_open_orders, is_decided_outside
from amends.complaints.stages import Stage
from amends.framework.queries import the_organisation
from amends.framework.which_packs import rules_of
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_text
from amends.permissions import engine

Reason = Closure.Reason


@transaction.atomic
def close(
    complaint: Complaint,
    *,
    reason: Closure.Reason,
    by: engine.Person,
    at: datetime,
    note: str = "",
    others_affected: str = "",
    seen: int | None = None,
) -> Closure:
    """End a complaint. Which reasons are possible follows from where it stands, see `reasons_open_to`."""
    stage = Stage(complaint.stage)
    if reason not in reasons_open_to(complaint):
        raise _why_not(complaint, reason, stage)
    lifecycle.take(Verb.CLOSE, complaint, by=by, at=at, seen=seen)
    closure = Closure.objects.create(
        complaint=complaint,
        reason=reason,
        note=clean_text(note)[:4000],
        others_affected=others_affected,
        person_id=staff_id_of(by),
        at=at,
    )
    left = Remedy.objects.filter(complaint=complaint, state__in=[Remedy.State.PROMISED, Remedy.State.PROPOSED])
    dropped = left.update(state=Remedy.State.DROPPED)
    deadlines.drop_all(complaint, at)
    deadlines.keep_strictest(complaint)
    settled = reason == Reason.SATISFIED
    Complaint.objects.filter(pk=complaint.pk).update(
        is_settled=settled, has_new_reply=False, waits_for_complainant=False
    )
    complaint.is_settled = settled
    record(
        events.Closed(
            complaint=complaint.subject,
            reason=reason.value,
            outcome=complaint.outcome,
            is_settled=settled,
            dropped_remedies=dropped,
        ),
        by=by,
        at=at,
        payload={"note": closure.note} if closure.note else None,
    )
    return closure


def reasons_open_to(complaint: Complaint) -> list[Closure.Reason]:
    """The reasons for which the complaint could be closed now."""
    stage = Stage(complaint.stage)
    found: list[Closure.Reason] = []
    if stage is Stage.VERIFIED:
        # What was done after a body outside had decided was done for somebody who did not accept.
        found.append(Reason.SATISFIED if _was_accepted(complaint) else Reason.EXHAUSTED)
    if stage is Stage.ACCEPTED and not _is_promised(complaint):
        found.append(Reason.SATISFIED)
    if stage is Stage.COMMUNICATED and attempts_left(complaint) == 0:
        found.append(Reason.NO_ANSWER)
    if stage is Stage.REJECTED and is_last_word(complaint):
        found.append(Reason.REVIEW_FINAL)
    if stage is Stage.EXTERNAL and is_decided_outside(complaint) and not has_open_orders(complaint):
        found.append(Reason.EXHAUSTED)
    return found


def attempts_left(complaint: Complaint) -> int:
    """How often somebody still has to try to reach the complainant before silence may end it."""
    needed = rules_of(complaint.pack).contact_attempts_before_no_answer
    since = complaint.stage_since
    return max(0, needed - ContactAttempt.objects.filter(complaint=complaint, at__gte=since).count())


def _is_promised(complaint: Complaint) -> bool:
    promised = [Remedy.State.PROMISED, Remedy.State.DONE]
    return Remedy.objects.filter(complaint=complaint, state__in=promised).exists()


def _was_accepted(complaint: Complaint) -> bool:
    decisions = Decision.objects.standing().filter(complaint=complaint).order_by("-pk")
    return decisions.values_list("answer__says", flat=True).first() == Answer.Says.ACCEPTS


def is_last_word(complaint: Complaint, *, is_small: bool | None = None) -> bool:
    """Whether the internal ways are used up: a review was decided, or the small profile has no second person.

    Reopening begins a new round too, but nobody has reviewed anything by it.
    """
    if is_small is None:
        is_small = the_organisation().is_small
    return is_small or Review.objects.filter(complaint=complaint).exists()


def _why_not(complaint: Complaint, reason: Closure.Reason, stage: Stage) -> Refusal:
    if reason == Reason.SATISFIED and stage in {Stage.ACCEPTED, Stage.REMEDIED}:
        sentence = _("What was promised is not proved and verified yet. Add the proof first.")
        return Refusal("remedy_unproved", sentence, field="reason")
    if reason == Reason.NO_ANSWER:
        sentence = _("Silence is not acceptance. Try to reach the complainant and log each attempt first.")
        return Refusal("attempts_missing", sentence, field="reason", facts={"left": attempts_left(complaint)})
    if reason == Reason.REVIEW_FINAL:
        sentence = _("The complainant does not agree. Start an internal review, or note where they went instead.")
        return Refusal("review_open", sentence, field="reason")
    if reason == Reason.EXHAUSTED and has_open_orders(complaint):
        sentence = _("What the outside body ordered is open. Prove and verify it, or record why it is not carried out.")
        return Refusal("order_open", sentence, field="reason")
    if reason == Reason.EXHAUSTED:
        sentence = _("Record what the outside body decided first.")
        return Refusal("result_missing", sentence, field="reason")
    return Refusal("reason_unfit", _("This reason does not fit the stage of the complaint."), field="reason")
