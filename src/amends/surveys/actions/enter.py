"""Entering what somebody answered on the telephone or on paper (ISO 10002, 8.3)."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.complaints.actors import staff_id_of
from amends.complaints.models import Complaint, Decision, Finding, Response
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine
from amends.surveys import events
from amends.surveys.actions.answer import Said, checked, is_open
from amends.surveys.models import Survey, SurveyAnswer
from amends.surveys.permissions import May

Came = SurveyAnswer.Came


@transaction.atomic
def enter(survey: Survey, said: Said, *, came: str, by: engine.Person, at: datetime) -> SurveyAnswer:
    """Keep what they said, with who entered it and how it came; what they said themselves is not written over.

    Nobody enters answers about what they did themselves: in the small profile, where nobody else may be there, it is
    done and marked. Refusals: `own_handling`, `survey_over`, `answered_already`, `way_needed`, and those of an answer.
    """
    survey = Survey.objects.select_for_update().select_related("complaint").get(pk=survey.pk)
    is_own = check_who_enters(survey.complaint, by=by)
    if came not in {Came.PHONE, Came.POST}:
        raise Refusal("way_needed", _("Say how the answers came."), field="came")
    if not is_open(survey, at):
        raise Refusal("survey_over", _("This survey is over. What came later is not counted."))
    if SurveyAnswer.objects.filter(survey=survey).exists():
        raise Refusal("answered_already", _("This survey has been answered meanwhile. Nothing was written over."))
    scores, comment = checked(said)
    kept = SurveyAnswer.objects.create(
        survey=survey,
        **scores,
        comment=comment,
        language=said.language,
        shuffled=secrets.token_hex(16),
        came=came,
        entered_by_id=staff_id_of(by),
        is_of_own_handling=is_own,
        at=at,
    )
    Survey.objects.filter(pk=survey.pk).update(answered_at=at)
    record(
        events.Answered(survey=survey.subject, version=kept.version, came=came, is_of_own_handling=is_own),
        by=by,
        at=at,
        payload={**{name: str(score) for name, score in scores.items()}, "comment": comment},
    )
    return kept


def check_who_enters(complaint: Complaint, *, by: engine.Person) -> bool:
    """Whether the answers would be about what they did themselves; refuses where they may not enter them."""
    engine.require(by, May.ENTER, complaint)
    is_own = handled(complaint, staff_id_of(by))
    if is_own and not the_organisation().is_small:
        sentence = _("You have had a part in handling this complaint. Somebody else asks how it was handled.")
        raise Refusal("own_handling", sentence)
    return is_own


def handled(complaint: Complaint, person_id: int | None) -> bool:
    """Whether the answers would be about what this person did: handling, finding out, proposing or deciding."""
    if person_id is None:
        return False
    proposed = Q(proposed_by_id=person_id) | Q(proposed_for_id=person_id)
    decided = Q(decided_by_id=person_id) | Q(decided_for_id=person_id)
    return (
        complaint.handler_id == person_id
        or Response.objects.filter(proposed, complaint=complaint).exists()
        or Decision.objects.filter(decided, complaint=complaint).exists()
        or Finding.objects.filter(issue__complaint=complaint, person_id=person_id).exists()
    )
