"""What came of the surveys: each dimension by itself, with how many answered; never one person (8.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.models import Complaint
from amends.complaints.queries import visible_to
from amends.framework.queries import the_organisation
from amends.permissions.engine import may
from amends.surveys.models import Dimension, SurveyAnswer
from amends.surveys.permissions import May
from amends.surveys.results import SMALLEST_GROUP, Period, Scores, comments_in, results_of
from amends.surveys.sampling import rule_now
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import Tab
from amends.workspace.shielded import hide_names

Words = str | Promise

COMMENTS_ON_A_PAGE = 30
MOST_PERIODS = 24

NAMES: dict[Dimension, Words] = {
    Dimension.HANDLING: gettext_lazy("Handling, all in all"),
    Dimension.COURTESY: gettext_lazy("Courtesy"),
    Dimension.EASE: gettext_lazy("Ease"),
    Dimension.FAIRNESS: gettext_lazy("Fairness"),
    Dimension.OUTCOME: gettext_lazy("Outcome"),
}
#: The worst first, as they are drawn.
LABELS: tuple[Words, ...] = (
    gettext_lazy("Very bad"),
    gettext_lazy("Bad"),
    gettext_lazy("Neither good nor bad"),
    gettext_lazy("Good"),
    gettext_lazy("Very good"),
)


@dataclass(frozen=True)
class Row:
    """One dimension: its average, how many answered, and how often each score was given."""

    name: Words
    is_hidden: bool
    count: str
    mean: str
    value: float
    given: Sequence[tuple[Words, str]]


@needs(May.SEE_RESULTS)
def survey_results(request: StaffVisit) -> HttpResponse:
    """The newest period that may be shown, or `?period=`; `?after=` turns the pages of its comments."""
    organisation = the_organisation()
    complaints = visible_to(request.actor)
    results = results_of(complaints, request.now, organisation.zone)
    asked = request.GET.get("period", "")
    periods = results.periods[:MOST_PERIODS]
    shown = next((each for each in periods if each.code == asked), periods[0] if periods else None)
    context: dict[str, Any] = {
        "asked": formatting.number(results.asked),
        "answered": formatting.number(results.answered),
        "still_open": formatting.number(results.still_open),
        "not_yet": formatting.number(results.not_yet),
        "rate": _rate(results.answered, results.asked),
        "is_on": rule_now().is_on,
        "smallest": SMALLEST_GROUP,
        "may_see_simulated": may(request.actor, May.SEE_SIMULATED),
    }
    if shown is not None:
        rows = comments_in(complaints, shown, organisation.zone)
        after = request.GET.get("after", "")
        if after.isascii() and after.isalnum() and len(after) == 32:
            rows = rows.filter(shuffled__gt=after)
        found = list(rows.only("comment", "language", "shuffled", "survey_id")[: COMMENTS_ON_A_PAGE + 1])
        more, found = len(found) > COMMENTS_ON_A_PAGE, found[:COMMENTS_ON_A_PAGE]
        _hide_names(request, found)
        context |= {
            "period": _months(shown),
            "takeaway": _takeaway(shown),
            "rows": [_row(each) for each in _in_order(shown)],
            "labels": LABELS,
            "period_rate": _rate(shown.answered, shown.asked),
            "tabs": [Tab(_months(each), f"?period={each.code}", each is shown) for each in periods],
            "history": [(_months(each), _history(each)) for each in periods],
            "columns": [NAMES[dimension] for dimension in NAMES],
            "comments": found,
            "next": f"?period={shown.code}&after={found[-1].shuffled}" if more else "",
        }
    return render(request, "workspace/survey_results.html", context)


def _hide_names(request: StaffVisit, found: Sequence[SurveyAnswer]) -> None:
    """Of somebody whose name is hidden, it is hidden in what they wrote as well."""
    keys = [each.survey_id for each in found]
    hide_names(request, list(Complaint.objects.filter(is_shielded=True, survey__in=keys)))


def _in_order(period: Period) -> list[Scores]:
    found = {each.dimension: each for each in period.scores}
    return [found[dimension] for dimension in NAMES]


def _row(scores: Scores) -> Row:
    if scores.is_hidden:
        return Row(NAMES[scores.dimension], True, _("fewer than %(least)s") % {"least": SMALLEST_GROUP}, "", 0, ())
    return Row(
        NAMES[scores.dimension],
        False,
        formatting.number(scores.count),
        _mean(scores),
        scores.mean,
        [(label, formatting.number(times)) for label, times in zip(LABELS, scores.given, strict=True)],
    )


def _mean(scores: Scores) -> str:
    return formatting.number(round(scores.mean, 1))


def _history(period: Period) -> list[tuple[Words, str]]:
    """The cells of a row, each with the head of its column."""
    cells = [(NAMES[each.dimension], "–" if each.is_hidden else _mean(each)) for each in _in_order(period)]
    return [*cells, (_("Answered"), _rate(period.answered, period.asked))]


def _rate(answered: int, asked: int) -> str:
    if not asked:
        return "–"
    words = {"answered": formatting.number(answered), "asked": formatting.number(asked)}
    return _("%(share)s %% (%(answered)s of %(asked)s)") % {"share": round(100 * answered / asked), **words}


def _months(period: Period) -> str:
    first, last = formatting.month(period.first), formatting.month(period.last)
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _takeaway(period: Period) -> str:
    """The sentence above the figures: what was found best and what worst."""
    shown = [each for each in period.scores if not each.is_hidden]
    if len(shown) < 2:
        return ""
    best, worst = max(shown, key=lambda each: each.mean), min(shown, key=lambda each: each.mean)
    words = {
        "best": NAMES[best.dimension],
        "high": _mean(best),
        "worst": NAMES[worst.dimension],
        "low": _mean(worst),
    }
    return _("Found best: %(best)s (%(high)s of 5). Found worst: %(worst)s (%(low)s of 5).") % words
