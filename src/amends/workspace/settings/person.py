"""One person: details, roles, invitation, second factor, leaving."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from amends.kit.refusal import Refusal
from amends.people import actions
from amends.people.handing_over import what_is_held_by
from amends.people.models import RoleGrant
from amends.people.permissions import May
from amends.permissions.engine import require
from amends.ui.access import StaffVisit, needs
from amends.workspace.answering import both_versions, shown_in, status_of
from amends.workspace.settings.person_forms import DetailsForm, LeavingForm, RoleForm, SecondFactorForm, chosen
from amends.workspace.settings.person_page import address_of_page, details_of, show, whose


@needs(May.SEE_PEOPLE)
def person(request: StaffVisit, name: UUID) -> HttpResponse:
    """Everything about one person; posting changes their details."""
    found = whose(request, name)
    if request.method != "POST":
        return show(request, found, name)
    form = DetailsForm(request.POST, person=found)
    if form.is_valid():
        try:
            with shown_in(form):
                actions.change_person(found, **form.cleaned_data, by=request.actor, at=request.now)
                return _done(request, name, _("The details are saved."))
        except Refusal as refusal:
            if refusal.code != "stale":
                raise
            return _both_versions(request, name)
    found.refresh_from_db()
    return show(request, found, name, form)


def _both_versions(request: StaffVisit, name: UUID) -> HttpResponse:
    """409: what is saved now beside what was typed, and the typed once more in the form, as a change of the new one."""
    fresh = whose(request, name)
    typed = request.POST.copy()
    typed["details-seen"] = str(fresh.version)
    form = DetailsForm(typed, person=fresh)
    saved = DetailsForm(person=fresh, initial=details_of(fresh))
    return show(request, fresh, name, form, stale=both_versions(saved, form))


@require_POST
@needs(May.GRANT_ROLES)
def roles(request: StaffVisit, name: UUID) -> HttpResponse:
    """Giving a role for a unit."""
    found = whose(request, name)
    form = RoleForm(request.POST, person=found)
    if form.is_valid():
        with shown_in(form):
            role, unit = form.cleaned_data["role"], form.cleaned_data["unit"]
            actions.grant_role(found, role, unit, by=request.actor, at=request.now)
            words = {"name": found.name, "role": role.label, "unit": unit.name}
            return _done(request, name, _("%(name)s holds the role %(role)s for %(unit)s from now on.") % words)
    return show(request, found, name, form)


@require_POST
@needs(May.GRANT_ROLES)
def ended_role(request: StaffVisit, name: UUID) -> HttpResponse:
    """Ending a role."""
    found = whose(request, name)
    grant = chosen(RoleGrant.objects.filter(person=found).select_related("unit"), request.POST.get("grant", ""))
    actions.end_role(grant, by=request.actor, at=request.now)
    return _done(request, name, _("The role has ended."))


@require_POST
@needs(May.MANAGE_PEOPLE)
def invitation(request: StaffVisit, name: UUID) -> HttpResponse:
    """Sending a new link; the one before stops working."""
    actions.invite_again(whose(request, name), by=request.actor, at=request.now)
    return _done(request, name, _("A new link is on its way. It works once and for 24 hours."))


@needs(May.MANAGE_PEOPLE)
def second_factor(request: StaffVisit, name: UUID) -> HttpResponse:
    """Helping somebody who lost it, after making sure who is asking."""
    found = whose(request, name)
    require(request.actor, May.MANAGE_PEOPLE, found)
    form = SecondFactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            actions.reset_second_factor(found, check=form.cleaned_data["check"], by=request.actor, at=request.now)
            return _done(request, name, _("The second factor is removed, and the person is told by mail."))
    context = {"person": found, "form": form, "back": address_of_page(name)}
    return render(request, "workspace/settings/second_factor.html", context, status=status_of(form))


@needs(May.MANAGE_PEOPLE)
def leaving(request: StaffVisit, name: UUID) -> HttpResponse:
    """Ending somebody's work here; what they hold goes to a successor."""
    found = whose(request, name)
    require(request.actor, May.MANAGE_PEOPLE, found)
    form = LeavingForm(request.POST or None, person=found)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            count = actions.leave(found, successor=form.cleaned_data["successor"], by=request.actor, at=request.now)
            words = ngettext("%(count)s thing was handed over.", "%(count)s things were handed over.", count)
            return _done(request, name, f"{_('This person cannot sign in any more.')} {words % {'count': count}}")
    context = {"person": found, "form": form, "held": what_is_held_by(found), "back": address_of_page(name)}
    return render(request, "workspace/settings/leaving.html", context, status=status_of(form))


def _done(request: StaffVisit, name: UUID, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(address_of_page(name))
