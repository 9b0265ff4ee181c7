"""Every event that may stand in the journal, walked by its annotations."""

import dataclasses
import re
import typing
from enum import StrEnum
from types import UnionType

import pytest
from django.utils.functional import Promise

from amends.journal.vocabulary import ALLOWED, Audience, Event, Retention, Subject, all_events

NAME = re.compile(r"[a-z_]+\.[a-z_]+")
SLOT = re.compile(r"%\((\w+)\)[sd]")


def hints(event: type[Event]) -> dict[str, object]:
    own = {field.name for field in dataclasses.fields(event)}
    return {name: hint for name, hint in typing.get_type_hints(event).items() if name in own}


def leaves(hint: object) -> list[object]:
    """The types at the end of unions and of tuples of one kind."""
    if typing.get_origin(hint) in {typing.Union, UnionType}:
        return [leaf for part in typing.get_args(hint) for leaf in leaves(part)]
    if typing.get_origin(hint) is tuple:
        parts = typing.get_args(hint)
        assert parts[1:] == (Ellipsis,), "a tuple holds any number of one kind"
        return leaves(parts[0])
    return [hint]


def test_there_are_events():
    assert len(all_events()) > 15


@pytest.mark.parametrize("event", all_events(), ids=lambda event: event.name)
class TestEvent:
    def test_its_name_tells_the_package_and_what_happened(self, event: type[Event]):
        assert NAME.fullmatch(event.name)
        assert event.__module__.startswith(f"amends.{event.name.partition('.')[0]}.events")
        assert len(event.name) <= 80

    def test_it_cannot_be_altered(self, event: type[Event]):
        assert dataclasses.is_dataclass(event)
        assert event.__dataclass_params__.frozen
        assert all(field.kw_only for field in dataclasses.fields(event))

    def test_its_first_field_is_the_row_that_it_is_about(self, event: type[Event]):
        assert next(iter(hints(event).values())) is Subject

    def test_its_fields_hold_ids_codes_dates_and_numbers(self, event: type[Event]):
        for name, hint in hints(event).items():
            for leaf in leaves(hint):
                is_code = isinstance(leaf, type) and issubclass(leaf, StrEnum)
                assert leaf in ALLOWED or is_code, f"{event.name}.{name} is a {leaf}"

    def test_its_sentence_is_for_translation_and_its_slots_exist(self, event: type[Event]):
        assert isinstance(event.sentence, Promise)
        assert str(event.sentence)
        assert set(SLOT.findall(str(event.sentence))) <= set(hints(event))
        assert "%" not in SLOT.sub("", str(event.sentence))

    def test_it_says_who_sees_it_and_how_long_its_text_stays(self, event: type[Event]):
        assert event.audience in Audience
        assert event.retention in Retention
