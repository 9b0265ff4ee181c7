"""Which calendar holds where: chosen for all others, for units with what is below them, and for sites."""

import json

import pytest

from amends.calendars.actions import add_calendar
from amends.calendars.making import calendar_document
from amends.calendars.models import Calendar
from amends.complaints.models import Deadline
from amends.framework.actions.choose_calendar import choose_calendar
from amends.framework.calendar_uses import uses_by_calendar
from amends.framework.models import CalendarUse
from amends.framework.which_calendar import calendar_of
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from amends.kit.translated import TranslatedText
from amends.people.actions import close_unit
from amends.people.standing import SYSTEM
from tests import builders
from tests.cast import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift(world) -> Calendar:
    return a_calendar("Shift")


def a_calendar(name: str) -> Calendar:
    document = calendar_document(zone="Europe/London", this_year=2026, country="GB", region="SCT")
    return add_calendar(TranslatedText({"en": name}), document, by=SYSTEM, at=AT).calendar


def holds(unit, site: str = "") -> str:
    return calendar_of(unit=unit, site=site).calendar.code


def events_told() -> list[str]:
    return list(
        Entry.objects.filter(event__startswith="framework.calendar_").order_by("id").values_list("event", flat=True)
    )


def test_a_unit_and_everything_below_it(world, shift):
    choose_calendar(shift, unit=world.water, by=world.as_(world.adam), at=AT)
    assert [holds(unit) for unit in (world.water, world.harbour, world.energy)] == ["shift", "shift", "office"]
    entry = Entry.objects.filter(event="framework.calendar_chosen").latest("id")
    assert entry.facts["code"] == "shift"
    assert entry.facts["has_site"] is False
    assert entry.facts["unit"]


def test_the_nearest_unit_and_before_it_the_site(world, shift):
    night = a_calendar("Night")
    choose_calendar(shift, unit=world.water, by=SYSTEM, at=AT)
    choose_calendar(night, unit=world.harbour, by=SYSTEM, at=AT)
    choose_calendar(shift, site="  North   quay ", by=SYSTEM, at=AT)
    assert holds(world.harbour) == "night"
    assert holds(world.harbour, "north QUAY") == "shift"
    assert CalendarUse.objects.get(site="North quay").calendar == shift


def test_the_one_for_all_others_is_replaced_and_never_removed(world, shift):
    choose_calendar(shift, by=SYSTEM, at=AT)
    assert holds(world.energy) == "shift"
    assert CalendarUse.objects.filter(unit__isnull=True, site="").count() == 1
    with pytest.raises(Refusal) as refused:
        choose_calendar(None, by=SYSTEM, at=AT)
    assert refused.value.code == "one_for_all_others"
    assert "Choose another one in its place" in str(refused.value.sentence)
    assert holds(world.energy) == "shift"


def test_a_site_is_chosen_for_once_whatever_its_capitals(world, shift):
    choose_calendar(shift, site="Straße 1", by=SYSTEM, at=AT)
    choose_calendar(a_calendar("Night"), site="STRASSE 1", by=SYSTEM, at=AT)
    assert CalendarUse.objects.exclude(site="").count() == 1
    assert holds(world.water, "straße 1") == "night"


def test_taking_back_leaves_what_is_above(world, shift):
    choose_calendar(shift, unit=world.water, by=SYSTEM, at=AT)
    choose_calendar(shift, site="North quay", by=SYSTEM, at=AT)
    choose_calendar(None, unit=world.water, by=world.as_(world.clara), at=AT)
    choose_calendar(None, site="north quay", by=world.as_(world.clara), at=AT)
    assert holds(world.harbour, "North quay") == "office"
    assert events_told()[-2:] == ["framework.calendar_use_ended"] * 2
    with pytest.raises(Refusal, match="not_chosen"):
        choose_calendar(None, unit=world.water, by=SYSTEM, at=AT)
    with pytest.raises(Refusal, match="not_chosen"):
        choose_calendar(None, site="North quay", by=SYSTEM, at=AT)


def test_choosing_what_holds_already_tells_nothing(world, shift):
    choose_calendar(shift, unit=world.water, by=SYSTEM, at=AT)
    told = events_told()
    choose_calendar(shift, unit=world.water, by=SYSTEM, at=AT)
    assert events_told() == told


def test_the_name_of_a_site_stands_in_the_payload_only(world, shift):
    choose_calendar(shift, site="North quay", by=SYSTEM, at=AT)
    entry = Entry.objects.latest("id")
    assert "North" not in str(entry.facts)
    assert json.loads(entry.payload.body) == {"site": "North quay"}


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("unit_or_site", "site"),
        ("site_too_long", "site"),
        ("unit_closed", "unit"),
        ("whole_organisation", "unit"),
        ("not_offered", "calendar"),
        ("never_published", "calendar"),
    ],
)
def test_what_cannot_hold_is_refused_at_its_field(world, shift, code, field):
    close_unit(world.harbour, successor=world.water, by=SYSTEM, at=AT)
    world.harbour.refresh_from_db()
    retired = a_calendar("Retired")
    Calendar.objects.filter(pk=retired.pk).update(is_active=False)
    retired.refresh_from_db()
    empty = Calendar.objects.create(code="empty", name={"en": "Empty"}, made_at=AT)
    calendar, where = {
        "unit_or_site": (shift, {"unit": world.water, "site": "North quay"}),
        "site_too_long": (shift, {"site": "x" * 121}),
        "unit_closed": (shift, {"unit": world.harbour}),
        "whole_organisation": (shift, {"unit": world.larkhaven}),
        "not_offered": (retired, {"unit": world.water}),
        "never_published": (empty, {"unit": world.water}),
    }[code]
    with pytest.raises(Refusal) as refused:
        choose_calendar(calendar, by=SYSTEM, at=AT, **where)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert CalendarUse.objects.count() == 1


def test_only_those_who_run_the_organisation_choose(world, shift):
    for person in world.people:
        if person in {world.adam, world.clara}:
            continue
        with pytest.raises(Refusal, match="not_permitted"):
            choose_calendar(shift, unit=world.water, by=world.as_(person), at=AT)
    assert CalendarUse.objects.count() == 1


def test_deadlines_that_run_keep_their_calendar(world, shift):
    running = builders.a_complaint(world)
    choose_calendar(shift, unit=world.water, by=SYSTEM, at=AT)
    later = builders.a_complaint(world)

    def codes(complaint):
        return set(Deadline.objects.filter(complaint=complaint).values_list("calendar__calendar__code", flat=True))

    assert codes(running) == {"office"}
    assert codes(later) == {"shift"}


def test_what_each_calendar_is_used_for(world, shift):
    choose_calendar(shift, unit=world.water, by=SYSTEM, at=AT)
    choose_calendar(shift, site="North quay", by=SYSTEM, at=AT)
    uses = uses_by_calendar(AT)
    assert uses["office"].for_all_others
    assert not uses["office"].units
    assert (uses["shift"].units, uses["shift"].sites) == (["Water"], ["North quay"])
    assert not uses["shift"].for_all_others
