"""Details of the organisation."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from amends.framework.actions import change_organisation
from amends.framework.models import Organisation
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.kit.refusal import Refusal
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.current import offered_languages
from amends.workspace.answering import shown_in, status_of
from amends.workspace.settings.organisation_form import OrganisationForm, values_of

_KNOWN = [code for code, _name in settings.LANGUAGES]


@needs(May.SEE_SETTINGS)
def organisation(request: StaffVisit) -> HttpResponse:
    """Shown to those who may see settings, changed by those who may; an older version never wins unseen."""
    found = the_organisation()
    form = _form(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with shown_in(form):
                seen = form.cleaned_data["seen"]
                change_organisation(found, form.details(), seen=seen, by=request.actor, at=request.now)
        except Refusal as refusal:
            if refusal.code != "stale":
                raise
            return _both_versions(request)
        if not form.errors:
            messages.success(request, _("The details are saved. The public page shows them from now on."))
            return redirect("workspace:organisation")
    return _page(request, form, status=status_of(form))


def _both_versions(request: StaffVisit) -> HttpResponse:
    """409: what is saved now and what was typed, and the typed once more in the form, as a change of the new one."""
    now_saved = the_organisation()
    typed = request.POST.copy()
    typed["seen"] = str(now_saved.version)
    form = _form(now_saved, typed)
    form.is_valid()
    return _page(request, form, status=409, stale=form.differences())


def _form(found: Organisation, data: Any) -> OrganisationForm:
    initial = values_of(found, offered_languages(found))
    return OrganisationForm(data, initial=initial, organisation=found, known_languages=_KNOWN)


def _page(request: StaffVisit, form: OrganisationForm, *, status: int, **more: Any) -> HttpResponse:
    context = {"form": form, "may_change": may(request.actor, May.CHANGE_ORGANISATION), **more}
    return render(request, "workspace/settings/organisation.html", context, status=status)
