"""Every view says who may open it, or stands on the list of those that anybody may."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.views.generic import TemplateView

from amends.people.permissions import May
from amends.permissions.engine import all_rules
from amends.ui.access import PUBLIC, needs, public

#: Views of django-allauth, by the name of their route: each checks by itself who may use it.
ALLAUTH = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate_webauthn",
}


def routes(patterns: list[URLPattern | URLResolver], above: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route with its whole address."""
    for pattern in patterns:
        address = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        else:
            yield address, pattern


def declared_access(patterns: list[URLPattern | URLResolver]) -> dict[str, Any]:
    """What each route needs; None where nothing is said."""
    return {address: access_of(pattern) for address, pattern in routes(patterns)}


def access_of(pattern: URLPattern) -> Any:
    """What the view behind a route says of itself."""
    is_allauth = pattern.callback.__module__.startswith("allauth.")
    if is_allauth and pattern.name in ALLAUTH:
        return PUBLIC
    return getattr(pattern.callback, "access", None)


def undeclared(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """Routes that say nothing, or that need an act which no table names and nobody could do."""
    known = {PUBLIC, *all_rules()}
    return [address for address, access in declared_access(patterns).items() if access not in known]


def test_every_route_declares_access() -> None:
    assert undeclared(get_resolver().url_patterns) == []


def test_the_walk_reaches_the_routes_that_exist() -> None:
    found = declared_access(get_resolver().url_patterns)
    assert found["settings/components/"] == May.WORK_HERE
    assert found["appearance/"] == PUBLIC
    assert found["accounts/login/"] == PUBLIC
    assert len(found) > 20


def test_the_list_names_the_views_of_the_library_that_exist_and_no_others() -> None:
    found = [pattern for _address, pattern in routes(get_resolver().url_patterns)]
    assert {pattern.name for pattern in found if pattern.callback.__module__.startswith("allauth.")} == ALLAUTH


def silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@public
def open_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@needs(May.WORK_HERE)
def for_staff(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_a_view_that_says_nothing_fails() -> None:
    patterns = [
        path("open/", open_to_all),
        path("staff/", for_staff),
        path("silent/", silent),
        path("deep/", ([path("class/", TemplateView.as_view(template_name="x"))], "deep", "deep")),
    ]
    assert undeclared(patterns) == ["silent/", "deep/class/"]


def test_the_name_of_a_listed_view_protects_no_other() -> None:
    assert undeclared([path("accounts/login/", silent, name="account_login")]) == ["accounts/login/"]
