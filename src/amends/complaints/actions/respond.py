"""Proposing a response: reasons and remedy for this case, and what keeps it from happening again (ISO 10002, 7.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Finding, Issue, Remedy, Response
from amends.complaints.stages import Outcome
from amends.correspondence.writing import checked_text
from amends.framework.models import RemedyKind
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line, clean_text
from amends.permissions import engine


@dataclass(frozen=True)
class PromisedRemedy:
    """One thing that we would do. Amounts are in the smallest unit of the currency."""

    kind: RemedyKind
    description: str
    due_on: date
    amount: int | None = None
    value: int | None = None
    currency: str = ""


@dataclass(frozen=True)
class Proposal:
    """The answers of the response form."""

    summary: str
    reasons: str
    language: str
    prevention: str = ""
    remedies: Sequence[PromisedRemedy] = ()


@transaction.atomic
def respond(
    complaint: Complaint, proposal: Proposal, *, by: engine.Person, at: datetime, seen: int | None = None
) -> Response:
    """Put a response before a second person. Refused while a point of the complaint has no finding (7.7)."""
    summary = clean_line(proposal.summary)[:400]
    if not summary:
        raise Refusal("summary_needed", _("Say the result in one sentence."), field="summary")
    reasons = checked_text(proposal.reasons, longest=20_000, field="reasons")
    outcome = outcome_of(complaint)
    remedies = [_checked(remedy) for remedy in proposal.remedies]
    lifecycle.take(Verb.RESPOND, complaint, by=by, at=at, seen=seen)
    response = Response.objects.create(
        complaint=complaint,
        version=(Response.objects.filter(complaint=complaint).aggregate(last=Max("version"))["last"] or 0) + 1,
        round=complaint.round,
        outcome=outcome,
        language=proposal.language,
        summary=summary,
        reasons=reasons,
        prevention=clean_text(proposal.prevention)[:10_000],
        proposed_by_id=staff_id_of(by),
        proposed_at=at,
    )
    last = Remedy.objects.filter(complaint=complaint).aggregate(last=Max("number"))["last"] or 0
    for place, remedy in enumerate(remedies, start=1):
        Remedy.objects.create(
            complaint=complaint,
            response=response,
            number=last + place,
            kind=remedy.kind,
            description=remedy.description,
            amount=remedy.amount,
            value=remedy.value,
            currency=remedy.currency if remedy.amount is not None or remedy.value is not None else "",
            due_on=remedy.due_on,
        )
    record(
        events.ResponseProposed(
            complaint=complaint.subject, version=response.version, outcome=outcome.value, remedies=len(remedies)
        ),
        by=by,
        at=at,
        payload={
            "summary": summary,
            "reasons": reasons,
            "prevention": response.prevention,
            "remedies": [remedy.description for remedy in remedies],
        },
    )
    return response


def outcome_of(complaint: Complaint) -> Outcome:
    """What the findings on all points come to. Raises Refusal while one of them is missing."""
    results = {
        issue.number: finding.result
        for issue in Issue.objects.filter(complaint=complaint).order_by("number")
        for finding in Finding.objects.filter(issue=issue, is_current=True)
    }
    missing = Issue.objects.filter(complaint=complaint).exclude(number__in=results).order_by("number").first()
    if missing is not None:
        raise Refusal(
            "finding_missing",
            _("Point %(number)d has no finding yet. Every point of a complaint gets an answer.")
            % {"number": missing.number},
            facts={"number": missing.number},
        )
    found = set(results.values())
    if len(found) == 1:
        return Outcome(found.pop())
    if found <= {Finding.Result.NOT_UPHELD, Finding.Result.UNDETERMINED}:
        return Outcome.NOT_UPHELD
    return Outcome.PARTLY


def _checked(remedy: PromisedRemedy) -> PromisedRemedy:
    description = clean_line(remedy.description)[:500]
    if not description:
        raise Refusal("remedy_text_needed", _("Say what exactly will be done."), field="remedies")
    if remedy.kind.is_money and not remedy.amount:
        raise Refusal("remedy_amount_needed", _("Enter how much money it is."), field="remedies")
    return PromisedRemedy(
        kind=remedy.kind,
        description=description,
        due_on=remedy.due_on,
        amount=remedy.amount,
        value=remedy.value,
        currency=remedy.currency,
    )
