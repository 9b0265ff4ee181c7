"""Form controls that Django does not have. `{% field %}` knows how each of them looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise

Words = str | Promise


class _WithHints(forms.widgets.ChoiceWidget):
    """Options that may carry a hint each, and fields of the same form that belong under an option."""

    def __init__(
        self,
        *,
        hints: Mapping[str, Words] | None = None,
        reveals: Mapping[str, Sequence[str]] | None = None,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})
        self.reveals = dict(reveals or {})


class RadioRows(_WithHints, forms.RadioSelect):
    """One answer of several, a row each."""


class CheckboxRows(_WithHints, forms.CheckboxSelectMultiple):
    """Several answers, a row each."""


class RadioChips(_WithHints, forms.RadioSelect):
    """One answer of a few short ones, side by side: for staff."""


@dataclass(frozen=True)
class Cell:
    """A cell of the matrix: what stands in it and how serious it looks (1 calm to 4 grave)."""

    text: Words
    level: int


class RadioMatrix(forms.RadioSelect):
    """One cell of a grid, by arrow keys or pointer.

    The field's choices are the cells row by row, each with a whole sentence as its label ("Severity Critical, impact
    One household: priority 1"); `cells` says by the same values what is printed in them.
    """

    def __init__(
        self,
        *,
        rows: Sequence[Words],
        columns: Sequence[Words],
        cells: Mapping[str, Cell],
        corner: Words = "",
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
    ) -> None:
        super().__init__(attrs, choices)
        self.rows, self.columns, self.cells, self.corner = list(rows), list(columns), dict(cells), corner


class CodeInput(forms.TextInput):
    """A reference or a code: read from the left in every language, pasted or typed in any case."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters", "dir": "ltr"}
        super().__init__({**usual, **(attrs or {})})


class PhoneInput(forms.TextInput):
    """A telephone number."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "tel", "dir": "ltr", **(attrs or {})})


class DayInput(forms.TextInput):
    """A day in words or numbers, as people write it; no calendar pops up."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})


class ManyFiles(forms.FileInput):
    """Plain file choice that takes several files."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, **(attrs or {})})


class ManyFilesField(forms.FileField):
    """Any number of files; `cleaned_data` holds a list, empty where none was chosen."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        given = data if isinstance(data, (list, tuple)) else [data]
        files = [file for file in given if file]
        if not files:
            super().clean(None, initial)
            return []
        return [super(ManyFilesField, self).clean(file, initial) for file in files]
