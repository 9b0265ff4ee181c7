"""Somebody is in danger: told at once, read at the top, acted on and closed on the same day."""

import pytest
from playwright.sync_api import FilePayload, expect

from tests.journeys import steps
from tests.journeys.conftest import bring_in
from tests.journeys.pages import choose, choose_in_list, field, follow, press, sees, sees_heading

pytestmark = [pytest.mark.browser, pytest.mark.once]

TEXT = "Since this morning there is a smell of gas in the whole staircase. Two children live on the first floor."
AT_ONCE = "The pipe was shut off at once, and a fitter stands in the staircase."
PROOF: FilePayload = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"We are sorry."}
TRAIL = (
    "received acknowledged assessed significant_read significant_reacted investigation_opened "
    "interim_measure_taken finding_recorded response_proposed decided communicated accepted remedy_proved "
    "remedies_verified closed"
)


def assess_as_dangerous(liis) -> None:
    """Safety first: what was done at once stands in the assessment."""
    steps.next_step(liis, "Assess")
    for each in ("Safety implication", "Is immediate action needed?", "Is immediate action possible?"):
        choose(liis, each, "Yes")
    field(liis, "What was done at once").fill(AT_ONCE)
    liis.page.get_by_role("radio", name="Severity Critical, impact One household: priority 1").check(force=True)
    field(liis, "How many people may be affected?").fill("40")
    choose(liis, "Complexity", "Simple")
    choose_in_list(liis, "Handler", liis.name)
    press(liis, "Save assessment")
    sees(liis, "The assessment is saved.")


def reads_and_reacts(nils, letterbox, reference: str) -> None:
    """At the top: a mail, one press to say that it was read, and what is being done."""
    mail = letterbox.letter(nils.email, f"Significant complaint: {reference}")
    assert TEXT not in mail.text
    nils.goes_to("/staff/significant/")
    row = nils.page.get_by_role("listitem").filter(has=nils.page.get_by_text(reference, exact=True)).first
    expect(row).to_contain_text("No reaction yet")
    row.get_by_role("button", name="I have read this").click()
    read = nils.page.get_by_role("region", name="Read", exact=True)
    expect(read).to_contain_text(reference)
    row.get_by_role("link", name="Say what is being done").click()
    sees_heading(nils, "What is being done")
    field(nils, "What is being done?").fill("The street is closed, and everybody is out of the house.")
    press(nils, "Save")
    sees(nils, "It is noted what is being done.")


def test_a_danger_is_seen_to_on_the_same_day(larkhaven, staff, visitor, new_page, trail) -> None:
    clara = staff("clara")
    nils = bring_in(larkhaven, clara, new_page, "Nils Berg", ["Top management"])
    tiina = visitor("Tiina Rebane")
    codes = steps.complain(tiina, text=TEXT, danger="Yes")
    liis, mark = staff("liis"), staff("mark")
    told = larkhaven.letterbox.letter(clara.email, f"Somebody may be in danger: {codes.reference}")
    assert codes.access not in told.text

    steps.open_complaint(liis, codes.reference)
    assess_as_dangerous(liis)
    reads_and_reacts(nils, larkhaven.letterbox, codes.reference)

    # Who handles it sees that it was read at the top, and the answer.
    liis.page.reload()
    alert = liis.page.locator("#significant")
    expect(alert).to_contain_text("The street is closed, and everybody is out of the house.")
    expect(alert.get_by_role("listitem").filter(has_text=nils.name)).to_contain_text("read")
    expect(alert.get_by_role("listitem").filter(has_text=nils.name)).not_to_contain_text("not read yet")

    steps.investigate(liis)
    liis.goes_to(f"/staff/complaints/{codes.reference}/interim/")
    field(liis, "What do we do at once?").fill("You live in the hotel at the harbour until the pipe is mended.")
    field(liis, "What comes next?").fill("The new pipe is laid.")
    field(liis, "By which day?").first.fill(steps.in_days(2))
    press(liis, "Save and tell them")
    sees(liis, "The complainant is told what is done at once, and the plan.")
    larkhaven.letterbox.letter(tiina.email, f"There is a message about {codes.reference}")
    steps.track(tiina, codes)
    expect(tiina.page.get_by_role("main")).to_contain_text("You live in the hotel at the harbour")

    liis.goes_to(f"/staff/complaints/{codes.reference}/")
    steps.record_finding(liis, "Upheld: we were wrong", "The pipe was past its time.", cause="process")
    steps.propose(liis, "You were right: the pipe was past its time.", "It was due last year.", remedy="An apology")
    steps.approve(mark, codes.reference)
    steps.open_complaint(liis, codes.reference)
    steps.communicate(liis)
    steps.reads_on_tracking_page(tiina, "Our decision is ready")
    follow(tiina, "Read the decision")
    steps.accept(tiina)
    steps.open_complaint(liis, codes.reference)
    steps.prove_remedy(liis, 1, "Letter of today", PROOF)
    steps.open_complaint(mark, codes.reference)
    steps.check_proofs(mark)
    steps.open_complaint(liis, codes.reference)
    steps.close(liis)
    assert larkhaven.installation.stage_of(codes.reference) == "closed"
    trail(liis, codes, TRAIL)
