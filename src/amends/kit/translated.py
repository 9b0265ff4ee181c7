"""One text in several languages, kept as one value: {"en": "...", "et": "...", "tr": "..."}."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KeyTransform
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


def _is_text_by_language(language: object, text: object) -> bool:
    return isinstance(language, str) and (text is None or isinstance(text, str))


if TYPE_CHECKING:
    _Column = models.JSONField[Any, Any]
else:
    _Column = models.JSONField


class TranslatedTextField(_Column):
    """A column that holds a TranslatedText."""

    description = _("Text in several languages")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        read = super().from_db_value(value, expression, connection)
        # `label__en` in a query gives one of the texts, not all of them.
        return read if isinstance(expression, KeyTransform) else TranslatedText(read or {})

    def to_python(self, value: Any) -> TranslatedText:
        if isinstance(value, TranslatedText):
            return value
        value = {} if value is None else value
        if isinstance(value, Mapping) and all(_is_text_by_language(*pair) for pair in value.items()):
            return TranslatedText(value)
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
        text = self.to_python(super().pre_save(model_instance, add))
        # A row that was given a dictionary has its text from now on, not only when it is read again.
        setattr(model_instance, self.attname, text)
        return text

    def get_default(self) -> TranslatedText:
        return self.to_python(super().get_default())

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value.as_dict() if isinstance(value, TranslatedText) else value, model_instance)

    def value_to_string(self, obj: models.Model) -> Any:
        return self.to_python(self.value_from_object(obj)).as_dict()
