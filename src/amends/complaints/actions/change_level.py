"""Looking deeper or less deep than was begun with (ISO 10002, 7.6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actions.investigate import write_level
from amends.complaints.depth import signs_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, InvestigationLevel
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def change_level(
    complaint: Complaint,
    *,
    level: InvestigationLevel.Level,
    reason: str,
    by: engine.Person,
    at: datetime,
    seen: int | None = None,
) -> InvestigationLevel:
    """Investigate at another level from now on, with a reason. Refusals: `reason_needed`, `level_unchanged`."""
    reason = clean_line(reason)[:500]
    if not reason:
        raise Refusal("reason_needed", _("Say why another level fits better."), field="reason")
    signs = signs_of(complaint, by=by)
    lifecycle.take(Verb.CHANGE_LEVEL, complaint, by=by, at=at, seen=seen)
    last = InvestigationLevel.objects.filter(complaint=complaint).order_by("-version").first()
    if last is not None and last.level == level:
        raise Refusal("level_unchanged", _("It is investigated at this level already."), field="level")
    chosen = write_level(complaint, level, signs, reason, by=by, at=at)
    record(
        events.InvestigationLevelChanged(
            complaint=complaint.subject, version=chosen.version, level=chosen.level, before=last.level if last else ""
        ),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return chosen
