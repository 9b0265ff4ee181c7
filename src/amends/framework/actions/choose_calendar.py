"""Choosing which calendar holds where: for all others, for a unit and what is below it, or for a site."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.calendars.models import Calendar
from amends.framework import events
from amends.framework.models import CalendarUse
from amends.framework.permissions import May
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.people.models import Unit
from amends.permissions import engine

#: As long as a complaint can carry the name of a site.
LONGEST_SITE = 120


@transaction.atomic
def choose_calendar(
    calendar: Calendar | None, *, by: engine.Person, at: datetime, unit: Unit | None = None, site: str = ""
) -> None:
    """Let a calendar hold somewhere from now on; None lets a unit or site go by what is above it again.

    Deadlines that run keep the calendar they have. Choosing what holds already changes nothing. Refusals:
    `unit_or_site`, `site_too_long`, `unit_closed`, `whole_organisation`, `not_offered`, `never_published`,
    `one_for_all_others`, `not_chosen`.
    """
    engine.require(by, May.CHANGE_CALENDAR_USE)
    site = clean_line(site)
    use = _present_use(unit, site)
    if calendar is None:
        _end(use, unit, site, by=by, at=at)
        return
    _check(calendar, unit, site)
    if use is not None and use.calendar_id == calendar.pk:
        return
    if use is None:
        CalendarUse.objects.update_or_create(unit=unit, site=site, defaults={"calendar": calendar})
    else:
        CalendarUse.objects.filter(pk=use.pk).update(calendar=calendar)
    record(
        events.CalendarChosen(
            calendar=calendar.subject, code=calendar.code, unit=unit.subject if unit else None, has_site=bool(site)
        ),
        by=by,
        at=at,
        payload={"site": site} if site else None,
    )


def _check(calendar: Calendar, unit: Unit | None, site: str) -> None:
    if unit is not None and site:
        raise Refusal("unit_or_site", _("Choose a unit or name a site, not both."), field="site")
    if len(site) > LONGEST_SITE:
        raise Refusal("site_too_long", _("Shorten the name of the site to 120 letters."), field="site")
    if unit is not None and unit.closed_at is not None:
        raise Refusal("unit_closed", _("This unit is closed. Choose one that is open."), field="unit")
    if unit is not None and unit.is_root:
        raise Refusal(
            "whole_organisation",
            _("For the whole organisation, choose the calendar for all others."),
            field="unit",
        )
    if not calendar.is_active:
        raise Refusal("not_offered", _("This calendar is not offered any more. Choose another one."), field="calendar")
    if not calendar.versions.exists():
        raise Refusal("never_published", _("This calendar was never published. Publish it first."), field="calendar")


def _end(use: CalendarUse | None, unit: Unit | None, site: str, *, by: engine.Person, at: datetime) -> None:
    if unit is None and not site:
        raise Refusal(
            "one_for_all_others",
            _("One calendar has to hold where no other is chosen. Choose another one in its place."),
            field="calendar",
        )
    if use is None or CalendarUse.objects.filter(pk=use.pk).delete()[0] != 1:
        raise Refusal("not_chosen", _("No calendar is chosen here any more. Open the page again."))
    record(
        events.CalendarUseEnded(
            calendar=use.calendar.subject,
            code=use.calendar.code,
            unit=unit.subject if unit else None,
            has_site=bool(site),
        ),
        by=by,
        at=at,
        payload={"site": use.site} if use.site else None,
    )


def _present_use(unit: Unit | None, site: str) -> CalendarUse | None:
    """What was chosen here before. Sites are told apart as complaints are matched with them: not by capitals."""
    if unit is not None or not site:
        return CalendarUse.objects.filter(unit=unit, site="").select_related("calendar").first()
    sites = CalendarUse.objects.filter(unit__isnull=True).exclude(site="").select_related("calendar")
    return next((use for use in sites.order_by("id") if use.site.casefold() == site.casefold()), None)
