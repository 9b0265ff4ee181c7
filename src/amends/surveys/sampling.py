"""The rule of sampling, read, and the draw: whether somebody is asked about a complaint, and why not."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Q

from amends.complaints.acting import who_is_told
from amends.complaints.models import Complaint, Issue, Party
from amends.complaints.models.complaint import Kind
from amends.complaints.stages import Stage
from amends.surveys.models import Survey, SurveyRule


@dataclass(frozen=True)
class Rule:
    """Who is asked, when, and how often."""

    is_on: bool = False
    moment: str = SurveyRule.Moment.CLOSED.value
    share: int = 100
    never: tuple[str, ...] = ()
    wait_days: int = 3
    open_days: int = 30
    apart_days: int = 180
    version: int = 0

    def is_like(self, other: "Rule") -> bool:
        """Whether both say the same, whatever their version."""
        return {**asdict(self), "version": 0} == {**asdict(other), "version": 0}


def rule_now() -> Rule:
    """The rule in force. Without any version nobody is asked."""
    newest = SurveyRule.objects.order_by("-version").first()
    return rule_of(newest) if newest is not None else Rule()


def rule_of(row: SurveyRule) -> Rule:
    """A stored version, read."""
    return Rule(
        is_on=row.is_on,
        moment=row.moment,
        share=row.share,
        never=tuple(row.never),
        wait_days=row.wait_days,
        open_days=row.open_days,
        apart_days=row.apart_days,
        version=row.version,
    )


def number_of(reference: str, version: int) -> int:
    """What is drawn for a complaint, 0 to 99: nobody can choose it, and anybody can work it out again."""
    return int.from_bytes(sha256(f"survey:{version}:{reference}".encode()).digest()[:8], "big") % 100


def why_not(complaint: Complaint, rule: Rule, at: datetime, *, but: int | None = None) -> str:
    """Why somebody is not asked about it; empty when they are. `but` is the survey itself, when it is looked at again.

    The draw comes last, so that it says of those who could be asked how many were.
    """
    if Stage(complaint.stage) is Stage.VOID or complaint.kind != Kind.COMPLAINT:
        return Survey.Why.VOID.value
    if complaint.is_simulated:
        return Survey.Why.SIMULATED.value
    if rule.never and _is_about(complaint, rule.never):
        return Survey.Why.CATEGORY.value
    if rule.apart_days and _was_asked(complaint, at - timedelta(days=rule.apart_days), at, but):
        return Survey.Why.LATELY.value
    return "" if number_of(complaint.reference, rule.version) < rule.share else Survey.Why.SHARE.value


def _is_about(complaint: Complaint, codes: tuple[str, ...]) -> bool:
    """Whether one of its points is of such a kind, or of one below it."""
    kinds = Q(category__code__in=codes) | Q(category__parent__code__in=codes)
    return Issue.objects.filter(kinds, complaint=complaint).exists()


def _was_asked(complaint: Complaint, since: datetime, at: datetime, but: int | None) -> bool:
    """Whether the same person, by contact or e-mail address, was asked about another complaint, or will be."""
    party = who_is_told(complaint, at)
    if party is None:
        return False
    same = Q(pk__in=[])
    if party.contact_id is not None:
        same |= Q(contact_id=party.contact_id)
    if party.email:
        same |= Q(email__iexact=party.email)
    theirs = Party.objects.filter(same, role__in=[Party.Role.COMPLAINANT, Party.Role.REPRESENTATIVE])
    others = Survey.objects.filter(complaint__in=theirs.values("complaint_id")).exclude(complaint=complaint)
    asked = Q(opened_at__gte=since)
    if but is None:
        asked |= Q(state=Survey.State.PLANNED)
    return others.filter(asked).exists()


def is_over(complaint: Complaint, rule_moment: str) -> bool:
    """Whether it has come as far as the rule wants; one that was taken up again has not."""
    if rule_moment == SurveyRule.Moment.CLOSED.value:
        return complaint.is_ended
    return Stage(complaint.stage) is not Stage.REOPENED
