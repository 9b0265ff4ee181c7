"""Like complaints: what others got who complained of the same, before somebody decides (annex D, equal treatment).

Like means: the same product, the same kind of problem on the first point, and the same finding on it. Only complaints
that the person may read are looked at, so that nothing behind a wall shows, not even as a number.
"""

from dataclasses import dataclass
from statistics import median_low

from django.db.models import Exists, OuterRef, Q

from amends.complaints.models import Complaint, Decision, Finding, Issue, Remedy
from amends.complaints.permissions import visible_to
from amends.people.standing import Staff

#: So many are looked at, and so many shown; below the smallest number there is no range.
LOOKED_AT, SHOWN, SMALLEST = 50, 6, 5


@dataclass(frozen=True)
class LikeOne:
    """A like complaint with its decision."""

    complaint: Complaint
    decision: Decision
    cause: str
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True)
class Range:
    """What like complaints got, in the smallest unit of the organisation's currency."""

    count: int
    least: int
    middle: int
    most: int

    def holds(self, amount: int | None) -> bool:
        """Whether an amount is within; one that cannot be counted is not."""
        return amount is not None and self.least <= amount <= self.most


@dataclass(frozen=True)
class Like:
    """The last like complaints, newest first, and what they got."""

    last: tuple[LikeOne, ...]
    range: Range | None


def like_complaints(complaint: Complaint, person: Staff, currency: str, *, shown: int = SHOWN) -> Like:
    """What is like a complaint, as this person may see it. Four queries, however much there is."""
    found = (
        Finding.objects.filter(issue__complaint=complaint, is_current=True)
        .order_by("issue__number")
        .values_list("result", "issue__category_id")
        .first()
    )
    if found is None or found[1] is None:
        return Like((), None)
    result, category = found
    of_first = Finding.objects.filter(issue=OuterRef("pk"), is_current=True, result=result)
    decided = Decision.objects.standing().filter(complaint=OuterRef("complaint"))
    rows = Issue.objects.filter(
        Exists(of_first),
        Exists(decided),
        Q(complaint__product=complaint.product_id),
        category_id=category,
        number=1,
        complaint__in=visible_to(person).real().exclude(pk=complaint.pk),
    )
    keys = list(rows.order_by("-complaint_id").values_list("complaint_id", flat=True)[:LOOKED_AT])
    decisions: dict[int, Decision] = {}
    for decision in (
        Decision.objects.standing().filter(complaint__in=keys).select_related("complaint").order_by("round")
    ):
        decisions[decision.complaint_id] = decision
    return Like(_shown(keys[:shown], decisions), _range([decisions[key] for key in keys if key in decisions], currency))


def _shown(keys: list[int], decisions: dict[int, Decision]) -> tuple[LikeOne, ...]:
    if not keys:
        return ()
    causes = {
        found.issue.complaint_id: str(found.cause or "")
        for found in Finding.objects.filter(issue__complaint__in=keys, issue__number=1, is_current=True).select_related(
            "issue", "cause"
        )
    }
    remedies: dict[int | None, list[Remedy]] = {}
    of_these = [decisions[key].response_id for key in keys if key in decisions]
    for remedy in Remedy.objects.filter(response__in=of_these).select_related("kind").order_by("number"):
        remedies.setdefault(remedy.response_id, []).append(remedy)
    return tuple(
        LikeOne(
            decisions[key].complaint,
            decisions[key],
            causes.get(key, ""),
            tuple(remedies.get(decisions[key].response_id, ())),
        )
        for key in keys
        if key in decisions
    )


def _range(decisions: list[Decision], currency: str) -> Range | None:
    amounts = [each.amount for each in decisions if each.amount is not None and each.currency == currency]
    if len(amounts) < SMALLEST:
        return None
    return Range(len(amounts), min(amounts), median_low(amounts), max(amounts))
