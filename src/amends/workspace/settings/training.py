"""Who has completed which training and until when it counts (6.4): the list, and recording one for several people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.framework.authorities import limits_at
from amends.framework.queries import the_organisation
from amends.people.actions import record_trainings
from amends.people.models import Person, Training
from amends.people.permissions import May
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.parts import Tab, Tag
from amends.ui.widgets import CheckboxRows
from amends.workspace.answering import NOT_OFFERED, shown_in, status_of

Words = str | Promise

PAGE_SIZE = 50
#: So long before its end a training is listed as ending.
ENDS_SOON = timedelta(days=60)
MOST_COURSES = 100

VIEWS: dict[str, Words] = {
    "": gettext_lazy("All"),
    "ending": gettext_lazy("Ends soon"),
    "ended": gettext_lazy("Ended"),
}


def _day(label: Any, *, is_needed: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=is_needed,
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose a day"),
            "invalid": gettext_lazy("Enter a day, like 31.12.2026"),
        },
    )


class TrainingForm(forms.Form):
    """A course, its days, how it can be seen, and who completed it."""

    use_required_attribute = False

    course = LineField(
        label=gettext_lazy("Course"),
        help_text=gettext_lazy("Write it as before: a limit of authority asks for it by this name."),
        max_length=64,
        widget=forms.TextInput({"list": "courses", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the name of the course.")},
    )
    completed_on = _day(gettext_lazy("Completed on"))
    valid_to = _day(gettext_lazy("Valid until"), is_needed=False)
    evidence = LineField(
        label=gettext_lazy("Evidence"),
        help_text=gettext_lazy("A certificate, a list of those who were there."),
        max_length=200,
        error_messages={"required": gettext_lazy("Say how it can be seen: a certificate, a list.")},
    )
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Who completed it?"),
        widget=CheckboxRows,
        error_messages={
            "required": gettext_lazy("Choose at least one person."),
            "invalid_choice": NOT_OFFERED["invalid_choice"],
        },
    )

    def __init__(self, data: Any, *, people: Sequence[Person]) -> None:
        super().__init__(data)
        self.known = {str(person.pk): person for person in people}
        field = self.fields["people"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, person.name) for key, person in self.known.items()]


@dataclass(frozen=True)
class Row:
    """One training in the list."""

    training: Training
    state: Tag
    is_needed: bool


@dataclass(frozen=True)
class Needed:
    """A course that a limit of authority asks for, and how many have it now."""

    course: str
    people: str


@needs(May.SEE_PEOPLE)
def training(request: StaffVisit) -> HttpResponse:
    """The newest first; `?before=` goes further back. Posting records one course for everybody who was chosen."""
    today = request.now.astimezone(the_organisation().zone).date()
    form = _form(request) if may(request.actor, May.RECORD_TRAINING) else None
    if form is not None and form.is_valid():
        given = {**form.cleaned_data, "people": [form.known[key] for key in form.cleaned_data["people"]]}
        with shown_in(form):
            made = record_trainings(**given, by=request.actor, at=request.now)
            said = ngettext("%(count)d training is recorded.", "%(count)d trainings are recorded.", len(made))
            messages.success(request, said % {"count": len(made)})
            return redirect("workspace:training")
    view = request.GET.get("view", "") if request.GET.get("view", "") in VIEWS else ""
    rows = _in_view(view, today).select_related("person", "recorded_by").order_by("-pk")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 10:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    courses = {row.course for row in limits_at(request.now).rows if row.course}
    here = reverse("workspace:training")
    context = {
        "tabs": [Tab(label, f"{here}?view={key}" if key else here, key == view) for key, label in VIEWS.items()],
        "rows": [Row(row, _state(row, today), row.course in courses) for row in found],
        "needed": _needed(courses, today),
        "form": form,
        "courses": Training.objects.order_by("course").values_list("course", flat=True).distinct()[:MOST_COURSES],
        "next": f"?view={view}&before={found[-1].pk}" if more else "",
    }
    return render(request, "workspace/settings/training.html", context, status=status_of(form) if form else 200)


def _form(request: StaffVisit) -> TrainingForm:
    """With those whose trainings this person may record; nobody records their own."""
    everybody = Person.objects.filter(is_active=True).exclude(pk=request.actor.person_id).order_by("name", "pk")
    data = request.POST if request.method == "POST" else None
    return TrainingForm(data, people=list(everybody))


def _in_view(view: str, today: date) -> QuerySet[Training]:
    if view == "ending":
        return Training.objects.filter(valid_to__gte=today, valid_to__lte=today + ENDS_SOON)
    return Training.objects.filter(valid_to__lt=today) if view == "ended" else Training.objects.all()


def _state(row: Training, today: date) -> Tag:
    if row.valid_to is not None and row.valid_to < today:
        return Tag(_("Ended"), "line", "stop")
    if row.valid_to is not None and row.valid_to <= today + ENDS_SOON:
        return Tag(_("Ends soon"), "wait", "clock")
    return Tag(_("Counts"), "ok", "check")


def _needed(courses: set[str], today: date) -> list[Needed]:
    """One query, however many courses there are."""
    valid = Training.objects.valid_on(today).filter(course__in=courses, person__is_active=True)
    counts = dict(
        valid.order_by()
        .values("course")
        .annotate(people=Count("person", distinct=True))
        .values_list("course", "people")
    )
    return [
        Needed(
            course,
            ngettext("%(count)d person has it", "%(count)d people have it", counts.get(course, 0))
            % {"count": counts.get(course, 0)},
        )
        for course in sorted(courses)
    ]
