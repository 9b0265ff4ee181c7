"""Finding things on a page as people do: by what stands there, in their own language."""

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.words import Words


@dataclass(frozen=True)
class Person:
    """Somebody at a browser, with the language they read."""

    page: Page
    site: str
    say: Words
    name: str
    email: str = ""

    def goes_to(self, path: str) -> None:
        """Open an address of the installation."""
        response = self.page.goto(f"{self.site}{path}")
        assert response is not None
        assert response.ok, f"{path}: {response.status}"


def field(who: Person, label: str, *, within: Page | Locator | None = None) -> Locator:
    """The control with that label, which may be marked as optional."""
    words = re.compile(rf"^\s*{re.escape(who.say(label))}( \(.+\))?$")
    return (within or who.page).get_by_label(words)


def question(who: Person, words: str) -> Locator:
    """A question with answers to choose from."""
    asked = re.compile(rf"^{re.escape(who.say(words))}( \(.+\))?$")
    return who.page.get_by_role("group", name=asked)


def choose(who: Person, words: str, answer: str) -> None:
    """Choose an answer to a question; below it may stand a hint."""
    label = re.compile(rf"^\s*{re.escape(who.say(answer))}")
    question(who, words).get_by_label(label).first.check()


def choose_in_list(who: Person, label: str, option: str, *, within: Locator | None = None) -> None:
    """Choose from a list by the beginning of what stands there."""
    select = field(who, label, within=within)
    words = re.compile(rf"^\s*{re.escape(option)}")
    value = select.locator("option").filter(has_text=words).first.get_attribute("value")
    assert value is not None
    select.select_option(value)


def press(who: Person, text: str, *, last: bool = False) -> None:
    """Press a button."""
    buttons = who.page.get_by_role("button", name=who.say(text), exact=True)
    (buttons.last if last else buttons).click()


def follow(who: Person, text: str) -> None:
    """Follow a link of the page itself."""
    who.page.get_by_role("main").get_by_role("link", name=who.say(text), exact=True).first.click()


def sees(who: Person, text: str, **slots: Any) -> None:
    """There is such a sentence on the page."""
    expect(who.page.get_by_role("main").get_by_text(who.say(text, **slots)).first).to_be_visible()


def sees_heading(who: Person, text: str) -> None:
    """The page is headed so."""
    expect(who.page.get_by_role("heading", level=1)).to_have_text(who.say(text))
