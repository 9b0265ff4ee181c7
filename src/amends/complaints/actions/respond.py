"""Proposing a response: reasons and remedy for this case, and what keeps it from happening again (ISO 10002, 7.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.both_sides import check_other_side
from amends.complaints.four_eyes import proposes_for
from amends.complaints.lifecycle import Verb
from amends.complaints.like import like_complaints
from amends.complaints.models import Complaint, Finding, Issue, Remedy, Response
from amends.complaints.stages import Outcome
from amends.correspondence.writing import checked_text
from amends.framework.authorities import sums_of
from amends.framework.models import RemedyKind
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.money import known_currency
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line, clean_text
from amends.people.standing import Staff
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

    @property
    def worth(self) -> int | None:
        """The money, or what the thing is worth."""
        return self.amount if self.amount is not None else self.value


@dataclass(frozen=True)
class Proposal:
    """The answers of the response form."""

    summary: str
    reasons: str
    language: str
    prevention: str = ""
    remedies: Sequence[PromisedRemedy] = ()
    #: Why it promises more or less than like complaints got; asked for where it does.
    difference_reason: str = ""


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
    remedies = [checked_promise(remedy) for remedy in proposal.remedies]
    lifecycle.check(Verb.RESPOND, complaint, by=by)
    difference_reason = _difference_reason(complaint, proposal, remedies, by, at)
    check_other_side(complaint)
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
        difference_reason=difference_reason,
        proposed_by_id=staff_id_of(by),
        proposed_for_id=proposes_for(complaint, staff_id_of(by), at),
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
            complaint=complaint.subject,
            version=response.version,
            outcome=outcome.value,
            remedies=len(remedies),
            differs=bool(difference_reason),
        ),
        by=by,
        at=at,
        payload={
            "summary": summary,
            "reasons": reasons,
            "prevention": response.prevention,
            "difference_reason": difference_reason,
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


def _difference_reason(
    complaint: Complaint, proposal: Proposal, remedies: Sequence[PromisedRemedy], by: engine.Person, at: datetime
) -> str:
    """Why like complaints are answered differently. Empty where this one is within what others got."""
    if not isinstance(by, Staff):
        return ""
    organisation = the_organisation()
    usual = like_complaints(complaint, by, organisation.currency, shown=0).range
    promises = ((each.kind.pk, each.worth, each.currency) for each in remedies)
    together = sums_of(promises, organisation.currency, at.astimezone(organisation.zone).date()).together
    if usual is None or usual.holds(together):
        return ""
    reason = clean_text(proposal.difference_reason)[:4000]
    if not reason:
        raise Refusal(
            "difference_reason_needed",
            _("This is outside what like complaints got. Say why this one is answered differently."),
            field="difference_reason",
            facts={"least": usual.least, "most": usual.most},
        )
    return reason


def checked_promise(remedy: PromisedRemedy) -> PromisedRemedy:
    """One remedy whose answers are whole. Refusals: those of texts, amounts and currencies, about `remedies`."""
    description = clean_line(remedy.description)[:500]
    if not description:
        raise Refusal("remedy_text_needed", _("Say what exactly will be done."), field="remedies")
    if remedy.kind.is_money and not remedy.amount:
        raise Refusal("remedy_amount_needed", _("Enter how much money it is."), field="remedies")
    if remedy.kind.has_value and not remedy.value and not remedy.amount:
        raise Refusal("remedy_value_needed", _("Enter what it is worth."), field="remedies")
    if any(amount is not None and amount <= 0 for amount in (remedy.amount, remedy.value)):
        raise Refusal("remedy_amount_unfit", _("Enter an amount above nothing."), field="remedies")
    if (remedy.amount is not None or remedy.value is not None) and not known_currency(remedy.currency):
        raise Refusal("currency_unknown", _("Enter a currency by its three letters, like USD."), field="remedies")
    return PromisedRemedy(
        kind=remedy.kind,
        description=description,
        due_on=remedy.due_on,
        amount=remedy.amount,
        value=remedy.value,
        currency=remedy.currency,
    )
