"""A rule pack is read from any document that is accepted, and no document makes the check stumble."""

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.calendars.limits import Limit, Unit
from amends.framework.rules.parts import NoSuchClockError
from amends.framework.rules.reading import read_pack
from amends.framework.rules.validation import check_pack
from tests.framework.pack_documents import GENERAL, document, names

pytestmark = pytest.mark.engineless

SHIPPED = names()
HOSTILE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["2026-11-21", "received", "working_days", "lapse", "deem", "review", "Europe/London", "\ud800", "²"]
    )
    | st.sampled_from(
        [{"count": 10**9, "unit": "days"}, {"count": 99, "unit": "years"}, {"count": 0, "unit": "hours"}]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def places(part: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every part of a document."""
    found = [way] if way else []
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, below in inner:
        found += places(below, (*way, key))
    return found


PLACES = {name: places(document(name)) for name in SHIPPED}


@st.composite
def mutations(draw: st.DrawFn) -> Any:
    """A shipped pack in which a few parts are missing, doubled, swapped with others, or replaced by anything."""
    name = draw(st.sampled_from(SHIPPED))
    pack, other = document(name), document(draw(st.sampled_from(SHIPPED)))
    for _turn in range(draw(st.integers(1, 3))):
        way = draw(st.sampled_from(PLACES[name]))
        try:
            part, key = at(pack, way[:-1]), way[-1]
            how = draw(st.sampled_from(["drop", "replace", "nudge", "double", "graft"]))
            if how == "drop":
                del part[key]
            elif how == "replace":
                part[key] = draw(HOSTILE)
            elif how == "nudge" and isinstance(part[key], int) and not isinstance(part[key], bool):
                part[key] += draw(st.integers(-20, 200))
            elif how == "double" and isinstance(part, list):
                part.append(copy.deepcopy(part[key]))
            elif how == "graft":
                part[key] = copy.deepcopy(at(other, way))
        except (LookupError, TypeError):
            continue  # The way is gone after an earlier change.
    return pack


def at(part: Any, way: tuple[Any, ...]) -> Any:
    for key in way:
        part = part[key]
    return part


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_any_json_at_all_is_checked_without_stumbling(value: object) -> None:
    assert check_pack(value)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mutations())
def test_a_changed_pack_is_either_told_what_is_wrong_or_read(pack: Any) -> None:
    problems = check_pack(pack)
    for problem in problems:
        assert isinstance(problem.where, str)
        assert str(problem.sentence)
    if not problems:
        read = read_pack(pack)
        assert [clock.code for clock in read.clocks] == [clock["code"] for clock in pack["clocks"]]
        assert read.figures()


def test_a_clock_is_found_by_code_kind_and_start() -> None:
    pack = read_pack(document("uk-fca-disp-1.json"))
    assert pack.clock("final_response").limit == Limit(8, Unit.WEEKS)
    assert [clock.code for clock in pack.clocks_of("early")] == ["early"]
    assert [clock.code for clock in pack.starting_at("communicated")] == ["answer", "ombudsman_window"]
    assert pack.starting_at("referred") == []
    with pytest.raises(NoSuchClockError):
        pack.clock("second_response")


def test_a_clock_knows_its_extension_pauses_and_holding_reply() -> None:
    clock = read_pack(document(GENERAL)).clock("decision")
    assert clock.extension is not None
    assert (clock.extension.most, clock.extension.times) == (Limit(10, Unit.WORKING_DAYS), 2)
    assert [part.value for part in clock.holding_parts] == ["reason", "new_date"]
    permit = clock.pause_for("waiting_for_complainant")
    assert permit is not None
    assert permit.cap == Limit(20, Unit.WORKING_DAYS)
    assert clock.pause_for("court") is None
    assert clock.outer == Limit(40, Unit.WORKING_DAYS)


def test_a_threshold_holds_until_the_next_one_is_known() -> None:
    money = read_pack(document("turkiye-1.json")).external[0].money
    assert money is not None
    assert money.below_in(2025) is None
    assert money.below_in(2026) == money.below_in(2027) == 186_000 * 100


def test_a_suspension_keeps_its_days() -> None:
    first = read_pack(document("uk-fca-disp-1.json")).suspensions[0]
    assert (first.begins, first.until) == (date(2024, 1, 11), date(2026, 5, 31))
    assert first.clocks == ("final_response",)


def test_every_figure_is_listed_with_its_place() -> None:
    pack = read_pack(document("uk-fca-disp-1.json"))
    places = [where for where, _figure in pack.figures()]
    assert len(places) == len(set(places)) == 5 + 1 + 1 + 2 + 2
    assert "clocks.final_response" in places
    assert "suspensions.motor_finance_dca" in places
