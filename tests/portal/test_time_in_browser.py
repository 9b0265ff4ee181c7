"""Every state of our time on the public pages, and why a date is what it is, before axe and a ruler."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from amends.complaints import actions
from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.kit.ids import access_code_from
from tests import builders
from tests.browser import LOOKS
from tests.cast import World
from tests.complaints.clocks import apply_pack, clock
from tests.portal.conftest import NOW, Moment
from tests.portal.test_portal_in_browser import larkhaven, tracks  # noqa: F401
from tests.portal.test_progress import ask
from tests.portal.test_timing import looked_into, passes
from tests.portal.visitor import TOKEN, a_complaint_with_code

pytestmark = [pytest.mark.browser, pytest.mark.looks]

Look = Callable[[str, str], None]


@pytest.fixture
def look(site: str, new_page: Callable[..., Page], axe: Callable[[Page], list[str]]) -> Look:
    """Open a page in every way of LOOKS, and ask axe; from right to left at 320 px, and measure."""

    def look(name: str, address: str) -> None:
        wrong: list[str] = []
        page.goto(f"{site}/en/{address}")
        for width, theme in LOOKS:
            page.emulate_media(color_scheme=theme)
            page.set_viewport_size({"width": width, "height": 900})
            wrong.extend(f"{name} {width} {theme}: {line}" for line in axe(page))
        page.set_viewport_size({"width": 320, "height": 900})
        for direction in ("rtl", "ltr"):
            page.evaluate("direction => { document.documentElement.dir = direction }", direction)
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wrong.append(f"{name} {direction}: scrolls sideways at 320 px")
        assert not wrong, "\n".join(wrong)

    page = new_page()
    look.page = page  # type: ignore[attr-defined]
    return look


def follow(look: Look, site: str, complaint: Complaint, code: str) -> None:
    page: Page = look.page  # type: ignore[attr-defined]
    page.context.clear_cookies()
    tracks(page, site, complaint.reference, code)


def test_standing_still_longer_and_late(site: str, larkhaven: World, moment: Moment, look: Look) -> None:  # noqa: F811
    complaint, code = looked_into(larkhaven), access_code_from(TOKEN, settings.AMENDS_TRACKING_KEY)
    follow(look, site, complaint, code)
    look("on time", "track/view/")
    look("why, on time", "track/date/")
    deadline = clock(complaint, "decision")
    reason = "The laboratory that looks at the water needs another week for its report."
    actions.extend(deadline, reason=reason, by=larkhaven.as_(larkhaven.liis), at=NOW)
    look("longer", "track/view/")
    ask(larkhaven, complaint)
    look("standing still", "track/view/")
    look("why, standing still and longer", "track/date/")
    moment.later(days=7)
    actions.reply(complaint, text="No.", by=builders.the_complainant(complaint), at=moment.now)
    passes(complaint, moment)
    follow(look, site, complaint, code)
    look("late", "track/view/")
    look("why, late", "track/date/")


def test_silence_and_the_time_for_a_body_outside(site: str, larkhaven: World, moment: Moment, look: Look) -> None:  # noqa: F811
    apply_pack(larkhaven, "uk-fca-disp")
    told, code = a_complaint_with_code(larkhaven, Stage.COMMUNICATED)
    follow(look, site, told, code)
    look("decision with a time for a body outside", "track/decision/")
    look("why, several dates", "track/date/")
    moment.later(minutes=1)
    apply_pack(larkhaven, "estonia")
    silent, code = a_complaint_with_code(larkhaven, Stage.INVESTIGATING, token="another")
    passes(silent, moment)
    follow(look, site, silent, code)
    look("silence", "track/view/")
    look("why, silence", "track/date/")


def test_what_is_promised_to_everybody(site: str, larkhaven: World, look: Look) -> None:  # noqa: F811
    look("home", "")
    look("before you start", "complain/")
    look("how it works", "how-it-works/")


def test_the_sum_can_be_opened_and_printed_without_javascript(
    site: str,
    larkhaven: World,  # noqa: F811
    new_page: Callable[..., Page],
) -> None:
    page = new_page(javascript=False)
    complaint = looked_into(larkhaven)
    tracks(page, site, complaint.reference, access_code_from(TOKEN, settings.AMENDS_TRACKING_KEY))
    page.get_by_role("link", name="Why this date?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why this date?")
    page.get_by_text("Show as table").click()
    expect(page.get_by_role("region", name="Every day of the time").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("So we have until Monday 23 March 2026.")).to_be_visible()
    expect(page.get_by_role("cell", name="Weekend").first).to_be_visible()
    page.get_by_role("link", name="Back to your complaint").is_hidden()
