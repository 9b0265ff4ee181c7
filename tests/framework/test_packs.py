"""The shipped rule packs: accepted, complete, and every worked example comes out as written."""

from functools import cache

import pytest

from amends.calendars.counting import due
from amends.calendars.making import calendar_document
from amends.calendars.plans import Plan
from amends.calendars.working_time import WorkingCalendar, read_calendar
from amends.framework.rules.parts import Example, Pack
from amends.framework.rules.reading import read_pack
from amends.framework.rules.validation import check_pack
from amends.framework.rules.vocabulary import ClockKind
from amends.kit.canonical import digest
from tests.framework.pack_documents import document, names

pytestmark = pytest.mark.engineless

SHIPPED = names()
EVERY_PACK = pytest.mark.parametrize("name", SHIPPED)


@EVERY_PACK
def test_no_shipped_pack_contradicts_itself(name: str) -> None:
    assert [(problem.where, str(problem.sentence)) for problem in check_pack(document(name))] == []


@EVERY_PACK
def test_a_file_is_called_after_its_pack_and_version(name: str) -> None:
    pack = read_pack(document(name))
    assert name == f"{pack.code}-{pack.version}.json"


@EVERY_PACK
def test_a_shipped_pack_can_be_known_again_by_its_digest(name: str) -> None:
    assert len(digest(document(name))) == 64


@EVERY_PACK
def test_names_and_explanations_are_there_in_three_languages(name: str) -> None:
    pack = read_pack(document(name))
    texts = [pack.name, pack.about, *(clock.name for clock in pack.clocks), *(body.name for body in pack.external)]
    texts += [body.admissibility for body in pack.external if body.admissibility]
    texts += [figure.note for _where, figure in pack.figures() if figure.note]
    for text in texts:
        assert {"en", "et", "tr"} <= set(text), text


@EVERY_PACK
def test_each_clock_has_a_worked_example(name: str) -> None:
    pack = read_pack(document(name))
    assert len(pack.examples) >= 3
    assert {example.clock for example in pack.examples} == {clock.code for clock in pack.clocks}


@EVERY_PACK
def test_a_decision_is_owed_by_a_date(name: str) -> None:
    pack = read_pack(document(name))
    assert pack.clocks_of(ClockKind.DECISION) or pack.clocks_of(ClockKind.UPDATE)


@cache
def calendar_of(country: str, region: str, half_days: bool, zone: str) -> WorkingCalendar:
    """Monday to Friday, 9 to 17, with the public holidays that the pack counts; none where it counts nobody's."""
    made = calendar_document(zone=zone, this_year=2026, country=country, region=region, half_days=half_days)
    return read_calendar(made)


def difference(pack: Pack, example: Example) -> str:
    """Nothing when the example comes out as written."""
    whose, clock = pack.calendar, pack.clock(example.clock)
    calendar = calendar_of(whose.country, whose.subdivision, whose.half_days, example.zone.key)
    plan = Plan(example.start, clock.limit, example.stops, example.extensions, clock.outer)
    found = due(plan, calendar)
    if found == example.due:
        return ""
    written, counted = (moment.astimezone(example.zone).isoformat() for moment in (example.due, found))
    return f"{pack.code} {example.clock}: {example.what} Written: {written}, counted: {counted}"


def test_every_worked_example_comes_out_as_written(capsys: pytest.CaptureFixture[str]) -> None:
    packs = [read_pack(document(name)) for name in SHIPPED]
    differences = [difference(pack, example) for pack in packs for example in pack.examples]
    wrong = [line for line in differences if line]
    published = sum(example.origin == "published" for pack in packs for example in pack.examples)
    with capsys.disabled():
        print(f"\nworked examples: {len(differences)} ({published} published), differences: {len(wrong)}")
    assert wrong == []
