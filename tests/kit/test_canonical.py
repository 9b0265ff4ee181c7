"""Canonical JSON: one value, one sequence of bytes, whatever wrote it down."""

import json
from enum import IntEnum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.kit.canonical import NotCanonicalError, canonical, digest

_KEYS = st.text(alphabet=st.characters(max_codepoint=127))
_TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, None, "õ"]}, '{"a":[true,null,"õ"],"b":1}'),
        ({"B": 1, "a": 2, "": 3, "_": 4, "1": 5}, '{"":3,"1":5,"B":1,"_":4,"a":2}'),
        ('\x00\x1f\b\t\n\f\r"\\/\x7f\u2028€😀', '"\\u0000\\u001f\\b\\t\\n\\f\\r\\"\\\\/\x7f\u2028€😀"'),
        ((1, -0, 2**53, -(2**53)), "[1,0,9007199254740992,-9007199254740992]"),
        ({}, "{}"),
        ([], "[]"),
        ("", '""'),
    ],
)
def test_the_form_is_that_of_rfc_8785(value, written):
    assert canonical(value) == written.encode()


@given(VALUES)
def test_what_is_written_reads_back(value):
    assert json.loads(canonical(value)) == value
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(st.dictionaries(_KEYS, VALUES, max_size=6))
def test_the_order_of_keys_makes_no_difference(value):
    assert digest(dict(reversed(value.items()))) == digest(value)


@given(VALUES, VALUES)
def test_different_values_differ(one, other):
    assert (json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)) == (
        canonical(one) == canonical(other)
    )


class _Colour(StrEnum):
    RED = "red"


class _Count(IntEnum):
    TWO = 2


def test_named_constants_are_their_values():
    assert canonical({"a": _Colour.RED, "b": _Count.TWO}) == b'{"a":"red","b":2}'


@pytest.mark.parametrize(
    "value",
    [
        *(1.0, float("nan"), float("inf"), 2**53 + 1, -(2**53) - 1, b"x", {1, 2}, object(), "\ud800", ["\udc00"]),
        *({1: 2}, {"õ": 1}, {None: 1}, {True: 1}, {"a": "\ud83d"}, {"a": {"b": [1.5]}}, {"\ud800": 1}),
    ],
)
def test_what_has_no_single_form_is_refused(value):
    with pytest.raises(NotCanonicalError):
        canonical(value)


def test_a_value_without_end_is_refused():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    round_about: list = []
    round_about.append(round_about)
    for value in (deep, round_about):
        with pytest.raises(NotCanonicalError):
            canonical(value)


def test_the_digest_is_sha_256():
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
