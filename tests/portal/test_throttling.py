"""Slowing down those who try out codes, without locking out the person whose codes they are."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import override_settings

from amends.portal import throttling
from amends.ui.throttling import hashed
from tests.cast import World
from tests.portal.conftest import Moment
from tests.portal.visitor import Visitor, a_complaint_with_code

WRONG = "22222222222222222J"


def tries(visitor: Visitor, reference: str, times: int, code: str = WRONG) -> list[int]:
    return [visitor.tracks(reference, code).status_code for _ in range(times)]


def test_five_wrong_tries_then_a_pause_of_a_quarter_of_an_hour(world: World, visitor: Visitor, moment: Moment) -> None:
    complaint, code = a_complaint_with_code(world)
    assert tries(visitor, complaint.reference, 6) == [422] * 5 + [429]
    response = visitor.tracks(complaint.reference, code)
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    page = response.content.decode()
    assert "phone us" in page
    assert "0800 555 0142" in page
    assert code not in page


def test_other_references_do_not_get_round_it(world: World, visitor: Visitor) -> None:
    assert [visitor.tracks(f"LAU-26-AAAA{number}", WRONG).status_code for number in range(6)] == [422] * 5 + [429]


def test_the_rightful_person_gets_in_from_elsewhere(world: World) -> None:
    complaint, code = a_complaint_with_code(world)
    for number in range(12):
        tries(Visitor(f"192.0.2.{number}"), complaint.reference, 6)
    assert Visitor("198.51.100.9").tracks(complaint.reference, code).status_code == 302


def test_right_codes_do_not_count(world: World, visitor: Visitor) -> None:
    complaint, code = a_complaint_with_code(world)
    assert tries(visitor, complaint.reference, 12, code) == [302] * 12
    assert tries(visitor, complaint.reference, 5) == [422] * 5


def test_it_is_over_after_a_while(world: World, visitor: Visitor, monkeypatch: Any) -> None:
    complaint, code = a_complaint_with_code(world)
    tries(visitor, complaint.reference, 6)
    keys = [f"throttle:address:track:{hashed('203.0.113.7')}:{number}" for number in range(5)]
    assert len(cache.get_many(keys)) == 5
    cache.delete_many(keys)  # what the cache does by itself when their time is over
    assert visitor.tracks(complaint.reference, code).status_code == 302


def test_one_reference_from_one_address_is_limited_by_the_day(world: World, visitor: Visitor, monkeypatch: Any) -> None:
    complaint, _code = a_complaint_with_code(world)
    monkeypatch.setattr(throttling, "PER_ADDRESS", replace(throttling.PER_ADDRESS, most=1000))
    assert tries(visitor, complaint.reference.lower(), 10) == [422] * 10
    assert tries(visitor, complaint.reference, 11) == [422] * 10 + [429]
    assert visitor.tracks("LAU-26-7K3M9TQH", WRONG).status_code == 422


def test_everybody_together_is_limited(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(throttling, "EVERYBODY", replace(throttling.EVERYBODY, most=10))
    answers = [Visitor(f"192.0.2.{number}").tracks("LAU-26-7K3M9TQH", WRONG).status_code for number in range(12)]
    assert answers == [422] * 10 + [429] * 2


def test_addresses_are_kept_only_as_hashes_that_change_with_the_day(world: World, visitor: Visitor) -> None:
    tries(visitor, "LAU-26-7K3M9TQH", 2)
    kept = str(cache._cache) if hasattr(cache, "_cache") else ""
    assert "throttle" in kept
    assert "203.0.113.7" not in kept
    assert "7K3M9TQH" not in kept
    today = hashed("203.0.113.7")
    assert today == hashed("203.0.113.7")
    cache.delete("throttle:key")
    assert hashed("203.0.113.7") != today


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
    ],
)
def test_a_household_is_one_address(world: World, one: str, other: str, is_same: bool) -> None:
    tries(Visitor(one), "LAU-26-7K3M9TQH", 5)
    assert (Visitor(other).tracks("LAU-26-7K3M9TQH", WRONG).status_code == 429) is is_same


def test_forwarded_addresses_are_believed_only_from_a_proxy_that_is_trusted(world: World) -> None:
    def forwarded(chain: str) -> int:
        return Visitor("10.0.0.1").post(
            "/track/", {"reference": "LAU-26-7K3M9TQH", "code": WRONG}, headers={"X-Forwarded-For": chain}
        ).status_code  # fmt: skip

    assert [forwarded(f"192.0.2.{number}") for number in range(6)][-1] == 429
    cache.clear()
    with override_settings(AMENDS_TRUST_PROXY=True):
        assert {forwarded(f"192.0.2.{number}") for number in range(6)} == {422}
        # What the visitor wrote in front of it is not what the proxy saw.
        assert [forwarded(f"192.0.2.{number}, 198.51.100.3") for number in range(6)] == [422] * 5 + [429]
