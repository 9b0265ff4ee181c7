"""Three points, answered differently, over the limit of who decides; sent back, approved, disputed, reviewed, taken
outside, carried out, closed."""

import re

import pytest
from playwright.sync_api import FilePayload, expect

from tests.journeys import steps
from tests.journeys.conftest import Larkhaven
from tests.journeys.pages import Person, choose, field, follow, press, sees

pytestmark = [pytest.mark.browser, pytest.mark.once]

PROOF: FilePayload = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"We are sorry."}
LIMIT, SUM = "100", "250"
SENT_BACK = "Say how the sum was worked out."
TRAIL = (
    "received acknowledged assessed issue_added issue_added investigation_opened finding_recorded finding_recorded "
    "finding_recorded response_proposed response_sent_back response_proposed decided communicated rejected "
    "review_opened finding_recorded finding_recorded finding_recorded response_proposed decided communicated rejected "
    "referred external_result_recorded remedy_proved remedies_verified closed"
)


def sets_limit(clara: Person, role: str, most: str) -> None:
    """How much a role may promise; without an amount, without a ceiling."""
    clara.goes_to("/settings/authorities/limit/")
    field(clara, "Role").select_option(label=role)
    if most:
        field(clara, "Up to (EUR)").fill(most)
    else:
        field(clara, "Without a ceiling").check()
    field(clara, "Why").fill("The board said so")
    press(clara, "See what would change")
    press(clara, "Save limit")
    expect(clara.page.get_by_role("row").filter(has_text=role).first).to_be_visible()


def proposes(liis: Person, reasons: str) -> None:
    """Money for what was wrong; the text stands there again when it came back."""
    field(liis, "The result in one sentence").fill("You were right in part.")
    field(liis, "Reasons").fill(reasons)
    first = liis.page.get_by_role("group", name="Remedy 1")
    field(liis, "Remedy", within=first).select_option(label=liis.say.starter("remedies", "pay-compensation"))
    field(liis, "What exactly will be done", within=first).fill("Money for the spoiled food")
    first.get_by_label(re.compile("^Amount or worth")).fill(SUM)
    field(liis, "By when", within=first).fill(steps.in_days(7))
    press(liis, "Propose this response")
    steps.is_at(liis, "Response proposed")


def is_over_the_limit(mark: Person, reference: str) -> None:
    """It says so, and who could decide; there is no way to approve."""
    mark.goes_to(f"/staff/complaints/{reference}/approval/")
    expect(mark.page.locator(".banner-warn").first).to_contain_text("These people may decide on it: Clara Whitfield.")
    expect(mark.page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)


def finds(who: Person) -> None:
    """Three points, three results."""
    steps.record_finding(who, "Upheld: we were wrong", "Nobody was told.", cause="process")
    steps.record_finding(who, "Partly upheld", "One call was answered, one was not.", cause="process")
    steps.record_finding(who, "Not upheld", "The bill was right.")


def goes_outside(liis: Person, reference: str) -> None:
    """The complainant turned to a body outside; what it decides is written down beside what we decided."""
    liis.goes_to(f"/staff/complaints/{reference}/referral/")
    field(liis, "Name of the outside body").fill("Consumer Disputes Committee")
    press(liis, "Save the outside body")
    steps.is_at(liis, "With an outside body")
    liis.goes_to(f"/staff/complaints/{reference}/referral/result/")
    choose(liis, "How did it end there?", "Partly upheld")
    field(liis, "What was decided?").fill("The company pays what it offered.")
    press(liis, "Save the result")
    sees(liis, "The result is recorded.")


def test_from_three_points_to_an_outside_body(larkhaven: Larkhaven, staff, visitor, trail) -> None:
    clara, liis, mark, emre = (staff(key) for key in ("clara", "liis", "mark", "emre"))
    sets_limit(clara, "Decision maker", LIMIT)
    sets_limit(clara, "Management representative", "")
    peeter = visitor("Peeter Mägi")
    codes = steps.complain(peeter, wishes="pay-compensation")
    reference = codes.reference
    steps.open_complaint(liis, reference)
    steps.assess(liis, handler=liis.name)
    steps.add_point(liis, "Nobody called back")
    steps.add_point(liis, "The bill is too high")
    steps.investigate(liis)
    finds(liis)
    steps.next_step(liis, "Write the response")
    proposes(liis, "A notice was due two days before.")

    is_over_the_limit(mark, reference)
    field(mark, "Comment").fill(SENT_BACK)
    press(mark, "Send back")
    larkhaven.letterbox.letter(liis.email, f"Your response to {reference} came back")
    steps.open_complaint(liis, reference)
    steps.next_step(liis, "Change the response")
    sees(liis, SENT_BACK)
    proposes(liis, "A notice was due two days before. The sum is what the food had cost.")
    is_over_the_limit(mark, reference)
    steps.approve(clara, reference)
    steps.open_complaint(liis, reference)
    steps.communicate(liis)

    steps.track(peeter, codes)
    follow(peeter, "Read the decision")
    steps.disagree(peeter, "The bill is too high all the same.")
    steps.open_complaint(clara, reference)
    steps.start_review(clara, liis.name, "Was the bill right?")
    steps.open_complaint(liis, reference)
    finds(liis)
    # What the review promises takes the place of what was promised before.
    steps.propose(liis, "The bill was right.", "It was counted again.", remedy="A written apology")
    steps.has_decided_before(clara, reference)
    steps.approve(emre, reference)
    steps.open_complaint(liis, reference)
    steps.communicate(liis)
    steps.reads_on_tracking_page(peeter, "Our decision is ready")
    follow(peeter, "Read the decision")
    steps.disagree(peeter, "I go to the committee.")

    goes_outside(liis, reference)
    liis.goes_to(f"/staff/complaints/{reference}/remedies/3/proof/")
    field(liis, "How can it be seen that it was done?").fill("Letter of today")
    field(liis, "File").set_input_files(PROOF)
    press(liis, "Save the proof")
    sees(liis, "The proof is saved.")
    steps.open_complaint(mark, reference)
    steps.check_proofs(mark)
    steps.open_complaint(liis, reference)
    steps.close(liis)
    assert larkhaven.installation.stage_of(reference) == "closed"
    trail(liis, codes, TRAIL)
