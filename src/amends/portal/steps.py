"""The five steps of questions. What is typed is kept with each step, valid or not."""

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from amends.complaints import drafts
from amends.complaints.drafts import KEPT_FOR
from amends.complaints.form_definition import FormStep
from amends.complaints.models import Draft
from amends.complaints.reading_answers import check_contact
from amends.kit.clock import to_the_minute
from amends.kit.refusal import Refusal
from amends.portal import draft_files, step_forms
from amends.portal.draft_cookie import for_the_draft
from amends.portal.saved import saved_for_later
from amends.portal.step_forms import SLUGS
from amends.portal.visiting import PortalVisit
from amends.ui.definition_forms import FILES_FIELD, DefinitionForm, as_answers, typed_answers


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_draft
def step(visit: PortalVisit, draft: Draft, slug: str) -> HttpResponseBase:
    """GET shows the questions. POST keeps the answers and goes on, stays for a file, or leaves for later."""
    asked = _step(visit, slug)
    if visit.method != "POST":
        return step_page(visit, draft, asked, step_forms.shown(visit, draft, asked))
    form = step_forms.posted(visit, asked)
    _take_files(visit, draft, form)
    stays = {"add", "remove", "later"} & visit.POST.keys()
    _check_together(visit, draft, form)
    _save(visit, draft, asked, form, goes_on=not stays)
    if stays:
        _forget_other_errors(form)
    if form.errors:
        return step_page(visit, draft, asked, form)
    if "later" in stays:
        return saved_for_later(visit, draft)
    if stays:
        return HttpResponseRedirect(reverse("portal:step", args=[draft.number, slug]) + "#files")
    return HttpResponseRedirect(reverse("portal:step", args=[draft.number, step_forms.next_slug(asked)]))


@require_POST
@for_the_draft
def autosave(visit: PortalVisit, draft: Draft, slug: str) -> HttpResponse:
    """Keep what is being typed, even where it is not valid yet."""
    asked = _step(visit, slug)
    form = step_forms.posted(visit, asked)
    try:
        _keep(visit, draft, asked, form, is_done=slug in draft.steps_done and form.is_valid())
    except Refusal:
        return HttpResponse(status=422)
    return HttpResponse(status=204)


def step_page(visit: PortalVisit, draft: Draft, asked: FormStep, form: DefinitionForm) -> HttpResponse:
    """The page of a step; with errors as a page that could not be taken."""
    place = SLUGS.index(asked.slug)
    back = reverse("portal:step", args=[draft.number, SLUGS[place - 1]]) if place else reverse("portal:start")
    context = {
        "form": form,
        "step": asked,
        "draft": draft,
        "number": place + 1,
        "total": len(SLUGS) + 1,
        "back": back,
        "files": draft_files.added_files(draft) if FILES_FIELD in form.fields else None,
        "kept_days": KEPT_FOR.days,
        "said_danger": draft.answers.get("danger") == "yes",
    }
    return render(visit, "portal/step.html", context, status=422 if form.errors else 200)


def _step(visit: PortalVisit, slug: str) -> FormStep:
    found = step_forms.form_of(visit).step(slug)
    if found is None:
        raise Http404
    return found


def _take_files(visit: PortalVisit, draft: Draft, form: DefinitionForm) -> None:
    """Files first, because they are lost with the request; the answers are typed into the page again."""
    if visit.POST.get("remove"):
        draft_files.remove(draft, visit.POST["remove"])
    if FILES_FIELD in form.fields and FILES_FIELD not in form.errors:
        uploads = form.cleaned_data.get(FILES_FIELD) or []
        for sentence in draft_files.add(draft, uploads, to_the_minute(visit.now)):
            form.add_error(FILES_FIELD, sentence)


def _check_together(visit: PortalVisit, draft: Draft, form: DefinitionForm) -> None:
    """What has to fit together across questions."""
    if not form.is_valid():
        return
    answers = as_answers(form)
    try:
        if "identity" in answers:
            check_contact(answers)
        if answers.get("identity") == "anonymous":
            draft_files.forget_originals(draft, to_the_minute(visit.now))
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else "identity", str(refusal.sentence))


def _save(visit: PortalVisit, draft: Draft, asked: FormStep, form: DefinitionForm, *, goes_on: bool) -> None:
    is_done = form.is_valid() and (goes_on or asked.slug in draft.steps_done)
    try:
        _keep(visit, draft, asked, form, is_done=is_done)
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))


def _keep(visit: PortalVisit, draft: Draft, asked: FormStep, form: DefinitionForm, *, is_done: bool) -> None:
    answers = as_answers(form) if form.is_valid() else typed_answers(form)
    drafts.save_answers(draft, answers, step=asked.slug, is_done=is_done, at=to_the_minute(visit.now))


def _forget_other_errors(form: DefinitionForm) -> None:
    """Who adds a file or stops for today need not have answered everything."""
    for name in [name for name in form.errors if name not in {FILES_FIELD, "__all__"}]:
        del form.errors[name]
