"""Days as people write them."""

from datetime import date

import pytest

from amends.kit.days import read_day

MONDAY = date(2026, 3, 2)
WEDNESDAY = date(2026, 3, 4)

pytestmark = pytest.mark.engineless


@pytest.mark.parametrize(
    ("language", "typed", "day"),
    [
        ("en", "16 November 2025", date(2025, 11, 16)),
        ("en", "16.11.2025", date(2025, 11, 16)),
        ("en", "2025-11-16", date(2025, 11, 16)),
        ("et", "16. november 2025", date(2025, 11, 16)),
        ("tr", "16 Kasım 2025", date(2025, 11, 16)),
        ("en", "yesterday", date(2026, 3, 3)),
        ("et", "eile", date(2026, 3, 3)),
        ("tr", "dün", date(2026, 3, 3)),
        ("en", "two weeks ago", date(2026, 2, 18)),
        ("tr", "Monday", MONDAY),
    ],
)
def test_days_are_read_in_words_and_numbers(language: str, typed: str, day: date) -> None:
    assert read_day(typed, language=language, today=WEDNESDAY) == day


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "last Monday"),
        ("en", "on Monday"),
        ("en", "MONDAY"),
        ("et", "eelmine esmaspäev"),
        ("et", "Eelmisel esmaspäeval"),
        ("et", "esmaspäeval"),
        ("tr", "geçen pazartesi"),
        ("tr", "Geçen Pazartesi günü"),
        ("tr", "PAZARTESİ"),
    ],
)
def test_weekdays_are_the_latest_of_that_name(language: str, typed: str) -> None:
    assert read_day(typed, language=language, today=WEDNESDAY) == MONDAY


def test_every_weekday_of_every_language_is_known() -> None:
    names = {
        "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "et": "esmaspäeval teisipäeval kolmapäeval neljapäeval reedel laupäeval pühapäeval",
        "tr": "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    }
    for language, words in names.items():
        found = [read_day(word, language=language, today=date(2026, 3, 8)) for word in words.split()]
        assert found == [date(2026, 3, day) for day in range(2, 9)]


def test_on_the_day_itself_last_means_a_week_ago() -> None:
    assert read_day("Monday", language="en", today=MONDAY) == MONDAY
    assert read_day("last Monday", language="en", today=MONDAY) == date(2026, 2, 23)


@pytest.mark.parametrize("typed", ["", " ", "soon", "last", "Monday Tuesday", "32.13.2025", "2025", "x" * 61, "—"])
def test_what_names_no_day_is_not_guessed(typed: str) -> None:
    assert read_day(typed, language="en", today=WEDNESDAY) is None
