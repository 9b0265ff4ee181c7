"""A calendar as a form: the week as people type it, public holidays by country and region, and days of one's own."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.calendars.making import calendar_document, own_days_of, years_of
from amends.calendars.models import CalendarVersion
from amends.calendars.public_holidays import countries, region_names
from amends.calendars.working_time import check_calendar
from amends.framework.models import Organisation
from amends.kit.translated import TranslatedText
from amends.ui.current import offered_languages, own_name
from amends.ui.definition_forms import LineField
from amends.workspace.answering import NOT_OFFERED
from amends.workspace.settings.calendars import words
from amends.workspace.settings.calendars.hours import HoursField, typed_hours
from amends.workspace.settings.calendars.own_days import OwnDaysField, written

WEEKDAYS = range(1, 8)
_LONGEST_NAME = 120


class CalendarForm(forms.Form):
    """Everything that a version holds. What is hidden goes from page to page until it is published.

    `seen` is the number of the version that was changed; `last_year` the year until which holidays are looked up;
    `regions_of` the country whose regions were offered.
    """

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    last_year = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1900, max_value=2200)
    regions_of = LineField(widget=forms.HiddenInput, required=False, max_length=2)
    own = OwnDaysField(widget=forms.HiddenInput, required=False)
    zone = forms.ChoiceField(label=_("Time zone"), error_messages=NOT_OFFERED)
    country = forms.ChoiceField(label=_("Country of the public holidays"), required=False, error_messages=NOT_OFFERED)
    region = forms.ChoiceField(
        label=_("Region"),
        help_text=_("Where a region has public holidays of its own."),
        required=False,
        error_messages=NOT_OFFERED,
    )
    half_days = forms.BooleanField(
        label=_("Days that the law makes shorter are short"),
        help_text=_("In Estonia and Türkiye work ends earlier on the day before some holidays."),
        required=False,
    )

    def __init__(
        self, *args: Any, organisation: Organisation, this_year: int, before: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.this_year, self.before = organisation, this_year, before
        for number in WEEKDAYS:
            self.fields[f"week_{number}"] = HoursField(label=words.weekday(number), one_of_many=True)
        self._offer("zone", [(name, name) for name in _zones(before.get("zone"), organisation.time_zone)])
        self._offer("country", [("", _("No public holidays")), *words.countries_by_name(countries())])
        self.region_choices = self._regions(str(self["country"].value() or ""))
        self._offer("region", [("", _("The whole country")), *self.region_choices])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _regions(self, country: str) -> list[tuple[str, str]]:
        return list(region_names(country).items()) if country in countries() else []

    @property
    def week_fields(self) -> list[forms.BoundField]:
        """The seven days."""
        return [self[f"week_{number}"] for number in WEEKDAYS]

    def clean(self) -> dict[str, Any]:
        """There is work on some day of the week, and the region belongs to the country."""
        super().clean()
        country, shown = self.cleaned_data.get("country"), self.cleaned_data.get("regions_of")
        if "region" in self.errors and country is not None and country != shown:
            del self.errors["region"]
            self.add_error("region", gettext("Choose the region again: now those of the chosen country are shown."))
        if not any(name.startswith("week_") for name in self.errors):
            for problem in check_calendar({"week": self.week()}):
                self.add_error("week_1", str(problem.sentence))
        return self.cleaned_data

    def week(self) -> dict[str, list[list[str]]]:
        """The working times of the week as far as they could be read, as a document has them."""
        return {str(number): self.cleaned_data.get(f"week_{number}") or [] for number in WEEKDAYS}

    def document(self) -> dict[str, Any]:
        """The document of a version, of a form that is valid."""
        said = self.cleaned_data
        years = years_of(self.before, self.this_year)
        if said.get("last_year"):
            years = range(min(years[0], said["last_year"]), said["last_year"] + 1)
        return calendar_document(
            zone=said["zone"],
            this_year=self.this_year,
            week=self.week(),
            country=said["country"],
            region=said["region"],
            half_days=said["half_days"],
            own_days=said["own"],
            languages=offered_languages(self.organisation),
            years=years,
        )


class NewCalendarForm(CalendarForm):
    """For a calendar that is not there yet: with its name in each language."""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, organisation=organisation, before={}, **kwargs)
        self.codes = offered_languages(organisation)
        for code in self.codes:
            self.fields[f"name_{code}"] = LineField(
                label=_("Name (%(language)s)") % {"language": own_name(code)},
                required=False,
                max_length=_LONGEST_NAME,
            )

    @property
    def name_fields(self) -> list[forms.BoundField]:
        """The name in each language."""
        return [self[f"name_{code}"] for code in self.codes]

    def name(self) -> TranslatedText:
        """What was typed."""
        return TranslatedText({code: self.cleaned_data[f"name_{code}"] for code in self.codes})

    def field_of(self, named: str) -> str:
        """The verb speaks of one name; here it is the one in the first language."""
        return f"name_{self.codes[0]}" if named == "name" else named


def _zones(*others: str | None) -> list[str]:
    """Time zones named after places, and those that are in use already."""
    return sorted({*_places(), "UTC", *(zone for zone in others if zone)})


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """Looking them up reads a folder of the machine."""
    areas = {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
    return frozenset(name for name in available_timezones() if name.partition("/")[0] in areas)


def initial_of(version: CalendarVersion, this_year: int, *, last_year: int | None = None) -> dict[str, Any]:
    """A version as the form shows it; with `last_year`, its holidays go on until then."""
    document = version.document
    holidays = document.get("holidays") or {}
    country = str(holidays.get("country", ""))
    return {
        "seen": version.number,
        "last_year": last_year or years_of(document, this_year)[-1],
        "regions_of": country,
        "own": written(own_days_of(document)),
        "zone": document.get("zone", ""),
        "country": country,
        "region": holidays.get("region", ""),
        "half_days": holidays.get("half_days", True),
        **week_typed(document["week"]),
    }


def week_typed(week: Mapping[str, Any]) -> dict[str, str]:
    """A week of a document as it is typed, by the names of the fields."""
    return {f"week_{number}": typed_hours(week.get(str(number), [])) for number in WEEKDAYS}


def typed(form: forms.BaseForm, data: Any) -> dict[str, Any]:
    """What was sent, to show a form again as it was without judging it."""
    return {
        name: field.widget.value_from_datadict(data, {}, form.add_prefix(name)) for name, field in form.fields.items()
    }
