"""What the words of all journal entries are made of: a line with details after the sentence, and labels for codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import models
from django.utils.functional import Promise

Words = str | Promise
Facts = Mapping[str, Any]
Look = Literal["event", "ok", "danger"]


@dataclass(frozen=True)
class Line:
    """What follows an event's sentence, what fills its slots, and how it looks in the timeline."""

    details: list[Words] = field(default_factory=list)
    slots: Mapping[str, Words] = field(default_factory=dict)
    icon: str = "info"
    look: Look = "event"


def label(choices: type[models.Choices], code: Any) -> Words:
    """The label of a code; the code itself where this version does not know it."""
    return next((known.label for known in choices if known.value == code), str(code))
