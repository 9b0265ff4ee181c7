"""A daughter complains for her mother: she is told nothing without a permission, everything with it, and nothing again
after its end."""

import pytest
from playwright.sync_api import FilePayload, expect

from tests.files import uploads
from tests.journeys import steps
from tests.journeys.pages import Person, choose, choose_in_list, field, follow, press, sees, sees_heading

pytestmark = [pytest.mark.browser, pytest.mark.once]

MOTHER, REQUEST = "Hilda Saar", "We need the permission of the person you act for"
REASONS = "A notice was due two days before. It went to another street."
PERMISSION: FilePayload = {"name": "permission.jpg", "mimeType": "image/jpeg", "buffer": uploads.jpeg((300, 400))}
TRAIL = (
    "received acknowledged assessed investigation_opened finding_recorded response_proposed decided replied "
    "authority_recorded communicated authority_ended"
)


def sees_nothing(kadri: Person, codes: steps.Codes) -> None:
    """The codes open a page that asks for the permission, and tells nothing."""
    kadri.page.context.clear_cookies()
    kadri.goes_to("/en/track/")
    field(kadri, "Reference").fill(codes.reference)
    field(kadri, "Access code").fill(codes.access)
    press(kadri, "See progress")
    sees_heading(kadri, REQUEST)
    shown = kadri.page.content()
    assert [each for each in (steps.TEXT, MOTHER, REASONS) if each in shown] == []


def sends_permission(kadri: Person) -> None:
    """A photo of it, on the page that asks for it."""
    follow(kadri, "Send the permission")
    field(kadri, "Your message").fill("Here is what my mother signed.")
    kadri.page.locator("input[type=file]").set_input_files(PERMISSION)
    press(kadri, "Send message")
    sees_heading(kadri, REQUEST)


def records_permission(liis: Person) -> None:
    """The document that came in is looked at."""
    liis.page.locator("summary").filter(has_text="More actions").click()
    follow(liis, "Record the permission of the representative")
    field(liis, "What does it cover?").fill("Everything about this complaint")
    choose_in_list(liis, "The document came in as", PERMISSION["name"])
    press(liis, "Save the permission")
    sees(liis, "The permission is recorded. The representative sees the complaint on the tracking page again.")


def ends_permission(liis: Person, reference: str) -> None:
    """The mother speaks for herself from now on."""
    liis.goes_to(f"/staff/complaints/{reference}/authority/end/")
    choose(liis, "Why does it end?", "The complainant has taken it back")
    press(liis, "End the permission")
    sees(liis, "The permission has ended. The representative is told nothing from now on.")


def test_a_daughter_is_told_everything_once_her_mother_agreed(larkhaven, staff, visitor, trail) -> None:
    box = larkhaven.letterbox
    kadri = visitor("Kadri Saar")
    codes = steps.complain(kadri, mother=MOTHER)
    reference = codes.reference
    sees_nothing(kadri, codes)
    receipt = box.letter(kadri.email, f"We have your complaint {reference}")
    assert [each for each in (steps.TEXT, MOTHER) if each in receipt.text] == []

    liis, mark = staff("liis"), staff("mark")
    steps.open_complaint(liis, reference)
    steps.assess(liis, handler=liis.name)
    steps.investigate(liis)
    steps.record_finding(liis, "Upheld: we were wrong", "The notice went to another street.", cause="process")
    steps.propose(liis, "You were right: we did not warn you.", REASONS)
    steps.approve(mark, reference)
    steps.open_complaint(liis, reference)
    steps.waits(liis, "Record the permission")
    liis.goes_to(f"/staff/complaints/{reference}/communication/")
    sees(liis, "Ask for the permission first.")
    expect(liis.page.get_by_role("button", name="Send this decision")).to_have_count(0)
    assert larkhaven.installation.stage_of(reference) == "decided"
    sees_nothing(kadri, codes)
    assert box.subjects_to(kadri.email) == [receipt.subject]

    sends_permission(kadri)
    box.letter(liis.email, f"New reply to {reference}")
    steps.open_complaint(liis, reference)
    records_permission(liis)
    box.letter(kadri.email, f"Something has changed about {reference}")
    kadri.goes_to("/en/track/view/")
    sees(kadri, steps.TEXT)
    expect(kadri.page.get_by_role("complementary")).to_contain_text(MOTHER)
    steps.communicate(liis)
    box.letter(kadri.email, f"Our decision on {reference} is ready")
    steps.reads_on_tracking_page(kadri, "Our decision is ready")
    steps.read_decision(kadri, "We agree with your complaint")
    sees(kadri, REASONS)

    ends_permission(liis, reference)
    sees_nothing(kadri, codes)
    trail(liis, codes, TRAIL)
