"""What every page needs to know about the installation, read once per request."""

from typing import Any

from babel import Locale
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_info

from amends.framework.models import Organisation
from amends.framework.queries import organisation

THEME_COOKIE = "theme"
THEMES = ("light", "dark")

_last_seen: Organisation | None = None


def organisation_of(request: HttpRequest) -> Organisation | None:
    """The organisation, read from the database once per request; None before the first start."""
    known: Any = request
    if not hasattr(known, "_organisation"):
        known._organisation = organisation()
        _remember(known._organisation)
    found: Organisation | None = known._organisation
    return found


def _remember(found: Organisation | None) -> None:
    global _last_seen
    _last_seen = found


def last_seen_organisation() -> Organisation | None:
    """The organisation as this process saw it last: for pages that have to be made while the database is away."""
    return _last_seen


def offered_languages(found: Organisation | None) -> list[str]:
    """The languages people may choose, in the organisation's order; all that Amends speaks before the first start."""
    known = [code for code, _name in settings.LANGUAGES]
    offered = [code for code in found.languages if code in known] if found else known
    return offered or known


def own_name(language: str) -> str:
    """A language as its speakers call it."""
    return str(get_language_info(language)["name_local"]).capitalize()


def direction(language: str) -> str:
    """ltr or rtl."""
    return str(Locale.parse(language.replace("-", "_")).text_direction)


def chosen_theme(request: HttpRequest, preferred: str = "") -> str:
    """light, dark, or empty for as the device: the cookie of this device first, then what the person prefers."""
    of_device = request.COOKIES.get(THEME_COOKIE, "")
    if of_device in THEMES:
        return of_device
    return preferred if preferred in THEMES else ""
