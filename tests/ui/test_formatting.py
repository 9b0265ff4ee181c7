"""Days, moments, money and sizes in three languages and one place."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.utils import timezone, translation

from amends.kit.money import Money
from amends.ui import formatting
from amends.ui.icons import PATHS, svg

pytestmark = pytest.mark.engineless

NOW = datetime(2026, 12, 8, 8, 5, tzinfo=UTC)  # a Tuesday, 10:05 in Tallinn


@pytest.fixture(autouse=True)
def in_tallinn() -> Iterator[None]:
    with timezone.override(ZoneInfo("Europe/Tallinn")):
        yield


def shown(expression: str, **context: object) -> str:
    return engines["django"].from_string("{{ " + expression + " }}").render({"at": NOW, **context})


@pytest.mark.parametrize(
    ("language", "filter_name", "words"),
    [
        ("en", "long_day", "Tuesday 8 December 2026"),
        ("et", "long_day", "teisipäev, 8. detsember 2026"),
        ("tr", "long_day", "8 Aralık 2026 Salı"),
        ("en", "day", "8 December 2026"),
        ("et", "day", "8. detsember 2026"),
        ("tr", "day", "8 Aralık 2026"),
        ("en", "short_day", "8 Dec"),
        ("et", "short_day", "8. dets"),
        ("tr", "short_day", "8 Ara"),
        ("en", "weekday", "Tue 8 Dec"),
        ("en", "month_day", "8 December"),
        ("tr", "month_day", "8 Aralık"),
        ("en", "moment", "8 December 2026, 10:05"),
        ("et", "moment", "8. detsember 2026 10:05"),
        ("tr", "moment", "8 Aralık 2026 10:05"),
        ("en", "clock", "10:05"),
        ("tr", "clock", "10:05"),
    ],
)
def test_days_and_moments(language: str, filter_name: str, words: str) -> None:
    with translation.override(language):
        assert shown(f"at|{filter_name}") == words


def test_a_day_begins_at_midnight_of_the_organisation() -> None:
    late_evening = datetime(2026, 12, 8, 22, 30, tzinfo=UTC)
    assert formatting.day(late_evening) == "9 December 2026"
    assert formatting.day(date(2026, 12, 8)) == "8 December 2026"


@pytest.mark.parametrize(
    ("language", "amount", "number", "size"),
    [
        ("en", "€1,234.50", "1,684", "2.1\u00a0MB"),
        ("et", "1\u00a0234,50\u00a0€", "1\u00a0684", "2,1\u00a0MB"),
        ("tr", "€1.234,50", "1.684", "2,1\u00a0MB"),
    ],
)
def test_amounts_numbers_and_sizes(language: str, amount: str, number: str, size: str) -> None:
    with translation.override(language):
        assert shown("money|money", money=Money(123_450, "EUR")).replace("\u202f", "\u00a0") == amount
        assert shown("number|number", number=1684) == number
        assert shown("size|file_size", size=2_100_000) == size


@pytest.mark.parametrize(("octets", "words"), [(0, "0"), (999, "999"), (1000, "1"), (1_500_000_000, "1.5")])
def test_sizes_take_the_right_unit(octets: int, words: str) -> None:
    assert formatting.file_size(octets).split("\u00a0")[0] == words


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (timedelta(days=-2, hours=-3), "2 days late", "danger"),
        (timedelta(days=-1), "1 day late", "danger"),
        (timedelta(hours=-3, minutes=-10), "3 h late", "danger"),
        (timedelta(minutes=-5), "5 min late", "danger"),
        (timedelta(hours=6), "Today 16:05", "warn"),
        (timedelta(hours=14), "1 day left", ""),
        (timedelta(days=10), "10 days left", ""),
    ],
)
def test_how_long_is_left(left: timedelta, words: str, tone: str) -> None:
    found = formatting.until(NOW + left, NOW)
    assert (found.text, found.tone, found.is_late) == (words, tone, left < timedelta(0))
    assert shown("due|until:now", due=NOW + left, now=NOW) == words
    assert shown("due|until:now", due=None, now=NOW) == ""


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=-2), "2 days late"),
        (timedelta(hours=1), "Today 11:05"),
        (timedelta(days=2), "Thu 10 Dec"),
        (timedelta(days=9), "17 Dec"),
        (timedelta(days=40), "17 January 2027"),
    ],
)
def test_the_day_it_is_due(left: timedelta, words: str) -> None:
    assert formatting.due_day(NOW + left, NOW).text == words


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(hours=1), "Today 09:05"),
        (timedelta(hours=12), "Yesterday 22:05"),
        (timedelta(days=20), "18 Nov 10:05"),
        (timedelta(days=400), "3 November 2025 10:05"),
    ],
)
def test_moments_of_a_timeline(ago: timedelta, words: str) -> None:
    assert formatting.short_moment(NOW - ago, NOW) == words


def test_a_moment_as_an_element_has_its_exact_time() -> None:
    page = engines["django"].from_string('{% when at %}{% when at "long_day" %}{% when none %}').render({"at": NOW})
    assert page == (
        '<time datetime="2026-12-08T10:05:00+02:00">8 December 2026, 10:05</time>'
        '<time datetime="2026-12-08T10:05:00+02:00">Tuesday 8 December 2026</time>'
    )


@pytest.mark.parametrize("name", sorted(PATHS))
def test_every_icon_is_drawn_within_its_grid(name: str) -> None:
    drawn = svg(name)
    assert 'viewBox="0 0 20 20"' in drawn
    assert 'aria-hidden="true"' in drawn


def test_an_icon_with_a_label_speaks() -> None:
    assert 'role="img" aria-label="E-mail &amp; post"' in svg("mail", "E-mail & post")
