"""The staff screens in a real browser: by keyboard, with and without JavaScript, in both themes, wide and narrow."""

import re
import time
from datetime import timedelta

import pytest
from django.core import mail
from playwright.sync_api import expect

from amends.complaints.models import Acknowledgement, Complaint
from amends.complaints.stages import Stage
from amends.framework.first_start import first_start_token
from amends.framework.models import Organisation
from amends.journal.models import Entry, FollowUp
from amends.kit import clock
from amends.people.actions import accept_invitation, ask_new_password, invite
from amends.people.invitations import link_token
from amends.people.models import Invitation, Person
from amends.people.standing import SYSTEM
from amends.reactions import worker
from amends.workspace.naming import name_of_person, name_of_unit
from tests import builders
from tests.browser import LOOKS, settled
from tests.workspace.many import copies, due

pytestmark = pytest.mark.browser

PASSWORD = "seven blue herons waiting"
FIVE_MINUTES = 300


def tab_to(page, name: str, value: str = "") -> None:
    """Press Tab until the control of that name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        is_there = focused.count() and focused.get_attribute("name") == name
        if is_there and (not value or focused.get_attribute("value") == value):
            return
    raise AssertionError(f"{name} is not reached by keyboard")


def ready(page, address: str) -> None:
    """Open a page and wait until its scripts have started."""
    page.goto(address)
    settled(page)


def test_the_first_start_by_keyboard_and_without_javascript(site, new_page, axe):
    page = new_page(width=390, javascript=False)
    began = time.monotonic()
    page.goto(f"{site}/setup/{first_start_token()}/")
    tab_to(page, "name")
    page.keyboard.type("Larkhaven Utilities")
    tab_to(page, "country")
    page.keyboard.type("Est")
    tab_to(page, "languages", "et")
    page.keyboard.press("Space")
    tab_to(page, "email")
    page.keyboard.type("complaints@larkhaven.example")
    tab_to(page, "phone")
    page.keyboard.type("+372 600 0000")
    tab_to(page, "profile")
    page.keyboard.press("Space")
    tab_to(page, "you-name")
    page.keyboard.type("Maarja Kask")
    tab_to(page, "you-email")
    page.keyboard.type("maarja@larkhaven.example")
    tab_to(page, "you-password")
    page.keyboard.type("short")
    page.keyboard.press("Enter")
    page.wait_for_selector(".error-summary")
    assert "Error: Set up" in page.title()
    assert page.input_value("[name=phone]") == "+372 600 0000"
    tab_to(page, "you-password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/settings/started/")
    assert page.locator("h1").inner_text() == "Your public page works"
    page.get_by_role("link", name="Open the public page").click()
    expect(page).to_have_url(f"{site}/en/")
    expect(page.locator("h1")).to_have_count(1)
    seconds = time.monotonic() - began
    print(f"first start in {seconds:.1f} s")
    assert seconds < FIVE_MINUTES
    organisation = Organisation.objects.get()
    assert (organisation.country, organisation.languages, organisation.profile) == ("EE", ["en", "et"], "small")
    assert Person.objects.get().name == "Maarja Kask"


def test_a_telephone_complaint_is_written_down_and_confirmed(site, new_page, sign_in):
    world = builders.a_world()
    page = new_page()
    sign_in(page, site, world.liis)
    ready(page, f"{site}/staff/")
    page.keyboard.press("n")
    page.wait_for_url("**/staff/complaints/new/")
    page.get_by_label("Who takes it on?").select_option(label="Liis Tamm")
    page.get_by_label("Our services").check()
    assert not page.get_by_label("Their name").is_visible()
    page.get_by_label("Somebody else, and I act for them").check()
    page.get_by_label("Their name").fill("Juta Saar")
    page.get_by_label("Yes, they know and agree").check()
    page.get_by_label("What happened?").fill("Ei olnud vett.")
    page.get_by_role("group", name="Is anyone in danger").get_by_label("Yes").check()
    page.get_by_label("With my name").check()
    page.get_by_label("Your name").fill("Mari Saar")
    page.get_by_label("By telephone").check()
    page.get_by_role("button", name="Save complaint").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary a")).to_have_text(["Choose whether you read it back"])
    page.get_by_label("Yes, and they agreed").check()
    page.get_by_role("button", name="Save complaint").click()
    expect(page.get_by_label("Telephone number")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_label("Telephone number").fill("+372 5555 0101")
    page.get_by_role("button", name="Save complaint").click()
    page.wait_for_selector("[data-code]")
    complaint = Complaint.objects.get()
    expect(page.locator("[data-code]").first).to_have_text(complaint.reference)
    assert complaint.handler == world.liis
    page.get_by_role("button", name="I have told them").click()
    page.wait_for_url(f"**/staff/complaints/{complaint.reference}/")
    expect(page.locator("main")).to_contain_text("It is noted that you confirmed the receipt")
    assert Acknowledgement.objects.get(is_automatic=False).how == "phone"


def test_the_queue_by_its_keys(site, new_page, sign_in):
    world = builders.a_world()
    now = clock.now()
    copies(
        world, [due(now + timedelta(hours=hour), title=f"Row {hour}", handler_id=world.liis.pk) for hour in (1, 2, 3)]
    )
    page = new_page()
    sign_in(page, site, world.liis)
    ready(page, f"{site}/staff/")
    focused = "document.activeElement.textContent.trim()"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "Row 1"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(focused) == "Row 3"
    page.keyboard.press("k")
    assert page.evaluate(focused) == "Row 2"
    page.keyboard.press("Enter")
    second = Complaint.objects.get(title="Row 2")
    page.wait_for_url(f"**/staff/complaints/{second.reference}/")
    settled(page)
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url("**/staff/")
    settled(page)
    page.keyboard.press("/")
    page.keyboard.type(second.reference.lower().replace("-", " "))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/staff/complaints/{second.reference}/")


def test_filters_swap_the_list_and_say_how_many(site, new_page, sign_in):
    world = builders.a_world()
    copies(world, [due(None, severity=4, title="Grave"), due(None, severity=1, title="Light")])
    page = new_page()
    sign_in(page, site, world.liis)
    ready(page, f"{site}/staff/complaints/?view=open")
    page.evaluate("document.body.dataset.same = 'yes'")
    page.get_by_label("Severity").focus()
    page.get_by_label("Severity").select_option("4")
    expect(page.locator("#live")).to_have_text("1 complaint")
    expect(page.locator(".queue-subject")).to_have_text(["Grave"])
    assert page.evaluate("document.body.dataset.same") == "yes"
    expect(page.locator("#filter-severity")).to_be_focused()
    expect(page).to_have_url(re.compile(re.escape("/staff/complaints/?view=open&severity=4") + "$"))
    page.get_by_label("Sort").select_option("received")
    expect(page).to_have_url(re.compile("sort=received"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("sort=received"))
    page.get_by_role("link", name="Remove filter Severity").click()
    expect(page.locator(".queue-subject")).to_have_count(3)


def test_filters_work_without_javascript(site, new_page, sign_in):
    world = builders.a_world()
    copies(world, [due(None, severity=4, title="Grave"), due(None, severity=1, title="Light")])
    page = new_page(javascript=False)
    sign_in(page, site, world.liis)
    page.goto(f"{site}/staff/complaints/?view=open")
    page.get_by_label("Severity").select_option("4")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".queue-subject")).to_have_text(["Grave"])
    page.get_by_role("link", name="Remove filter Severity").click()
    expect(page.locator(".queue-subject")).to_have_count(3)


def everything(world) -> dict[str, tuple[Person, str]]:
    """Each type of page, with who looks at it."""
    person, unit = name_of_person(world.liis), name_of_unit(world.harbour)
    return {
        "queue": (world.liis, "/staff/complaints/?view=open"),
        "queue, filtered": (world.liis, "/staff/complaints/?view=open&severity=2&channel=portal"),
        "queue, nothing found": (world.liis, "/staff/complaints/?view=open&severity=4&channel=post"),
        "queue, first use": (world.bruno, "/staff/"),
        "no role": (world.zoe, "/staff/"),
        "search": (world.liis, "/staff/complaints/?q=water"),
        "approvals": (world.mark, "/staff/approvals/"),
        "record": (world.liis, "/staff/complaints/new/"),
        "me": (world.liis, "/staff/me/"),
        "settings": (world.adam, "/settings/"),
        "started": (world.clara, "/settings/started/"),
        "organisation": (world.adam, "/settings/organisation/"),
        "organisation, read": (world.dario, "/settings/organisation/"),
        "people": (world.adam, "/settings/people/"),
        "invite": (world.adam, "/settings/people/new/"),
        "person": (world.adam, f"/settings/people/{person}/"),
        "second factor": (world.adam, f"/settings/people/{person}/second-factor/"),
        "leaving": (world.adam, f"/settings/people/{person}/leaving/"),
        "units": (world.adam, "/settings/units/"),
        "unit": (world.adam, f"/settings/units/{unit}/"),
        "closing": (world.adam, f"/settings/units/{unit}/closing/"),
        "products": (world.adam, "/settings/lists/products/"),
        "item": (world.adam, "/settings/lists/products/our-services/"),
        "system": (world.adam, "/settings/system/"),
    }


def examine(page, axe, name: str) -> list[str]:
    """What is wrong with a page on a desk, on a phone (see LOOKS) and on the narrowest screen."""
    wrong = []
    for width, theme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        wrong += [f"{name}, {width}, {theme}: {found}" for found in axe(page)]
    page.set_viewport_size({"width": 320, "height": 900})
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        wrong.append(f"{name} scrolls sideways at 320")
    return wrong


def test_a_forgotten_password_on_a_phone_without_javascript(site, new_page):
    world = builders.a_world()
    accept_invitation(link_token(Invitation.objects.get(person=world.liis)), PASSWORD, at=world.at)
    page = new_page(width=390, javascript=False)
    page.goto(f"{site}/accounts/login/")
    page.get_by_role("link", name="I have forgotten my password").click()
    page.get_by_label("E-mail address").fill(world.liis.email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    worker.drain()
    [message] = [message for message in mail.outbox if message.to == [world.liis.email]][-1:]
    page.goto(site + re.search(r"/invitation/\w+/", message.body)[0])
    expect(page.get_by_role("heading", name="Choose a new password")).to_be_visible()
    page.get_by_label("Password").fill("two green herons leaving")
    page.get_by_role("button", name="Save password").click()
    page.get_by_label("E-mail address").fill(world.liis.email)
    page.get_by_label("Password").fill("two green herons leaving")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/staff/")


def test_every_page_of_staff_is_accessible(site, new_page, axe, sign_in):
    world = builders.a_world()
    for stage in (Stage.RECEIVED, Stage.INVESTIGATING, Stage.PROPOSED, Stage.COMMUNICATED):
        builders.a_complaint(world, stage, said_danger=stage is Stage.RECEIVED)
    FollowUp.objects.create(
        entry=Entry.objects.first(), reaction="notices.x", state="failed", next_try_at=world.at, last_error="away"
    )
    page = new_page()
    wrong = []
    for name, (who, address) in everything(world).items():
        page.context.clear_cookies()
        sign_in(page, site, who)
        response = page.goto(site + address)
        assert response.status == 200, address
        for summary in page.locator("details.disclosure > summary").all():
            summary.click()
        wrong += examine(page, axe, name)
        page.set_viewport_size({"width": 1440, "height": 900})
    assert wrong == []


def test_pages_with_mistakes_and_of_the_ways_in_are_accessible(site, new_page, axe, sign_in):
    page = new_page()
    setup = f"{site}/setup/{first_start_token()}/"
    page.goto(setup)
    wrong = examine(page, axe, "first start")
    page.get_by_role("button", name="Set up and sign in").click()
    page.wait_for_selector(".error-summary")
    wrong += examine(page, axe, "first start, mistakes")

    world = builders.a_world()
    page.goto(setup)
    wrong += examine(page, axe, "first start, done")
    guest = invite("ants@larkhaven.example", "Ants Kuusk", by=SYSTEM, at=clock.now())
    page.goto(f"{site}/invitation/{link_token(Invitation.objects.get(person=guest))}/")
    wrong += examine(page, axe, "invitation")
    page.goto(f"{site}/invitation/over/")
    wrong += examine(page, axe, "invitation, over")
    page.goto(f"{site}/accounts/forgotten/")
    page.get_by_role("button", name="Send the link").click()
    page.wait_for_selector(".error-summary")
    wrong += examine(page, axe, "forgotten password, mistakes")
    page.goto(f"{site}/accounts/forgotten/asked/")
    wrong += examine(page, axe, "forgotten password, asked")
    accept_invitation(link_token(Invitation.objects.get(person=world.bruno)), PASSWORD, at=world.at)
    ask_new_password(world.bruno.email, at=clock.now())
    page.goto(f"{site}/invitation/{link_token(Invitation.objects.filter(person=world.bruno).latest('pk'))}/")
    wrong += examine(page, axe, "a new password")

    sign_in(page, site, world.liis)
    page.goto(f"{site}/staff/complaints/new/")
    page.get_by_role("button", name="Save complaint").click()
    page.wait_for_selector(".error-summary")
    wrong += examine(page, axe, "record, mistakes")
    page.context.clear_cookies()
    sign_in(page, site, world.adam)
    page.goto(f"{site}/settings/organisation/")
    Organisation.objects.update(version=7, phone="111")
    page.get_by_role("button", name="Save details").click()
    page.wait_for_selector(".versions")
    wrong += examine(page, axe, "organisation, two versions")
    assert wrong == []
