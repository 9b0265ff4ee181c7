"""The people who work here: the list, and inviting somebody."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.journal.pseudonyms import names_of
from amends.people.actions import invite
from amends.people.models import Absence, Person, RoleGrant
from amends.people.permissions import May
from amends.permissions.engine import may
from amends.permissions.roles import Role
from amends.ui.access import StaffVisit, needs
from amends.ui.current import own_name
from amends.ui.definition_forms import LineField
from amends.ui.parts import Tab, Tag
from amends.workspace.answering import NOT_OFFERED, shown_in, status_of
from amends.workspace.naming import name_of_person

PER_PAGE = 100


class InvitationForm(forms.Form):
    """Somebody who will work here."""

    use_required_attribute = False

    name = LineField(label=_("Name"), required=False, max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    email = LineField(
        label=_("E-mail address"),
        help_text=_("The invitation goes there. The address is also the name for signing in."),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[(code, own_name(code)) for code, _name in settings.LANGUAGES],
        error_messages=NOT_OFFERED,
    )
    manager = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Direct manager"),
        help_text=_("When somebody is complained about, their direct manager cannot handle the complaint."),
        required=False,
        empty_label=_("Nobody"),
        error_messages=NOT_OFFERED,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        manager = self.fields["manager"]
        assert isinstance(manager, forms.ModelChoiceField)
        manager.queryset = Person.objects.filter(is_active=True).order_by("name", "id")


@needs(May.SEE_PEOPLE)
def people(request: StaffVisit) -> HttpResponse:
    """Everybody with their roles; those who left have a list of their own."""
    shows_left = request.GET.get("view") == "left"
    rows = Person.objects.filter(is_active=not shows_left).order_by("name", "id")
    grants = RoleGrant.objects.in_force(request.now).select_related("unit").order_by("role", "unit__name")
    absences = Absence.objects.on(request.now.date())
    pages = Paginator(
        rows.prefetch_related(Prefetch("grants", grants, "held"), Prefetch("absences", absences, "away_today")),
        PER_PAGE,
    )
    page = pages.get_page(request.GET.get("page"))
    names = names_of("person", [person.pk for person in page.object_list])
    context = {
        "tabs": [
            Tab(_("Working here"), "?", is_current=not shows_left),
            Tab(_("Left"), "?view=left", is_current=shows_left),
        ],
        "rows": [_row(person, names[person.pk]) for person in page.object_list],
        "page_shown": page,
        "view": "left" if shows_left else "",
        "may_manage": may(request.actor, May.MANAGE_PEOPLE),
    }
    return render(request, "workspace/settings/people.html", context)


def _row(person: Any, name: UUID) -> dict[str, Any]:
    roles = [
        gettext("%(role)s, %(unit)s") % {"role": Role(grant.role).label, "unit": grant.unit.name}
        for grant in person.held
    ]
    tags = []
    if person.is_active and not person.has_usable_password():
        tags.append(Tag(_("Invited"), "wait", "mail"))
    if person.away_today:
        tags.append(Tag(_("Away"), "line", "calendar"))
    return {"person": person, "name": name, "roles": roles, "tags": tags}


@needs(May.MANAGE_PEOPLE)
def new_person(request: StaffVisit) -> HttpResponse:
    """Inviting somebody; roles are given on their page, which comes next."""
    form = InvitationForm(request.POST or None, initial={"language": request.user.language})
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            person = invite(**form.cleaned_data, by=request.actor, at=request.now)
            messages.success(
                request,
                gettext("%(name)s is invited. The mail with the link is on its way. Now give them a role.")
                % {"name": person.name},
            )
            return redirect("workspace:person", name_of_person(person))
    return render(request, "workspace/settings/new_person.html", {"form": form}, status=status_of(form))
