"""Changing a calendar: typed on one page, looked at on a second one before it is published; nothing is lost between.

What was typed goes from page to page in the form itself, so that no half-made version is kept anywhere.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.calendars.actions import add_calendar, publish_calendar
from amends.calendars.comparing import compare
from amends.calendars.making import USUAL_WEEK, usual_years
from amends.calendars.models import Calendar, CalendarVersion
from amends.calendars.permissions import May
from amends.calendars.working_time import NoWorkingTimeError
from amends.complaints.moving import what_would_move
from amends.framework.models import Organisation
from amends.framework.permissions import May as MayFramework
from amends.framework.queries import the_organisation
from amends.kit.canonical import digest
from amends.kit.refusal import Refusal
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace.answering import NOT_OFFERED, Together, shown_in, status_of
from amends.workspace.settings.calendars import words
from amends.workspace.settings.calendars.finding import calendar_coded, version_of
from amends.workspace.settings.calendars.forms import CalendarForm, NewCalendarForm, initial_of, typed, week_typed
from amends.workspace.settings.calendars.own_days import DayForm, lines_of, without, written

NEW, RUNNING = "new", "running"


class PublishForm(forms.Form):
    """For which deadlines a version holds, and what changed."""

    use_required_attribute = False

    note = LineField(
        label=gettext_lazy("What changed, and why"),
        help_text=gettext_lazy("Stands in the list of versions."),
        required=False,
        max_length=500,
    )
    moves = forms.ChoiceField(
        label=gettext_lazy("For which deadlines does it hold?"),
        choices=[
            (NEW, gettext_lazy("Only for deadlines that start from now on")),
            (RUNNING, gettext_lazy("Also for those that run")),
        ],
        widget=RadioRows(
            hints={
                NEW: gettext_lazy("What people were told stays as it is."),
                RUNNING: gettext_lazy(
                    "Open deadlines are counted again. What is overdue, or stands still now, stays as it is."
                ),
            }
        ),
        error_messages=NOT_OFFERED,
    )


@needs(May.CHANGE)
def new(request: StaffVisit) -> HttpResponse:
    """Adding a calendar with its first version."""
    organisation = the_organisation()
    country = organisation.country
    initial = {
        "zone": organisation.time_zone,
        "country": country,
        "regions_of": country,
        "half_days": True,
        "own": "{}",
        **week_typed(USUAL_WEEK),
    }
    usual: dict[str, Any] = {"organisation": organisation, "this_year": request.now.year}
    form = NewCalendarForm(initial=initial, **usual)
    if request.method == "POST" and request.POST.get("do") == "regions":
        form = NewCalendarForm(initial=_with_regions(typed(form, request.POST)), **usual)
    elif request.method == "POST":
        form = NewCalendarForm(request.POST, **usual)
        if form.is_valid():
            with shown_in(form):
                made = _added(request, form)
                messages.success(request, _("The calendar is added. Choose where it holds, or enter days of your own."))
                return redirect("workspace:calendar", made.calendar.code)
        _note_regions(form)
    context = {"form": form, "may_see_settings": may(request.actor, MayFramework.SEE_SETTINGS)}
    return render(request, "workspace/settings/calendars/new.html", context, status=status_of(form))


def _added(request: StaffVisit, form: NewCalendarForm) -> CalendarVersion:
    try:
        return add_calendar(form.name(), form.document(), by=request.actor, at=request.now)
    except Refusal as refusal:
        refusal.field = form.field_of(refusal.field)
        raise


@needs(May.CHANGE)
def change(request: StaffVisit, calendar: str) -> HttpResponse:
    """The page where a calendar is changed, the look at what that does, and publishing it."""
    found = calendar_coded(calendar)
    newest = version_of(found)
    editing = _Editing(request, found, newest, the_organisation())
    if request.method != "POST":
        return editing.page(editing.form(initial=initial_of(newest, request.now.year)))
    if "remove" in request.POST:
        return editing.without_day(request.POST["remove"])
    match request.POST.get("do"):
        case "regions" | "edit":
            return editing.again()
        case "add":
            return editing.with_day()
        case "publish":
            return editing.published()
    return editing.preview()


@needs(May.CHANGE)
def more_years(request: StaffVisit, calendar: str) -> HttpResponse:
    """A look at the same calendar with holidays for as many years as one that is made now; published from there."""
    found = calendar_coded(calendar)
    newest = version_of(found)
    last = usual_years(request.now.year)[-1]
    editing = _Editing(request, found, newest, the_organisation())
    form = editing.form(initial_of(newest, request.now.year, last_year=last))
    if not form.is_valid():  # a version of before that could not be entered today
        return editing.page(form)
    return editing.look(form, PublishForm(initial={"moves": NEW, "note": _("Public holidays of later years")}))


class _Editing:
    """One visit to the pages on which a calendar is changed."""

    def __init__(
        self, request: StaffVisit, found: Calendar, newest: CalendarVersion, organisation: Organisation
    ) -> None:
        self.request, self.calendar, self.newest, self.organisation = request, found, newest, organisation

    def form(self, data: Any = None, initial: dict[str, Any] | None = None) -> CalendarForm:
        """The form, made from the version that holds."""
        return CalendarForm(
            data,
            initial=initial,
            organisation=self.organisation,
            this_year=self.request.now.year,
            before=self.newest.document,
        )

    def day_form(self, data: Any = None) -> DayForm:
        """The form for one more day."""
        return DayForm(data, organisation=self.organisation)

    def sent(self) -> dict[str, Any]:
        """What was sent, not judged yet."""
        return typed(self.form(), self.request.POST)

    def again(self, **changes: Any) -> HttpResponse:
        """The page with everything as it was typed."""
        return self.page(self.form(initial=_with_regions({**self.sent(), **changes})))

    def with_day(self) -> HttpResponse:
        """One more day in the list."""
        day_form = self.day_form(self.request.POST)
        form = self.form(self.request.POST)
        if self._take_in(day_form, form):
            return self.again(own=written(form.cleaned_data["own"]))
        return self.page(self.form(initial=_with_regions(self.sent())), day_form)

    def _take_in(self, day_form: DayForm, form: CalendarForm) -> bool:
        """Put a day that was typed into the list of the form, whatever else in that form has to be corrected."""
        form.is_valid()
        if "own" not in form.cleaned_data or not day_form.is_valid():
            return False
        try:
            form.cleaned_data["own"] = day_form.added_to(form.cleaned_data["own"], form.week())
        except ValidationError as error:
            day_form.add_error("first", error)
            return False
        return True

    def without_day(self, key: str) -> HttpResponse:
        """One day less, or several that were entered together."""
        form = self.form(self.request.POST)
        form.is_valid()
        return self.again(own=written(without(form.cleaned_data.get("own", {}), key)))

    def preview(self) -> HttpResponse:
        """What it would do; or the page again with what has to be corrected."""
        form, day_form = self.form(self.request.POST), self.day_form(self.request.POST)
        if not day_form.was_begun:
            day_form = self.day_form()
        elif not self._take_in(day_form, form):
            return self.page(form, day_form)
        else:  # typed and not added: it was meant to be
            form = self.form({**self.sent_texts(), "own": written(form.cleaned_data["own"])})
            day_form = self.day_form()
        if not form.is_valid():
            return self.page(form, day_form)
        return self.look(form, PublishForm(initial={"moves": NEW, **self.said()}))

    def said(self) -> dict[str, str]:
        """What was said of a version that is not published yet; it goes along on the way back to the changes."""
        return {name: self.request.POST[name] for name in ("note", "moves") if self.request.POST.get(name)}

    def sent_texts(self) -> dict[str, Any]:
        """What was sent, as a form takes it once more."""
        return {name: value for name, value in self.request.POST.items() if not name.startswith("day-")}

    def look(self, form: CalendarForm, publish_form: PublishForm) -> HttpResponse:
        """The page between typing and publishing."""
        document = {**form.document(), "code": self.calendar.code, "version": self.newest.number + 1}
        unsaved = CalendarVersion(
            calendar=self.calendar, number=self.newest.number + 1, document=document, digest=digest(document)
        )
        try:
            moving = what_would_move(unsaved, reader=self.request.actor, at=self.request.now)
        except NoWorkingTimeError:
            sentence = _("With these days no working time comes within ten years. Take some of them out of the list.")
            form.add_error(None, sentence)
            return self.page(form)
        difference = compare(self.newest.document, document)
        context = {
            **self._frame(),
            "hidden": [bound.as_hidden() for bound in form],
            "publish_form": publish_form,
            "differs": bool(difference),
            "difference": words.difference_in_words(difference, self.request.now.date()),
            "moving": moving,
        }
        status = status_of(publish_form)
        return render(self.request, "workspace/settings/calendars/preview.html", context, status=status)

    def published(self) -> HttpResponse:
        """A new version; or the look at it again with what has to be corrected."""
        form, publish_form = self.form(self.request.POST), PublishForm(self.request.POST)
        if not form.is_valid():
            return self.page(form)
        if not publish_form.is_valid():
            return self.look(form, publish_form)
        is_for_running = publish_form.cleaned_data["moves"] == RUNNING
        try:
            with shown_in(publish_form):
                version = publish_calendar(
                    self.calendar,
                    form.document(),
                    note=publish_form.cleaned_data["note"],
                    moves_running=is_for_running,
                    seen=form.cleaned_data["seen"],
                    by=self.request.actor,
                    at=self.request.now,
                )
        except Refusal as refusal:
            if refusal.code != "stale":
                raise
            return self._stale()
        if publish_form.errors:
            return self.look(form, publish_form)
        self._tell(version, is_for_running=is_for_running)
        return redirect("workspace:calendar", self.calendar.code)

    def _tell(self, version: CalendarVersion, *, is_for_running: bool) -> None:
        slots = {"number": version.number}
        if is_for_running:
            sentence = _("Version %(number)d holds from now on. Deadlines that run are being counted again.") % slots
        else:
            sentence = _("Version %(number)d holds for deadlines that start from now on.") % slots
        messages.success(self.request, sentence)

    def _stale(self) -> HttpResponse:
        """409: what was typed, now as a change of the version that somebody else has published meanwhile."""
        seen = self.form(self.request.POST)["seen"].value()
        self.newest = version_of(self.calendar)
        form = self.form(initial={**self.sent(), "seen": self.newest.number})
        return self.page(form, stale_since=seen, status=409)

    def page(self, form: CalendarForm, day_form: DayForm | None = None, **more: Any) -> HttpResponse:
        """The page on which it is changed."""
        day_form = day_form or self.day_form()
        _note_regions(form)
        own = form.fields["own"]
        try:
            lines = lines_of(own.clean(form["own"].value()))
        except ValidationError:
            lines = []
        status = more.pop("status", status_of(form, day_form))
        context = {
            **self._frame(),
            "form": form,
            "day_form": day_form,
            "own_lines": lines,
            "errors": Together([form, day_form]),
            "said": list(self.said().items()),
            **more,
        }
        return render(self.request, "workspace/settings/calendars/change.html", context, status=status)

    def _frame(self) -> dict[str, Any]:
        return {
            "calendar": self.calendar,
            "newest": self.newest,
            "may_see_settings": may(self.request.actor, MayFramework.SEE_SETTINGS),
        }


def _note_regions(form: CalendarForm) -> None:
    """Regions that a form with mistakes shows are those of the country that was sent with it."""
    if form.is_bound:
        form.data = {**dict(form.data.items()), "regions_of": form["country"].value()}


def _with_regions(values: dict[str, Any]) -> dict[str, Any]:
    """A form that is shown again offers the regions of the country that is chosen now."""
    if values.get("country") != values.get("regions_of"):
        return {**values, "regions_of": values.get("country"), "region": ""}
    return values
