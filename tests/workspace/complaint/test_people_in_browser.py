"""The people of a complaint in a real browser: permission, contact, adjustments, shield; and how their pages look."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from amends.complaints import actions
from amends.complaints.intake import Contact
from amends.complaints.models import Party
from amends.complaints.stages import Stage
from amends.kit import clock
from amends.workspace.naming import address_of_contact
from tests import builders
from tests.complaints.test_acting import permit, represented
from tests.complaints.test_needs import agree
from tests.workspace.complaint.conftest import address
from tests.workspace.test_in_browser import examine

pytestmark = pytest.mark.browser


def test_a_permission_a_link_and_an_adjustment_without_javascript(site, new_page, sign_in):
    world = builders.a_world(at=clock.now() - timedelta(days=1))
    complaint = represented(world)
    page = new_page(javascript=False, width=390)
    sign_in(page, site, world.liis)
    here = site + address(complaint)

    def choose(action: str) -> None:
        page.goto(here)
        page.locator(".more-actions summary").click()
        page.get_by_role("link", name=action, exact=True).click()

    choose("Record the permission of the representative")
    page.get_by_label("What does it cover?").fill("Everything about this complaint")
    page.get_by_label("Or say where the paper is kept").fill("Folder 7")
    page.get_by_label("To the complainant").check()
    page.get_by_role("button", name="Save the permission").click()
    expect(page.get_by_text("The permission is recorded.")).to_be_visible()
    expect(page.locator("#people")).to_contain_text("Permission seen")
    assert Party.objects.get(complaint=complaint, role="representative").letters_to == "complainant"

    choose("Look for earlier complaints of this person")
    page.get_by_label("Mari Saar is not known yet: keep a new contact").check()
    page.get_by_role("button", name="Link", exact=True).click()
    page.get_by_role("link", name="0 other complaints").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mari Saar")
    page.get_by_label("I have to reach the person").check()
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("mari@example.org")).to_be_visible()

    choose("Adjustments for this person")
    page.get_by_label("What do we do differently?").fill("Telephone only before noon")
    page.get_by_label("Health").check()
    page.get_by_label("They agreed when we spoke").check()
    page.get_by_role("button", name="Save the adjustment").click()
    page.locator("#people").get_by_role("link", name="Telephone only before noon").click()
    page.get_by_role("link", name=re.compile("It was given")).click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#people")).to_contain_text("Telephone only before noon (given)")


@pytest.mark.looks
def test_every_page_about_people_is_accessible(site, new_page, axe, sign_in, at_moment):
    world = builders.a_world()
    at_moment(world.at + timedelta(hours=1))
    shown = represented(world, Stage.INVESTIGATING, complainant=Contact(name="Hilda Saar", phone="555 0199"))
    permit(world, shown)
    agree(world, shown)
    liis, clara = world.as_(world.liis), world.as_(world.clara)
    contact = actions.link_contact(shown, "representative", None, by=liis, at=world.at)
    for number in range(2):
        who = Contact(name="Mari Saar", email="mari@example.org")
        other = builders.a_complaint(world, complainant=who, text=f"Number {number}")
        actions.link_contact(other, "complainant", contact, by=liis, at=world.at)
    hidden = builders.a_complaint(world, Stage.INVESTIGATING, text="I am Mari Saar.")
    actions.shield(hidden, reason="Fear", by=clara, at=world.at)
    actions.report_detriment(hidden, text="They shouted at me.", by=clara, at=world.at)
    open_one = builders.a_complaint(world, text="To be shielded.")
    person = address_of_contact(contact)
    pages = [
        *((path, world.liis, address(shown, path)) for path in ("", "authority/", "authority/end/", "contact/")),
        *((path, world.liis, address(shown, path)) for path in ("adjustments/", "adjustments/why/")),
        *((path, world.liis, address(shown, f"adjustments/1/{path}")) for path in ("given/", "consent/")),
        *((f"person {path}", world.liis, person + path) for path in ("", "correction/")),
        ("known twice", world.liis, person + "merge/?q=saar"),
        ("training", world.clara, "/settings/training/"),
        ("found", world.liis, "/staff/contacts/?q=saar"),
        ("nobody", world.liis, "/staff/contacts/?q=zz"),
        ("shielded", world.liis, address(hidden)),
        ("queue", world.liis, "/staff/complaints/"),
        *((path, world.clara, address(hidden, path)) for path in ("detriment/", "shield/end/")),
        ("shield", world.clara, address(open_one, "shield/")),
    ]
    page, wrong = new_page(), []
    for name, who, path in pages:
        page.context.clear_cookies()
        sign_in(page, site, who)
        page.set_viewport_size({"width": 1440, "height": 900})
        answer = page.goto(site + path)
        assert answer is not None
        assert answer.status == 200, name
        wrong += examine(page, axe, name)
    assert wrong == []
