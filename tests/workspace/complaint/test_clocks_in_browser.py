"""Clocks in a real browser: a pause, its end and more time without JavaScript; and how their pages look."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from amends.complaints import actions
from amends.complaints.models import Complaint, Deadline, Extension, Pause
from amends.complaints.stages import Stage
from amends.kit import clock as real_clock
from amends.people.models import Person
from amends.people.standing import SYSTEM
from tests import builders
from tests.browser import settled
from tests.cast import World
from tests.complaints.clocks import apply_beside, apply_pack, at, clock
from tests.workspace.complaint.conftest import address
from tests.workspace.test_in_browser import examine

pytestmark = pytest.mark.browser


def test_a_pause_its_end_and_more_time_without_javascript(site, new_page, sign_in):
    world = builders.a_world(at=real_clock.now() - timedelta(days=1))
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    page = new_page(javascript=False, width=390)
    sign_in(page, site, world.liis)
    here = site + address(complaint)

    def choose(action: str) -> None:
        page.goto(here)
        page.locator(".more-actions summary").click()
        page.get_by_role("link", name=action, exact=True).click()

    choose("Let the clocks stand still")
    page.get_by_label("In words").fill("The receipt, asked for today")
    page.get_by_role("button", name="Let the clocks stand still").click()
    expect(page.get_by_text("The clocks stand still. They run on by themselves")).to_be_visible()
    expect(page.locator("#deadlines")).to_contain_text("at the latest, stands still")

    choose("Let the clocks run on")
    expect(page.get_by_text("The receipt, asked for today")).to_be_visible()
    page.get_by_role("button", name="Let the clocks run on").click()
    expect(page.get_by_text("The clocks run on. Their dates have moved")).to_be_visible()

    choose("Take more time")
    page.get_by_label("Why does it take longer?").fill("The laboratory has the sample.")
    page.get_by_label("As long as the rules give").check()
    page.get_by_role("button", name="See the reply").click()
    expect(page.locator(".letter")).to_contain_text("The laboratory has the sample.")
    expect(page.locator(".letter")).to_contain_text("You will hear from us by")
    letter = page.locator(".letter").inner_text()
    page.get_by_role("button", name="Send the reply and move the date").click()
    expect(page.get_by_text("The date has moved, and the complainant is told why.")).to_be_visible()
    assert Extension.objects.get().message.text.split() == letter.split()

    page.get_by_role("link", name="Why this date? Decision").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why this date?")
    expect(page.locator(".sum").first).to_contain_text("The laboratory has the sample.")
    page.get_by_text("Show as table").click()
    expect(page.get_by_role("rowheader").first).to_be_visible()


# ---------------------------------------------------------------- how it looks


def waiting(world: World) -> Complaint:
    """It stood still, moved, and stands still again; a late receipt went up the ladder; two packs run."""
    apply_beside(world, "us-cfpb")
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    liis = world.as_(world.liis)
    actions.pause(complaint, why=Pause.Why.COMPLAINANT, reason="The meter reading", by=liis, at=at(3))
    actions.resume(complaint, by=liis, at=at(5, 9))
    reason = "The laboratory has the sample until the end of the month."
    actions.extend(clock(complaint, "decision"), reason=reason, by=liis, at=at(6))
    late = clock(complaint, "acknowledgement")
    Deadline.objects.filter(pk=late.pk).update(alarm="overdue", alarm_at=late.due_at)
    actions.overdue(clock(complaint, "acknowledgement"), by=SYSTEM, at=late.due_at)
    ringing = clock(complaint, "acknowledgement")
    actions.escalate(ringing, by=SYSTEM, at=ringing.alarm_at)
    complaint.refresh_from_db()
    actions.pause(complaint, why=Pause.Why.COMPLAINANT, reason="A photo of the meter", by=liis, at=at(9))
    return complaint


def pages(world: World) -> list[tuple[str, Person, str]]:
    """Each page of clocks, with who looks at it."""
    running = builders.a_complaint(world, Stage.INVESTIGATING, text="Only running.")
    promised = builders.a_complaint(world, Stage.ACCEPTED, text="With a promise.")
    full, liis = waiting(world), world.liis
    apply_pack(world, "uk-fca-disp")
    found = [(f"full, {path}", liis, address(full, path)) for path in ("", "resumption/", "rules/", "trail/")]
    for number in range(1, 5):
        found.append((f"why {number}", liis, address(full, f"deadlines/{number}/")))
    found += [(f"running, {path}", liis, address(running, path)) for path in ("pause/", "deadlines/2/extension/")]
    kinds = list(promised.deadlines.order_by("id").values_list("kind", flat=True))
    found.append(("promised", liis, address(promised, f"deadlines/{kinds.index('remedy') + 1}/")))
    return [*found, ("due", world.clara, "/staff/due/"), ("queue", liis, "/staff/")]


@pytest.mark.looks
def test_every_page_of_clocks_is_accessible(site, new_page, axe, sign_in, at_moment):
    world = builders.a_world()
    shown = pages(world)
    page = new_page()
    wrong = []
    for name, who, path in shown:
        page.context.clear_cookies()
        sign_in(page, site, who)
        page.goto(site + path)
        settled(page)
        for summary in page.locator("details.disclosure > summary").all():
            summary.click()
        wrong += examine(page, axe, name)
        page.set_viewport_size({"width": 1440, "height": 900})
    assert wrong == []
