"""Answering the survey, and changing one's answer until it is over (ISO 10002, 8.3)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints.acting import demand_permission
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_text
from amends.permissions import engine
from amends.surveys import events
from amends.surveys.models import Dimension, Survey, SurveyAnswer
from amends.surveys.models.survey import LEAST, LONGEST_COMMENT, MOST
from amends.surveys.permissions import May


@dataclass(frozen=True)
class Said:
    """A score for each dimension that was answered, and a comment; each may be left out."""

    scores: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""
    language: str = ""


@transaction.atomic
def answer(survey: Survey, said: Said, *, by: engine.Person, at: datetime) -> SurveyAnswer:
    """Keep what somebody says. Refuses `survey_over`, `nothing_said`, `score_wrong` and `text_too_long`.

    The scores stand neither in the journal nor in the timeline: nobody who handled the complaint is to see them.
    """
    survey = Survey.objects.select_for_update().select_related("complaint").get(pk=survey.pk)
    engine.require(by, May.ANSWER, survey.complaint)
    demand_permission(by, survey.complaint, at)
    if not is_open(survey, at):
        raise Refusal("survey_over", _("This survey is over. Thank you all the same."))
    scores, comment = checked(said)
    before = SurveyAnswer.objects.filter(survey=survey).first()
    own = {"came": SurveyAnswer.Came.PAGE, "entered_by": None, "is_of_own_handling": False}
    kept, _is_new = SurveyAnswer.objects.update_or_create(
        survey=survey,
        defaults={
            **{name: scores.get(name) for name in Dimension.values},
            "comment": comment,
            "language": said.language,
            "version": before.version + 1 if before else 1,
            "at": at,
            **own,
        },
        create_defaults={
            **scores,
            "comment": comment,
            "language": said.language,
            "shuffled": secrets.token_hex(16),
            "at": at,
        },
    )
    Survey.objects.filter(pk=survey.pk, answered_at__isnull=True).update(answered_at=at)
    record(
        events.Answered(survey=survey.subject, version=kept.version),
        by=by,
        at=at,
        payload={**{name: str(score) for name, score in scores.items()}, "comment": comment},
    )
    return kept


def is_open(survey: Survey, at: datetime) -> bool:
    """Whether it can still be answered."""
    return survey.state == Survey.State.OPEN and survey.closes_at is not None and survey.closes_at > at


def checked(said: Said) -> tuple[dict[str, int], str]:
    """Scores and comment as they are kept, or a refusal."""
    comment = clean_text(said.comment)
    if len(comment) > LONGEST_COMMENT:
        sentence = _("Shorten the text to %(longest)d characters.") % {"longest": LONGEST_COMMENT}
        raise Refusal("text_too_long", sentence, field="comment")
    for name, score in said.scores.items():
        if name not in Dimension.values or not LEAST <= score <= MOST:
            raise Refusal("score_wrong", _("Choose one of the answers shown"), field=name)
    if not said.scores and not comment:
        raise Refusal("nothing_said", _("Answer at least one question, or write something."), field="handling")
    return dict(said.scores), comment
