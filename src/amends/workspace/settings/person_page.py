"""The page of a person as those see it who look after people, and as the person sees their own."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amends.framework.queries import the_organisation
from amends.people.handing_over import what_is_held_by
from amends.people.models import Absence, Delegation, Person, RoleGrant
from amends.people.permissions import May
from amends.permissions.engine import may
from amends.permissions.roles import Role
from amends.ui.access import StaffVisit
from amends.ui.current import organisation_of
from amends.ui.parts import StaleField
from amends.workspace.answering import status_of
from amends.workspace.naming import person_named
from amends.workspace.settings.person_forms import AbsenceForm, DelegationForm, DetailsForm, RoleForm


def whose(request: StaffVisit, name: UUID | None) -> Person:
    """The person a page is about: oneself without a name. Others only for those who may see people."""
    if name is None:
        return request.user
    if not may(request.actor, May.SEE_PEOPLE):
        raise Http404
    return person_named(name)


def address_of_page(name: UUID | None) -> str:
    """Where the page is."""
    return reverse("workspace:me") if name is None else reverse("workspace:person", args=[name])


def details_of(person: Person) -> dict[str, Any]:
    """What is saved, by the names of the fields; `seen` is its version."""
    return {"name": person.name, "language": person.language, "manager": person.manager_id, "seen": person.version}


def show(
    request: StaffVisit, person: Person, name: UUID | None, *answered: BaseForm, stale: Sequence[StaleField] = ()
) -> HttpResponse:
    """The whole page; a form that was answered stands in the place of the empty one of its kind.

    `stale` is what somebody else saved meanwhile beside what was typed: 409.
    """
    known: dict[type, BaseForm] = {type(form): form for form in answered}
    zone = (organisation_of(request) or the_organisation()).zone
    today = request.now.astimezone(zone).date()
    context = {
        "person": person,
        "name": name,
        "grants": _grants(person, request),
        "absences": Absence.objects.filter(person=person, ends_on__gte=today).order_by("starts_on"),
        "lent": _delegations(request).filter(lender=person),
        "borrowed": _delegations(request).filter(holder=person),
        "absence_form": known.get(AbsenceForm) or AbsenceForm(person=person),
        "delegation_form": known.get(DelegationForm) or DelegationForm(person=person, at=request.now, zone=zone),
        "may_record_absence": may(request.actor, May.RECORD_ABSENCE, person),
        "may_delegate": may(request.actor, May.DELEGATE, person),
        "answered": list(answered),
        "stale": stale,
        **(_for_managers(request, person, known) if name is not None else {}),
    }
    template = "workspace/me.html" if name is None else "workspace/settings/person.html"
    return render(request, template, context, status=409 if stale else status_of(*answered))


def _for_managers(request: StaffVisit, person: Person, known: dict[type, BaseForm]) -> dict[str, Any]:
    return {
        "may_manage": may(request.actor, May.MANAGE_PEOPLE),
        "details_form": known.get(DetailsForm) or DetailsForm(person=person, initial=details_of(person)),
        "role_form": known.get(RoleForm) or RoleForm(person=person),
        "is_oneself": person.pk == request.user.pk,
        "held": what_is_held_by(person),
    }


def _grants(person: Person, request: StaffVisit) -> list[dict[str, Any]]:
    rows = RoleGrant.objects.in_force(request.now).filter(person=person).select_related("unit")
    return [{"grant": grant, "role": Role(grant.role)} for grant in rows.order_by("role", "unit__name")]


def _delegations(request: StaffVisit) -> Any:
    rows = Delegation.objects.filter(ends_at__gt=request.now).select_related("lender", "holder", "unit")
    return rows.order_by("starts_at", "id")
