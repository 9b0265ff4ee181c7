"""One installation for all journeys: set up in the browser, its staff invited by mail, served as anybody would."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import trans_real
from playwright.sync_api import Browser, BrowserContext, Page, expect

from amends.kit.text import fold
from amends.people.models import Person as Staff
from tests.journeys import coming_in, steps
from tests.journeys.installation import PATIENCE, Installation, compile_catalogues
from tests.journeys.letterbox import Letterbox
from tests.journeys.pages import Person
from tests.journeys.steps import Codes
from tests.journeys.words import Words
from tests.mailroom.servers import ImapServer, imap_server

MAILBOX = "complaints@larkhaven.example"
PASSWORD = "seven blue herons waiting"
LINK = re.compile(r"http://\S+/invitation/\S+/")
OWN_NAMES = {"en": "English", "tr": "Türkçe"}

#: Handlers decide as well, so that only the rule of the second person keeps them from approving their own response.
STAFF = {
    "liis": ("Liis Tamm", "en", ["Handler", "Decision maker"]),
    "mark": ("Mark Jansen", "en", ["Decision maker"]),
    "selin": ("Selin Aksoy", "tr", ["Handler", "Decision maker"]),
    "emre": ("Emre Kaya", "tr", ["Decision maker"]),
}


@dataclass(frozen=True)
class Larkhaven:
    """The organisation as it stands after the first start, and everybody's letters."""

    installation: Installation
    letterbox: Letterbox
    first_start: str

    @property
    def site(self) -> str:
        """Its address."""
        return self.installation.site


@pytest.fixture(scope="session")
def larkhaven(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Larkhaven]:
    """`amends init`, `amends serve`, the five questions, and four invitations taken up."""
    compile_catalogues()
    trans_real._translations.clear()
    expect.set_options(timeout=PATIENCE * 1000)
    with imap_server() as imap:
        yield from _set_up(browser, tmp_path_factory.mktemp("larkhaven"), imap)


def _set_up(browser: Browser, directory: Path, imap: ImapServer) -> Iterator[Larkhaven]:
    letterbox = Letterbox(MAILBOX, imap.deliver)
    installation = Installation(directory, smtp_port=letterbox.port, mailbox=MAILBOX, mailbox_url=imap.url)
    try:
        link = str(installation.reported("init")["first_start"])
        installation.start()
        made = Larkhaven(installation, letterbox, link)
        context = _new_context(browser, "en")
        clara = Person(context.new_page(), made.site, Words("en"), "Clara Whitfield", "clara@larkhaven.example")
        coming_in.start_first(clara, link, PASSWORD)
        for key, (name, language, roles) in STAFF.items():
            _bring_in(made, clara, browser, Person(clara.page, made.site, Words(language), name, _address(key)), roles)
        context.close()
        yield made
    finally:
        installation.remove()
        letterbox.close()
        expect.set_options(timeout=5000)


def _address(key: str) -> str:
    return f"{key}@larkhaven.example"


def _bring_in(made: Larkhaven, clara: Person, browser: Browser, other: Person, roles: list[str]) -> None:
    coming_in.invite(clara, other, OWN_NAMES[other.say.language], roles)
    subject = other.say("Your access to the complaints of {organisation}", organisation="Larkhaven Utilities")
    letter = made.letterbox.letter(other.email, subject)
    link = LINK.search(letter.text)
    assert link is not None, letter.text
    context = _new_context(browser, other.say.language)
    coming_in.take_up_invitation(replace(other, page=context.new_page()), link[0], PASSWORD)
    context.close()


def bring_in(made: Larkhaven, admin: Person, new_page: Callable[..., Page], name: str, roles: list[str]) -> Person:
    """Somebody more, for one journey: invited, and signed in at a browser of their own."""
    address = f"{fold(name.split()[0])}@larkhaven.example"
    page = new_page(language="en")
    page.context.set_default_timeout(PATIENCE * 1000)
    other = Person(page, made.site, Words("en"), name, address)
    coming_in.invite(admin, other, OWN_NAMES["en"], roles)
    letter = made.letterbox.letter(address, "Your access to the complaints of Larkhaven Utilities")
    link = LINK.search(letter.text)
    assert link is not None, letter.text
    coming_in.take_up_invitation(other, link[0], PASSWORD)
    coming_in.sign_in(other, PASSWORD)
    return other


def _new_context(browser: Browser, language: str) -> BrowserContext:
    context = browser.new_context(locale=language, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE * 1000)
    return context


@pytest.fixture
def visitor(larkhaven: Larkhaven, new_page: Callable[..., Page]) -> Callable[..., Person]:
    """Somebody without an account: `visitor("Mari Saar", "tr", javascript=False)`."""

    def arrives(name: str, language: str = "en", **options: object) -> Person:
        page = new_page(language=language, **options)
        page.context.set_default_timeout(PATIENCE * 1000)
        address = f"{fold(name.split()[0])}@example.org"
        return Person(page, larkhaven.site, Words(language), name, address)

    return arrives


@pytest.fixture
def staff(larkhaven: Larkhaven, new_page: Callable[..., Page]) -> Callable[..., Person]:
    """A member of staff who has just signed in: `staff("liis", width=390, height=844)`."""

    def comes(key: str, **options: object) -> Person:
        name, language, _roles = STAFF.get(key, ("Clara Whitfield", "en", []))
        page = new_page(language=language, **options)
        page.context.set_default_timeout(PATIENCE * 1000)
        person = Person(page, larkhaven.site, Words(language), name, _address(key))
        coming_in.sign_in(person, PASSWORD)
        return person

    return comes


@pytest.fixture
def at_browser(site: str, new_page: Callable[..., Page]) -> Callable[..., Person]:
    """Somebody before an installation inside the test itself, whose clock and database are within reach.

    `at_browser(world.liis)` is signed in; `at_browser("Mari Saar")` is a visitor.
    """
    compile_catalogues()

    def comes(who: Staff | str, **options: object) -> Person:
        page = new_page(language="en", **options)
        if isinstance(who, str):
            return Person(page, site, Words("en"), who, f"{fold(who.split()[0])}@example.org")
        client = Client()
        client.force_login(who)
        page.context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])
        person = Person(page, site, Words("en"), who.name, who.email)
        person.goes_to("/staff/")
        return person

    return comes


@pytest.fixture
def trail(larkhaven: Larkhaven, tmp_path: Path) -> Callable[[Person, Codes, str], None]:
    """`trail(liis, codes, "received assessed …")`: page and export agree on it, and nothing is wrong anywhere."""

    def is_whole(who: Person, codes: Codes, events: str) -> None:
        expected = [f"complaints.{event}" for event in events.split()]
        assert larkhaven.installation.trail_of(codes.reference, tmp_path / "export") == expected
        steps.reads_trail(who, codes.reference, expected)
        larkhaven.installation.verify_alone(tmp_path / "export")
        verdict = larkhaven.installation.reported("journal", "verify")
        assert verdict["ok"], verdict
        found = larkhaven.installation.reported("check")
        assert found["ok"], found
        assert "Traceback" not in larkhaven.installation.logged()

    return is_whole
