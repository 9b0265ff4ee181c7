"""Check and send: all answers with a way to change them, and one button."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.complaints import drafts
from amends.complaints.actions import receive
from amends.complaints.actors import Visitor
from amends.complaints.form_definition import FormStep
from amends.complaints.intake import Intake
from amends.complaints.models import Draft
from amends.complaints.reading_answers import intake_from
from amends.kit.clock import to_the_minute
from amends.kit.refusal import Refusal
from amends.portal import draft_files, step_forms
from amends.portal.draft_cookie import for_the_draft
from amends.portal.start import portal_closed
from amends.portal.step_forms import SLUGS, form_of
from amends.portal.steps import step_page
from amends.portal.visiting import PortalVisit
from amends.ui.definition_forms import FILES_FIELD, DefinitionForm, as_answers
from amends.ui.parts import Answer


@dataclass(frozen=True)
class Section:
    """The answers of one step."""

    step: FormStep
    answers: list[Answer]


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_draft
def check(visit: PortalVisit, draft: Draft) -> HttpResponseBase:
    """GET shows all answers, POST sends them."""
    if visit.method != "POST":
        slug = step_forms.first_open_slug(draft)
        here = slug == "check"
        return check_page(visit, draft) if here else HttpResponseRedirect(_address(draft, slug))
    if not visit.organisation.portal_is_open:
        return portal_closed(visit)
    forms = {step.slug: step_forms.kept(visit, draft, step) for step in form_of(visit).steps}
    for step in form_of(visit).steps:
        if not forms[step.slug].is_valid():
            return step_page(visit, draft, step, forms[step.slug])
    try:
        return send(visit, draft, {key: value for form in forms.values() for key, value in as_answers(form).items()})
    except Refusal as refusal:
        return _refused(visit, draft, forms, refusal)


def send(visit: PortalVisit, draft: Draft, answers: dict[str, Any]) -> HttpResponse:
    """Receive the complaint under the token of its draft: sending it twice is one complaint."""
    intake = _intake(visit, draft, answers)
    try:
        receipt = receive(intake, token=draft.token, by=Visitor(intake.is_anonymous), at=visit.now)
    except Refusal:
        draft.refresh_from_db()
        if draft.complaint_id is None:
            raise
        # The same sending came through meanwhile and has emptied the draft, so that this one looked different.
        return HttpResponseRedirect(reverse("portal:done"))
    drafts.mark_sent(draft, receipt.complaint, to_the_minute(visit.now))
    return HttpResponseRedirect(reverse("portal:done"))


def check_page(visit: PortalVisit, draft: Draft, problem: str = "") -> HttpResponse:
    """All answers in words."""
    context = {
        "draft": draft,
        "sections": [_section(draft, step) for step in form_of(visit).steps],
        "number": len(SLUGS) + 1,
        "back": _address(draft, SLUGS[-1]),
        "problem": problem,
        "sent_alike": drafts.sent_alike(draft, visit.now),
        "said_danger": draft.answers.get("danger") == "yes",
    }
    return render(visit, "portal/check.html", context, status=422 if problem else 200)


def _intake(visit: PortalVisit, draft: Draft, answers: dict[str, Any]) -> Intake:
    if answers.get("identity") == "anonymous":
        # Once more at the very end, whatever way led here: no original of somebody anonymous.
        draft_files.forget_originals(draft, to_the_minute(visit.now))
    return intake_from(
        answers,
        language=get_language() or draft.language,
        organisation=visit.organisation,
        today=visit.now.astimezone(visit.organisation.zone).date(),
        files=draft_files.stored_files(draft),
    )


def _refused(visit: PortalVisit, draft: Draft, forms: dict[str, DefinitionForm], refusal: Refusal) -> HttpResponse:
    """Back to the step that asks for what has to change, with everything kept."""
    field = "files" if refusal.code.startswith("file_") else refusal.field
    step = step_forms.step_asking(visit, field)
    if step is None:
        return check_page(visit, draft, str(refusal.sentence))
    form = forms[step.slug]
    form.add_error(FILES_FIELD if field == "files" else field, str(refusal.sentence))
    return step_page(visit, draft, step, form)


def _section(draft: Draft, step: FormStep) -> Section:
    change = _address(draft, step.slug)
    answers = DefinitionForm.shown_answers(step, draft.answers, change_href=change)
    if any(question.key == "files" for question in step.questions):
        names = "\n".join(file.name for file in draft_files.added_files(draft))
        answers.append(Answer(_("Photos, letters or recordings"), names, f"{change}#files"))
    return Section(step, answers)


def _address(draft: Draft, slug: str) -> str:
    return reverse("portal:step", args=[draft.number, slug])
