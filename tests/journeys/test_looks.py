"""axe on the pages that no other browser test opens, as a real installation serves them, in light and in dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import LOOKS
from tests.journeys import steps
from tests.journeys.pages import field, follow, press, sees_heading

pytestmark = [pytest.mark.browser, pytest.mark.looks]


@pytest.fixture
def look(axe: Callable[[Page], list[str]]) -> Callable[[Page, str], None]:
    """`look(page, "what it is")`, on a desk and on a phone."""

    def is_accessible(page: Page, name: str) -> None:
        for width, theme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            assert axe(page) == [], f"{name}, {width}, {theme}"
        page.set_viewport_size({"width": 1440, "height": 900})

    return is_accessible


def test_pages_about_a_complaint_on_its_way(staff, visitor, look) -> None:
    liis = staff("liis")
    codes = steps.record_call(liis, "Juta Saar", "+372 5555 0101")
    look(liis.page, "complaint saved")
    steps.has_told(liis)
    look(liis.page, "receipt confirmed just now")
    steps.assess(liis, handler=liis.name)
    steps.investigate(liis)
    steps.write(liis, "Juta Saar", "Which number did you call?", needs_reply=True)
    steps.record_finding(liis, "Not upheld", "The notice hung on the door.")
    steps.propose(liis, "The notice hung on the door.", "It was hung up on Friday.", remedy="A list of notices")
    liis.goes_to(f"/staff/complaints/{codes.reference}/approval/")
    look(liis.page, "approval by somebody else")
    mark = staff("mark")
    steps.approve(mark, codes.reference)
    look(mark.page, "approved just now")
    steps.open_complaint(liis, codes.reference)
    steps.communicate(liis)
    juta = visitor("Juta Saar")
    steps.track(juta, codes)
    look(juta.page, "decision ready, with a question that nobody answered")
    follow(juta, "Read the decision")
    steps.disagree(juta, "There was no notice.")
    look(juta.page, "not agreed just now")
    juta.goes_to("/en/track/decision/")
    look(juta.page, "a decision that was not accepted")


def test_pages_of_signing_in(larkhaven, staff, visitor, look) -> None:
    somebody = visitor("Somebody")
    somebody.goes_to("/accounts/forgotten/")
    look(somebody.page, "forgotten password")
    field(somebody, "E-mail address").fill("nobody@larkhaven.example")
    press(somebody, "Send the link")
    sees_heading(somebody, "Look into your mailbox")
    look(somebody.page, "link on its way")
    somebody.goes_to("/accounts/login/")
    field(somebody, "E-mail address").fill("nobody@larkhaven.example")
    field(somebody, "Password").fill("wrong")
    press(somebody, "Sign in")
    look(somebody.page, "wrong password")
    for address in ("/accounts/signup/", "/staff/", "/en/track/nothing/"):
        somebody.page.goto(larkhaven.site + address)
        look(somebody.page, address)

    mark = staff("mark")
    for address in ("2fa/", "password/change/", "logout/", "2fa/webauthn/"):
        mark.goes_to(f"/accounts/{address}")
        look(mark.page, address)
    mark.goes_to("/accounts/2fa/totp/activate/")
    look(mark.page, "password again, or the app")
    mark.page.goto(f"{larkhaven.site}/staff/complaints/LAU-26-AAAAAAAA/")
    look(mark.page, "no such complaint")
