"""What somebody asks of the past, as a form: which complaints, and what should have been different."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from amends.calendars.limits import Unit as Measure
from amends.calendars.limits import read_limit
from amends.calendars.models import CalendarVersion
from amends.complaints.models import Deadline
from amends.complaints.permissions import visible_to
from amends.complaints.relations import READERS
from amends.complaints.what_if.question import Among, Instead, OtherLimit
from amends.framework.models import Organisation, Product, RulePackVersion
from amends.framework.queries import grouped
from amends.framework.rules.vocabulary import ClockKind
from amends.kit.translated import TranslatedText
from amends.people.models import Unit
from amends.people.standing import Staff
from amends.ui.widgets import RadioRows
from amends.workspace import tree
from amends.workspace.answering import NOT_OFFERED
from amends.workspace.settings.lengths import Length, add_length, length_of, typed_length
from amends.workspace.settings.rules.finding import names_of_versions

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)
_DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
_LIMITED = (ClockKind.DECISION, ClockKind.ACKNOWLEDGEMENT, ClockKind.REVIEW, ClockKind.UPDATE)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=_DAY_FORMATS,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a day, like 31.12.2026")},
    )


def _choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, error_messages=NOT_OFFERED)


class WhatIfForm(forms.Form):
    """It is sent by its address, so that a question can be kept as a bookmark and shown to others."""

    use_required_attribute = False

    since = _day(_("Received from"))
    until = _day(_("Received until"))
    unit = _choice(_("Unit"))
    product = _choice(_("Product or service"))
    among = _choice(_("Under which rules they were"))
    pack = _choice(_("Other rules"))
    kind = forms.ChoiceField(
        label=_("Another time for"),
        required=False,
        choices=[(kind.value, Deadline.Kind(kind.value).label) for kind in _LIMITED],
        error_messages=NOT_OFFERED,
    )
    calendar = _choice(_("Another calendar"))
    pauses = forms.ChoiceField(
        label=_("Pauses and extensions that were recorded"),
        required=False,
        choices=[("", _("Keep them, where the rules allow them")), ("drop", _("Leave them out"))],
        error_messages=NOT_OFFERED,
        widget=RadioRows,
    )

    def __init__(self, *args: Any, actor: Staff, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        add_length(self, "limit", str(_("How long")))
        self.initial.setdefault("limit_unit", Measure.WORKING_DAYS.value)
        scope = actor.scope(*READERS)
        self.units = {str(unit.pk): unit for unit in Unit.objects.all() if scope.covers(unit.pk)}
        self.products = {product.code: product for product in Product.objects.in_order()}
        versions = names_of_versions()
        self._choose("unit", _("All units"), tree.choices(list(self.units.values())))
        self._choose("product", _("All"), _indented(list(self.products.values())))
        self._choose("among", _("Any"), _packs(versions, actor))
        self._choose(
            "pack", _("As they were"), [(f"{pack}.{number}", label) for (pack, number), label in versions.items()]
        )
        self._choose("calendar", _("As they were"), _calendars())

    def _choose(self, name: str, nothing: Any, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", nothing), *choices]

    def clean_since(self) -> date | None:
        """A day that somebody can mean."""
        return _possible(self.cleaned_data["since"])

    def clean_until(self) -> date | None:
        """A day that somebody can mean."""
        return _possible(self.cleaned_data["until"])

    def clean(self) -> dict[str, Any]:
        """The two days in their order, and a time that can be counted."""
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("Choose a day that is not before the first one."))
        said["limit"] = typed_length(self, "limit") if "limit_count" in said and "limit_unit" in said else None
        return said

    @property
    def length(self) -> Length:
        """Number and unit together."""
        return length_of(
            self, "limit", str(_("How long")), str(_("Leave the number empty to keep the time as it was."))
        )

    def is_asked(self) -> bool:
        """Whether everything that was asked can be answered."""
        return self.is_bound and self.is_valid()

    def asked_among(self) -> Among:
        """Which complaints are meant."""
        said = self.cleaned_data
        until = said["until"]
        return Among(
            since=self._midnight(said["since"]),
            before=self._midnight(until + timedelta(days=1)) if until else None,
            unit=self.units.get(said["unit"]),
            product=self.products.get(said["product"]),
            pack=said["among"],
        )

    def asked_instead(self) -> Instead:
        """What should have been different."""
        said = self.cleaned_data
        limit = (
            OtherLimit(said["kind"] or ClockKind.DECISION.value, read_limit(said["limit"])) if said["limit"] else None
        )
        return Instead(
            pack=_version_of(said["pack"]),
            limit=limit,
            calendar=_calendar_of(said["calendar"]),
            keeps_pauses=said["pauses"] != "drop",
        )

    def _midnight(self, day: date | None) -> datetime | None:
        return datetime.combine(day, time.min, self.organisation.zone).astimezone(UTC) if day else None


def _possible(day: date | None) -> date | None:
    if day is not None and not EARLIEST <= day <= LATEST:
        raise forms.ValidationError(_("Enter a day between 1900 and 2100."))
    return day


def _indented(products: list[Product]) -> list[tuple[str, str]]:
    found = []
    for group, below in grouped(products):
        found.append((group.code, str(group)))
        found += [(item.code, f"\u2003{item}") for item in below]
    return found


def _packs(versions: dict[tuple[str, int], str], actor: Staff) -> list[tuple[str, str]]:
    """Packs of complaints that this person may read, whatever their version, by the name of the newest."""
    read = Exists(visible_to(actor).filter(pack=OuterRef("pk")))
    used = set(RulePackVersion.objects.filter(read).values_list("pack", flat=True))
    newest: dict[str, RulePackVersion] = {}
    for version in RulePackVersion.objects.filter(pack__in=used).order_by("version"):
        newest[version.pack] = version
    return [
        (pack, str(TranslatedText(newest[pack].name)))
        for pack in dict.fromkeys(pack for pack, _ in versions)
        if pack in newest
    ]


def _calendars() -> list[tuple[str, str]]:
    rows = CalendarVersion.objects.select_related("calendar").defer("document").order_by("calendar_id", "-number")
    words = _("%(calendar)s, version %(version)d")
    return [
        (f"{row.calendar.code}.{row.number}", str(words) % {"calendar": row.calendar, "version": row.number})
        for row in rows
    ]


def _version_of(chosen: str) -> RulePackVersion | None:
    pack, _dot, number = chosen.rpartition(".")
    return RulePackVersion.objects.get(pack=pack, version=number) if chosen else None


def _calendar_of(chosen: str) -> CalendarVersion | None:
    code, _dot, number = chosen.rpartition(".")
    rows = CalendarVersion.objects.select_related("calendar")
    return rows.get(calendar__code=code, number=number) if chosen else None
