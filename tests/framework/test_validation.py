"""Every contradiction in a rule pack is named with its place."""

from collections.abc import Callable
from typing import Any

import pytest

from amends.framework.rules.validation import check_pack
from tests.framework.pack_documents import GENERAL, document

pytestmark = pytest.mark.engineless

Document = dict[str, Any]
DAYS_15 = {"count": 15, "unit": "working_days"}


def general() -> Document:
    return document(GENERAL)


def disp() -> Document:
    return document("uk-fca-disp-1.json")


def estonia() -> Document:
    return document("estonia-1.json")


def turkiye() -> Document:
    return document("turkiye-1.json")


def clock(pack: Document, code: str) -> Document:
    return next(clock for clock in pack["clocks"] if clock["code"] == code)


def set_in(way: str, value: object) -> Callable[[Document], None]:
    """Puts a value to a place such as `clocks.decision.limit.count`."""

    def change(pack: Document) -> None:
        *keys, last = way.split(".")
        part: Any = pack
        for key in keys:
            part = clock(pack, key) if part is pack["clocks"] else part[int(key) if isinstance(part, list) else key]
        part[int(last) if isinstance(part, list) else last] = value

    return change


def drop(way: str) -> Callable[[Document], None]:
    """Takes a part away."""

    def change(pack: Document) -> None:
        *keys, last = way.split(".")
        part: Any = pack
        for key in keys:
            part = clock(pack, key) if part is pack["clocks"] else part[int(key) if isinstance(part, list) else key]
        del part[int(last) if isinstance(part, list) else last]

    return change


def twice(way: str) -> Callable[[Document], None]:
    """Repeats the first entry of a list."""

    def change(pack: Document) -> None:
        part: Any = pack
        for key in way.split("."):
            part = clock(pack, key) if part is pack["clocks"] else part[key]
        part.append(part[0])

    return change


def both(*changes: Callable[[Document], None]) -> Callable[[Document], None]:
    """Several changes."""

    def change(pack: Document) -> None:
        for one in changes:
            one(pack)

    return change


OF_THE_SHAPE = [
    (set_in("schema", 1), "schema"),
    (set_in("version", True), "version"),
    (set_in("version", 1.0), "version"),
    (set_in("pack", "General pack"), "pack"),
    (drop("about"), "about"),
    (set_in("name", {}), "name"),
    (set_in("name", {"en": "  "}), "name.en"),
    (set_in("name", {"en": "half \ud83d a character"}), "name.en"),
    (set_in("clocks", []), "clocks"),
    (set_in("clocks", {}), "clocks"),
    (set_in("tempo", 3), "tempo"),
    (set_in("clocks.decision.limits", DAYS_15), "clocks[1].limits"),
    (set_in("clocks.decision.limit", {"count": 15}), "clocks[1].limit"),
    (set_in("clocks.decision.limit", {"count": -1, "unit": "days"}), "clocks[1].limit"),
    (set_in("clocks.decision.limit", {"count": 10**30, "unit": "days"}), "clocks[1].limit"),
    (set_in("clocks.decision.limit", {**DAYS_15, "day_off": "next_working_day"}), "clocks[1].limit"),
    (set_in("clocks.decision.limit", {**DAYS_15, "ends": "moment"}), "clocks[1].limit"),
    (set_in("clocks.decision.extension.most.count", 0), "clocks[1].extension.most.count"),
    (set_in("clocks.decision.extension.times", 0), "clocks[1].extension.times"),
    (drop("clocks.decision.pauses.0.cap"), "clocks[1].pauses[0].cap"),
    (set_in("clocks.decision.starts", "yesterday"), "clocks[1].starts"),
    (set_in("clocks.decision.met_by", ["communicated", "forgotten"]), "clocks[1].met_by[1]"),
    (set_in("clocks.decision.stage", 3), "clocks[1].stage"),
    (drop("clocks.decision.figure"), "clocks[1].figure"),
    (drop("clocks.decision.figure.source"), "clocks[1].figure.source"),
    (drop("clocks.decision.figure.status"), "clocks[1].figure.status"),
    (set_in("clocks.decision.figure.status", "surely"), "clocks[1].figure.status"),
    (set_in("clocks.decision.figure.seen_on", "2026-02-30"), "clocks[1].figure.seen_on"),
    (set_in("letters", ["decision"]), "letters"),
    (set_in("letters", "decision"), "letters"),
    (set_in("clocks.decision.remind", [DAYS_15] * 201), "clocks[1].remind"),
    (set_in("examples.0.start", "2026-02-30T10:00"), "examples[0].start"),
    (set_in("about.en", "long " * 1000), "about.en"),
    (set_in("letters", {"love_letter": ["reference"]}), "letters.love_letter"),
    (set_in("examples.0.zone", "Europe/Atlantis"), "examples[0].zone"),
    (set_in("examples.0.start", "2026-03-06"), "examples[0].start"),
    (set_in("examples.5.stops.0.ends", "2026-03-10T09:00"), "examples[5].stops[0].ends"),
    (set_in("jurisdiction", "Estonia"), "jurisdiction"),
    (set_in("sources.iso10002.url", "javascript:alert(1)"), "sources.iso10002.url"),
]


@pytest.mark.parametrize(("spoil", "where"), OF_THE_SHAPE)
def test_a_part_that_is_missing_unknown_or_wrong_is_named_with_its_place(
    spoil: Callable[[Document], None], where: str
) -> None:
    pack = general()
    spoil(pack)
    problems = check_pack(pack)
    assert [problem.where for problem in problems] == [where]
    assert str(problems[0].sentence).endswith(".")


OF_CLOCKS = [
    (general, set_in("clocks.acknowledgement.code", "decision"), "clocks[1].code", "twice"),
    (general, set_in("clocks.answer.met_by", ["communicated"]), "clocks[2].met_by", "starts it"),
    (general, set_in("clocks.decision.met_by", []), "clocks[1].met_by", "Nothing can meet"),
    (
        general,
        both(set_in("clocks.decision.repeats", True), set_in("clocks.decision.met_by", [])),
        "clocks[1].repeats",
        "starts again",
    ),
    (general, set_in("clocks.answer.on_pass", "overdue"), "clocks[2].on_pass", "never late"),
    (general, set_in("clocks.decision.on_pass", "lapse"), "clocks[1].on_pass", "does not end"),
    (general, set_in("clocks.answer.owed_by", "organisation"), "clocks[2].owed_by", "complainant"),
    (general, set_in("clocks.answer.when_late", {"new_date": DAYS_15}), "clocks[2].when_late", "apology"),
    (
        general,
        set_in("clocks.answer.update_before", {"count": 1, "unit": "working_days"}),
        "clocks[2].update_before",
        "news",
    ),
    (general, set_in("clocks.decision.on_pass", "deem"), "clocks[1].on_pass", "deemed outcome"),
    (general, set_in("clocks.acknowledgement.starts", "deemed"), "clocks[0].starts", "deemed outcome"),
    (general, drop("letters.delay"), "clocks[1].when_late", "delay"),
    (general, drop("stages.1"), "clocks[3].stage", "does not have"),
    (general, drop("stages.1"), "clocks[3].starts", "no second stage"),
    (general, set_in("clocks.review.stage", 1), "clocks[3].stage", "stage 2"),
    (general, set_in("clocks.review.starts", "review_acknowledged"), "clocks[3].starts", "acknowledged on its own"),
    (general, set_in("clocks.review.met_by", ["review_acknowledged"]), "clocks[3].met_by", "acknowledged on its own"),
    (general, set_in("clocks.decision.extension", None), "clocks[1].holding_reply", "cannot be extended"),
    (
        general,
        set_in("clocks.decision.holding_reply.parts", ["reason", "external_right"]),
        "clocks[1].holding_reply",
        "outside body",
    ),
    (general, set_in("letters.holding", ["reason"]), "clocks[1].holding_reply", "new_date"),
    (general, set_in("clocks.decision.outer.count", 14), "clocks[1].outer", "shorter"),
    (general, set_in("clocks.decision.outer", {"count": 20, "unit": "days"}), "clocks[1].outer", "shorter"),
    (general, set_in("clocks.decision.extension.times", 3), "clocks[1].extension", "outer limit"),
    (
        general,
        set_in("clocks.decision.extension.most", {"count": 1, "unit": "months"}),
        "clocks[1].extension",
        "outer limit",
    ),
    (general, set_in("clocks.decision.pauses.0.cap.count", 26), "clocks[1].pauses[0].cap", "outer limit"),
    (
        general,
        set_in("clocks.decision.pauses.0.cap", {"count": 2, "unit": "months"}),
        "clocks[1].pauses[0].cap",
        "outer limit",
    ),
    (general, twice("clocks.decision.pauses"), "clocks[1].pauses[1].why", "twice"),
    (general, set_in("clocks.decision.update_before.count", 15), "clocks[1].update_before", "shorter"),
    (
        general,
        set_in("clocks.decision.update_before", {"count": 3, "unit": "weeks"}),
        "clocks[1].update_before",
        "shorter",
    ),
    (general, set_in("clocks.decision.remind.1.count", 16), "clocks[1].remind[1]", "shorter"),
]

BETWEEN_PARTS = [
    (general, twice("stages"), "stages[2].stage", "twice"),
    (general, drop("stages.0"), "stages", "first stage"),
    (disp, twice("external"), "external[1].code", "twice"),
    (disp, twice("suspensions"), "suspensions[2].code", "twice"),
    (disp, twice("retention"), "retention[2].class", "twice"),
    (general, set_in("clocks.review.figure.source", "hearsay"), "clocks.review.figure.source", "hearsay"),
    (disp, set_in("retention.0.figure.source", "hearsay"), "retention.complaint.figure.source", "hearsay"),
    (general, set_in("examples.0.source", "hearsay"), "examples[0].source", "hearsay"),
    (general, set_in("calendar", {"follows": "jurisdiction"}), "calendar.country", "holidays"),
    (general, set_in("calendar.country", "EE"), "calendar", "own holidays"),
    (disp, set_in("early_resolution", None), "early_resolution", "says nothing"),
    (disp, set_in("early_resolution.clock", "final_response"), "early_resolution.clock", "kind"),
    (disp, set_in("clocks.early.limit", {"count": 8, "unit": "weeks"}), "early_resolution.clock", "not early"),
    (disp, set_in("clocks.early.limit.count", 41), "early_resolution.clock", "not early"),
    (disp, drop("letters.summary_resolution"), "early_resolution.letter", "not listed"),
    (disp, set_in("early_resolution.spares", ["summary_resolution"]), "early_resolution.spares", "spared"),
    (estonia, set_in("deemed_outcome.clock", "answer"), "deemed_outcome.clock", "deem"),
    (estonia, set_in("deemed_outcome.clock", "nothing"), "deemed_outcome.clock", "deem"),
    (estonia, set_in("deemed_outcome.opens", "heaven"), "deemed_outcome.opens", "outside body"),
    (estonia, set_in("external", []), "deemed_outcome.opens", "outside body"),
    (disp, set_in("external.0.clock", "final_response"), "external[0].clock", "external"),
    (turkiye, set_in("external.0.money.below", {"2026": 2, "2025": 1}), "external[0].money.below", "in order"),
    (disp, set_in("suspensions.0.until", "2024-01-10"), "suspensions[0].until", "ends before"),
    (disp, set_in("suspensions.0.occurred_from", "2021-01-28"), "suspensions[0].occurred_until", "ends before"),
    (disp, set_in("suspensions.0.clocks.0", "nothing"), "suspensions[0].clocks[0]", "no clock"),
    (disp, set_in("retention", []), "suspensions[0].retention", "nothing can stop"),
    (
        disp,
        both(set_in("suspensions.0.clocks", []), set_in("suspensions.0.retention", False)),
        "suspensions[0].clocks",
        "stops nothing",
    ),
    (general, set_in("letters.decision", ["result", "horoscope"]), "wording.decision.horoscope", "by itself"),
    (general, set_in("letters.decision", ["result", "result"]), "letters.decision[1]", "twice"),
    (general, drop("letters.decision"), "letters.decision", "told"),
    (general, set_in("letters.holding", ["reason", "new_date", "result"]), "wording.holding.result", "by itself"),
    (disp, drop("letters.holding.2"), "wording.holding.external_right", "does not ask"),
    (estonia, drop("wording.decision.recourse.et"), "wording.decision.recourse.et", "missing"),
    (turkiye, drop("wording.decision.recourse.en"), "wording.decision.recourse.en", "missing"),
    (general, set_in("examples.0.clock", "nothing"), "examples[0].clock", "no clock"),
    (general, set_in("examples.2.clock", "acknowledgement"), "examples[2].extensions", "cannot be extended"),
    (general, set_in("examples.0.due", "2026-03-05T17:00"), "examples[0].due", "ends before"),
]


@pytest.mark.parametrize(("pack", "spoil", "where", "words"), OF_CLOCKS + BETWEEN_PARTS)
def test_a_contradiction_is_named_with_its_place(
    pack: Callable[[], Document], spoil: Callable[[Document], None], where: str, words: str
) -> None:
    spoilt = pack()
    spoil(spoilt)
    found = [(problem.where, str(problem.sentence)) for problem in check_pack(spoilt)]
    assert any(place == where and words in sentence for place, sentence in found), found


def test_a_limit_that_cannot_be_counted_within_ten_years_is_longer_than_any_outer_limit() -> None:
    pack = general()
    clock(pack, "decision")["limit"]["count"] = 3650
    clock(pack, "decision")["outer"] = {"count": 100, "unit": "years"}
    assert "clocks[1].outer" in [problem.where for problem in check_pack(pack)]


@pytest.mark.parametrize("document", [None, True, 3, 2.5, "pack", [], [[]], {}])
def test_what_is_no_pack_at_all_is_told_so(document: object) -> None:
    assert check_pack(document)


def test_a_review_that_is_acknowledged_on_its_own_may_start_a_clock() -> None:
    pack = general()
    pack["stages"][1]["own_acknowledgement"] = True
    clock(pack, "review")["starts"] = "review_acknowledged"
    assert check_pack(pack) == []


def test_an_outer_limit_in_another_unit_is_compared_day_by_day() -> None:
    """Fifteen working days are three weeks on a plain calendar, and never more than a month."""
    pack = general()
    decision = clock(pack, "decision")
    decision |= {"extension": None, "holding_reply": None, "pauses": [], "outer": {"count": 1, "unit": "months"}}
    pack["examples"] = []
    assert check_pack(pack) == []
    decision["outer"] = {"count": 3, "unit": "weeks"}
    assert check_pack(pack) == []
    decision["outer"] = {"count": 20, "unit": "days"}
    assert [problem.where for problem in check_pack(pack)] == ["clocks[1].outer"]
