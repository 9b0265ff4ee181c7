"""In which language and time zone a page is made.

Public pages carry their language in the path, `/et/complain/`. Staff pages use what the person prefers. Everything
else goes by the cookie of the language list, then by what the browser asks for.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import is_valid_path
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from amends.ui import current
from amends.ui.access import PUBLIC

#: Answered without asking the database: whether it is there is what they are about.
WITHOUT_DATABASE = ("/health/", settings.STATIC_URL)
YEAR = 365 * 24 * 3600


class Language:
    """Chooses and activates the language, and sends visitors without one in their address to the best there is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        in_path = language_in_path(request.path_info)
        known = [code for code, _name in settings.LANGUAGES]
        # A first guess, so that even the page about a database that is away speaks the right language.
        _activate(request, in_path if in_path in known else best_language(request, known))
        timezone.deactivate()
        if request.path_info.startswith(WITHOUT_DATABASE):
            return self.get_response(request)

        organisation = current.organisation_of(request)
        offered = current.offered_languages(organisation)
        if organisation is not None:
            timezone.activate(organisation.zone)
        is_reading = request.method in {"GET", "HEAD"}
        if in_path and in_path not in offered and is_reading:
            rest = request.get_full_path()[len(in_path) + 1 :]
            return _redirected(f"/{best_language(request, offered)}{rest or '/'}")
        language = in_path if in_path in offered else best_language(request, offered)
        _activate(request, language)
        response = self.get_response(request)
        if response.status_code == 404 and not in_path and is_reading and is_valid_path(f"/{language}{request.path}"):
            return _redirected(f"/{language}{request.get_full_path()}")
        return self._finished(request, response, offered, in_path)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Pages for staff speak the language of the person, who is known by now."""
        user: Any = getattr(request, "user", None)
        if getattr(view, "access", PUBLIC) != PUBLIC and user is not None and user.is_authenticated:
            _activate(request, user.language)
        return None

    def _finished(
        self, request: HttpRequest, response: HttpResponseBase, offered: list[str], in_path: str
    ) -> HttpResponseBase:
        if not in_path:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            chosen = request.GET.get("language", "")
            if chosen in offered:
                response.set_cookie(
                    settings.LANGUAGE_COOKIE_NAME,
                    chosen,
                    max_age=YEAR,
                    secure=settings.LANGUAGE_COOKIE_SECURE,
                    httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                    samesite="Lax",
                )
        response.headers.setdefault("Content-Language", getattr(request, "LANGUAGE_CODE", "en"))
        return response


def language_in_path(path: str) -> str:
    """The language a path begins with, whether offered or not; empty for any other path."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in LANG_INFO and len(first) <= 7 else ""


def best_language(request: HttpRequest, offered: list[str]) -> str:
    """Of the languages offered: the one just chosen, the one of the cookie, what the browser asks for, the first."""
    for wanted in (request.GET.get("language", ""), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")):
        if wanted in offered:
            return wanted
    for wanted, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        for code in (wanted, wanted.partition("-")[0]):
            if code in offered:
                return code
    return offered[0]


def language_links(request: HttpRequest, offered: list[str]) -> list[tuple[str, str, str]]:
    """Code, own name and address of this page in each language offered."""
    in_path = language_in_path(request.path_info)
    links = []
    for code in offered:
        if in_path:
            address = f"/{code}{request.get_full_path()[len(in_path) + 1 :] or '/'}"
        else:
            kept = [(name, value) for name, value in request.GET.items() if name != "language"]
            address = f"{request.path}?{urlencode([*kept, ('language', code)])}"
        links.append((code, current.own_name(code), address))
    return links


def _activate(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language() or language


def _redirected(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response
