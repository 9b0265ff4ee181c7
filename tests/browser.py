"""A real browser and a real server for the tests that need them.

    @pytest.mark.browser
    def test_something(site, new_page, axe):
        page = new_page(width=390, dark=True)
        page.goto(site + "/accounts/login/")
        assert axe(page) == []

`site` serves the whole application, middlewares and static files included, from a database of the test's own.
"""

import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any, Literal
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
#: How a page is looked at: on a desk in light and on a phone in the dark; with `--everywhere` all four ways.
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((1440, "light"), (390, "dark"))
if os.environ.get("AMENDS_EVERY_LOOK"):
    LOOKS = (*LOOKS, (1440, "dark"), (390, "light"))
#: Where each look is noted as a line of JSON, for bench/looks.py.
NOTED = os.environ.get("AMENDS_NOTE_LOOKS")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str | None:
    """The browser to drive; None leaves it to playwright's own."""
    for place in (os.environ.get("AMENDS_CHROMIUM"), "/usr/bin/chromium", shutil.which("chromium")):
        if place and Path(place).exists():
            return place
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # With that loop the thread counts as another place, with connections of its own; those from before would stay open
    # for ever, and PostgreSQL copies no database that somebody is connected to.
    connections.close_all()
    expect.set_options(timeout=15_000)  # two browsers and two servers may share two cores
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield started
        connections.close_all()
        started.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page in a browser without history: `new_page(width=390, dark=True, javascript=False, language="et")`.

    A mistake in a script or a breach of the content policy fails the test at its end, unless its message holds what the
    test is `expecting`.
    """
    contexts, complaints = [], []

    def open_page(
        width: int = 1440,
        *,
        dark: bool = False,
        javascript: bool = True,
        language: str = "en",
        height: int = 900,
        expecting: str = "",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale=language,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _note(complaints, page, message, expecting))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _note(complaints: list[str], page: Page, message: Any, expecting: str) -> None:
    # An answer that is an error, or none at all, is the test's own business.
    is_answer = message.text.startswith("Failed to load resource")
    is_expected = bool(expecting) and expecting in message.text
    if message.type == "error" and not is_answer and not is_expected:
        complaints.append(f"{page.url}: {message.text}")


def settled(page: Page) -> None:
    """Wait until the scripts of the page have started. For pages with JavaScript only: without, it waits in vain."""
    page.wait_for_selector("html[data-ready]", state="attached")


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """What axe finds wrong on a page, one line each; empty is good."""
    source = AXE.read_text(encoding="utf-8")

    def violations(page: Page, within: str = "html") -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        found = page.evaluate(
            "([within, rules]) => axe.run(within, {runOnly: rules, resultTypes: ['violations']})", [within, RULES]
        )
        wrong = [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]
        if NOTED:
            is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
            look = {
                "address": page.url,
                "width": page.evaluate("innerWidth"),
                "theme": "dark" if is_dark else "light",
                "violations": len(wrong),
            }
            with Path(NOTED).open("a", encoding="utf-8") as notes:
                notes.write(json.dumps(look) + "\n")
        return wrong

    return violations


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing: the tests look at answers, not at logs."""


@pytest.fixture
def site(own_database: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a running server, like http://localhost:45678, on a database of its own with real commits."""
    application = get_wsgi_application()

    def serve(environ: Any, start_response: Any) -> Any:
        try:
            return application(environ, start_response)
        finally:
            connections.close_all()

    with django_db_blocker.unblock():
        server = make_server("127.0.0.1", 0, serve, server_class=_Server, handler_class=_Quiet)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
