"""Strict headers on every response, whatever kind it is (P-38)."""

import pytest
from django.test import Client

from amends.ui.middleware.headers import narrowed, read, written

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.pages")]

ADDRESSES = {
    "public page": "/en/",
    "redirect": "/",
    "sign-in": "/accounts/login/",
    "staff page, signed out": "/staff/told/",
    "not found": "/en/nothing/",
    "not allowed method": "/settings/session/",
    "refusal": "/refuse/stale/",
    "our mistake": "/mistake/",
    "disk full": "/fill-disk/",
    "stream": "/file/",
    "static file": "/static/ui/amends.css",
    "static file that is not there": "/static/ui/none.css",
    "address that tries to leave": "/static/../../etc/passwd",
}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_every_kind_of_response_has_them(address: str, client: Client) -> None:
    response = client.get(address)
    policy = read(response["Content-Security-Policy"])
    assert policy["default-src"] == ("'none'",)
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == ("'self'",)
    assert policy["frame-ancestors"] == policy["base-uri"] == ("'none'",)
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "Strict-Transport-Security" not in response  # plain http here
    list(response)


@pytest.mark.parametrize("address", [a for a in ADDRESSES.values() if a != "/static/ui/amends.css"])
def test_nothing_is_stored_but_static_files(address: str, client: Client) -> None:
    assert client.get(address)["Cache-Control"] == "no-store"


def test_static_files_are_stored(client: Client) -> None:
    response = client.get("/static/ui/amends.css")
    assert response.status_code == 200
    assert "no-store" not in response.get("Cache-Control", "")


def test_hsts_stands_on_everything_under_https(client: Client, settings) -> None:
    settings.IS_HTTPS, settings.SECURE_HSTS_SECONDS = True, 63_072_000
    for address in ("/en/", "/mistake/", "/static/ui/amends.css"):
        assert client.get(address)["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


@pytest.mark.parametrize("address", ["/en/", "/refuse/stale/", "/appearance/", "/strict/"])
def test_public_pages_cannot_make_html_by_script(address: str, client: Client) -> None:
    policy = read(client.get(address)["Content-Security-Policy"])
    assert policy["require-trusted-types-for"] == ("'script'",)
    assert policy["trusted-types"] == ("'none'",)


@pytest.mark.parametrize("address", ["/staff/told/", "/accounts/login/", "/settings/components/"])
def test_staff_pages_may_because_htmx_does(address: str, client: Client) -> None:
    assert "trusted-types" not in client.get(address)["Content-Security-Policy"]


def test_a_view_may_tighten_its_policy(client: Client) -> None:
    policy = read(client.get("/strict/")["Content-Security-Policy"])
    assert policy["default-src"] == ("'none'",)
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert policy["frame-ancestors"] == ("'none'",)


def test_a_view_cannot_loosen_anything(client: Client) -> None:
    response = client.get("/loose/")
    policy = read(response["Content-Security-Policy"])
    assert policy["default-src"] == ("'none'",)
    assert policy["script-src"] == ("'self'",)
    assert "img-src" not in policy
    assert policy["frame-ancestors"] == ("'none'",)
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "same-origin"


def test_a_directive_we_do_not_know_falls_back_to_nothing() -> None:
    ours = read("default-src 'none'; script-src 'self'")
    assert written(narrowed(ours, read("worker-src *; script-src 'none'"))) == "default-src 'none'"
