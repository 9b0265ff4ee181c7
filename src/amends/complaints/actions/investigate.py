"""Opening the investigation (ISO 10002, 7.6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Issue
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def investigate(complaint: Complaint, *, by: engine.Person, at: datetime, seen: int | None = None) -> None:
    """Open the investigation. Nothing is investigated before it is assessed: the table sees to that."""
    if complaint.handler_id is None:
        raise Refusal(
            "handler_needed", _("Assign the complaint first, so that somebody answers for it."), field="handler"
        )
    lifecycle.take(Verb.INVESTIGATE, complaint, by=by, at=at, seen=seen)
    record(
        events.InvestigationOpened(
            complaint=complaint.subject, issues=Issue.objects.filter(complaint=complaint).count()
        ),
        by=by,
        at=at,
    )
