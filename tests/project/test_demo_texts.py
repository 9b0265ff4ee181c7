"""The stories of the demonstration: complete in three languages, with the same slots."""

import re
from datetime import UTC, datetime

import pytest

from amends.project.demo.telling import (
    LANGUAGES,
    SLOTS,
    names,
    phrases,
    places,
    read,
    stories,
    written_amount,
    written_day,
)


def _slots(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


def _paired(one, other, where=""):
    """Every pair of texts at the same place of two structures; fails where the structures differ."""
    assert type(one) is type(other), where
    if isinstance(one, dict):
        assert one.keys() == other.keys(), where
        for key in one:
            yield from _paired(one[key], other[key], f"{where}/{key}")
    elif isinstance(one, list):
        assert len(one) == len(other), where
        for place, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from _paired(left, right, f"{where}/{place}")
    else:
        yield where, one, other


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
@pytest.mark.parametrize("kind", ["stories", "phrases"])
def test_every_text_exists_in_every_language_with_the_same_slots(kind, language):
    for where, english, other in _paired(read(f"{kind}/en.json"), read(f"{kind}/{language}.json")):
        assert _slots(english) == _slots(other), where
        assert bool(english) == bool(other), where
        assert english != other or not english or where.endswith("site"), f"{where} is not translated"


def test_stories_name_only_slots_that_are_filled():
    for story in stories():
        for language in LANGUAGES:
            for where, text, _same in _paired(story.texts[language], story.texts[language]):
                assert _slots(text) <= set(SLOTS), where


def test_there_are_thirty_stories_and_enough_names_and_streets():
    assert len(stories()) == 30
    for language in LANGUAGES:
        assert min(len(set(names()[language][kind])) for kind in ("first", "last")) >= 40
        assert len({place[language] for place in places()}) == len(places())
        assert len(phrases(language)["closings"]) >= 10


@pytest.mark.parametrize(
    ("language", "day", "amount"),
    [
        ("en", "3 March", "€1,204.50"),
        ("et", "3. märtsil", "1 204,50 eurot"),
        ("tr", "3 Mart günü", "1.204,50 avro"),
    ],
)
def test_days_and_amounts_are_written_as_the_language_does(language, day, amount):
    assert written_day(datetime(2026, 3, 3, tzinfo=UTC).date(), language) == day
    assert written_amount(120450, language) == amount
