"""The matrix of the initial assessment, read: what each level means, and which priority follows (ISO 10002, 7.5)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext_lazy as _

from amends.framework.models import Matrix
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.kit.translated import TranslatedText

#: Severity and impact have four levels each, 4 the gravest; priorities go from 1, the most urgent, to 4.
LEVELS = (1, 2, 3, 4)
LONGEST_MEANING = 300


@dataclass(frozen=True)
class Grid:
    """A matrix: results by severity and impact, and what each level means."""

    version: int
    results: Mapping[int, Mapping[int, int]]
    severity: Mapping[int, TranslatedText]
    impact: Mapping[int, TranslatedText]

    def priority(self, severity: int, impact: int, *, is_safety: bool) -> int:
        """What follows; a danger to people is always the first."""
        return 1 if is_safety else self.results[severity][impact]

    def document(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "results": {str(row): {str(at): self.results[row][at] for at in LEVELS} for row in LEVELS},
            "severity": {str(level): self.severity[level].as_dict() for level in LEVELS},
            "impact": {str(level): self.impact[level].as_dict() for level in LEVELS},
        }


def matrix_now() -> Grid:
    """The matrix in force. One short query; without any, the usual one."""
    newest = Matrix.objects.order_by("-version").values_list("version", "document").first()
    return read_matrix(*newest) if newest is not None else usual_matrix()


@cache
def usual_matrix() -> Grid:
    """The one that holds until somebody changes it: version 0."""
    text = files("amends.framework").joinpath("starter", "matrix.json").read_text(encoding="utf-8")
    return read_matrix(0, json.loads(text))


def read_matrix(version: int, document: Mapping[str, Any]) -> Grid:
    """A matrix from its document."""
    return Grid(
        version,
        {row: {at: int(document["results"][str(row)][str(at)]) for at in LEVELS} for row in LEVELS},
        {level: TranslatedText(document["severity"][str(level)]) for level in LEVELS},
        {level: TranslatedText(document["impact"][str(level)]) for level in LEVELS},
    )


def cleaned(texts: Mapping[str, str]) -> TranslatedText:
    """What a level means, as it is kept."""
    return TranslatedText({language: clean_line(text) for language, text in texts.items()})


def check_matrix(grid: Grid) -> None:
    """Refuse results outside of 1 to 4, what is graver but less urgent, and levels that nobody has defined."""
    for row in LEVELS:
        for at in LEVELS:
            _check_cell(grid, row, at)
    for name, meanings in (("severity", grid.severity), ("impact", grid.impact)):
        for level in LEVELS:
            field = f"{name}{level}"
            if not meanings[level]:
                raise Refusal("meaning_needed", _("Say in plain words what every level means."), field=field)
            if any(len(text) > LONGEST_MEANING for text in meanings[level].values()):
                raise Refusal("meaning_too_long", _("Shorten the definition to 300 characters."), field=field)


def _check_cell(grid: Grid, row: int, at: int) -> None:
    priority = grid.results[row][at]
    if priority not in LEVELS:
        raise Refusal("priority_unknown", _("Choose a priority from 1 to 4 in every cell."), field=f"cell{row}{at}")
    milder = [grid.results[row - 1][at]] if row > 1 else []
    narrower = [grid.results[row][at - 1]] if at > 1 else []
    if any(priority > other for other in (*milder, *narrower)):
        raise Refusal(
            "matrix_backward",
            _("What is more severe or touches more people cannot be less urgent. Look at this cell again."),
            field=f"cell{row}{at}",
        )
