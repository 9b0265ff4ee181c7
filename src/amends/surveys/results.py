"""What came of the surveys, in figures that show nobody (ISO 10002, 8.3; ARCHITECTURE: small groups).

Answers are told by whole months that are over, and only where at least five people answered: a month with fewer is
put together with the next ones until there are five. No answer stands in two periods, so that nobody can work out a
single one by taking two figures from each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from amends.complaints.models.complaint import ComplaintQuerySet, Kind
from amends.surveys.models import Dimension, Survey, SurveyAnswer
from amends.surveys.models.survey import LEAST, MOST

#: Fewer are never told apart.
SMALLEST_GROUP = 5
_SCORES = range(LEAST, MOST + 1)


@dataclass(frozen=True)
class Scores:
    """How often each score was given about one thing; hidden where too few answered."""

    dimension: Dimension
    count: int
    given: tuple[int, ...]

    @property
    def is_hidden(self) -> bool:
        """Whether too few answered to tell."""
        return self.count < SMALLEST_GROUP

    @property
    def mean(self) -> float:
        """The average, 1 to 5; nothing that may be shown where it is hidden."""
        return sum(score * times for score, times in zip(_SCORES, self.given, strict=True)) / max(1, self.count)


@dataclass(frozen=True)
class Period:
    """Some whole months, and what was answered in the surveys that ended in them."""

    first: date
    last: date
    asked: int
    answered: int
    scores: tuple[Scores, ...]

    @property
    def code(self) -> str:
        """Its place in an address."""
        return f"{self.first:%Y-%m}"


@dataclass(frozen=True)
class Results:
    """Periods that may be shown, newest first, and how many answers still wait for others."""

    periods: tuple[Period, ...]
    asked: int
    answered: int
    still_open: int
    not_yet: int


def counted(complaints: ComplaintQuerySet) -> QuerySet[Survey]:
    """Surveys that were asked about these complaints, without what is simulated, void or no complaint at all."""
    real = complaints.real().filter(kind=Kind.COMPLAINT)
    return Survey.objects.filter(complaint__in=real, opened_at__isnull=False).exclude(state=Survey.State.DROPPED)


def results_of(complaints: ComplaintQuerySet, at: datetime, zone: ZoneInfo) -> Results:
    """Everything that may be told. Two queries."""
    this_month = _month(at.astimezone(zone))
    rows = counted(complaints)
    each = {name: Count("pk", filter=Q(**{f"answer__{d}": score})) for name, d, score in _columns()}
    months = (
        rows.filter(closes_at__lt=this_month)
        .annotate(month=TruncMonth("closes_at", tzinfo=zone))
        .values("month")
        .annotate(asked=Count("pk"), answered=Count("answered_at"), **each)
        .order_by("month")
    )
    periods = _grown([{**row} for row in months])
    totals = rows.aggregate(
        asked=Count("pk"), answered=Count("answered_at"), open=Count("pk", filter=Q(closes_at__gt=at))
    )
    told = sum(period.answered for period in periods)
    return Results(
        periods=tuple(reversed(periods)),
        asked=totals["asked"],
        answered=totals["answered"],
        still_open=totals["open"],
        not_yet=totals["answered"] - told,
    )


def comments_in(complaints: ComplaintQuerySet, period: Period, zone: ZoneInfo) -> QuerySet[SurveyAnswer]:
    """What people wrote in a period that may be shown; by nothing that tells who or when."""
    begins = datetime(period.first.year, period.first.month, 1, tzinfo=zone)
    ends = _next(datetime(period.last.year, period.last.month, 1, tzinfo=zone))
    rows = counted(complaints).filter(closes_at__gte=begins, closes_at__lt=ends)
    return SurveyAnswer.objects.filter(survey__in=rows).exclude(comment="").order_by("shuffled")


def _columns() -> list[tuple[str, str, int]]:
    return [(f"{d.value}_{score}", d.value, score) for d in Dimension for score in _SCORES]


def _grown(months: Sequence[dict[str, object]]) -> list[Period]:
    """Months put together until each period has enough answers; those at the end that have not, wait."""
    periods: list[Period] = []
    waiting: list[dict[str, object]] = []
    for month in months:
        waiting.append(month)
        if sum(_number(each, "answered") for each in waiting) >= SMALLEST_GROUP:
            periods.append(_period(waiting))
            waiting = []
    return periods


def _period(months: Sequence[dict[str, object]]) -> Period:
    scores = []
    for dimension in Dimension:
        given = tuple(_sum(months, f"{dimension.value}_{score}") for score in _SCORES)
        scores.append(Scores(dimension, sum(given), given))
    first, last = months[0]["month"], months[-1]["month"]
    assert isinstance(first, datetime)
    assert isinstance(last, datetime)
    return Period(first.date(), last.date(), _sum(months, "asked"), _sum(months, "answered"), tuple(scores))


def _sum(months: Iterable[dict[str, object]], name: str) -> int:
    return sum(_number(month, name) for month in months)


def _number(month: dict[str, object], name: str) -> int:
    value = month[name]
    assert isinstance(value, int)
    return value


def _month(at: datetime) -> datetime:
    return at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _next(month: datetime) -> datetime:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
