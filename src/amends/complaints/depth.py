"""How deep to look: proposed from how bad it is, how hard to find out, and how often it happened lately (7.6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from amends.complaints.models import Assessment, Complaint, InvestigationLevel, Issue, Party, Wall
from amends.complaints.models.assessment import Complexity
from amends.complaints.models.complaint import Kind, Severity
from amends.complaints.stages import Stage
from amends.permissions import engine

Level = InvestigationLevel.Level

#: Complaints of the same product and category count as repeats when they came within this time before.
LATELY = timedelta(days=90)

#: So many repeats make it a matter of its own: the cause behind them is looked for.
A_PATTERN = 3

#: More than this are not counted.
MOST_COUNTED = 50


@dataclass(frozen=True)
class Signs:
    """What speaks for a level."""

    severity: int
    is_safety: bool
    complexity: str
    repeats: int


def suggested(signs: Signs) -> InvestigationLevel.Level:
    """The level that the signs call for. A pure function."""
    is_grave = signs.is_safety or signs.severity >= Severity.HIGH
    if signs.repeats >= A_PATTERN or (is_grave and signs.repeats):
        return Level.ROOT_CAUSE
    if is_grave or signs.complexity == Complexity.SPECIALIST:
        return Level.FULL
    if signs.severity == Severity.MEDIUM or signs.complexity == Complexity.SEVERAL_TEAMS or signs.repeats:
        return Level.STANDARD
    return Level.QUICK


def signs_of(complaint: Complaint, *, by: engine.Person) -> Signs:
    """What is known of a complaint now. Two queries."""
    latest = Assessment.objects.filter(complaint=complaint).order_by("-version").first()
    return Signs(
        severity=complaint.severity or Severity.LOW,
        is_safety=complaint.is_safety,
        complexity=latest.complexity if latest is not None else Complexity.SIMPLE,
        repeats=repeats_of(complaint, before=complaint.received_at, by=by),
    )


def repeats_of(complaint: Complaint, *, before: datetime, by: engine.Person) -> int:
    """How many others came within 90 days before, up to `MOST_COUNTED`: about the same product and category, or by
    the same person where their complaints are joined.

    Units do not matter: a fault that shows in two of them is still one. Whoever is walled off from one of the others
    does not learn from a number that it exists.
    """
    same = Issue.objects.filter(
        complaint=OuterRef("pk"),
        category__in=Issue.objects.filter(complaint=complaint, category__isnull=False).values("category"),
    )
    about = Q(product__isnull=True) if complaint.product_id is None else Q(product_id=complaint.product_id)
    known = Party.objects.filter(role=Party.Role.COMPLAINANT, contact__isnull=False)
    theirs = known.filter(complaint=OuterRef("pk"), contact__in=known.filter(complaint=complaint).values("contact"))
    others = (
        Complaint.objects.real()
        .filter(
            (about & Q(Exists(same))) | Q(Exists(theirs)),
            kind=Kind.COMPLAINT,
            received_at__gt=before - LATELY,
            received_at__lte=before,
        )
        .exclude(pk=complaint.pk)
    )
    others = others.exclude(stage__in=[Stage.MERGED, Stage.OUT_OF_SCOPE])
    if by.actor_kind == "person":
        others = others.exclude(Exists(Wall.objects.filter(complaint=OuterRef("pk"), person_id=by.actor_key)))
    return others.order_by()[:MOST_COUNTED].count()
