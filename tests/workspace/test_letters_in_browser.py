"""Letters, the words, the rule and the logo for them, and what was understood, in a real browser: how they look."""

import io
import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image, ImageDraw

from amends.complaints import actions
from amends.complaints.models import Letter, Party, UnsentLetter
from amends.complaints.stages import Stage
from amends.framework.actions.change_logo import change_logo
from amends.framework.logos import drawn
from amends.kit import clock as real_clock
from amends.reactions import worker
from tests import builders
from tests.portal.visitor import a_complaint_with_code
from tests.workspace.test_in_browser import examine

pytestmark = [pytest.mark.browser, pytest.mark.looks]

#: Where pictures of the pages are kept when somebody wants to look at them.
PICTURES = os.environ.get("AMENDS_PICTURES", "")


def a_logo():
    picture, made = Image.new("RGBA", (600, 240), (0, 0, 0, 0)), io.BytesIO()
    ImageDraw.Draw(picture).ellipse((10, 20, 210, 220), fill="#16202b")
    picture.save(made, "PNG")
    return drawn(made.getvalue())


def test_the_pages_look_as_they_should(site, new_page, sign_in, axe):
    world = builders.a_world(at=real_clock.now() - timedelta(days=1))
    complaint, code = a_complaint_with_code(world, Stage.INVESTIGATING)
    worker.drain()
    Party.objects.filter(complaint=complaint).update(contact_by="post", address="Mill Lane 4, 12345 Larkhaven")
    complaint.refresh_from_db()
    actions.write_message(complaint, text="First.\n\nSecond <b>.", by=world.as_(world.liis), at=real_clock.now())
    worker.drain()
    letter, missing = Letter.objects.get(), {"block": "by_law", "language": "tr", "languages": ["en", "et"]}
    at = real_clock.now()
    UnsentLetter.objects.create(complaint=complaint, cause=uuid4(), letter="delay", at=at, **missing)
    change_logo(a_logo(), seen=0, by=world.as_(world.adam), at=at)
    page, wrong = new_page(), []
    pages = {
        "words": (world.adam, "/settings/messages/"),
        "words-one": (world.adam, "/settings/messages/acknowledgement/"),
        "letters": (world.liis, "/staff/letters/"),
        "letter": (world.liis, f"/staff/letters/{letter.uid}/"),
        "unsent": (world.liis, f"/staff/complaints/{complaint.reference}/"),
        "mails": (world.adam, "/settings/mails/"),
        "logo": (world.adam, "/settings/logo/"),
        "progress": (None, "/en/track/view/"),
        "summary": (None, "/en/track/summary/"),
    }
    for name, (person, path) in pages.items():
        page.context.clear_cookies()
        if person is not None:
            sign_in(page, site, person)
        else:
            page.goto(f"{site}/en/track/")
            page.get_by_label("Reference").fill(complaint.reference)
            page.get_by_label("Access code").fill(code)
            page.get_by_role("button", name="See progress").click()
        page.goto(site + path)
        if name == "words-one":
            page.get_by_role("button", name="See how it will look").click()
        if name == "summary":
            page.get_by_label("No, something is wrong or missing").check()
        wrong += examine(page, axe, name)
        if PICTURES:
            for width, theme in ((390, "dark"), (1440, "light")):
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}-{theme}.png"), full_page=True)
    assert wrong == []
