"""A document as somebody typed it. Whatever stands there, the answer is a value or what to mend."""

import json
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amends.framework.rules.problems import Problem

#: Ten times the longest pack that we know.
LONGEST = 400_000


class _NotUsableError(ValueError):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.where)
        self.problem = problem


def read_typed(text: str) -> tuple[Any, list[Problem]]:
    """The JSON value of a text, or why there is none. Never raises."""
    if len(text) > LONGEST:
        sentence = _("This is too long for a rule pack. Shorten it to {most} characters.")
        return None, [Problem("", format_lazy(sentence, most=LONGEST))]
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number), []
    except json.JSONDecodeError as error:
        sentence = _("This cannot be read as JSON. Look at line {line}, at sign {column}.")
        return None, [Problem("", format_lazy(sentence, line=error.lineno, column=error.colno))]
    except _NotUsableError as error:
        return None, [error.problem]
    except (ValueError, RecursionError):
        return None, [Problem("", _("This cannot be read as JSON: a number is too long, or parts lie too deep."))]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The parts of an object. Of two that have one name, only one would be seen."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            sentence = _("“{code}” stands here twice. Rename or remove one of the two.")
            raise _NotUsableError(Problem(name[:80], format_lazy(sentence, code=name[:80])))
        found[name] = value
    return found


def _no_number(name: str) -> Any:
    raise _NotUsableError(Problem(name, _("Write a whole number here.")))
