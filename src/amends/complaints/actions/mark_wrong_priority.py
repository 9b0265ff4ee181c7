"""Saying that a complaint was given a wrong priority (ISO 10002, 7.5: in the order of urgency)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Assessment, Complaint, WrongPriority
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def mark_wrong_priority(complaint: Complaint, *, reason: str, by: engine.Person, at: datetime) -> WrongPriority:
    """Note that the newest assessment ranked it wrongly. Its priority stays until somebody assesses again."""
    reason = clean_line(reason)[:500]
    if not reason:
        raise Refusal("reason_needed", _("Say why the priority was wrong."), field="reason")
    lifecycle.take(Verb.MARK_WRONG_PRIORITY, complaint, by=by, at=at)
    assessment = Assessment.objects.filter(complaint=complaint).order_by("-version").first()
    if assessment is None:
        raise Refusal("not_assessed", _("This complaint has not been assessed."))
    found = note_wrong_priority(assessment, by=staff_id_of(by), at=at, reason=reason)
    complaint.is_mis_prioritized = True
    record(
        events.PriorityFoundWrong(
            complaint=complaint.subject, version=assessment.version, priority=assessment.priority
        ),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return found


def note_wrong_priority(assessment: Assessment, *, by: int, at: datetime, reason: str = "") -> WrongPriority:
    """Write it down, inside a verb that has taken its step; without a reason, a later assessment is the reason."""
    try:
        with transaction.atomic():
            found = WrongPriority.objects.create(
                complaint_id=assessment.complaint_id,
                assessment=assessment,
                is_by_reassessment=not reason,
                reason=reason,
                person_id=by,
                at=at,
            )
    except IntegrityError as error:
        raise Refusal("marked_already", _("It is noted already that this priority was wrong.")) from error
    Complaint.objects.filter(pk=assessment.complaint_id).update(is_mis_prioritized=True)
    return found
