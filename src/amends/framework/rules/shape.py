"""The shape of a rule pack: which parts there are, and what may stand in each. Sense is checked afterwards."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from amends.calendars.limits import LimitError, read_limit
from amends.framework.rules.checks import (
    Fitting,
    ListOf,
    Maybe,
    OneOf,
    Parts,
    Whole,
    address,
    by_code,
    by_word,
    by_year,
    code,
    country,
    currency,
    day,
    flag,
    language,
    moment,
    region,
    text,
    texts,
    zone,
)
from amends.framework.rules.problems import Problem
from amends.framework.rules.vocabulary import (
    ClockKind,
    DeemedAs,
    Follows,
    HoldingPart,
    LetterKind,
    Met,
    OnPass,
    Origin,
    Owes,
    PauseWhy,
    RetentionStart,
    Start,
    Status,
)

SCHEMA = 2


def limit(value: object, where: str) -> Iterator[Problem]:
    """A length of time that can be counted."""
    try:
        read_limit(value)
    except LimitError as error:
        yield Problem(where, error.sentence)


def some_time(value: object, where: str) -> Iterator[Problem]:
    """A length of time that is not nothing."""
    found = list(limit(value, where))
    yield from found
    if not found and read_limit(value).count == 0:
        yield Problem(f"{where}.count", _("Nothing is no length of time here. Write at least 1."))


def _stop(value: object, where: str) -> Iterator[Problem]:
    found = list(_STOP(value, where))
    yield from found
    if not found and isinstance(value, dict):
        begins, ends = datetime.fromisoformat(value["begins"]), datetime.fromisoformat(value["ends"])
        if ends <= begins:
            yield Problem(f"{where}.ends", _("This ends before it begins. Correct one of the two days."))


def _given_extension(value: object, where: str) -> Iterator[Problem]:
    yield from day(value, where) if isinstance(value, str) else some_time(value, where)


_FIGURE = Parts(
    {"source": code, "place": text, "status": OneOf(Status), "seen_on": day},
    {"note": texts},
)
#: A deadline keeps this many letters of it.
LONGEST_CLOCK = 40
_CLOCK = Parts(
    {
        "code": Fitting(
            lambda written: len(written) <= LONGEST_CLOCK and not list(code(written, "")),
            _("Write a short code of at most 40 signs: small letters, digits, “_” and “-”, a letter first."),
        ),
        "kind": OneOf(ClockKind),
        "name": texts,
        "starts": OneOf(Start),
        "limit": limit,
        "met_by": ListOf(OneOf(Met)),
        "owed_by": OneOf(Owes),
        "stage": Whole(1, 2),
        "on_pass": OneOf(OnPass),
        "figure": _FIGURE,
    },
    {
        "repeats": flag,
        "remind": ListOf(some_time),
        "update_before": Maybe(some_time),
        "holding_reply": Maybe(Parts({"parts": ListOf(OneOf(HoldingPart), least=1)})),
        "extension": Maybe(Parts({"most": some_time, "times": Whole(1, 12), "needs_reason": flag})),
        "outer": Maybe(some_time),
        "pauses": ListOf(Parts({"why": OneOf(PauseWhy), "needs_reason": flag, "cap": some_time})),
        "when_late": Maybe(Parts({"new_date": some_time})),
    },
)
_STAGE = Parts(
    {"stage": Whole(1, 2), "different_person": flag, "own_acknowledgement": flag, "reason_may_be_demanded": flag}
)
_EXTERNAL = Parts(
    {"code": code, "name": texts, "figure": _FIGURE},
    {
        "url": Maybe(address),
        "clock": Maybe(code),
        "money": Maybe(Parts({"currency": currency, "below": by_year(Whole(1, 10**13))})),
        "admissibility": Maybe(texts),
    },
)
_SUSPENSION = Parts(
    {
        "code": code,
        "products": ListOf(code, least=1),
        "clocks": ListOf(code),
        "retention": flag,
        "from": day,
        "until": Maybe(day),
        "figure": _FIGURE,
    },
    {"occurred_from": Maybe(day), "occurred_until": Maybe(day)},
)
_STOP = Parts({"begins": moment, "ends": moment}, {"why": text})
_EXAMPLE = Parts(
    {
        "what": text,
        "origin": OneOf(Origin),
        "source": code,
        "clock": code,
        "start": moment,
        "zone": zone,
        "stops": ListOf(_stop),
        "extensions": ListOf(_given_extension),
        "due": moment,
    }
)
_CALENDAR = Parts({"follows": OneOf(Follows)}, {"country": country, "subdivision": region, "half_days": flag})
_LETTER = OneOf(LetterKind)

PACK = Parts(
    {
        "schema": Whole(SCHEMA, SCHEMA),
        "pack": code,
        "version": Whole(1, 10_000),
        "name": texts,
        "about": texts,
        "jurisdiction": Fitting(
            lambda written: not written or not list(country(written, "")),
            _("Write a country in two capital letters, like EE, or nothing."),
        ),
        "languages": ListOf(language, least=1),
        "sources": by_code(Parts({"title": text, "url": address, "seen_on": day}), least=1),
        "calendar": _CALENDAR,
        "clocks": ListOf(_CLOCK, least=1),
        "stages": ListOf(_STAGE, least=1),
        "letters": by_word(LetterKind, ListOf(code, least=1)),
        "automatic_acknowledgement_counts": flag,
        "contact_attempts_before_no_answer": Whole(1, 20),
    },
    {
        "early_resolution": Maybe(
            Parts({"clock": code, "letter": _LETTER, "spares": ListOf(_LETTER), "figure": _FIGURE})
        ),
        "deemed_outcome": Maybe(Parts({"clock": code, "outcome": OneOf(DeemedAs), "opens": code, "figure": _FIGURE})),
        "external": ListOf(_EXTERNAL),
        "suspensions": ListOf(_SUSPENSION),
        "retention": ListOf(
            Parts({"class": code, "starts": OneOf(RetentionStart), "limit": some_time, "figure": _FIGURE})
        ),
        "wording": by_word(LetterKind, by_code(texts)),
        "examples": ListOf(_EXAMPLE),
    },
)
