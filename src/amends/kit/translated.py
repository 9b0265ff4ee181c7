"""One text in several languages, kept as one value: {"en": "...", "et": "...", "tr": "..."}."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class TranslatedText(Mapping[str, str]):
    """A text by language. `str()` gives it in the language of the reader, else in the best there is."""

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self._texts = {language: text for language, text in (texts or {}).items() if text}

    def __getitem__(self, language: str) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __bool__(self) -> bool:
        return bool(self._texts)

    def __repr__(self) -> str:
        return f"TranslatedText({self._texts!r})"

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._texts.items())))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TranslatedText) and self._texts == other._texts

    def best_language(self, wanted: str) -> str:
        """The language in which the text will be given to somebody who wants `wanted`."""
        for language in (wanted, wanted.partition("-")[0], "en"):
            if language in self._texts:
                return language
        return next(iter(self._texts), wanted)

    def in_language(self, wanted: str) -> str:
        """The text in `wanted`, else in English, else in any language it exists in, else empty."""
        return self._texts.get(self.best_language(wanted), "")

    def __str__(self) -> str:
        return self.in_language(get_language() or "en")

    def as_dict(self) -> dict[str, str]:
        """A plain dictionary for JSON, in a stable order."""
        return dict(sorted(self._texts.items()))


if TYPE_CHECKING:
    _Column = models.JSONField[Any, Any]
else:
    _Column = models.JSONField


class TranslatedTextField(_Column):
    """A column that holds a TranslatedText."""

    description = _("Text in several languages")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> TranslatedText:
        read = super().from_db_value(value, expression, connection)
        return TranslatedText(read or {})

    def to_python(self, value: Any) -> TranslatedText:
        if isinstance(value, TranslatedText):
            return value
        if value is None or isinstance(value, Mapping):
            return TranslatedText(value or {})
        raise ValidationError(_("A text in several languages is needed."))

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, TranslatedText):
            value = value.as_dict()
        return super().get_prep_value(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, TranslatedText):
            value = value.as_dict()
        return super().get_db_prep_value(value, connection, prepared)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return self.to_python(super().pre_save(model_instance, add))
