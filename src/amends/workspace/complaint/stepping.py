"""One step on a page of its own: may it be taken, what was typed, the verb, and what comes back.

@needs(May.HANDLE)
def closure(request, reference):
    def act(case, form):
        close(case.complaint, …, by=request.actor, at=request.now, seen=form.version)

    return CLOSING.answer(request, opened(request, reference), ClosureForm, act)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.complaints.queries import Verb, check, visible_to
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit
from amends.ui.kept import kept_from
from amends.workspace.complaint.header import crumbs_of, tags_of
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stale import stale_fields, who_changed

Words = str | Promise

#: What a form calls the files that a refusal names: `files` is taken in every Django form.
_FILES = ("attachments", "attachment")
#: Refusals that no answer of the form could mend.
_BEYOND_FORM = {"not_permitted": 403, "not_at_this_stage": 422}


#: The button that saves nothing: it shows what follows from the answers so far.
LOOK = "look"


class StepForm(forms.Form):
    """A form about a complaint; it remembers the version that the person had before their eyes."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=2**31 - 1,
        error_messages={"required": _("Open this page again: the form did not arrive whole.")},
    )

    use_required_attribute = False

    def __init__(
        self, data: Any = None, files: Any = None, *, request: StaffVisit, case: Case, typed: Any = None
    ) -> None:
        """`typed` are answers to be shown again unchecked: somebody only wants to see what follows from them."""
        super().__init__(data, files, initial={"seen": case.complaint.version})
        self.request, self.case = request, case
        self.typed = data if typed is None else typed
        self.prepare()
        if typed is not None:
            for name, field in self.fields.items():
                self.initial[name] = field.widget.value_from_datadict(typed, {}, self.add_prefix(name))

    def prepare(self) -> None:
        """Set choices and what is saved now; called once, before anything is checked."""

    @property
    def version(self) -> int:
        """The version of the complaint on the page that was sent."""
        return int(self.cleaned_data["seen"])

    @property
    def number(self) -> int:
        """The point or remedy that the address names."""
        match = self.request.resolver_match
        return int(match.kwargs["number"]) if match else 0

    def answered(self, name: str) -> str:
        """What was typed into a field so far, else what is saved."""
        return str(self.initial.get(name, "") if self.typed is None else self.typed.get(self.add_prefix(name), ""))

    def choose(self, name: str, choices: Any) -> None:
        """Give a field its choices."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


Form = TypeVar("Form", bound=StepForm)
Act = Callable[[Case, Form], object]
Look = Callable[[Case, Form], Mapping[str, object]]


@dataclass(frozen=True)
class Screen:
    """A page with one step: what it is called, and what is said afterwards."""

    verb: Verb
    title: Words
    button: Words
    said: Words
    intro: Words = ""
    template: str = "workspace/complaint/step.html"
    kind: str = "primary"

    def answer(
        self,
        request: StaffVisit,
        case: Case,
        form_class: type[Form],
        act: Act[Form],
        look: Look[Form] | None = None,
        *,
        then: str = "",
    ) -> HttpResponse:
        """The page, or what came of the step. Nothing has changed unless the answer is a redirect."""
        try:
            check(self.verb, case.complaint, by=request.actor)
        except Refusal as refusal:
            return refused(request, case, self.title, refusal)
        if request.method != "POST":
            return self.shown(request, case, form_class(request=request, case=case), look)
        if LOOK in request.POST:
            return self.shown(request, case, form_class(request=request, case=case, typed=request.POST), look)
        form = form_class(request.POST, request.FILES, request=request, case=case)
        if form.is_valid():
            try:
                act(case, form)
            except Refusal as refusal:
                return self._mended(request, case, form, look, refusal)
            messages.success(request, str(self.said))
            return HttpResponseRedirect(then or way_on(case))
        return self.shown(request, case, form, look, status=422)

    def reopened(self, request: StaffVisit, case: Case) -> Case:
        """The complaint as it is now, with what the page shows of it."""
        return opened(request, case.complaint.reference)

    def shown(
        self,
        request: StaffVisit,
        case: Case,
        form: Form,
        look: Look[Form] | None = None,
        *,
        status: int = 200,
        **more: object,
    ) -> HttpResponse:
        """The page with its form."""
        context = {
            "screen": self,
            "case": case,
            "complaint": case.complaint,
            "form": form,
            "tags": tags_of(case),
            "crumbs": crumbs_of(case, reverse("workspace:complaints"), here=self.title),
            **(look(case, form) if look else {}),
            **more,
        }
        return render(request, self.template, context, status=status)

    def _mended(
        self, request: StaffVisit, case: Case, form: Form, look: Look[Form] | None, refusal: Refusal
    ) -> HttpResponse:
        if refusal.code == "stale":
            return self._stale(request, case, form, look)
        if refusal.code in _BEYOND_FORM:
            return refused(request, case, self.title, refusal)
        names = _FILES if refusal.field == "files" else (refusal.field,)
        form.add_error(next((name for name in names if name in form.fields), None), str(refusal.sentence))
        try:
            return self.shown(request, case, form, look, status=422)
        except Refusal as gone:  # somebody was faster, and there is nothing left to show the form beside
            return refused(request, case, self.title, gone)

    def _stale(self, request: StaffVisit, case: Case, form: Form, look: Look[Form] | None) -> HttpResponse:
        """409: what is saved now beside what was typed, and the form again, about the newer version."""
        fresh = self.reopened(request, case)
        data = request.POST.copy()
        data["seen"] = str(fresh.complaint.version)
        form_class = type(form)
        renewed, saved = form_class(data, request=request, case=fresh), form_class(request=request, case=fresh)
        return self.shown(
            request,
            fresh,
            renewed,
            look,
            status=409,
            stale=stale_fields(fresh, saved, renewed),
            changed_by=who_changed(fresh),
        )


def way_on(case: Case) -> str:
    """Where to go after a step: to the complaint, or to the queue for somebody who cannot see it any more."""
    if visible_to(case.actor).filter(pk=case.complaint.pk).exists():
        return case.at()
    return reverse("workspace:queue")


def refused(request: StaffVisit, case: Case, title: Words, refusal: Refusal) -> HttpResponse:
    """A step that cannot be taken: why, what was typed, and the way back."""
    context = {
        "case": case,
        "complaint": case.complaint,
        "title": title,
        "sentence": refusal.sentence,
        "crumbs": crumbs_of(case, reverse("workspace:complaints"), here=title),
        "kept": kept_from(request),
    }
    status = _BEYOND_FORM.get(refusal.code, 422)
    return render(request, "workspace/complaint/refused.html", context, status=status)
