"""The forms of a draft's steps: as they are shown, as they were posted, and as their answers stand."""

from typing import Any

from amends.complaints.form_definition import COMPLAINT_FORM, FormStep
from amends.complaints.models import Draft
from amends.portal.visiting import PortalVisit
from amends.ui.definition_forms import DefinitionForm, form_for, initial_from

STEPS = COMPLAINT_FORM.steps


def shown(visit: PortalVisit, draft: Draft, step: FormStep) -> DefinitionForm:
    """The form of a step with what was answered so far."""
    return form_for(step)(initial=initial_from(step, draft.answers), **_asked(visit))


def posted(visit: PortalVisit, step: FormStep) -> DefinitionForm:
    """The form of a step with what was sent just now."""
    return form_for(step)(visit.POST, visit.FILES, **_asked(visit))


def kept(visit: PortalVisit, draft: Draft, step: FormStep) -> DefinitionForm:
    """The form of a step with what the draft holds, to be checked once more."""
    return form_for(step)(initial_from(step, draft.answers), **_asked(visit))


def step_asking(key: str) -> FormStep | None:
    """The step that asks a question."""
    return next((step for step in STEPS if any(question.key == key for question in step.questions)), None)


def next_slug(step: FormStep) -> str:
    """What comes after a step: another one, or checking all answers."""
    place = STEPS.index(step) + 1
    return STEPS[place].slug if place < len(STEPS) else "check"


def first_open_slug(draft: Draft) -> str:
    """Where a draft goes on: the first step without valid answers, else checking all of them."""
    return next((step.slug for step in STEPS if step.slug not in draft.steps_done), "check")


def _asked(visit: PortalVisit) -> dict[str, Any]:
    organisation = visit.organisation
    return {"today": visit.now.astimezone(organisation.zone).date(), "currency": organisation.currency}
