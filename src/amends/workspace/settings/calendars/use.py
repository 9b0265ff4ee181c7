"""Which calendar holds where: for all others, for a unit and what is below it, or for a site."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.calendars.models import Calendar
from amends.framework.actions.choose_calendar import LONGEST_SITE, choose_calendar
from amends.framework.calendar_uses import calendar_uses
from amends.framework.models import CalendarUse
from amends.framework.permissions import May
from amends.people.models import Unit
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace import tree
from amends.workspace.answering import NOT_OFFERED, shown_in, status_of
from amends.workspace.settings.person_forms import chosen

ALL_OTHERS, UNIT, SITE = "all", "unit", "site"


class UseForm(forms.Form):
    """A calendar, and where it is to hold."""

    use_required_attribute = False

    calendar = forms.ChoiceField(
        label=gettext_lazy("Calendar"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose a calendar")),
    )
    where = forms.ChoiceField(
        label=gettext_lazy("Where does it hold?"),
        choices=[
            (ALL_OTHERS, gettext_lazy("Wherever no other is chosen")),
            (UNIT, gettext_lazy("For a unit and everything below it")),
            (SITE, gettext_lazy("For a site")),
        ],
        widget=RadioRows(reveals={UNIT: ["unit"], SITE: ["site"]}),
        error_messages={
            "required": gettext_lazy("Choose where the calendar holds"),
            "invalid_choice": gettext_lazy("Choose where the calendar holds"),
        },
    )
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False, error_messages=NOT_OFFERED)
    site = LineField(
        label=gettext_lazy("Name of the site"),
        help_text=gettext_lazy("As complaints carry it; capitals make no difference. A site comes before its unit."),
        required=False,
        max_length=LONGEST_SITE,
    )

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calendars = {each.code: each for each in Calendar.objects.in_use()}
        self.units = {str(unit.pk): unit for unit in units if not unit.is_root and unit.closed_at is None}
        named = sorted(((code, str(each)) for code, each in self.calendars.items()), key=lambda each: each[1])
        self._offer("calendar", [("", _("Choose one")), *named])
        self._offer("unit", [("", _("Choose one")), *tree.choices(list(self.units.values()))])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """What belongs to another place than the chosen one is forgotten; what the chosen one needs is there."""
        super().clean()
        where = self.cleaned_data.get("where")
        for name in {UNIT, SITE} - {where}:
            self.errors.pop(name, None)
            self.cleaned_data[name] = ""
        if where == UNIT and "unit" not in self.errors and not self.cleaned_data.get("unit"):
            self.add_error("unit", _("Choose the unit."))
        if where == SITE and "site" not in self.errors and not self.cleaned_data.get("site"):
            self.add_error("site", _("Enter the name of the site."))
        return self.cleaned_data

    def chosen_unit(self) -> Unit | None:
        """The unit for which it is to hold."""
        return self.units.get(self.cleaned_data["unit"])


@dataclass(frozen=True)
class UnitRow:
    """A unit with the calendar that holds there: its own choice, or that of a unit above."""

    unit: Unit
    calendar: Calendar | None
    use: CalendarUse | None
    above: Unit | None


@needs(May.SEE_RULES)
def use(request: StaffVisit) -> HttpResponse:
    """What holds where; posting chooses."""
    units = tree.in_order(list(Unit.objects.all()))
    form = UseForm(request.POST or None, units=units)
    may_choose = may(request.actor, May.CHANGE_CALENDAR_USE)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            said = form.cleaned_data
            calendar = form.calendars[said["calendar"]]
            unit, site = form.chosen_unit(), said["site"]
            choose_calendar(calendar, unit=unit, site=site, by=request.actor, at=request.now)
            messages.success(
                request, _("%(calendar)s holds there for deadlines that start from now on.") % {"calendar": calendar}
            )
            return redirect("workspace:calendar_use")
    uses = calendar_uses()
    context = {
        "form": form if may_choose else None,
        "for_all": next((each for each in uses if each.unit_id is None and not each.site), None),
        "units": _unit_rows(units, [each for each in uses if each.unit_id is not None]),
        "sites": [each for each in uses if each.site],
        "may_see_settings": may(request.actor, May.SEE_SETTINGS),
    }
    return render(request, "workspace/settings/calendars/use.html", context, status=status_of(form))


def _unit_rows(units: list[Unit], uses: list[CalendarUse]) -> list[UnitRow]:
    own = {each.unit_id: each for each in uses}
    rows: dict[int, UnitRow] = {}
    for unit in units:
        choice, parent = own.get(unit.pk), rows.get(unit.parent_id or 0)
        if choice is not None:
            rows[unit.pk] = UnitRow(unit, choice.calendar, choice, None)
        elif parent is not None:
            rows[unit.pk] = UnitRow(unit, parent.calendar, None, parent.unit if parent.use else parent.above)
        else:
            rows[unit.pk] = UnitRow(unit, None, None, None)
    return list(rows.values())


@needs(May.CHANGE_CALENDAR_USE)
def ended_use(request: StaffVisit) -> HttpResponse:
    """A unit or site goes by what is above it again."""
    if request.method == "POST":
        uses = CalendarUse.objects.select_related("unit")
        ended = chosen(uses, request.POST.get("use", ""))
        choose_calendar(None, unit=ended.unit, site=ended.site, by=request.actor, at=request.now)
        messages.success(request, _("The choice is taken back, for deadlines that start from now on."))
    return redirect("workspace:calendar_use")
