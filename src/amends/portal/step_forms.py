"""The forms of a draft's steps: as they are shown, as they were posted, and as their answers stand."""

from typing import Any

from amends.complaints.form_definition import COMPLAINT_FORM, FormDefinition, FormStep
from amends.complaints.form_now import form_now
from amends.complaints.models import Draft
from amends.portal.visiting import PortalVisit
from amends.ui.definition_forms import DefinitionForm, form_for, initial_from

#: The steps are always the same; what they ask is not.
SLUGS = tuple(step.slug for step in COMPLAINT_FORM.steps)


def form_of(visit: PortalVisit) -> FormDefinition:
    """The form that is asked at present, read once for each request."""
    kept: FormDefinition | None = getattr(visit, "form_definition", None)
    if kept is None:
        kept = form_now()
        visit.form_definition = kept
    return kept


def shown(visit: PortalVisit, draft: Draft, step: FormStep) -> DefinitionForm:
    """The form of a step with what was answered so far."""
    return form_for(step)(initial=initial_from(step, draft.answers), **_asked(visit))


def posted(visit: PortalVisit, step: FormStep) -> DefinitionForm:
    """The form of a step with what was sent just now."""
    return form_for(step)(visit.POST, visit.FILES, **_asked(visit))


def kept(visit: PortalVisit, draft: Draft, step: FormStep) -> DefinitionForm:
    """The form of a step with what the draft holds, to be checked once more."""
    return form_for(step)(initial_from(step, draft.answers), **_asked(visit))


def step_asking(visit: PortalVisit, key: str) -> FormStep | None:
    """The step that asks a question."""
    return next(
        (step for step in form_of(visit).steps if any(question.key == key for question in step.questions)), None
    )


def next_slug(step: FormStep) -> str:
    """What comes after a step: another one, or checking all answers."""
    place = SLUGS.index(step.slug) + 1
    return SLUGS[place] if place < len(SLUGS) else "check"


def first_open_slug(draft: Draft) -> str:
    """Where a draft goes on: the first step without valid answers, else checking all of them."""
    return next((slug for slug in SLUGS if slug not in draft.steps_done), "check")


def _asked(visit: PortalVisit) -> dict[str, Any]:
    organisation = visit.organisation
    return {"today": visit.now.astimezone(organisation.zone).date(), "currency": organisation.currency}
