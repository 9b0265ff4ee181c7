"""The first start: five questions and the first administrator make a public page that works."""

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters

from amends.framework.actions import set_up
from amends.framework.first_start import is_first_start
from amends.framework.permissions import May
from amends.framework.queries import organisation, the_organisation
from amends.people.actions import first_administrator
from amends.people.actions.first_administrator import ALONE, AMONG_SEVERAL
from amends.people.models import Person
from amends.people.standing import SYSTEM
from amends.ui.access import StaffVisit, Visit, needs, public
from amends.workspace.answering import shown_in, status_of
from amends.workspace.first_start_forms import OrganisationForm, YouForm

_BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@sensitive_post_parameters()
@public
def first_start(request: Visit, token: str) -> HttpResponse:
    """One page, once. Whoever holds the link of `amends init` makes the organisation and becomes its administrator."""
    if not is_first_start(token):
        raise Http404
    if organisation() is not None:
        return render(request, "workspace/first_start_done.html", status=410)
    about, you = OrganisationForm(request.POST or None), YouForm(request.POST or None, prefix="you")
    if request.method == "POST" and all([about.is_valid(), you.is_valid()]):
        person = _begin(request, about, you)
        if person is not None:
            login(request, person, backend=_BACKEND)
            return redirect("workspace:started")
    context = {"about": about, "you": you}
    return render(request, "workspace/first_start.html", context, status=status_of(about, you))


def _begin(request: Visit, about: OrganisationForm, you: YouForm) -> Person | None:
    """Both verbs or neither; what one of them refuses stands in its form."""
    with transaction.atomic():
        with shown_in(about):
            made = set_up(**about.cleaned_data, by=SYSTEM, at=request.now)
            with shown_in(you):
                return first_administrator(
                    **you.cleaned_data,
                    roles=ALONE if made.is_small else AMONG_SEVERAL,
                    language=get_language() or made.main_language,
                    by=SYSTEM,
                    at=request.now,
                )
        transaction.set_rollback(True)
    return None


@needs(May.SEE_SETTINGS)
def started(request: StaffVisit) -> HttpResponse:
    """What was made, where it is, and what to do next."""
    found = the_organisation()
    address = f"{settings.AMENDS_PUBLIC_URL}/{found.main_language}/"
    return render(request, "workspace/started.html", {"address": address, "path": f"/{found.main_language}/"})
