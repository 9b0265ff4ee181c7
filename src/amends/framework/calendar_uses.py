"""What each calendar is used for: all others, units, sites, and the laws that rule packs count by."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.db.models.fields.json import KeyTransform

from amends.framework.models import Activation, CalendarUse
from amends.framework.which_calendar import code_of_jurisdiction
from amends.kit.translated import TranslatedText


@dataclass
class Uses:
    """Where one calendar holds. `packs` are rule packs in force that ask for it by country or region."""

    for_all_others: bool = False
    units: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    packs: list[TranslatedText] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self.for_all_others or bool(self.units or self.sites or self.packs)


def calendar_uses() -> Sequence[CalendarUse]:
    """Every choice that was made, with calendar and unit. One query."""
    return list(CalendarUse.objects.select_related("calendar", "unit").order_by("unit__path", "site", "id"))


def uses_by_calendar(at: datetime) -> dict[str, Uses]:
    """What calendars are used for at a moment, by their codes. Two queries."""
    found: dict[str, Uses] = defaultdict(Uses)
    for use in calendar_uses():
        uses = found[use.calendar.code]
        if use.unit is not None:
            uses.units.append(use.unit.name)
        elif use.site:
            uses.sites.append(use.site)
        else:
            uses.for_all_others = True
    for name, place in _places_of_packs(at):
        if place.get("follows") == "jurisdiction":
            code = code_of_jurisdiction(
                place["country"], place.get("subdivision", ""), half_days=place.get("half_days", False)
            )
            if name not in found[code].packs:
                found[code].packs.append(name)
    return dict(found)


def _places_of_packs(at: datetime) -> list[tuple[TranslatedText, dict[str, Any]]]:
    """Name and calendar of each pack that is in force, without reading the rest of its document."""
    rows = Activation.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at)).annotate(
        pack=F("pack_version__pack"),
        named=KeyTransform("name", "pack_version__document"),
        counts_with=KeyTransform("calendar", "pack_version__document"),
    )
    return [
        (TranslatedText(named), counts_with or {})
        for named, counts_with in rows.order_by("pack", "id").values_list("named", "counts_with")
    ]
