"""Register, reads, sheet, passing on and the journal's page in a real browser: how they look, and without a script."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from amends.complaints import actions
from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.correspondence.models import IncomingMail, SortedMail
from amends.kit import clock as real_clock
from amends.people.standing import SYSTEM
from tests import builders
from tests.mailroom.mails import a_mail
from tests.workspace.complaint.conftest import address
from tests.workspace.test_in_browser import examine

pytestmark = pytest.mark.browser

#: Where pictures of the pages are kept when somebody wants to look at them.
PICTURES = os.environ.get("AMENDS_PICTURES", "")


def test_the_pages_look_as_they_should(site, new_page, sign_in, axe):
    world = builders.a_world(at=real_clock.now() - timedelta(days=1))
    complaint = builders.a_complaint(world, Stage.CLOSED, text="The water was off. " * 60)
    builders.a_complaint(world, said_danger=True, title="قطعت المياه دون إشعار")
    mail = actions.keep_mail(a_mail(), way=IncomingMail.Way.PIPE, by=SYSTEM, at=real_clock.now()).sorted
    facts = {
        "text": "No water for two days.\nNobody told us.",
        "sender": "eve@evil.example",
        "subject_line": "No water",
    }
    why = SortedMail.Why.OTHER_SENDER
    actions.set_mail_aside(mail, SortedMail.Outcome.OTHER, why, waits=True, facts=facts, by=SYSTEM, at=real_clock.now())
    pages = {
        "incoming": (world.clara, "/staff/mail/"),
        "incoming-one": (world.clara, f"/staff/mail/{mail.mail.reference}/"),
        "register": (world.clara, "/staff/register/?check=1"),
        "reads": (world.dario, "/oversight/reads/"),
        "sheet": (world.liis, address(complaint, "sheet/")),
        "report": (world.zoe, "/staff/report/"),
        "system": (world.adam, "/settings/system/"),
        "mail": (world.adam, "/settings/system/mail/"),
        "journal": (world.dario, "/settings/system/journal/"),
    }
    page = new_page()
    wrong = []
    for name, (person, path) in pages.items():
        page.context.clear_cookies()
        sign_in(page, site, person)
        page.goto(site + path)
        if name == "journal":
            page.get_by_role("button", name="Check now").click()
            expect(page.get_by_text("The journal is whole.")).to_be_visible()
        wrong += examine(page, axe, name)
        if PICTURES:
            for width, theme in ((390, "dark"), (1440, "light")):
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}-{theme}.png"), full_page=True)
    assert wrong == []


def test_something_is_passed_on_and_a_file_is_taken_out_without_javascript(site, new_page, sign_in):
    world = builders.a_world(at=real_clock.now() - timedelta(days=1))
    page = new_page(width=390, javascript=False)
    sign_in(page, site, world.zoe)
    page.goto(site + "/staff/report/")
    page.get_by_label("A customer told me this").check()
    page.get_by_label("What happened?").fill("The lift is stuck")
    page.get_by_role("button", name="Pass it on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It has arrived")
    reference = Complaint.objects.get().reference
    expect(page.locator("main .reference")).to_have_text(reference)

    page.context.clear_cookies()
    sign_in(page, site, world.clara)
    page.goto(site + "/staff/register/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the file").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.goto(site + f"/staff/complaints/{reference}/sheet/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Sheet as PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
