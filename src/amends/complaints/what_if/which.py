"""Which calendar and which clocks would hold for a complaint: each found once for all complaints of a kind."""

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from amends.calendars.loading import working_calendar
from amends.calendars.making import calendar_document
from amends.calendars.models import Calendar, CalendarVersion
from amends.complaints.counting import basis_of
from amends.complaints.models import Complaint
from amends.complaints.what_if.sums import Formula
from amends.framework.models import Activation, CalendarUse, Product, RulePackVersion
from amends.framework.queries import the_organisation
from amends.framework.rules.parts import Clock, Pack, WhoseCalendar
from amends.framework.rules.vocabulary import Follows
from amends.framework.which_calendar import calendar_for, code_of_jurisdiction
from amends.framework.which_packs import PackClock, own_pack, rules_of
from amends.kit.canonical import digest
from amends.people.models import Unit


class Told(NamedTuple):
    """What regulators look at when they stop clocks: what a complaint is about, when it happened, and its tags."""

    product: int | None = None
    occurred_on: date | None = None
    tags: tuple[str, ...] = ()


#: Where nobody stops anything.
NOT_ASKED = Told()

#: So many formulas are remembered, where they depend on what complaints are about.
REMEMBERED = 20_000


class Which:
    """Looked-up rows of one question: a few queries for its whole length, however many complaints it is about."""

    def __init__(self, at: datetime, other: RulePackVersion | None = None) -> None:
        self.at = at
        self.organisation = the_organisation()
        self.own: RulePackVersion = own_pack(at)
        self._packs: dict[int, RulePackVersion] = {self.own.pk: self.own}
        self._versions: dict[int, CalendarVersion] = {}
        self._units = Unit.objects.in_bulk()
        self._products = Product.objects.in_bulk()
        self._sites = {site.casefold() for site in CalendarUse.objects.values_list("site", flat=True)}
        self._held: dict[tuple[int, int, str], CalendarVersion] = {}
        self._formulas: dict[tuple[int, str, str, Told, str], Formula] = {}
        ever = RulePackVersion.objects.filter(pk__in=Activation.objects.values("pack_version"))
        #: Whether it matters anywhere what a regulator looks at.
        self.anything_suspended = any(rules_of(pack).suspensions for pack in (*ever, *([other] if other else ())))

    @property
    def zone(self) -> ZoneInfo:
        """Where days begin."""
        return self.organisation.zone

    def pack(self, key: int) -> RulePackVersion:
        """A pack version by its key."""
        if key not in self._packs:
            self._packs[key] = RulePackVersion.objects.get(pk=key)
        return self._packs[key]

    def version(self, key: int) -> CalendarVersion:
        """A calendar version by its key."""
        if key not in self._versions:
            self._versions[key] = CalendarVersion.objects.select_related("calendar").get(pk=key)
        return self._versions[key]

    def calendar(self, pack: RulePackVersion, unit: int, site: str) -> CalendarVersion:
        """The version with which clocks of a pack are counted at a place now."""
        site = site.strip().casefold() if site else ""
        place = (pack.pk, unit, site if site in self._sites else "")
        held = self._held.get(place)
        if held is None:
            rules = rules_of(pack)
            found = self._of_jurisdiction(rules.calendar) or calendar_for(rules, unit=self._units[unit], site=site)
            # One object for each version, so that its document is read once.
            held = self._held[place] = self.version(found.pk) if found.pk else found
        return held

    def _of_jurisdiction(self, place: WhoseCalendar) -> CalendarVersion | None:
        """Working days by law, where nobody has published them yet because no pack that counts with them applies."""
        code = code_of_jurisdiction(place.country, place.subdivision, half_days=place.half_days)
        if place.follows != Follows.JURISDICTION or Calendar.objects.filter(code=code).exists():
            return None
        document = calendar_document(
            zone=self.organisation.time_zone,
            this_year=self.at.year,
            country=place.country,
            region=place.subdivision,
            half_days=place.half_days,
        )
        return CalendarVersion(calendar=Calendar(code=code), number=1, document=document, digest=digest(document))

    def formula(self, found: PackClock, event: str, told: Told, calendar: CalendarVersion) -> Formula:
        """What a clock of a pack is counted from before anything happens to it."""
        zone = working_calendar(calendar).zone
        if not rules_of(found.pack).suspensions:
            told = NOT_ASKED
        key = (found.pack.pk, found.clock.code, event, told, zone.key)
        formula = self._formulas.get(key)
        if formula is None:
            if len(self._formulas) >= REMEMBERED:
                self._formulas.clear()
            product = self._products.get(told.product) if told.product else None
            complaint = Complaint(product=product, occurred_on=told.occurred_on, tags=list(told.tags))
            formula = self._formulas[key] = Formula(basis_of(found, complaint, event, zone))
        return formula


def clock_like(rules: Pack, kind: str, stage: int, code: str = "") -> Clock | None:
    """The clock of a pack for the same thing: of that code, else the first of that kind in that stage."""
    alike = [clock for clock in rules.clocks if clock.kind == kind and clock.stage == stage]
    return next((clock for clock in alike if clock.code == code), alike[0] if alike else None)
