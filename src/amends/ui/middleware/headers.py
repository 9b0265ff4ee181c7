"""Strict headers on every response (P-38): pages, files, errors and static files alike."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Policy = dict[str, tuple[str, ...]]

POLICY: Policy = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
    "frame-ancestors": ("'none'",),
}
#: The public never needs HTML made by script; htmx, which staff pages have, does.
NO_SCRIPTED_HTML: Policy = {"require-trusted-types-for": ("'script'",), "trusted-types": ("'none'",)}
WITH_SCRIPTED_HTML = ("/staff/", "/settings/", "/accounts/")

_NO_FALLBACK = {"form-action", "base-uri", "frame-ancestors", "sandbox", *NO_SCRIPTED_HTML}
_UNUSED_FEATURES = [
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "speaker-selection",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
]
_FEATURES_USED = {"clipboard-write", "publickey-credentials-create", "publickey-credentials-get"}
PERMISSIONS = ", ".join(
    [f"{name}=()" for name in _UNUSED_FEATURES] + [f"{name}=(self)" for name in sorted(_FEATURES_USED)]
)


class StrictHeaders:
    """The outermost middleware. A view may tighten its content policy; what would loosen it is taken out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        ours = POLICY if request.path.startswith(WITH_SCRIPTED_HTML) else POLICY | NO_SCRIPTED_HTML
        own = response.get("Content-Security-Policy", "")
        response["Content-Security-Policy"] = written(narrowed(ours, read(own)) if own else ours)
        response["X-Content-Type-Options"] = "nosniff"
        response["Referrer-Policy"] = "same-origin"
        response["Cross-Origin-Opener-Policy"] = "same-origin"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = PERMISSIONS
        if not _is_static_file(request, response):
            response["Cache-Control"] = "no-store"
        if settings.IS_HTTPS:
            response["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
        return response


def _is_static_file(request: HttpRequest, response: HttpResponseBase) -> bool:
    return request.path.startswith(settings.STATIC_URL) and response.status_code in {200, 206, 304}


def read(policy: str) -> Policy:
    """A content policy as a dictionary."""
    parts = [directive.split() for directive in policy.split(";") if directive.strip()]
    return {part[0].lower(): tuple(part[1:]) for part in parts}


def written(policy: Policy) -> str:
    """A content policy as a header."""
    return "; ".join(" ".join((name, *sources)) for name, sources in policy.items())


def narrowed(ours: Policy, own: Policy) -> Policy:
    """What both policies allow: the view's own one can only take away."""
    result: Policy = {}
    for name, allowed in ours.items():
        asked = own.get(name) if name in _NO_FALLBACK else own.get(name, own.get("default-src"))
        result[name] = _both(allowed, asked)
    for name, asked in own.items():
        if name not in ours:
            result[name] = asked if name in _NO_FALLBACK else _both(ours["default-src"], asked)
    nothing = ("'none'",)
    return {
        name: sources
        for name, sources in result.items()
        if name == "default-src" or name in _NO_FALLBACK or sources != nothing
    }


def _both(ours: tuple[str, ...], own: tuple[str, ...] | None) -> tuple[str, ...]:
    if own is None:
        return ours
    shared = tuple(source for source in ours if source in own)
    return shared or ("'none'",)
