"""After the end: complainants of the demonstration are asked how they found the handling, and many answer."""

from datetime import datetime, timedelta
from random import Random

from amends.complaints.models import Complaint
from amends.complaints.queries import speaking_for
from amends.complaints.stages import Outcome, Stage
from amends.kit.clock import to_the_minute
from amends.people.standing import SYSTEM, Staff
from amends.surveys.actions import Said, answer, change_rule, draw
from amends.surveys.models import Dimension, Survey, SurveyRule
from amends.surveys.sampling import Rule
from amends.surveys.turning import turn

#: Of a hundred who are asked, so many answer.
ANSWERING = 62
_EVERY = timedelta(hours=8)
_FIRST, _LAST = timedelta(hours=7), timedelta(days=9)
_COMMENTS = {
    "en": (
        "Somebody rang me back. That helped.",
        "It took too long.",
        "Clear letter, easy to follow.",
    ),
    "et": ("Mulle helistati tagasi, sellest oli abi.", "Ootasin vastust liiga kaua.", "Selge ja arusaadav kiri."),
    "tr": ("Beni geri aradılar, iyi oldu.", "Yanıt için çok bekledim.", "Açık ve anlaşılır bir mektup."),
}


class Asking:
    """Goes along with the history: at each moment what is due, is asked, answered or over."""

    def __init__(self, by: Staff, rng: Random, at: datetime) -> None:
        change_rule(Rule(is_on=True, wait_days=2, open_days=14, apart_days=60), by=by, at=at)
        self.rng = rng
        self.to_answer: list[tuple[datetime, int]] = []
        self.looked_at = at

    def after(self, complaint: Complaint, at: datetime) -> None:
        """Something has happened to a complaint."""
        if Stage(complaint.stage) is Stage.CLOSED:
            draw(complaint, SurveyRule.Moment.CLOSED.value, by=SYSTEM, at=at)
        if at - self.looked_at >= _EVERY:
            self.until(at)

    def until(self, at: datetime) -> None:
        """Everything that is due by then."""
        self.looked_at = at
        before = set(Survey.objects.to_open(at).values_list("pk", flat=True))
        turn(at)
        opened = Survey.objects.filter(pk__in=before, state=Survey.State.OPEN).order_by("pk")
        for key in opened.values_list("pk", flat=True):
            if self.rng.randrange(100) < ANSWERING:
                self.to_answer.append((at + self.rng.uniform(0, 1) * (_LAST - _FIRST) + _FIRST, key))
        for moment, key in sorted(each for each in self.to_answer if each[0] <= at):
            self.to_answer.remove((moment, key))
            self._answer(Survey.objects.select_related("complaint").get(pk=key), at)

    def _answer(self, survey: Survey, at: datetime) -> None:
        complaint, rng = survey.complaint, self.rng
        if survey.state != Survey.State.OPEN:
            return
        is_content = complaint.outcome in {Outcome.UPHELD, Outcome.PARTLY}
        scores = {name: min(5, max(1, round(rng.gauss(3.7, 0.9)))) for name in Dimension.values if rng.random() < 0.93}
        scores[Dimension.OUTCOME.value] = min(5, max(1, round(rng.gauss(3.9 if is_content else 2.2, 0.9))))
        comments = _COMMENTS.get(complaint.language, _COMMENTS["en"])
        moment = to_the_minute(at) if complaint.is_anonymous else at
        comment = rng.choice(comments) if rng.random() < 0.3 else ""
        answer(survey, Said(scores, comment, complaint.language), by=speaking_for(complaint), at=moment)
