"""Small checks of JSON values, put together to the shape of a document. None of them raises, whatever the value."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from zoneinfo import available_timezones

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amends.framework.rules.problems import Problem

Check = Callable[[object, str], Iterable[Problem]]

LONGEST_TEXT = 4000
LONGEST_LIST = 200
_CODE = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_DAY = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(_DAY.pattern + r"T[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_ADDRESS = re.compile(r"https?://[^\s<>\"']{3,400}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,8})?")


def below(where: str, key: str) -> str:
    """The place of a part in a part."""
    return f"{where}.{key}" if where else key


@dataclass(frozen=True)
class Parts:
    """An object with named parts; `optional` ones may be left out."""

    required: Mapping[str, Check]
    optional: Mapping[str, Check] = field(default_factory=dict)

    def __call__(self, value: object, where: str) -> Iterator[Problem]:
        """Missing and unknown parts, then what is wrong inside the known ones."""
        if not isinstance(value, dict):
            yield Problem(where, _("Here an object with named parts is needed: { … }."))
            return
        known = {**self.required, **self.optional}
        for key in self.required:
            if key not in value:
                sentence = _("The part “{part}” is missing. Add it.")
                yield Problem(below(where, key), format_lazy(sentence, part=key))
        for key, part in value.items():
            check = known.get(key)
            if check is None:
                yield _unknown(where, key)
            else:
                yield from check(part, below(where, key))


@dataclass(frozen=True)
class ByKey:
    """An object whose keys are free, as long as they look right; with at least so many."""

    keys: re.Pattern[str]
    check: Check
    least: int = 0

    def __call__(self, value: object, where: str) -> Iterator[Problem]:
        """Keys that do not fit, then what is wrong inside."""
        if not isinstance(value, dict):
            yield Problem(where, _("Here an object with named parts is needed: { … }."))
            return
        if len(value) < self.least:
            yield Problem(where, _("Nothing is written here. Add at least one."))
        for key, part in value.items():
            if isinstance(key, str) and self.keys.fullmatch(key):
                yield from self.check(part, below(where, key))
            else:
                yield _unknown(where, key)


@dataclass(frozen=True)
class ListOf:
    """A list, of at least so many."""

    check: Check
    least: int = 0

    def __call__(self, value: object, where: str) -> Iterator[Problem]:
        """What is wrong with the list, then with what is in it."""
        if not isinstance(value, list):
            yield Problem(where, _("Here a list is needed: [ … ]."))
        elif len(value) < self.least:
            yield Problem(where, _("This list is empty. Add at least one."))
        elif len(value) > LONGEST_LIST:
            sentence = _("This list is too long. Keep at most {most}.")
            yield Problem(where, format_lazy(sentence, most=LONGEST_LIST))
        else:
            for place, item in enumerate(value):
                yield from self.check(item, f"{where}[{place}]")


@dataclass(frozen=True)
class Maybe:
    """null, or what the check asks for."""

    check: Check

    def __call__(self, value: object, where: str) -> Iterable[Problem]:
        """Nothing for null."""
        return () if value is None else self.check(value, where)


@dataclass(frozen=True)
class OneOf:
    """One of some words."""

    words: type[StrEnum]

    def __call__(self, value: object, where: str) -> Iterator[Problem]:
        """A problem that lists the words."""
        words = [word.value for word in self.words]
        if not isinstance(value, str) or value not in words:
            sentence = _("Write one of these words: {words}.")
            yield Problem(where, format_lazy(sentence, words=", ".join(words)))


@dataclass(frozen=True)
class Whole:
    """A whole number between two others, both included."""

    least: int
    most: int

    def __call__(self, value: object, where: str) -> Iterator[Problem]:
        """A problem that names the bounds. true and 15.0 are no whole numbers."""
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            sentence = _("Write a whole number from {least} to {most}.")
            yield Problem(where, format_lazy(sentence, least=self.least, most=self.most))


@dataclass(frozen=True)
class Fitting:
    """A text of which a function says whether it fits."""

    fits: Callable[[str], object]
    sentence: str | Promise

    def __call__(self, value: object, where: str) -> Iterator[Problem]:
        """The sentence, for anything that does not fit."""
        if not isinstance(value, str) or not self.fits(value):
            yield Problem(where, self.sentence)


def _unknown(where: str, key: object) -> Problem:
    name = key if isinstance(key, str) and key.isprintable() and len(key) <= 80 else "?"
    sentence = _("The part “{part}” is not known. Correct its name or remove it.")
    return Problem(below(where, name), format_lazy(sentence, part=name))


def _is_text(text: str) -> bool:
    if not text.strip() or len(text) > LONGEST_TEXT or "\0" in text:
        return False
    # Half of a character cannot be stored.
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        return bool(_MOMENT.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def flag(value: object, where: str) -> Iterator[Problem]:
    """true or false."""
    if not isinstance(value, bool):
        yield Problem(where, _("Write true or false."))


text = Fitting(_is_text, _("Write a text here; it may not be empty or very long."))
code = Fitting(_CODE.fullmatch, _("Write a short code: small letters, digits, “_” and “-”, a letter first."))
day = Fitting(_is_day, _("Write a day as year-month-day, like 2026-11-21."))
moment = Fitting(_is_moment, _("Write a local date and time, like 2026-03-02T10:00."))
address = Fitting(_ADDRESS.fullmatch, _("Write a web address that begins with https://."))
zone = Fitting(lambda name: name in _zones(), _("Write a time zone, like Europe/London."))
language = Fitting(_LANGUAGE.fullmatch, _("Write a language code, like en."))
country = Fitting(re.compile(r"[A-Z]{2}").fullmatch, _("Write a country in two capital letters, like EE."))
region = Fitting(re.compile(r"[A-Z0-9]{0,6}").fullmatch, _("Write the region in capital letters, like ENG."))
currency = Fitting(re.compile(r"[A-Z]{3}").fullmatch, _("Write a currency in three capital letters, like EUR."))
texts = ByKey(_LANGUAGE, text, least=1)


def by_code(check: Check, least: int = 0) -> ByKey:
    """An object whose keys are codes."""
    return ByKey(_CODE, check, least)


def by_year(check: Check) -> ByKey:
    """An object whose keys are years."""
    return ByKey(re.compile(r"(19|20|21)[0-9]{2}"), check, least=1)


def by_word(words: type[StrEnum], check: Check) -> ByKey:
    """An object whose keys are some of these words."""
    return ByKey(re.compile("|".join(re.escape(word.value) for word in words)), check)
