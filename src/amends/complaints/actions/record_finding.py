"""Concluding on a point, with reasons and cause (ISO 10002, 7.6)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Finding, Issue
from amends.correspondence.writing import checked_text
from amends.framework.models import Cause
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_text
from amends.permissions import engine


@dataclass(frozen=True)
class Conclusion:
    """The answers of the finding form."""

    result: Finding.Result
    reasons: str
    facts: str = ""
    cause: Cause | None = None
    complainant_heard: bool = False
    other_side_heard: bool = False


@transaction.atomic
def record_finding(
    complaint: Complaint,
    issue: Issue,
    conclusion: Conclusion,
    *,
    by: engine.Person,
    at: datetime,
    seen: int | None = None,
) -> Finding:
    """Conclude on one point, with reasons. A corrected finding is a new version; the earlier one stays."""
    reasons = checked_text(conclusion.reasons, longest=10_000, field="reasons")
    if conclusion.result in {Finding.Result.UPHELD, Finding.Result.PARTLY} and conclusion.cause is None:
        raise Refusal("cause_needed", _("Choose why it went wrong."), field="cause")
    if issue.complaint_id != complaint.pk:
        raise Refusal("issue_elsewhere", _("This point belongs to another complaint."))
    lifecycle.take(Verb.RECORD_FINDING, complaint, by=by, at=at, seen=seen)
    earlier = Finding.objects.filter(issue=issue, round=complaint.round).count()
    Finding.objects.filter(issue=issue, is_current=True).update(is_current=False)
    finding = Finding.objects.create(
        issue=issue,
        round=complaint.round,
        version=earlier + 1,
        result=conclusion.result,
        reasons=reasons,
        facts=clean_text(conclusion.facts)[:10_000],
        cause=conclusion.cause,
        complainant_heard=conclusion.complainant_heard,
        other_side_heard=conclusion.other_side_heard,
        person_id=staff_id_of(by),
        at=at,
    )
    record(
        events.FindingRecorded(
            complaint=complaint.subject,
            number=issue.number,
            version=finding.version,
            result=finding.result,
            cause=conclusion.cause.code if conclusion.cause else "",
        ),
        by=by,
        at=at,
        payload={"reasons": reasons, "facts": finding.facts},
    )
    return finding
