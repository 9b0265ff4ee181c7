"""The public pages in a real browser: the whole way with and without JavaScript, and what axe and a ruler say."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from amends.complaints import actions
from amends.complaints.models import Complaint, Draft
from amends.complaints.stages import Stage
from amends.files.models import StoredFile
from amends.framework.models import Organisation
from amends.kit.translated import TranslatedText
from tests import builders
from tests.browser import LOOKS, settled
from tests.cast import World
from tests.files import uploads
from tests.portal.conftest import NOW, Moment

pytestmark = pytest.mark.browser

TEXT = "The water was switched off on Monday morning and nobody told us."


@pytest.fixture
def larkhaven(site: str, moment: Moment) -> World:
    """The organisation in the site's own database, reachable in every way."""
    world = builders.a_world()
    Organisation.objects.update(
        phone_hours=TranslatedText({"en": "Mon to Fri, 8:00 to 18:00"}),
        post_address="Larkhaven Utilities, 1 Pump Lane, Larkhaven",
        visit_address="Service point, 3 Harbour Street",
    )
    return world


def goes_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").last.click()


def photo(name: str = "notice-on-door.jpg") -> dict[str, Any]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": uploads.jpeg((400, 300))}


def step(page: Page, number: int, title: str) -> None:
    expect(page.get_by_text(f"Step {number} of 6")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def complains(page: Page, site: str, *, with_script: bool) -> tuple[str, str]:
    """The whole form as a named person for somebody else, with a file. Returns both codes."""
    page.goto(f"{site}/en/")
    page.get_by_role("link", name="Make a complaint").last.click()
    page.get_by_role("button", name="Start now").click()
    step(page, 1, "What it is about")
    page.get_by_label("Our services").check()
    goes_on(page)
    step(page, 2, "Who it is for")
    page.get_by_label("Somebody else, and I act for them").check()
    page.locator("#id_their_name").fill("Leida Saar")
    page.get_by_label("Yes, they know and agree").check()
    goes_on(page)
    step(page, 3, "What went wrong")
    goes_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Tell us what happened, in a few words")
    assert page.title().startswith("Error: Step 3 of 6")
    page.get_by_label("What happened?").fill(TEXT)
    page.locator("#id_danger_0").check()
    emergency = page.get_by_text("If somebody is in danger now, call 999 first.")
    expect(emergency).to_be_visible()
    page.set_input_files("#id_attachments", [photo()])
    page.get_by_role("button", name="Add these files").click()
    expect(page.get_by_role("button", name="Remove notice-on-door.jpg")).to_be_visible()
    expect(page.get_by_label("What happened?")).to_have_value(TEXT)
    goes_on(page)
    step(page, 4, "What would put it right")
    expect(emergency).to_be_visible()
    goes_on(page)
    step(page, 5, "How we can reach you")
    page.get_by_label("With my name").check()
    page.locator("#id_name").fill("Mari Saar")
    page.get_by_label("Not at all. I will look at the tracking page").check()
    goes_on(page)
    step(page, 6, "Check and send")
    for words in (TEXT, "Leida Saar", "Mari Saar", "notice-on-door.jpg", "Not given"):
        expect(page.get_by_role("main").get_by_text(words).first).to_be_visible()
    page.get_by_role("button", name="Send complaint").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your complaint.")
    copying = page.get_by_role("button", name="Copy both")
    expect(copying).to_be_visible() if with_script else expect(copying).to_be_hidden()
    expect(page.locator("[data-code]").nth(1)).to_be_visible()
    shown = page.locator("[data-code]").all_inner_texts()
    return shown[0], shown[1]


def tracks(page: Page, site: str, reference: str, code: str) -> None:
    page.goto(f"{site}/en/track/")
    page.get_by_label("Reference").fill(reference.lower())
    page.get_by_label("Access code").fill(code.replace("-", " "))
    page.get_by_role("button", name="See progress").click()


def sees_the_permission(world: World, complaint: Complaint) -> None:
    clara = world.as_(world.clara)
    actions.record_authority(complaint, scope="Everything", where_kept="Folder 3", by=clara, at=NOW)


def decide(world: World, complaint: Complaint) -> None:
    complaint.refresh_from_db()
    walk = builders._Walk(world, complaint, 2, 1, ())
    walk.respond()
    walk.approve()
    walk.communicate()


@pytest.mark.parametrize("with_script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_complain_follow_answer_and_accept(
    site: str, larkhaven: World, new_page: Callable[..., Page], with_script: bool
) -> None:
    page = new_page(javascript=with_script)
    reference, code = complains(page, site, with_script=with_script)
    complaint = Complaint.objects.get(reference=reference)
    assert complaint.said_danger

    page = new_page(390, javascript=with_script)
    tracks(page, site, reference, code)
    expect(page.get_by_role("heading", level=1)).to_have_text("We need the permission of the person you act for")
    sees_the_permission(larkhaven, complaint)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your complaint")
    liis = larkhaven.as_(larkhaven.liis)
    actions.assess(complaint, builders.a_judgement(handler=larkhaven.liis), by=liis, at=NOW)
    actions.investigate(complaint, by=liis, at=NOW)
    actions.write_message(complaint, text="Did we call you back?", needs_reply=True, by=liis, at=NOW)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("We need an answer from you")
    page.get_by_label("Your reply").fill("No, nobody did.")
    page.set_input_files("#id_attachments", [photo("call-log.jpg")])
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("We have your message.")).to_be_visible()
    expect(page.get_by_text("call-log.jpg")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="call-log.jpg").click()
    assert download.value.suggested_filename == "call-log.jpg"

    decide(larkhaven, complaint)
    page.reload()
    page.get_by_role("link", name="Read the decision").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We agree with your complaint")
    page.get_by_role("link", name="I do not agree").click()
    expect(page.get_by_label("Why do you not agree?")).to_be_visible()
    page.get_by_role("link", name="Back to the decision").click()
    page.get_by_role("button", name="Accept the decision").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have accepted our decision")
    complaint.refresh_from_db()
    assert complaint.stage == Stage.ACCEPTED
    page.get_by_role("button", name="Leave and clear").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have left your complaint")
    page.goto(f"{site}/en/track/view/")
    assert page.url == f"{site}/en/track/"


def begun(page: Page, site: str) -> Draft:
    page.goto(f"{site}/en/complain/")
    page.get_by_role("button", name=re.compile("Start")).click()
    return Draft.objects.latest("id")


def test_what_is_typed_is_saved_while_one_pauses(site: str, larkhaven: World, new_page: Callable[..., Page]) -> None:
    page = new_page()
    draft = begun(page, site)
    page.goto(f"{site}/en/complain/{draft.number}/what/")
    settled(page)
    page.get_by_label("What happened?").fill("Half a sent")
    expect(page.get_by_text("Draft saved")).to_be_visible(timeout=10_000)
    draft.refresh_from_db()
    assert draft.answers["text"] == "Half a sent"


def test_the_emergency_number_appears_and_goes_with_the_answer(
    site: str, larkhaven: World, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    draft = begun(page, site)
    page.goto(f"{site}/en/complain/{draft.number}/what/")
    emergency = page.get_by_text("If somebody is in danger now, call 999 first.")
    expect(emergency).to_be_hidden()
    page.locator("#id_danger_0").check()
    expect(emergency).to_be_visible()
    page.locator("#id_danger_1").check()
    expect(emergency).to_be_hidden()


def test_the_enter_key_goes_on_and_removes_no_file(site: str, larkhaven: World, new_page: Callable[..., Page]) -> None:
    page = new_page()
    draft = begun(page, site)
    page.goto(f"{site}/en/complain/{draft.number}/what/")
    page.set_input_files("#id_attachments", [photo()])
    page.get_by_role("button", name="Add these files").click()
    page.get_by_label("What happened?").fill(TEXT)
    page.locator("#id_danger_1").check()
    page.get_by_label("On a date I know").check()
    page.locator("#id_occurred_on").fill("last Monday")
    page.locator("#id_occurred_on").press("Enter")
    step(page, 4, "What would put it right")
    assert StoredFile.objects.count() == 1


def test_the_language_can_be_changed_without_losing_answers(
    site: str, larkhaven: World, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    draft = begun(page, site)
    page.goto(f"{site}/en/complain/{draft.number}/what/")
    page.get_by_label("What happened?").fill(TEXT)
    page.locator("#id_danger_1").check()
    page.get_by_label("On a date I know").check()
    page.locator("#id_occurred_on").fill("16 February 2026")
    goes_on(page)
    page.get_by_role("link", name="Türkçe").click()
    page.goto(f"{site}/tr/complain/{draft.number}/what/")
    assert page.locator("html").get_attribute("lang") == "tr"
    expect(page.locator("#id_text")).to_have_value(TEXT)
    expect(page.locator("#id_occurred_on")).to_have_value("16 Şubat 2026")


@pytest.mark.looks
def test_every_page_is_accessible_and_fits_every_screen(
    site: str, larkhaven: World, new_page: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    page = new_page()
    wrong: list[str] = []

    def look(name: str, address: str | None = None) -> None:
        if address is not None:
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
        page.set_viewport_size({"width": 1440, "height": 900})

    for name in ("", "complain/", "resume/", "track/", "track/leave/", "lost-codes/", "how-it-works/", "privacy/"):
        look(name or "home", name)
    look("accessibility", "accessibility/")
    look("confirmation over", "complain/done/")
    look("draft not opened", "complain/0000000000/about/")

    draft = begun(page, site)
    look("step 1")
    here = f"complain/{draft.number}"
    look("step 2", f"{here}/who/")
    page.get_by_label("Somebody else, and I act for them").check()
    goes_on(page)
    look("step 2 with errors")
    look("step 3", f"{here}/what/")
    page.locator("#id_danger_0").check()
    page.set_input_files("#id_attachments", [photo(), {"name": "run.exe", "mimeType": "", "buffer": b"MZ"}])
    goes_on(page)
    look("step 3 with errors and a file")
    look("step 4", f"{here}/remedy/")
    look("step 5", f"{here}/contact/")
    page.get_by_label("With my name").check()
    page.get_by_role("button", name="Save and finish later").click()
    look("saved")

    page.context.clear_cookies()
    reference, code = complains(page, site, with_script=True)
    look("confirmation")
    page.goto(f"{site}/en/track/")
    page.get_by_label("Reference").fill(reference)
    page.get_by_label("Access code").fill("wrong")
    page.get_by_role("button", name="See progress").click()
    look("wrong codes")
    tracks(page, site, reference, code)
    complaint = Complaint.objects.get(reference=reference)
    look("permission missing", "track/view/")
    sees_the_permission(larkhaven, complaint)
    liis = larkhaven.as_(larkhaven.liis)
    actions.assess(complaint, builders.a_judgement(handler=larkhaven.liis), by=liis, at=NOW)
    actions.investigate(complaint, by=liis, at=NOW)
    actions.write_message(complaint, text="Did we call you back?", needs_reply=True, by=liis, at=NOW)
    look("tracking with a question", "track/view/")
    look("reply", "track/reply/")
    decide(larkhaven, complaint)
    look("tracking with a decision", "track/view/")
    look("decision", "track/decision/")
    look("not agreeing", "track/decision/?answer=no")
    look("withdrawing", "track/withdraw/")
    page.get_by_role("button", name="Withdraw my complaint").click()
    look("withdrawn")
    Organisation.objects.update(portal_is_open=False)
    look("home while closed", "")
    look("closed", "complain/")
    assert not wrong, "\n".join(wrong)


@pytest.mark.looks
def test_checking_all_answers_is_accessible(
    site: str, larkhaven: World, new_page: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    page = new_page(390, dark=True)
    draft = begun(page, site)
    Draft.objects.filter(pk=draft.pk).update(
        steps_done=["about", "who", "what", "remedy", "contact"],
        answers={"product": "not_sure", "for_whom": "me", "text": TEXT, "danger": "yes", "identity": "anonymous"},
    )
    page.goto(f"{site}/en/complain/{draft.number}/check/")
    step(page, 6, "Check and send")
    assert axe(page) == []
    page.emulate_media(color_scheme="light")
    assert axe(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    assert axe(page) == []
