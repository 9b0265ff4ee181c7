"""What somebody typed, so that a page which refuses it can give it back."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token

#: Never shown again and never sent a second time by us: passwords, codes and whatever proves who somebody is.
_SECRET = re.compile(r"password|^(.*-)?(code|access_code|draft_code|token|otp|secret|credential)$", re.IGNORECASE)
_LONG = 80
_CODE = 24


@dataclass(frozen=True)
class Typed:
    """One answer. Long ones are shown, the others travel along unseen."""

    name: str
    value: str

    @property
    def is_long(self) -> bool:
        return len(self.value) > _LONG or "\n" in self.value

    @property
    def is_written(self) -> bool:
        """A choice is a code: short, without spaces. Anything else was written by somebody."""
        return len(self.value) > _CODE or any(sign.isspace() for sign in self.value)

    @property
    def rows(self) -> int:
        """How many lines the box needs."""
        return max(4, min(20, self.value.count("\n") + len(self.value) // 70 + 1))


@dataclass(frozen=True)
class Kept:
    """Everything that was typed into a form, except secrets."""

    address: str
    back: str
    csrf_token: str = ""
    typed: list[Typed] = field(default_factory=list)
    files: list[tuple[str, list[str]]] = field(default_factory=list)
    had_secrets: bool = False

    @property
    def can_be_sent_again(self) -> bool:
        """Whether our button can post it once more as it is. A form with a code or password has to be filled in."""
        return bool(self.csrf_token) and not self.had_secrets

    @property
    def written(self) -> list[Typed]:
        """What would be lost on a page that cannot send it again."""
        return [typed for typed in self.typed if typed.is_written]

    @property
    def texts(self) -> list[Typed]:
        """What is worth showing."""
        return [typed for typed in self.typed if typed.is_long]

    @property
    def short(self) -> list[Typed]:
        """What travels in hidden fields."""
        return [typed for typed in self.typed if not typed.is_long]


def kept_from(request: HttpRequest) -> Kept | None:
    """What was posted, or None where nothing was. Never raises: it runs while something else is already wrong."""
    if request.method != "POST":
        return None
    try:
        posted, uploaded = request.POST, request.FILES
    except (MultiPartParserError, SuspiciousOperation, OSError):
        return Kept(request.get_full_path(), _page_of_the_form(request))
    names = [name for name in posted if name != "csrfmiddlewaretoken"]
    return Kept(
        address=request.get_full_path(),
        back=_page_of_the_form(request),
        csrf_token=_token(request) if _came_from_us(request) else "",
        typed=[
            Typed(name, value) for name in names if not _SECRET.search(name) for value in posted.getlist(name) if value
        ],
        files=[(name, [file.name or "" for file in uploaded.getlist(name)]) for name in uploaded],
        had_secrets=any(_SECRET.search(name) for name in names),
    )


def _token(request: HttpRequest) -> str:
    """The token for sending again. Where the check has not run yet, the posted one still fits the cookie."""
    if "CSRF_COOKIE" not in request.META and settings.CSRF_COOKIE_NAME in request.COOKIES:
        return str(request.POST.get("csrfmiddlewaretoken", ""))
    return get_token(request)


def _page_of_the_form(request: HttpRequest) -> str:
    """Where the form stood: not every address that takes a form also shows one."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc and parts.netloc == _host(request):
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path()


def _came_from_us(request: HttpRequest) -> bool:
    """Whether the form stood on one of our own pages.

    Otherwise a stranger's page could post something and have our button "Try again" give it a valid token.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = urlsplit(origin)
    return bool(parts.netloc) and parts.scheme == request.scheme and parts.netloc == _host(request)


def _host(request: HttpRequest) -> str:
    """Ours, or nothing where the browser names a strange one."""
    try:
        return request.get_host()
    except SuspiciousOperation:
        return ""
