"""The complaint page in a real browser: a life without JavaScript, the keyboard, the scripts, and how it looks."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from amends.complaints import actions
from amends.complaints.intake import Contact, Representative
from amends.complaints.models import Acknowledgement, Complaint, Issue
from amends.complaints.stages import Stage
from amends.files.taking_in import take_in
from amends.journal.models import Entry
from amends.kit import clock
from amends.people.models import Person
from amends.people.standing import SYSTEM
from tests import builders
from tests.browser import settled
from tests.cast import World
from tests.workspace.complaint.conftest import address
from tests.workspace.test_in_browser import PASSWORD, examine, ready

pytestmark = pytest.mark.browser

#: What the journal tells of the walk.
LIFE = (
    "received acknowledged assessed investigation_opened finding_recorded response_proposed decided communicated "
    "accepted remedy_proved remedies_verified closed"
)


def sign_in_by_form(page: Page, site: str, person: Person) -> None:
    """Through the page that people use."""
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{site}/staff/")


def stage_of(complaint: Complaint) -> str:
    return Complaint.objects.values_list("stage", flat=True).get(pk=complaint.pk)


def test_from_the_assessment_to_closing_without_javascript(site, new_page):
    world = builders.a_world(at=clock.now() - timedelta(days=1))
    complaint = builders.a_complaint(world)
    liis, mark = new_page(javascript=False), new_page(javascript=False, width=390)
    sign_in_by_form(liis, site, world.liis)
    sign_in_by_form(mark, site, world.mark)
    here = site + address(complaint)

    def press(page: Page, name: str) -> None:
        page.get_by_role("button", name=name, exact=True).click()

    liis.goto(here)
    next_step = liis.locator("#next-step")
    next_step.get_by_role("link", name="Confirm receipt").click()
    liis.get_by_label("By telephone").check()
    press(liis, "Save that receipt is confirmed")
    next_step.get_by_role("link", name="Assess").click()
    for question, answer in (("Safety implication", "No"), ("Is immediate action needed?", "No")):
        liis.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
    liis.get_by_role("group", name="Is immediate action possible?").get_by_label("No", exact=True).check()
    liis.get_by_label("Severity High, impact One household: priority 2").check(force=True)
    liis.get_by_label("Several teams").check()
    press(liis, "See the result")
    expect(liis.get_by_role("status").filter(has_text="Priority 2, high")).to_be_visible()
    liis.get_by_label("Handler", exact=True).select_option(label="Liis Tamm (nothing open)")
    press(liis, "Save assessment")
    expect(liis.get_by_text("The assessment is saved.")).to_be_visible()
    assert stage_of(complaint) == Stage.ASSESSED

    liis.goto(here + "investigation/")
    press(liis, "Open the investigation")
    next_step.get_by_role("link", name="Record a finding").click()
    liis.get_by_label("Upheld: we were wrong").check()
    liis.get_by_label("Reasons").fill("The notice went to another street.")
    liis.get_by_label("Cause").select_option(label="Gap in a process")
    press(liis, "Save finding")
    next_step.get_by_role("link", name="Write the response").click()
    liis.get_by_label("The result in one sentence").fill("You were right: we did not warn you.")
    liis.get_by_label("Reasons").fill("A notice was due two days before.")
    first = liis.get_by_role("group", name="Remedy 1")
    first.get_by_label("Remedy", exact=True).select_option(label="Apologise")
    first.get_by_label("What exactly will be done").fill("A written apology")
    first.get_by_label("By when").fill((clock.now() + timedelta(days=5)).date().isoformat())
    press(liis, "Propose this response")
    expect(next_step).to_contain_text("waits for approval")
    assert stage_of(complaint) == Stage.PROPOSED

    mark.goto(here)
    mark.locator("#next-step").get_by_role("link", name="Decide").click()
    expect(mark.locator(".letter")).to_contain_text("We agree with your complaint.")
    press(mark, "Approve")
    assert stage_of(complaint) == Stage.DECIDED

    liis.goto(here)
    next_step.get_by_role("link", name="Read and send").click()
    letter = liis.locator(".letter").inner_text()
    press(liis, "Send this decision")
    expect(liis.locator(".timeline-out").first).to_contain_text(letter.splitlines()[0])
    next_step.get_by_role("link", name="Record their answer").click()
    liis.get_by_label("They accept the decision").check()
    liis.get_by_label("Telephone").check()
    press(liis, "Save the answer")
    next_step.get_by_role("link", name="Prove remedy 1").click()
    liis.get_by_label("How can it be seen that it was done?").fill("Letter of today")
    press(liis, "Save the proof")
    expect(next_step).to_contain_text("The proofs wait for somebody who did not give them.")

    mark.goto(here)
    mark.locator("#next-step").get_by_role("link", name="Check the proofs").click()
    press(mark, "All proofs are right")
    liis.goto(here)
    next_step.get_by_role("link", name="Close").click()
    liis.get_by_label("We do not know").check()
    press(liis, "Close the complaint")
    expect(liis.get_by_text("The complaint is closed.")).to_be_visible()
    assert stage_of(complaint) == Stage.CLOSED
    entries = Entry.objects.filter(event__startswith="complaints.").order_by("id").values_list("event", flat=True)
    assert [event.removeprefix("complaints.") for event in entries] == LIFE.split()


@pytest.fixture
def at_work(site, new_page, sign_in):
    """Liis before a complaint that is being investigated."""
    world = builders.a_world()
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, points=2)
    page = new_page()
    sign_in(page, site, world.liis)
    ready(page, site + address(complaint))
    return world, complaint, page


def test_keys_lead_to_what_one_does_most(at_work):
    _world, complaint, page = at_work
    page.keyboard.press("r")
    expect(page.get_by_role("textbox", name="Message to Mari Saar")).to_be_focused()
    page.keyboard.type("rm")
    expect(page.get_by_role("textbox", name="Message to Mari Saar")).to_have_value("rm")
    page.keyboard.press("Tab")
    page.locator("main").focus()
    page.keyboard.press("m")
    expect(page.get_by_role("textbox", name="Internal note")).to_be_focused()
    page.locator("main").focus()
    page.once("dialog", lambda dialog: dialog.accept())
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile(f"{complaint.reference}/assessment/$"))


def test_every_action_is_reached_by_tab(at_work):
    _world, _complaint, page = at_work
    wanted = {"Assess again", "Assign", "Record a finding", "More actions", "Send message", "Show"}
    for _press in range(70):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.textContent").strip()
        is_new = name in wanted
        wanted -= {each for each in wanted if name.startswith(each)}
        if name == "More actions" and is_new:
            page.keyboard.press("Enter")
            expect(page.get_by_role("link", name="Write down what they said")).to_be_visible()
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.textContent").strip() == "Write down what they said"
    assert wanted == set()


def test_the_result_of_the_assessment_follows_the_answers(site, new_page, sign_in):
    world = builders.a_world()
    complaint = builders.a_complaint(world)
    page = new_page()
    sign_in(page, site, world.liis)
    ready(page, f"{site}{address(complaint)}assessment/")
    result = page.locator("[data-result]")
    expect(result).to_be_empty()
    page.get_by_label("Severity Low, impact One person, mildly: priority 4").check(force=True)
    expect(result).to_contain_text("Priority 4, low")
    page.keyboard.press("ArrowUp")
    expect(result).to_contain_text("Priority 2, high")
    page.get_by_label("Severity Low, impact One person, mildly: priority 4").check(force=True)
    page.get_by_label("Impact on the organisation").select_option("4")
    expect(result).to_contain_text("Priority 3, normal")
    page.get_by_role("group", name="Safety implication").get_by_label("Yes").check()
    expect(result).to_contain_text("Priority 1, urgent")


def test_another_unit_brings_its_handlers_and_keeps_what_was_typed(site, new_page, sign_in):
    world = builders.a_world()
    complaint = builders.a_complaint(world)
    page = new_page()
    sign_in(page, site, world.liis)
    ready(page, f"{site}{address(complaint)}assessment/")
    page.get_by_label("Remarks").fill("Half a sentence")
    page.get_by_label("Route to").select_option(str(world.energy.pk))
    expect(page.locator("#handlers")).to_contain_text("Bruno Keller")
    expect(page.get_by_label("Remarks")).to_have_value("Half a sentence")
    assert Complaint.objects.get(pk=complaint.pk).lead_unit_id == world.water.pk


def test_the_filter_of_the_timeline_keeps_a_half_written_message(at_work):
    _world, _complaint, page = at_work
    page.get_by_role("textbox", name="Message to Mari Saar").fill("Half a sentence")
    page.get_by_role("link", name="Messages", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?show=messages$"))
    expect(page.locator("#timeline .timeline-event")).to_have_count(0)
    expect(page.locator("#live")).to_have_text("1 entry shown")
    expect(page.get_by_role("textbox", name="Message to Mari Saar")).to_have_value("Half a sentence")
    page.get_by_role("link", name="Changes", exact=True).click()
    expect(page.locator("#timeline")).to_contain_text("Investigation opened")


def test_remedies_are_added_one_by_one(at_work, site):
    world, complaint, page = at_work
    for issue in complaint.issues.all():
        actions.record_finding(complaint, issue, builders.a_conclusion(), by=world.as_(world.liis), at=world.at)
    ready(page, f"{site}{address(complaint)}response/")
    rows = page.locator("[data-remedy]:visible")
    expect(rows).to_have_count(1)
    add = page.get_by_role("button", name="Add a remedy")
    for count in (2, 3, 4, 5):
        add.click()
        expect(rows).to_have_count(count)
    expect(add).to_be_hidden()
    expect(rows.last.get_by_label("Remedy", exact=True)).to_be_focused()


def test_a_message_past_an_unread_reply_is_stopped_and_sent_with_the_second_press(at_work):
    world, complaint, page = at_work
    actions.reply(complaint, text="They called just now.", by=builders.the_complainant(complaint), at=world.at)
    page.get_by_role("textbox", name="Message to Mari Saar").fill("Did anybody call?")
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("alert").filter(has_text="wrote while you were writing")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message to Mari Saar")).to_have_value("Did anybody call?")
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_text("The message leaves in ten seconds.")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back: nothing was sent.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message to Mari Saar")).to_have_value("Did anybody call?")


# ---------------------------------------------------------------- how it looks


def a_full_complaint(world: World) -> Complaint:
    """Somebody acts for her mother; there is a file, a point found and one open, a note and a new reply."""
    upload = SimpleUploadedFile("notice-on-the-door.txt", b"The water is off on Tuesday.", "text/plain")
    file = take_in(upload, keep_original=True, at=world.at)
    complaint = builders.a_complaint(
        world,
        Stage.INVESTIGATING,
        points=2,
        title="Water switched off without notice, medical equipment at home",
        said_danger=True,
        site="Harbour Lane",
        files=(file,),
        complainant=Contact(name="Hilda Saar", needs=("call_first",)),
        representative=Representative(
            Contact(name="Mari Saar", email="mari@example.org", contact_by="email"),
            relation="daughter",
            authority="claimed",
        ),
    )
    liis, hour = world.as_(world.liis), timedelta(hours=1)
    actions.acknowledge(complaint, how=Acknowledgement.How.PAGE, by=SYSTEM, at=world.at)
    issue = Issue.objects.get(complaint=complaint, number=1)
    for reasons in ("It went to another street.", "It went to Harbour Street, not Harbour Lane."):
        actions.record_finding(complaint, issue, builders.a_conclusion(reasons=reasons), by=liis, at=world.at)
    actions.write_message(complaint, text="Did anyone call you?", needs_reply=True, by=liis, at=world.at + hour)
    actions.write_note(complaint, text="212 addresses were printed wrongly.", by=liis, at=world.at + 2 * hour)
    him = builders.the_complainant(complaint)
    actions.reply(complaint, text="Nobody called us back.", by=him, at=world.at + 3 * hour)
    return complaint


def every_page(world: World) -> list[tuple[str, Person, str]]:
    """Each type of page, with who looks at it."""
    full, liis = a_full_complaint(world), world.liis
    entry = Entry.objects.filter(event="complaints.assessed").first()
    tabs = ("", "original/", "investigation/", "response/", "files/", "trail/", f"trail/{entry.uid.hex}/")
    forms = ("assessment/", "assignment/", "findings/1/", "replies/", "identity/", "subject/", "scope/")
    found = [(path, liis, full, path) for path in (*tabs, *forms)]
    found.append(("auditor", world.dario, full, ""))
    found.append(("received", liis, builders.a_complaint(world, text="At first.", said_danger=True), ""))
    answered = builders.a_complaint(world, Stage.PROPOSED, text="Came back.")
    actions.send_back(answered, comment="Say why.", by=world.as_(world.mark), at=world.at)
    found.append(("response form", liis, answered, "response/"))
    for stage, who, path in (
        (Stage.PROPOSED, world.mark, "approval/"),
        (Stage.PROPOSED, liis, "response/"),
        (Stage.DECIDED, liis, "communication/"),
        (Stage.COMMUNICATED, liis, "attempts/"),
        (Stage.COMMUNICATED, liis, "closure/"),
        (Stage.ACCEPTED, liis, "remedies/1/proof/"),
        (Stage.REMEDIED, world.mark, "remedies/verification/"),
        (Stage.REMEDIED, liis, "remedies/verification/"),
        (Stage.VERIFIED, liis, "closure/"),
        (Stage.REJECTED, world.uma, "review/"),
        (Stage.CLOSED, liis, ""),
        (Stage.WITHDRAWN, liis, ""),
    ):
        text = f"Text for {stage} and {path}."
        found.append((f"{stage}, {path}", who, builders.a_complaint(world, stage, text=text, points=2), path))
    return [(name, who, address(complaint, path)) for name, who, complaint, path in found]


@pytest.mark.looks
def test_every_page_of_a_complaint_is_accessible(site, new_page, axe, sign_in):
    world = builders.a_world()
    page = new_page()
    wrong, signed_in = [], None
    for name, who, path in every_page(world):
        if who != signed_in:
            page.context.clear_cookies()
            sign_in(page, site, who)
            signed_in = who
        page.goto(site + path)
        settled(page)
        for summary in page.locator("details.disclosure > summary").all():
            summary.click()
        wrong += examine(page, axe, name)
        page.set_viewport_size({"width": 1440, "height": 900})
    assert wrong == []


@pytest.mark.looks
def test_the_list_of_further_actions_is_accessible_and_stays_on_the_page(site, new_page, axe, sign_in):
    world = builders.a_world()
    complaint = builders.a_complaint(world)
    for width in (1440, 390, 320):
        page = new_page(width=width)
        sign_in(page, site, world.liis)
        page.goto(site + address(complaint))
        page.locator(".more-actions > summary").click()
        assert axe(page, ".more-actions") == []
        box = page.locator(".more-list").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


@pytest.mark.looks
def test_pages_with_mistakes_stale_ones_and_refused_ones_are_accessible(site, new_page, axe, sign_in):
    world = builders.a_world()
    complaint = builders.a_complaint(world)
    page = new_page()
    sign_in(page, site, world.liis)
    here = site + address(complaint)
    wrong = []

    page.goto(here + "assessment/")
    page.get_by_role("button", name="Save assessment").click()
    expect(page.get_by_role("alert")).to_be_focused()
    wrong += examine(page, axe, "assessment with mistakes")
    page.set_viewport_size({"width": 1440, "height": 900})

    page.goto(here)
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("alert")).to_be_focused()
    wrong += examine(page, axe, "message with mistakes")
    page.set_viewport_size({"width": 1440, "height": 900})

    page.goto(here + "identity/")
    page.get_by_label("I have to reach the person").check()
    page.get_by_role("button", name="Show contact details").click()
    expect(page.get_by_text("mari@example.org")).to_be_visible()
    wrong += examine(page, axe, "contact details")
    page.set_viewport_size({"width": 1440, "height": 900})

    page.goto(here + "assignment/")
    actions.assign(complaint, world.uma, by=world.as_(world.uma), at=world.at)
    clara = page.locator("#id_handler option", has_text="Clara Whitfield").get_attribute("value")
    page.get_by_label("Handler", exact=True).select_option(clara)
    page.get_by_role("button", name="Save assignment").click()
    expect(page.get_by_text("Somebody else changed this while you were writing")).to_be_visible()
    wrong += examine(page, axe, "stale")
    page.set_viewport_size({"width": 1440, "height": 900})

    page.goto(here + "access-code/")
    page.get_by_label("Seen in person").check()
    page.get_by_role("button", name="Make a new access code").click()
    expect(page.locator("[data-code]")).to_have_count(2)
    wrong += examine(page, axe, "access code")
    page.set_viewport_size({"width": 1440, "height": 900})

    page.goto(here + "closure/")
    expect(page.get_by_role("heading", name="This cannot be done now")).to_be_visible()
    wrong += examine(page, axe, "refused")
    assert wrong == []
