"""Significant complaints, hand-overs, the matrix and the workload in a real browser: how they look, and axe."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from amends.complaints import actions
from amends.framework.actions.change_routing import add_routing_rule
from amends.framework.actions.set_capacity import set_capacity
from amends.kit import clock
from tests import builders
from tests.workspace.test_in_browser import examine

pytestmark = pytest.mark.browser

PAGES = {
    "significant": "/staff/significant/",
    "workload": "/oversight/workload/",
    "assessment-settings": "/settings/assessment/",
    "matrix": "/settings/assessment/matrix/",
    "significance": "/settings/assessment/significance/",
    "routing": "/settings/routing/",
}


def a_busy_world():
    """A significant complaint that nobody has read, handed over to Uma."""
    world = builders.a_world(at=clock.now() - timedelta(hours=3))
    clara = world.as_(world.clara)
    add_routing_rule(world.energy, language="et", preferred=[world.bruno], by=clara, at=world.at)
    set_capacity(world.liis, 1, by=clara, at=world.at)
    complaint = builders.a_complaint(world)
    judged = builders.a_judgement(severity=4, immediate_needed=True, handler=world.liis, people_affected=300)
    actions.assess(complaint, judged, by=world.as_(world.liis), at=world.at)
    actions.hand_over(complaint, world.clara, note="You know the street.", by=world.as_(world.liis), at=world.at)
    return world, complaint


def test_every_page_is_whole_for_everybody(site, new_page, sign_in, axe):
    world, complaint = a_busy_world()
    page, wrong = new_page(), []
    sign_in(page, site, world.clara)
    here = f"/staff/complaints/{complaint.reference}/"
    more = {"complaint": here, "assessment": f"{here}assessment/", "hand-over": f"{here}hand-over/acceptance/"}
    for name, address in {**PAGES, **more}.items():
        page.goto(f"{site}{address}")
        wrong += examine(page, axe, name)
    assert wrong == []


def test_a_significant_complaint_is_read_and_taken_over_without_javascript(site, new_page, sign_in):
    world, complaint = a_busy_world()
    page = new_page(javascript=False)
    sign_in(page, site, world.clara)
    page.goto(f"{site}/staff/significant/")
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_role("heading", name="Not read yet")).to_have_count(0)
    page.get_by_role("link", name="Say what is being done").click()
    page.get_by_label("What is being done?").fill("A crew is on its way.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#significant")).to_contain_text("A crew is on its way.")
    page.locator("#handed-over").get_by_role("button", name="Take it over").click()
    expect(page.locator("#people")).to_contain_text("Clara Whitfield")
    complaint.refresh_from_db()
    assert complaint.handler == world.clara
