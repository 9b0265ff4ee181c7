"""The newer public pages for everybody: axe, small screens, big letters, own spacing, forced colours, paper, Arabic."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from playwright.sync_api import Page, expect

from amends.complaints import actions
from amends.complaints.actors import VISITOR
from amends.complaints.models import Complaint
from amends.framework.actions.change_public_text import change_public_text
from amends.framework.models import OutsideBody, PublicText
from amends.kit.ids import compact, read_access_code, read_reference
from amends.kit.translated import TranslatedText
from amends.portal.receipts import receipt_for
from amends.reactions import worker
from tests import builders
from tests.cast import World
from tests.portal.conftest import NOW
from tests.portal.test_portal_in_browser import larkhaven, tracks  # noqa: F401
from tests.portal.visitor import a_complaint_with_code

#: "The water was cut off on Monday and nobody told us. Invoice ABC-12."
ARABIC = "انقطع الماء يوم الاثنين ولم يخبرنا أحد. الفاتورة ABC-12."
#: WCAG 1.4.12.
SPACING = (
    "() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: "
    ".12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }');"
    " document.adoptedStyleSheets = [sheet] }"
)
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Look:
    """Looks at one page after the other and notes what is wrong with it."""

    def __init__(self, page: Page, site: str, axe: Any) -> None:
        self.page, self.site, self.axe = page, site, axe
        self.wrong: list[str] = []

    def __call__(self, name: str, address: str | None = None) -> None:
        page = self.page
        if address is not None:
            page.goto(f"{self.site}{address}")
        for width, dark in ((1440, False), (390, True)):
            page.emulate_media(color_scheme="dark" if dark else "light")
            page.set_viewport_size({"width": width, "height": 900})
            self.wrong += [f"{name} {width} {'dark' if dark else 'light'}: {line}" for line in self.axe(page)]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 320, "height": 900})
        for direction in ("rtl", "ltr"):
            page.evaluate("direction => { document.documentElement.dir = direction }", direction)
            self._sideways(f"{name} {direction} at 320 px")
        page.evaluate(SPACING)
        self._sideways(f"{name} with the spacing of WCAG")
        page.evaluate("document.adoptedStyleSheets = []")
        page.set_viewport_size({"width": 640, "height": 900})
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        self._sideways(f"{name} with letters twice as big")
        page.evaluate("document.documentElement.style.removeProperty('font-size')")
        page.emulate_media(forced_colors="active")
        for button in page.locator("main .button:visible").all()[:3]:
            style = button.evaluate("e => getComputedStyle(e).borderTopStyle + getComputedStyle(e).borderTopWidth")
            if style in {"none0px", "solid0px"}:
                self.wrong.append(f"{name}: a button has no edge in forced colours")
        page.emulate_media(forced_colors="none", media="print")
        if page.locator("main .only-screen:visible").count():
            self.wrong.append(f"{name}: what is for the screen only is printed")
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1440, "height": 900})

    def _sideways(self, where: str) -> None:
        if self.page.evaluate(SIDEWAYS):
            self.wrong.append(f"{where}: scrolls sideways")


@pytest.mark.browser
@pytest.mark.looks
def test_every_newer_page_for_everybody(
    site: str,
    larkhaven: World,  # noqa: F811
    new_page: Callable[..., Page],
    axe: Any,
) -> None:
    world = larkhaven
    clara = world.as_(world.clara)
    change_public_text(
        PublicText.Code.POLICY, TranslatedText({"en": "We listen.\n\n" + ARABIC}), seen=0, by=clara, at=NOW
    )
    long_name = "Wasserversorgungsschlichtungsstelle der Donaudampfschifffahrt"
    OutsideBody.objects.create(code="long", name=TranslatedText({"en": long_name}), web_address="https://long.example")
    complaint, _code = a_complaint_with_code(world, text=ARABIC, language="en")
    page = new_page()
    look = Look(page, site, axe)
    for name in ("how-it-works/", "policy/", "leaflet/", "accessibility/", "lost-codes/", "lost-codes/sent/"):
        look(name, f"/en/{name}")

    receipt = receipt_for(complaint)
    assert receipt is not None
    page.goto(f"{site}/en/verify/")
    page.get_by_label("Reference").fill(complaint.reference)
    page.get_by_label("Proof of receipt").fill(receipt.leaf)
    page.get_by_role("button", name="Check the proof").press("Enter")
    expect(page.get_by_text("Yes. This complaint stands in our register")).to_be_visible()
    look("proof checked")

    # By keyboard alone: a code by mail, typed on the tracking page, becomes a new access code.
    mail.outbox.clear()
    page.goto(f"{site}/en/lost-codes/")
    page.get_by_label("Reference").focus()
    page.keyboard.type(complaint.reference.lower())
    page.keyboard.press("Tab")
    page.keyboard.type("MARI@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    worker.drain()
    [body] = [each.body for each in mail.outbox if each.to == ["mari@example.org"] and "24 hours" in each.body]
    [typed] = re.findall(r"^(\w{4}-\w{4}-\w{4})$", body, re.MULTILINE)
    tracks(page, site, complaint.reference, typed)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your new access code")
    look("new code")
    page.get_by_role("link", name="See your complaint").click()

    actions.write_message(complaint, text=ARABIC, needs_reply=True, by=world.as_(world.liis), at=NOW)
    look("tracking with Arabic", "/en/track/view/")
    page.evaluate("document.documentElement.dir = 'rtl'")
    question = page.locator(".card-warn .written").first
    assert question.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator(".reference").first.evaluate("e => getComputedStyle(e).direction") == "ltr"
    page.get_by_role("link", name="Change how we reach you").click()
    page.get_by_label("By telephone").check()
    page.get_by_role("button", name="Save how you reach me").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a telephone number, or choose another way.")
    look("another address with an error")
    page.goto(f"{site}/en/track/withdraw/")
    page.get_by_role("button", name="Withdraw my complaint").click()
    look("withdrawn")
    page.get_by_role("button", name="Take back my withdrawal").click()
    expect(page.get_by_text("We go on with your complaint.")).to_be_visible()

    client = Client()
    client.force_login(world.clara)
    page.context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])
    look("public information", "/settings/public-texts/")
    look("own words", "/settings/public-texts/policy/")
    assert look.wrong == []


def test_turkish_letters_in_names_and_codes(world: World) -> None:
    """İ and ı are letters of names and never taken for I or i; in codes, which do not hold them, they are refused."""
    name = "Işıl İnönü-Iğdır"
    complaint = builders.a_complaint(
        world, language="tr", complainant=builders.Contact(name=name, email="isil@example.org", contact_by="email")
    )
    assert Complaint.objects.get(pk=complaint.pk).parties.get(role="complainant").name == name
    for letter in "ıİ":
        assert letter in compact(f"LAU{letter}26"), "left as it is, never guessed"
        assert read_reference(complaint.reference.replace("-", letter)) is None
        assert read_access_code(letter * 18) is None
    assert read_reference(complaint.reference.lower()) == complaint.reference
    later = world.at + timedelta(minutes=1)
    # Somebody with a Turkish keyboard types the address in capitals.
    actions.ask_for_code(complaint, email="ISIL@EXAMPLE.ORG", by=VISITOR, at=later)
