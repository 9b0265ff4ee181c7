"""Languages beyond those that the pages speak: what a text can be written or translated in."""

from typing import Literal

from django.conf.locale import LANG_INFO

from amends.framework.models import Organisation
from amends.ui.current import offered_languages

#: Written in two ways that are not read by the same people.
_SCRIPTS = frozenset({"zh-hans", "zh-hant", "sr-latn"})


def called(language: str) -> str:
    """A language as its speakers call it, or its code where nobody told us."""
    found = LANG_INFO.get(language, {}).get("name_local")
    return str(found).capitalize() if found else language


def direction_of(language: str) -> Literal["ltr", "rtl"]:
    """From which side it is read."""
    return "rtl" if LANG_INFO.get(language, {}).get("bidi") else "ltr"


def all_languages(organisation: Organisation | None) -> list[tuple[str, str]]:
    """Those that the organisation offers first, then the others by their own names, without variants of countries."""
    first = offered_languages(organisation)
    others = [
        (code, called(code))
        for code, facts in LANG_INFO.items()
        if "name_local" in facts and code not in first and ("-" not in code or code in _SCRIPTS)
    ]
    return [*((code, called(code)) for code in first), *sorted(others, key=lambda pair: pair[1].casefold())]
