"""Opening the investigation (ISO 10002, 7.6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.depth import Signs, signs_of, suggested
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, InvestigationLevel, Issue
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def investigate(
    complaint: Complaint,
    *,
    by: engine.Person,
    at: datetime,
    level: InvestigationLevel.Level | None = None,
    reason: str = "",
    seen: int | None = None,
) -> InvestigationLevel:
    """Open the investigation at the level that is proposed, or at another with a reason.

    Nothing is investigated before it is assessed: the table sees to that. Refusals: `handler_needed`, `reason_needed`.
    """
    if complaint.handler_id is None:
        raise Refusal(
            "handler_needed", _("Assign the complaint first, so that somebody answers for it."), field="handler"
        )
    signs = signs_of(complaint, by=by)
    level = level or suggested(signs)
    reason = clean_line(reason)[:500]
    if level != suggested(signs) and not reason:
        raise Refusal("reason_needed", _("Say why another level fits better."), field="reason")
    lifecycle.take(Verb.INVESTIGATE, complaint, by=by, at=at, seen=seen)
    chosen = write_level(complaint, level, signs, reason, by=by, at=at)
    record(
        events.InvestigationOpened(
            complaint=complaint.subject,
            issues=Issue.objects.filter(complaint=complaint).count(),
            level=chosen.level,
            suggested_level=chosen.suggested,
            repeats=chosen.repeats,
        ),
        by=by,
        at=at,
        payload={"reason": reason} if reason else None,
    )
    return chosen


def write_level(
    complaint: Complaint,
    level: InvestigationLevel.Level,
    signs: Signs,
    reason: str,
    *,
    by: engine.Person,
    at: datetime,
) -> InvestigationLevel:
    """The choice as a row, for the verbs that make one."""
    return InvestigationLevel.objects.create(
        complaint=complaint,
        version=InvestigationLevel.objects.filter(complaint=complaint).count() + 1,
        round=complaint.round,
        level=level,
        suggested=suggested(signs),
        repeats=signs.repeats,
        reason=reason,
        person_id=staff_id_of(by),
        at=at,
    )
