"""Being away and lending roles: for others by those who look after people, for oneself by everybody."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.framework.queries import the_organisation
from amends.kit.refusal import Refusal
from amends.people import actions
from amends.people.models import Absence, Delegation
from amends.people.permissions import May
from amends.permissions.engine import require
from amends.ui.access import StaffVisit, needs
from amends.workspace.answering import shown_in
from amends.workspace.settings.person_forms import AbsenceForm, DelegationForm, chosen
from amends.workspace.settings.person_page import address_of_page, show, whose


@needs(May.WORK_HERE)
def me(request: StaffVisit) -> HttpResponse:
    """One's own roles, absences and what is lent."""
    return show(request, request.user, None)


@require_POST
@needs(May.RECORD_ABSENCE)
def absences(request: StaffVisit, name: UUID | None = None) -> HttpResponse:
    """Recording days away."""
    person = whose(request, name)
    require(request.actor, May.RECORD_ABSENCE, person)
    form = AbsenceForm(request.POST, person=person)
    if form.is_valid():
        with shown_in(form):
            actions.record_absence(person, **form.cleaned_data, by=request.actor, at=request.now)
            return _done(request, name, _("The absence is recorded."))
    return show(request, person, name, form)


@require_POST
@needs(May.RECORD_ABSENCE)
def cancelled_absence(request: StaffVisit, name: UUID | None = None) -> HttpResponse:
    """Taking an absence back."""
    person = whose(request, name)
    absence = chosen(Absence.objects.filter(person=person).select_related("person"), request.POST.get("absence", ""))
    actions.cancel_absence(absence, by=request.actor, at=request.now)
    return _done(request, name, _("The absence is cancelled."))


@require_POST
@needs(May.DELEGATE)
def delegations(request: StaffVisit, name: UUID | None = None) -> HttpResponse:
    """Lending a role for some days."""
    person = whose(request, name)
    require(request.actor, May.DELEGATE, person)
    form = DelegationForm(request.POST, person=person, at=request.now, zone=the_organisation().zone)
    if form.is_valid():
        with shown_in(form):
            said = form.cleaned_data
            actions.delegate(
                person,
                said["holder"],
                said["role"],
                said["unit"],
                starts_at=said["starts_at"],
                ends_at=said["ends_at"],
                by=request.actor,
                at=request.now,
            )
            return _done(request, name, _("The role is lent. It comes back by itself at the end of the last day."))
    return show(request, person, name, form)


@require_POST
@needs(May.DELEGATE)
def ended_delegation(request: StaffVisit, name: UUID | None = None) -> HttpResponse:
    """Taking a lent role back before its time."""
    rows = Delegation.objects.filter(lender=whose(request, name)).select_related("lender", "holder")
    delegation = chosen(rows, request.POST.get("delegation", ""))
    if request.POST.get("until", "") not in {"", delegation.ends_at.isoformat()}:
        raise Refusal("delegation_over", _("This role is not lent any more."))
    actions.end_delegation(delegation, by=request.actor, at=request.now)
    return _done(request, name, _("The role is not lent any more."))


def _done(request: StaffVisit, name: UUID | None, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(address_of_page(name))
