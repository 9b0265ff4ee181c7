"""Stories in three languages with slots, and how a slot is written in each of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from amends.rendering.wording import Wording

LANGUAGES = ("en", "et", "tr")
SLOTS = ("street", "day", "amount", "number")

#: "On the third of March" is a case of the month in Estonian, and needs a word of its own in Turkish.
_MONTHS = MappingProxyType(
    {
        "en": "January February March April May June July August September October November December",
        "et": "jaanuaril veebruaril märtsil aprillil mail juunil juulil augustil septembril oktoobril novembril "
        "detsembril",
        "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    }
)


@dataclass(frozen=True)
class Point:
    """What was found on one point of a story."""

    category: str
    result: str
    cause: str


@dataclass(frozen=True)
class Offer:
    """A remedy of a story: its kind, and from and to how much where it is money. `whole`: all that was claimed."""

    kind: str
    least: int = 0
    most: int = 0
    whole: bool = False


@dataclass(frozen=True)
class Story:
    """One kind of trouble: facts for all languages, and the texts of each."""

    key: str
    product: str
    often: int
    severity: int
    impacts: tuple[int, int, int]
    is_safety: bool
    complexity: str
    is_about_process: bool
    first: Point
    second: Point
    wanted: tuple[str, ...]
    amount: tuple[int, int]
    days_ago: tuple[int, int]
    claims: bool
    offers: tuple[Offer, ...]
    out_of_scope: str
    organisation_tells: int | None
    texts: Mapping[str, Mapping[str, Any]] = field(repr=False)


@cache
def stories() -> tuple[Story, ...]:
    """Every story, in the order of the file."""
    texts = {language: read(f"stories/{language}.json") for language in LANGUAGES}
    return tuple(
        _story(facts, {language: texts[language][facts["key"]] for language in LANGUAGES})
        for facts in read("stories/facts.json")
    )


def _story(facts: dict[str, Any], texts: dict[str, dict[str, Any]]) -> Story:
    second = facts.get("second", {})
    complainant, others, organisation = facts["impacts"]
    return Story(
        key=facts["key"],
        product=facts["product"],
        often=facts["often"],
        severity=facts["severity"],
        impacts=(complainant, others, organisation),
        is_safety=facts["safety"],
        complexity=facts["complexity"],
        is_about_process=facts.get("process", False),
        first=Point(facts["category"], facts.get("result", ""), facts.get("cause", "")),
        second=Point(second.get("category", ""), second.get("result", ""), second.get("cause", "")),
        wanted=tuple(facts["wanted"]),
        amount=(facts["amount"][0], facts["amount"][1]),
        days_ago=(facts["days_ago"][0], facts["days_ago"][1]),
        claims=facts["claims"],
        offers=tuple(
            Offer(offer["kind"], offer.get("from", 0), offer.get("to", 0), offer.get("whole", False))
            for offer in facts.get("remedies", ())
        ),
        out_of_scope=facts.get("out_of_scope", ""),
        organisation_tells=facts.get("organisation_tells"),
        texts=texts,
    )


@cache
def phrases(language: str) -> Mapping[str, Any]:
    """Sentences that fit every story, in one language."""
    return MappingProxyType(read(f"phrases/{language}.json"))


@cache
def names() -> Mapping[str, dict[str, list[str]]]:
    """First names, last names and organisations by language."""
    return MappingProxyType(read("names.json"))


@cache
def places() -> tuple[dict[str, str], ...]:
    """The streets of Larkhaven: a name in each language, and the district."""
    return tuple(read("places.json"))


def read(name: str) -> Any:
    """A file of this package as data."""
    path = files("amends.project.demo").joinpath(*name.split("/"))
    return json.loads(path.read_text(encoding="utf-8"))


def filled(text: str, slots: Mapping[str, str]) -> str:
    """A text of a story with its slots filled."""
    return Wording(text, SLOTS).fill(**slots)


def written_day(day: date, language: str) -> str:
    """A day as the texts of a language expect it: what says when something happened."""
    month = _MONTHS[language].split()[day.month - 1]
    return {"en": f"{day.day} {month}", "et": f"{day.day}. {month}", "tr": f"{day.day} {month} günü"}[language]


def written_amount(cents: int, language: str) -> str:
    """Euros as people write them in a sentence; Turkish endings are added to the last word."""
    euros = f"{cents // 100:,}" + (f".{cents % 100:02d}" if cents % 100 else "")
    if language == "en":
        return f"€{euros}"
    if language == "et":
        return euros.translate(str.maketrans(",.", " ,")) + " eurot"
    return euros.translate(str.maketrans(",.", ".,")) + " avro"
