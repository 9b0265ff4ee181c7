"""Adding a point that a complaint raises (ISO 10002, 7.2)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Issue
from amends.framework.models import Category
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def add_issue(
    complaint: Complaint,
    *,
    summary: str,
    category: Category | None,
    by: engine.Person,
    at: datetime,
    seen: int | None = None,
) -> Issue:
    """Add a point that the complainant raised, so that it gets its own finding and answer."""
    summary = clean_line(summary)[:300]
    if not summary:
        raise Refusal("summary_needed", _("Say in a few words what this point is about."), field="summary")
    lifecycle.take(Verb.ADD_ISSUE, complaint, by=by, at=at, seen=seen)
    number = Issue.objects.filter(complaint=complaint).count() + 1
    issue = Issue.objects.create(complaint=complaint, number=number, category=category, summary=summary)
    record(
        events.IssueAdded(complaint=complaint.subject, number=number, category=category.code if category else ""),
        by=by,
        at=at,
        payload={"summary": summary},
    )
    return issue
