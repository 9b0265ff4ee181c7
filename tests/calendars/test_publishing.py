"""Publishing calendars: public holidays resolved to days, own days beside them, versions that are never changed."""

import json
from datetime import date, time, timedelta

import pytest

from amends.calendars import events
from amends.calendars.actions import add_calendar, publish_calendar
from amends.calendars.loading import newest_version, working_calendar
from amends.calendars.making import USUAL_WEEK, calendar_document, own_days_of, usual_years, years_of
from amends.calendars.models import Calendar, CalendarVersion
from amends.calendars.public_holidays import countries, has_short_days, region_names, resolve
from amends.calendars.working_time import Why, check_calendar, read_calendar
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from amends.kit.translated import TranslatedText
from amends.people.standing import SYSTEM
from tests.cast import AT

THREE = ("en", "et", "tr")


def made(country: str = "", region: str = "", **more):
    return read_calendar(
        calendar_document(zone="Europe/Tallinn", this_year=2026, country=country, region=region, **more)
    )


def days(calendar, why: Why, year: int = 2026) -> list[date]:
    return sorted(day for day, special in calendar.days.items() if special.why is why and day.year == year)


# ---------------------------------------------------------------- public holidays


@pytest.mark.engineless
class TestPublicHolidays:
    def test_estonia_has_twelve_and_four_days_that_are_three_hours_shorter(self):
        calendar = made("EE")
        assert len(days(calendar, Why.HOLIDAY)) == 12
        assert date(2026, 6, 23) in days(calendar, Why.HOLIDAY)
        short = days(calendar, Why.HALF_DAY)
        assert short == [date(2026, 2, 23), date(2026, 6, 22), date(2026, 12, 23), date(2026, 12, 31)]
        assert all(calendar.intervals_on(day) == ((time(9), time(14)),) for day in short)

    def test_three_hours_shorter_means_the_hours_of_that_weekday(self):
        week = {"1": [["09:00", "12:30"], ["13:00", "17:00"]], "3": [["08:00", "16:00"]], "4": [["10:00", "12:00"]]}
        calendar = made("EE", week=week)
        assert calendar.intervals_on(date(2026, 2, 23)) == ((time(9), time(12, 30)), (time(13), time(14)))
        assert calendar.intervals_on(date(2026, 12, 23)) == ((time(8), time(13)),)
        assert calendar.intervals_on(date(2026, 12, 31)) == ()

    def test_a_shorter_day_is_cut_also_where_work_ends_at_midnight(self):
        for midnight in ("00:00", "24:00"):
            calendar = made("EE", week={"1": [["18:00", midnight]], "3": [["09:00", midnight]]})
            assert calendar.intervals_on(date(2026, 2, 23)) == ((time(18), time(21)),)
            turkish = made("TR", week={"3": [["09:00", midnight]]})
            assert turkish.intervals_on(date(2026, 10, 28)) == ((time(9), time(13)),)

    def test_a_weekend_cannot_be_shorter(self):
        saturday = date(2027, 12, 23) + timedelta(days=366)
        assert saturday == date(2028, 12, 23)
        assert saturday.isoweekday() == 6
        assert made("EE").special(saturday) is None

    def test_turkish_eves_are_half_days_until_one(self):
        calendar = made("TR", languages=THREE)
        eves = days(calendar, Why.HALF_DAY)
        assert eves == [date(2026, 3, 19), date(2026, 5, 26), date(2026, 10, 28)]
        assert all(calendar.intervals_on(day) == ((time(9), time(13)),) for day in eves)
        assert calendar.special(date(2026, 3, 20)).name["tr"] == "Ramazan Bayramı"

    def test_without_half_days_eves_are_whole_days(self):
        for country in ("EE", "TR"):
            calendar = made(country, half_days=False)
            assert days(calendar, Why.HALF_DAY) == []
            assert days(calendar, Why.HOLIDAY) == days(made(country), Why.HOLIDAY)
        assert calendar.intervals_on(date(2026, 10, 28)) == ((time(9), time(17)),)

    def test_regions_differ(self):
        england, scotland = made("GB", "ENG"), made("GB", "SCT")
        assert date(2026, 4, 6) in days(england, Why.HOLIDAY)  # Easter Monday
        assert date(2026, 4, 6) not in days(scotland, Why.HOLIDAY)
        assert date(2026, 11, 30) in days(scotland, Why.HOLIDAY)  # Saint Andrew's Day
        assert date(2026, 8, 31) in days(england, Why.HOLIDAY)
        assert date(2026, 8, 3) in days(scotland, Why.HOLIDAY)

    def test_names_are_in_the_languages_that_the_source_speaks(self):
        found = resolve("EE", "", [2026], languages=THREE)
        assert found["2026-06-24"]["name"] == {"en": "Midsummer Day", "et": "jaanipäev"}
        assert set(resolve("TR", "", [2026], languages=("tr",))["2026-04-23"]["name"]) == {"tr"}
        # A language that the source does not speak still gets some name.
        assert resolve("EE", "", [2026], languages=("tr",))["2026-02-24"]["name"]["tr"]

    def test_regions_are_named(self):
        assert region_names("GB")["SCT"] == "Scotland"
        assert region_names("DE")["BY"] == "Bayern"
        assert region_names("EE") == {}
        assert list(region_names("GB").values()) == sorted(region_names("GB").values())

    def test_what_is_unknown_is_refused(self):
        for country, region in (("XX", ""), ("GB", "XXX"), ("EE", "ENG"), ("", "")):
            with pytest.raises(ValueError, match="no "):
                resolve(country, region, [2026])

    def test_every_country_makes_a_calendar_that_can_be_used(self):
        assert len(countries()) > 200
        for country in countries()[::7]:
            assert check_calendar(calendar_document(zone="UTC", this_year=2026, country=country)) == []
        assert has_short_days("EE")
        assert has_short_days("TR")
        assert not has_short_days("GB")


@pytest.mark.engineless
class TestMaking:
    OWN = {"2026-12-24": {"intervals": [["09:00", "12:00"]], "why": "half_day", "name": {"en": "Stocktaking"}}}

    def test_own_days_win_over_holidays_and_come_back_as_they_were(self):
        document = calendar_document(zone="UTC", this_year=2026, country="EE", own_days=self.OWN)
        assert read_calendar(document).special(date(2026, 12, 24)).why is Why.HALF_DAY
        assert own_days_of(document) == self.OWN
        again = calendar_document(zone="UTC", this_year=2026, country="EE", own_days=own_days_of(document))
        assert again == document

    def test_a_holiday_is_there_again_when_the_own_day_is_gone(self):
        document = calendar_document(zone="UTC", this_year=2026, country="EE", own_days={})
        assert document["days"]["2026-12-24"]["why"] == "holiday"

    def test_days_that_nobody_looked_up_are_own_ones(self):
        day = {"intervals": [], "why": "closure", "name": {}}
        assert own_days_of({"days": {"2026-12-24": day}}) == {"2026-12-24": day}
        assert own_days_of({"days": {"2026-12-24": day}, "holidays": {"country": "EE"}}) == {}

    def test_it_knows_fifteen_years_back_and_ten_ahead(self):
        document = calendar_document(zone="UTC", this_year=2026, country="EE")
        assert (min(document["days"])[:4], max(document["days"])[:4]) == ("2011", "2036")
        assert document["known_until"] == "2036-12-31"
        assert document["holidays"]["from"].startswith("holidays ")

    def test_made_again_later_it_keeps_its_years(self):
        document = calendar_document(zone="UTC", this_year=2026, country="EE")
        assert years_of(document, 2029) == usual_years(2026)
        more = calendar_document(zone="UTC", this_year=2034, country="EE", years=range(2011, 2045))
        assert more["known_until"] == "2044-12-31"
        assert {day: more["days"][day] for day in document["days"]} == document["days"]
        assert years_of({"week": {}, "days": {}}, 2026) == usual_years(2026)


# ---------------------------------------------------------------- publishing


def document(**changes):
    return {**calendar_document(zone="Europe/London", this_year=2026, country="GB", region="SCT"), **changes}


@pytest.mark.django_db
class TestAdding:
    def test_a_calendar_comes_with_its_first_version(self, world):
        version = add_calendar(TranslatedText({"en": "Harbour office"}), document(), by=world.as_(world.adam), at=AT)
        assert (version.calendar.code, version.number) == ("harbour-office", 1)
        assert version.made_by == world.adam
        assert newest_version(version.calendar) == version
        assert working_calendar(version).code == "harbour-office"
        entry = Entry.objects.filter(event=events.Published.name).latest("id")
        assert entry.facts["number"] == 1
        assert entry.facts["moves_running"] is False
        assert entry.facts["digest"] == version.digest

    def test_the_code_comes_from_the_name_in_any_language(self, world):
        for name, code in (("Şikâyet ofisi", "sikayet-ofisi"), ("Õismäe büroo", "oismae-buroo"), ("窓口", "calendar")):
            version = add_calendar(TranslatedText({"tr": name}), document(), by=SYSTEM, at=AT)
            assert version.calendar.code == code

    def test_a_name_is_needed_and_given_once(self, world):
        with pytest.raises(Refusal) as refused:
            add_calendar(TranslatedText(), document(), by=SYSTEM, at=AT)
        assert (refused.value.code, refused.value.field) == ("name_needed", "name")
        add_calendar(TranslatedText({"en": "Harbour"}), document(), by=SYSTEM, at=AT)
        with pytest.raises(Refusal) as refused:
            add_calendar(TranslatedText({"en": "Harbour"}), document(), by=SYSTEM, at=AT)
        assert (refused.value.code, refused.value.field) == ("code_taken", "name")

    def test_what_cannot_be_used_leaves_nothing_behind(self, world):
        before = (Calendar.objects.count(), Entry.objects.count())
        with pytest.raises(Refusal, match="calendar_unusable"):
            add_calendar(TranslatedText({"en": "Never"}), document(week={}), by=SYSTEM, at=AT)
        assert (Calendar.objects.count(), Entry.objects.count()) == before


@pytest.mark.django_db
class TestPublishing:
    @pytest.fixture
    def harbour(self, world) -> Calendar:
        return add_calendar(TranslatedText({"en": "Harbour"}), document(), by=SYSTEM, at=AT).calendar

    def test_a_new_version_leaves_the_one_before_as_it_was(self, world, harbour):
        week = {**USUAL_WEEK, "6": [["09:00", "12:00"]]}
        first = newest_version(harbour)
        second = publish_calendar(
            harbour, document(week=week), note="  Saturdays\n too ", by=world.as_(world.clara), at=AT, seen=1
        )
        assert (second.number, second.note, second.made_by) == (2, "Saturdays too", world.clara)
        assert CalendarVersion.objects.get(pk=first.pk).document == first.document
        assert working_calendar(second).is_working_day(date(2026, 3, 7))
        assert not working_calendar(first).is_working_day(date(2026, 3, 7))
        entry = Entry.objects.filter(event=events.Published.name).latest("id")
        assert json.loads(entry.payload.body) == {"note": "Saturdays too"}

    def test_two_people_at_once_are_told(self, world, harbour):
        publish_calendar(harbour, document(zone="Europe/Paris"), by=SYSTEM, at=AT, seen=1)
        with pytest.raises(Refusal, match="stale"):
            publish_calendar(harbour, document(zone="Europe/Rome"), by=SYSTEM, at=AT, seen=1)
        assert harbour.versions.count() == 2

    def test_the_same_again_is_refused(self, world, harbour):
        with pytest.raises(Refusal, match="unchanged"):
            publish_calendar(harbour, document(), by=SYSTEM, at=AT, seen=1)
        assert harbour.versions.count() == 1

    @pytest.mark.parametrize(
        ("changes", "where", "words"),
        [
            ({"week": {}}, "week", "There is no working time. Enter it for at least one weekday."),
            ({"week": {"1": []}}, "week", "There is no working time."),
            ({"week": {"1": [["17:00", "09:00"]]}}, "week.1", "Divide work through a night at 24:00."),
            ({"week": {"1": [["09:00", "13:00"], ["12:00", "17:00"]]}}, "week.1", "Let it begin later, or join"),
            ({"zone": "Europe/Atlantis"}, "zone", "Name a time zone"),
            (
                {"days": {"2026-12-24": {"intervals": [], "why": "opening"}}},
                "days.2026-12-24",
                "Give the working times",
            ),
        ],
    )
    def test_what_cannot_be_used_is_refused_with_what_to_do(self, harbour, changes, where, words):
        with pytest.raises(Refusal) as refused:
            publish_calendar(harbour, document(**changes), by=SYSTEM, at=AT)
        assert refused.value.code == "calendar_unusable"
        assert refused.value.field == where
        assert words in str(refused.value.sentence)
        assert harbour.versions.count() == 1

    def test_only_those_who_keep_calendars_may(self, world, harbour):
        for person in world.people:
            actor = world.as_(person)
            if person in {world.adam, world.clara}:
                continue
            with pytest.raises(Refusal, match="not_permitted"):
                publish_calendar(harbour, document(zone="UTC"), by=actor, at=AT)
            with pytest.raises(Refusal, match="not_permitted"):
                add_calendar(TranslatedText({"en": "Mine"}), document(), by=actor, at=AT)
        assert harbour.versions.count() == 1
