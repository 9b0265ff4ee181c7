"""Pages in a real browser: accessible, whole on small screens, and what the small modules do."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.cast import World
from tests.ui import pages
from tests.ui.conftest import found_organisation

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.urls("tests.ui.pages")]

NewPage = Callable[..., Page]
THEMES = [pytest.param(False, id="light"), pytest.param(True, id="dark")]
WIDTHS = [1440, 390]


@pytest.fixture
def larkhaven(site: str) -> World:
    world = cast.world()
    found_organisation()
    pages.DRAFTS.clear()
    return world


@pytest.fixture
def staff_page(site: str, larkhaven: World, new_page: NewPage, sign_in: Any) -> Callable[..., Page]:
    """A page on which Liis is signed in."""

    def open_page(address: str, width: int = 1440, **options: Any) -> Page:
        page = new_page(width, **options)
        sign_in(page, site, larkhaven.liis)
        page.goto(site + address)
        if options.get("javascript", True) and address.startswith("/settings/"):
            page.wait_for_selector("html[data-ready]", state="attached")
        return page

    return open_page


def opened(page: Page, address: str) -> Page:
    """The page once its scripts have started."""
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached")
    return page


# ---------------------------------------------------------------- accessible, and whole


@pytest.mark.parametrize("dark", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_all_components_are_accessible(width: int, dark: bool, staff_page: Any, axe: Any) -> None:
    page = staff_page("/settings/components/?state=wrong", width, dark=dark)
    assert axe(page) == []
    page.get_by_role("tab", name="Internal note").click()
    assert axe(page, "#composer") == []
    page.get_by_role("button", name="Open the drawer").click()
    assert axe(page) == []


@pytest.mark.parametrize("dark", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_for_everybody_are_accessible(
    width: int, dark: bool, site: str, larkhaven: World, new_page: NewPage, axe: Any, settings: Any
) -> None:
    settings.AMENDS_DEMO = True
    page = new_page(width, dark=dark)
    signing_in = ("/accounts/login/", "/accounts/forgotten/", "/accounts/forgotten/asked/", "/accounts/signup/")
    for address in (*signing_in, "/en/complain/", "/appearance/", "/en/nothing/"):
        page.goto(site + address)
        assert axe(page) == [], address
    page.goto(f"{site}/en/complain/")
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_title("Error: What went wrong · Larkhaven Utilities")
    assert axe(page) == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_scrolls_sideways_on_the_smallest_screen(direction: str, staff_page: Any, site: str, axe: Any) -> None:
    page = staff_page("/settings/components/?state=wrong", 320)
    for address in ("/settings/components/?state=wrong", "/en/complain/", "/accounts/login/", "/settings/preferences/"):
        page.goto(site + address)
        page.evaluate("direction => { document.documentElement.dir = direction }", direction)
        # WCAG 1.4.12: the page has to bear this spacing.
        page.evaluate(
            "() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('* { line-height: 1.5; letter-spacing: .12em;"
            " word-spacing: .16em } p { margin-block-end: 2em }'); document.adoptedStyleSheets = [sheet] }"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    page.goto(f"{site}/settings/components/")
    page.evaluate("direction => { document.documentElement.dir = direction }", direction)
    assert axe(page) == []


def test_a_chosen_theme_wins_over_the_device(site: str, larkhaven: World, new_page: NewPage) -> None:
    page = new_page(dark=True)
    page.goto(f"{site}/appearance/?next=/accounts/login/")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_label("Light").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") not in {dark, "rgba(0, 0, 0, 0)"}


def test_our_font_arrives(site: str, larkhaven: World, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{site}/accounts/login/")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Inter'))")
    assert page.evaluate("[...document.fonts].some(font => font.family.includes('Inter') && font.status === 'loaded')")


# ---------------------------------------------------------------- without script


def test_without_script_everything_is_there(site: str, larkhaven: World, new_page: NewPage, sign_in: Any) -> None:
    page = new_page(390, javascript=False)
    page.goto(f"{site}/en/complain/")
    expect(page.get_by_label("Date (optional)")).to_be_visible()  # would be revealed
    page.get_by_label("What happened?").fill("No water.")
    page.get_by_label("I am not sure").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Sent")).to_be_visible()

    sign_in(page, site, larkhaven.liis)
    page.goto(f"{site}/settings/components/")
    expect(page.get_by_label("Message to M. Saar")).to_be_visible()
    expect(page.get_by_label("Internal note")).to_be_visible()
    page.get_by_role("link", name="More", exact=True).click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    page.get_by_role("link", name="Close menu").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


# ---------------------------------------------------------------- what the modules do


def test_characters_are_counted_and_never_cut(site: str, larkhaven: World, new_page: NewPage) -> None:
    page = new_page()
    opened(page, f"{site}/en/complain/")
    page.get_by_label("What happened?").fill("x" * 203)
    expect(page.locator("#id_what_count")).to_have_text("You have 3 characters too many")
    expect(page.locator("[data-count-status]")).to_have_text("You have 3 characters too many")
    page.get_by_label("What happened?").fill("x" * 199)
    expect(page.locator("#id_what_count")).to_have_text("You have 1 character left")
    assert page.get_by_label("What happened?").input_value() == "x" * 199


def test_a_field_appears_with_its_option(site: str, larkhaven: World, new_page: NewPage) -> None:
    page = new_page()
    opened(page, f"{site}/en/complain/")
    expect(page.get_by_label("Date (optional)")).to_be_hidden()
    page.get_by_label("On a date I know").check()
    expect(page.get_by_label("Date (optional)")).to_be_visible()
    page.get_by_label("I am not sure").check()
    expect(page.get_by_label("Date (optional)")).to_be_hidden()


def test_errors_take_the_focus_and_lead_to_the_field(site: str, larkhaven: World, new_page: NewPage) -> None:
    page = new_page()
    opened(page, f"{site}/en/complain/")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Choose when it happened").click()
    expect(page.get_by_label("On a date I know")).to_be_focused()


def test_a_draft_is_saved_after_a_pause(site: str, larkhaven: World, new_page: NewPage) -> None:
    page = new_page()
    opened(page, f"{site}/en/complain/")
    page.clock.install()
    page.get_by_label("What happened?").fill("No water since Monday.")
    page.clock.run_for(2900)
    assert pages.DRAFTS == []
    page.clock.run_for(200)
    expect(page.locator("[data-autosave-status]")).to_have_text("Draft saved")
    assert [draft["what"] for draft in pages.DRAFTS] == ["No water since Monday."]


def test_a_draft_that_is_not_saved_is_said_and_tried_again(site: str, larkhaven: World, new_page: NewPage) -> None:
    page = new_page()
    opened(page, f"{site}/en/complain/")
    page.clock.install()
    page.route("**/draft/", lambda route: route.abort())
    page.get_by_label("What happened?").fill("No water.")
    page.clock.run_for(3100)
    expect(page.locator("[data-autosave-status]")).to_have_text("Draft not saved")
    page.unroute("**/draft/")
    page.clock.run_for(12_100)
    expect(page.locator("[data-autosave-status]")).to_have_text("Draft saved")


def test_leaving_with_unsaved_text_asks(site: str, larkhaven: World, new_page: NewPage) -> None:
    page = new_page()
    opened(page, f"{site}/en/complain/")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("What happened?").press_sequentially("No water.")
    page.goto(f"{site}/accounts/login/")
    assert asked == ["beforeunload"]
    opened(page, f"{site}/en/complain/")
    page.get_by_label("What happened?").press_sequentially("No water.")
    page.get_by_label("I am not sure").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Sent")).to_be_visible()
    assert asked == ["beforeunload"]


def test_offline_the_text_stays_on_the_page(site: str, larkhaven: World, new_page: NewPage) -> None:
    page = new_page()
    opened(page, f"{site}/en/complain/")
    page.get_by_label("What happened?").fill("No water.")
    page.context.set_offline(True)
    expect(page.get_by_text("You seem to be offline.")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_label("What happened?").input_value() == "No water."
    page.context.set_offline(False)
    expect(page.get_by_text("You seem to be offline.")).to_be_hidden()


def test_message_and_note_cannot_be_mixed_up(staff_page: Any) -> None:
    page = staff_page("/settings/components/")
    message, note = page.get_by_role("tab", name="Message to M. Saar"), page.get_by_role("tab", name="Internal note")
    page.get_by_label("Message to M. Saar").last.fill("To the complainant")
    note.click()
    expect(page.locator("#id_note-text")).to_be_focused()
    expect(page.locator("#id_message-text")).to_be_hidden()
    note.press("ArrowLeft")
    expect(message).to_be_focused()
    expect(page.locator("#id_message-text")).to_have_value("To the complainant")
    expect(note).to_have_attribute("aria-selected", "false")


def test_single_keys_move_and_open(staff_page: Any) -> None:
    page = staff_page("/settings/components/")
    page.keyboard.press("j")
    expect(page.locator("[data-row]").first).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("[data-row]").first).to_be_focused()
    page.keyboard.press("m")
    expect(page.locator("#id_note-text")).to_be_focused()
    page.keyboard.type("j?me")  # in a field they are letters
    expect(page.locator("#id_note-text")).to_have_value("j?me")
    page.locator("h1").click()
    page.keyboard.press("Control+m")
    expect(page.locator("#id_note-text")).not_to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()
    page.keyboard.press("e")
    page.wait_for_url("**#escalate")


def test_single_keys_can_be_switched_off(staff_page: Any, larkhaven: World) -> None:
    type(larkhaven.liis).objects.filter(pk=larkhaven.liis.pk).update(single_keys=False)
    page = staff_page("/settings/components/")
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.locator("[data-row]").first).not_to_be_focused()
    assert page.locator("#shortcuts").count() == 0


def test_the_menu_of_small_screens_takes_the_focus_and_gives_it_back(staff_page: Any) -> None:
    page = staff_page("/settings/components/", 390)
    page.get_by_role("link", name="Open menu").click()
    menu = page.get_by_role("navigation", name="Main")
    expect(menu).to_be_visible()
    expect(menu.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.get_by_role("link", name="Open menu")).to_be_focused()


def test_a_drawer_opens_closes_and_gives_the_focus_back(staff_page: Any) -> None:
    page = staff_page("/settings/components/")
    opener = page.get_by_role("button", name="Open the drawer")
    opener.click()
    drawer = page.get_by_role("dialog", name="Assess complaint")
    expect(drawer).to_be_visible()
    drawer.get_by_role("button", name="Close").click()
    expect(drawer).to_be_hidden()
    expect(opener).to_be_focused()


def test_codes_are_copied(staff_page: Any) -> None:
    page = staff_page("/settings/components/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy both").click()
    expect(page.locator("#live")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "LKH-26-7K3M9TQH\nQX4T9M-RA2HBE-7K3M9T"


def test_chosen_files_are_listed(staff_page: Any) -> None:
    page = staff_page("/settings/components/")
    page.locator("#id_attachments").set_input_files(
        [
            {"name": "letter <b>.pdf", "mimeType": "application/pdf", "buffer": b"x" * 2_100_000},
            {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 300},
        ]
    )
    expect(page.locator("[data-file-list=id_attachments] li")).to_have_text(["letter <b>.pdf 2.1 MB", "door.jpg 300 B"])


def test_before_the_session_ends_one_is_asked_and_can_stay(staff_page: Any, site: str) -> None:
    page = staff_page("/staff/told/")
    page.clock.install()
    opened(page, f"{site}/settings/components/")
    page.clock.run_for((10 * 3600 - 121) * 1000)
    warning = page.get_by_role("dialog", name="You will be signed out in 2 minutes")
    expect(warning).to_be_hidden()
    page.clock.run_for(2000)
    expect(warning).to_be_visible()
    with page.expect_response("**/settings/session/") as answered:
        warning.get_by_role("button", name="Stay signed in").click()
    assert answered.value.status == 204
    expect(warning).to_be_hidden()
    page.clock.run_for((10 * 3600 - 119) * 1000)
    expect(warning).to_be_visible()


def test_nobody_loses_text_when_the_session_has_ended(staff_page: Any, site: str) -> None:
    page = staff_page("/settings/preferences/")
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="Save preferences").click()
    expect(page.get_by_role("heading", name="Sign in again to continue")).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in, in a new tab").click()
    expect(opened.value.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_a_passkey_is_made_and_signs_in(site: str, larkhaven: World, new_page: NewPage) -> None:
    password = "a long and boring password"
    larkhaven.liis.set_password(password)
    larkhaven.liis.save()
    page = new_page()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    authenticator = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": authenticator})
    page.goto(f"{site}/accounts/login/?next=/accounts/2fa/webauthn/add/")
    page.get_by_label("E-mail address").fill(larkhaven.liis.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name of the key").fill("My laptop")
    page.get_by_label("Sign in with this key alone").check()
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()

    page.goto(f"{site}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site}/accounts/login/?next=/settings/preferences/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Preferences")).to_be_visible()


def test_public_pages_cannot_make_html_by_script(site: str, larkhaven: World, new_page: NewPage) -> None:
    page = new_page(expecting="TrustedHTML")
    opened(page, f"{site}/en/complain/")
    outcome = page.evaluate(
        "() => { try { document.body.insertAdjacentHTML('beforeend', '<i>x</i>'); return 'made' }"
        " catch (error) { return error.name } }"
    )
    assert outcome == "TypeError"
