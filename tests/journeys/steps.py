"""What people do in their browsers, in the words of the field. Everything is found by what the person sees.

    codes = complain(mari)
    sign_in(liis)
    open_complaint(liis, codes.reference)
    assess(liis, handler=liis.name)

Each step ends by waiting for what the person sees when it has been done.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from playwright.sync_api import FilePayload, Locator, expect

from amends.journal.vocabulary import event_called
from tests.journeys.installation import eventually
from tests.journeys.pages import Person, choose, choose_in_list, field, follow, press, sees, sees_heading

TEXT = "The water was switched off on Monday morning and nobody told us. We called twice."
ADDRESS = "Harbour Lane 4, 12345 Larkhaven"
OUR_SERVICES = ("products", "our-services")


@dataclass(frozen=True)
class Codes:
    """What opens a complaint to the person who made it."""

    reference: str
    access: str


# ---------------------------------------------------------------- the complainant


def complain(
    who: Person,
    *,
    text: str = TEXT,
    attached: list[FilePayload] | None = None,
    wishes: str = "apologise",
    is_anonymous: bool = False,
    danger: str = "No, not any more",
    mother: str = "",
    address: str = "",
) -> Codes:
    """The six steps of the public form, from the first page to the two codes."""
    who.goes_to(f"/{who.say.language}/")
    follow(who, "Make a complaint")
    press(who, "Start now")
    _is_at_step(who, 1, "What it is about")
    choose(who, "Which product or service is it about?", who.say.starter(*OUR_SERVICES))
    field(who, "Where did it happen?").fill("Harbour Lane 4")
    press(who, "Continue", last=True)
    _is_at_step(who, 2, "Who it is for")
    if mother:
        choose(who, "Who has the problem?", "Somebody else, and I act for them")
        field(who, "Their name").fill(mother)
        field(who, "How are you related to them?").fill("daughter")
        choose(who, "Do they agree that you complain for them?", "Not yet. I will send it later")
    else:
        choose(who, "Who has the problem?", "Me")
    press(who, "Continue", last=True)
    _is_at_step(who, 3, "What went wrong")
    field(who, "What happened?").fill(text)
    choose(who, "Is anyone in danger or without an essential service right now?", danger)
    for file in attached or []:
        field(who, "Photos, letters or recordings").set_input_files(file)
        press(who, "Add these files")
        remove = f"{who.say('Remove')} {file['name']}"
        expect(who.page.get_by_role("button", name=remove)).to_be_visible()
    press(who, "Continue", last=True)
    _is_at_step(who, 4, "What would put it right")
    choose(who, "What would you like us to do?", who.say.starter("remedies", wishes))
    press(who, "Continue", last=True)
    _is_at_step(who, 5, "How we can reach you")
    _give_name(who, is_anonymous=is_anonymous, address=address)
    press(who, "Continue", last=True)
    _is_at_step(who, 6, "Check and send")
    names = [] if is_anonymous else [who.name, *filter(None, [mother])]
    for shown in (text, *names, *(file["name"] for file in attached or [])):
        expect(who.page.get_by_role("main").get_by_text(shown).first).to_be_visible()
    press(who, "Send complaint")
    sees_heading(who, "Thank you. We have your complaint.")
    return codes_on(who)


def _is_at_step(who: Person, number: int, title: str) -> None:
    sees_heading(who, title)
    begins = who.say("Step %(number)s of %(total)s: %(title)s", number=number, total=6, title=who.say(title))
    if number == 6:
        begins = who.say("Step %(number)s of %(total)s: Check and send", number=6, total=6)
    assert who.page.title().startswith(begins)


def _give_name(who: Person, *, is_anonymous: bool, address: str) -> None:
    asked = "How do you want to complain?"
    if is_anonymous:
        choose(who, asked, "Stay anonymous. We answer only on the tracking page, and cannot call or write to you")
        return
    choose(who, asked, "With my name")
    field(who, "Your name").fill(who.name)
    choose(who, "How may we tell you that there is something new?", "By e-mail, when there is something to read")
    field(who, "E-mail address").fill(who.email)
    if address:
        field(who, "Postal address").fill(address)


def codes_on(who: Person) -> Codes:
    """Reference and access code as the page shows them."""
    shown = []
    for name in ("Reference", "Access code"):
        term = who.page.get_by_role("term").filter(has_text=re.compile(rf"^{re.escape(who.say(name))}$"))
        shown.append(term.locator("xpath=following-sibling::dd").inner_text())
    return Codes(*shown)


def proof_of_receipt(who: Person) -> str:
    """The hash that the confirmation page gives to the complainant."""
    shown = who.page.get_by_role("paragraph").filter(has_text=who.say("Proof of receipt"))
    return shown.locator(".reference").inner_text()


def track(who: Person, codes: Codes) -> None:
    """Open the complaint with both codes, typed as people type them."""
    who.goes_to(f"/{who.say.language}/track/")
    field(who, "Reference").fill(codes.reference.lower())
    field(who, "Access code").fill(codes.access.replace("-", " "))
    press(who, "See progress")
    expect(who.page.get_by_role("heading", name=who.say("Messages"))).to_be_visible()


def is_confirmed(who: Person) -> bool:
    """Whether the tracking page, opened anew, says that receipt is confirmed."""
    who.page.reload()
    step = who.page.get_by_role("listitem").filter(has_text=who.say("Confirmed"))
    return who.say("(done)") in step.first.inner_text()


def reads_on_tracking_page(who: Person, headline: str) -> None:
    """Look again, and see where the complaint stands."""
    who.page.reload()
    sees_heading(who, headline)


def answer_question(who: Person, text: str) -> None:
    """Answer what we asked."""
    field(who, "Your reply").fill(text)
    press(who, "Send reply")
    expect(who.page.get_by_text(text)).to_be_visible()


def read_decision(who: Person, result: str) -> None:
    """Open the decision from the tracking page."""
    follow(who, "Read the decision")
    sees_heading(who, result)


def accept(who: Person) -> None:
    """Say yes to the decision."""
    press(who, "Accept the decision")
    sees_heading(who, "You have accepted our decision")


def disagree(who: Person, reason: str) -> None:
    """Say no to the decision."""
    follow(who, "I do not agree")
    field(who, "Why do you not agree?").fill(reason)
    press(who, "Send: I do not agree")
    sees_heading(who, "You do not agree with our decision")


# ---------------------------------------------------------------- staff


def open_complaint(who: Person, reference: str) -> None:
    """Find a complaint by its reference."""
    search = who.page.get_by_role("searchbox", name=who.say("Search complaints"))
    search.fill(reference)
    search.press("Enter")
    expect(who.page).to_have_url(re.compile(f"/staff/complaints/{reference}/$"))


def is_at(who: Person, stage: str) -> None:
    """The stage bar shows where the complaint stands."""
    bar = who.page.get_by_role("list", name=who.say("Stages of the complaint"))
    expect(bar.locator("[aria-current=step] .stage-text")).to_have_text(who.say(stage))


def next_step(who: Person, text: str, **slots: Any) -> None:
    """Follow the button of the next step."""
    card = who.page.get_by_role("region", name=who.say("Next step"))
    card.get_by_role("link", name=who.say(text, **slots), exact=True).click()


def waits(who: Person, text: str, **slots: Any) -> None:
    """The next step is for somebody else."""
    card = who.page.get_by_role("region", name=who.say("Next step"))
    expect(card).to_contain_text(who.say(text, **slots))


def record_call(who: Person, caller: str, phone: str) -> Codes:
    """Write down what somebody tells on the telephone; gives the codes to be read out."""
    who.goes_to("/staff/complaints/new/")
    choose(who, "How did it come in?", "Telephone")
    choose(who, "Which product or service is it about?", who.say.starter(*OUR_SERVICES))
    choose(who, "Who has the problem?", "Me")
    field(who, "What happened?").fill(TEXT)
    choose(who, "Is anyone in danger or without an essential service right now?", "No, not any more")
    choose(who, "How do you want to complain?", "With my name")
    field(who, "Your name").fill(caller)
    choose(who, "How may we tell you that there is something new?", "By telephone")
    field(who, "Telephone number").fill(phone)
    choose(who, "Did you read back what you wrote down?", "Yes, and they agreed")
    press(who, "Save complaint")
    sees_heading(who, "The complaint is saved")
    return codes_on(who)


def record_letter(who: Person, writer: str, received: date, *, scan: FilePayload | None = None) -> Codes:
    """Write down what came by post some time ago, in the language of who writes it down."""
    who.goes_to("/staff/complaints/new/")
    choose(who, "How did it come in?", "Post")
    field(who, "Language of the complaint").select_option(who.say.language)
    field(who, "Day it was received").fill(received.isoformat())
    choose(who, "Which product or service is it about?", who.say.starter(*OUR_SERVICES))
    choose(who, "Who has the problem?", "Me")
    field(who, "What happened?").fill(TEXT)
    choose(who, "Is anyone in danger or without an essential service right now?", "No, not any more")
    choose(who, "How do you want to complain?", "With my name")
    field(who, "Your name").fill(writer)
    choose(who, "How may we tell you that there is something new?", "By letter")
    field(who, "Postal address").fill(ADDRESS)
    if scan is not None:
        field(who, "Photos, letters or recordings").set_input_files(scan)
    choose(who, "Did you read back what you wrote down?", "No, it came in writing or there was no time")
    press(who, "Save complaint")
    sees_heading(who, "The complaint is saved")
    return codes_on(who)


def disturbs_at_any_hour(who: Person) -> None:
    """Change the levels of escalation: no quiet hours."""
    follow(who, "Change the levels")
    field(who, "Nobody is disturbed from").fill("")
    field(who, "Until").fill("")
    who.page.get_by_role("checkbox", name=re.compile(re.escape(who.say("Not on days without work either")))).uncheck()
    press(who, "Save levels")
    sees_heading(who, "Escalation")


def has_told(who: Person) -> None:
    """Note that the caller knows that the complaint has arrived."""
    choose(who, "How did you tell them?", "By telephone")
    press(who, "I have told them")
    sees(who, "It is noted that you confirmed the receipt.")


def reads_back(who: Person) -> None:
    """Read out what was understood; they agree."""
    who.page.locator("summary").filter(has_text=who.say("More actions")).click()
    follow(who, "Read back what we understood")
    choose(who, "How did you speak to them?", "Telephone")
    choose(who, "Did we understand it?", "Yes, they agree")
    press(who, "Save what they said")
    sees(who, "It is noted whether we understood them.")


def reads_original(who: Person, file: str, *, text: str = TEXT) -> None:
    """Read what the complainant wrote, and see what they sent along."""
    follow(who, "Original")
    expect(who.page.get_by_role("paragraph").filter(has_text=text)).to_be_visible()
    expect(who.page.get_by_role("link", name=file).first).to_be_visible()
    follow(who, "Timeline")


def assess(who: Person, *, handler: str) -> None:
    """Assess as priority 2, and give it to somebody."""
    say = who.say
    next_step(who, "Assess")
    for each in ("Safety implication", "Is immediate action needed?", "Is immediate action possible?"):
        choose(who, each, "No")
    cell = say(
        "Severity %(severity)s, impact %(impact)s: priority %(priority)s",
        severity=say("High"),
        impact=say("One household"),
        priority=2,
    )
    # The button itself lies under the coloured cell that people press.
    who.page.get_by_role("radio", name=cell).check(force=True)
    choose(who, "Complexity", "Simple")
    choose_in_list(who, "Handler", handler)
    press(who, "Save assessment")
    sees(who, "The assessment is saved.")
    is_at(who, "Assessed")


def in_days(count: int) -> str:
    """A day so many days from today, as a date field takes it."""
    return (datetime.now(UTC) + timedelta(days=count)).date().isoformat()


def add_point(who: Person, summary: str) -> None:
    """Write down a further point that was raised."""
    who.page.locator("summary").filter(has_text=who.say("More actions")).click()
    follow(who, "Add a point")
    field(who, "In a few words").fill(summary)
    press(who, "Add the point")
    expect(who.page.get_by_text(summary)).to_be_visible()


def investigate(who: Person) -> None:
    """Open the investigation."""
    next_step(who, "Open the investigation")
    press(who, "Open the investigation")
    is_at(who, "Investigating")


def record_finding(who: Person, result: str, reasons: str, *, cause: str = "") -> None:
    """Record what was found on the point that is next."""
    next_step(who, "Record a finding")
    choose(who, "What did you find?", result)
    field(who, "Reasons").fill(reasons)
    if cause:
        choose_in_list(who, "Cause", who.say.starter("causes", cause))
    press(who, "Save finding")
    sees(who, "The finding is saved.")


def propose(who: Person, summary: str, reasons: str, *, remedy: str = "") -> None:
    """Write the response, with one remedy or none."""
    next_step(who, "Write the response")
    field(who, "The result in one sentence").fill(summary)
    field(who, "Reasons").fill(reasons)
    if remedy:
        first = who.page.get_by_role("group", name=who.say("Remedy %(number)s", number=1))
        field(who, "Remedy", within=first).select_option(label=who.say.starter("remedies", "apologise"))
        field(who, "What exactly will be done", within=first).fill(remedy)
        field(who, "By when", within=first).fill(in_days(7))
    press(who, "Propose this response")
    is_at(who, "Response proposed")


def respond_to_points(who: Person, *, second: str = "Not upheld") -> None:
    """A finding for each of two points, and a response with one remedy."""
    record_finding(who, "Upheld: we were wrong", "The notice went to another street.", cause="process")
    record_finding(who, second, "The list of calls was looked at.", cause="process")
    propose(
        who,
        "You were right: we did not warn you.",
        "A notice was due two days before. It went to another street.",
        remedy="A written apology",
    )


def may_not_approve(who: Person, reference: str) -> None:
    """Whoever proposed finds no way to approve."""
    waits(who, "The response waits for approval by somebody who did not write it or decide before.")
    who.goes_to(f"/staff/complaints/{reference}/approval/")
    sees(who, "You proposed this response. Somebody else has to approve it.")
    expect(who.page.get_by_role("button", name=who.say("Approve"), exact=True)).to_have_count(0)
    who.goes_to(f"/staff/complaints/{reference}/")


def has_decided_before(who: Person, reference: str) -> None:
    """Whoever decided once does not decide on the review."""
    who.goes_to(f"/staff/complaints/{reference}/approval/")
    sees(who, "You decided on this complaint before. A review needs somebody who did not.")
    expect(who.page.get_by_role("button", name=who.say("Approve"), exact=True)).to_have_count(0)


def approve(who: Person, reference: str) -> None:
    """Find what waits for approval, read the letter and approve."""
    who.goes_to("/staff/approvals/")
    who.page.get_by_role("row").filter(has_text=reference).get_by_role("link").first.click()
    next_step(who, "Decide")
    expect(who.page.locator(".letter")).to_be_visible()
    press(who, "Approve")
    sees(who, "Your decision is recorded.")


def communicate(who: Person, *, how: str = "") -> str:
    """Send the decision; gives the letter as it was sent."""
    next_step(who, "Read and send")
    letter = who.page.locator(".letter").inner_text()
    if how:
        choose(who, "How is it told?", how)
    press(who, "Send this decision")
    is_at(who, "Communicated")
    return letter


def prints_letter(who: Person, recipient: str, reference: str) -> bytes:
    """Take a letter from the list as paper, and say that it is printed."""
    row = letter_on_list(who, recipient, reference)
    row.get_by_role("link", name=re.compile(rf"^{re.escape(who.say('Open'))}")).click()
    address = who.page.get_by_role("link", name=who.say("The letter as PDF")).get_attribute("href")
    answer = who.page.request.get(f"{who.site}{address}")
    assert answer.headers["content-type"] == "application/pdf"
    letter_on_list(who, recipient, reference).get_by_role("checkbox").check()
    press(who, "They are printed")
    expect(_row_of_letter(who, recipient, reference)).to_contain_text(who.name)
    return answer.body()


def posts_letter(who: Person, recipient: str, reference: str) -> None:
    """Note that it was posted today; then it is on the list no more."""
    letter_on_list(who, recipient, reference).get_by_role("checkbox").check()
    press(who, "They are posted")
    expect(_row_of_letter(who, recipient, reference)).to_have_count(0)


def letter_on_list(who: Person, recipient: str, reference: str) -> Locator:
    """Wait until a letter to somebody stands under Letters."""
    row = _row_of_letter(who, recipient, reference)

    def waits_there() -> bool:
        who.goes_to("/staff/letters/")
        return row.count() == 1

    eventually(waits_there, f"a letter to {recipient}")
    return row


def _row_of_letter(who: Person, recipient: str, reference: str) -> Locator:
    return who.page.get_by_role("row").filter(has_text=recipient).filter(has_text=reference)


def write_down_reply(who: Person, text: str, how: str, *, file: FilePayload | None = None) -> None:
    """What the complainant said or wrote, in their words."""
    who.page.locator("summary").filter(has_text=who.say("More actions")).click()
    follow(who, "Write down what they said")
    choose(who, "How did it come?", how)
    field(who, "What they said or wrote").fill(text)
    if file is not None:
        field(who, "Files they sent").set_input_files(file)
    press(who, "Save what they said")
    reads_message(who, text)


def tries_to_reach(who: Person, note: str) -> None:
    """Nobody answered the telephone."""
    who.page.locator("summary").filter(has_text=who.say("More actions")).click()
    follow(who, "Log an attempt to reach them")
    choose(who, "How did you try?", "Telephone")
    field(who, "Note").fill(note)
    press(who, "Save the attempt")
    sees(who, "The attempt is logged.")


def keeps_contact(who: Person) -> None:
    """From now on the complainant is found by name."""
    who.page.locator("summary").filter(has_text=who.say("More actions")).click()
    follow(who, "Look for earlier complaints of this person")
    press(who, "Link")
    sees(who, "The complaint is linked. What stands in it stays as it is.")


def finds_by_name(who: Person, typed: str, name: str, reference: str) -> None:
    """Search for a name as people type it: it is shown as it is written, with the complaint."""
    search = who.page.get_by_role("searchbox", name=who.say("Search complaints"))
    search.fill(typed)
    search.press("Enter")
    follow(who, "Look for a person of this name")
    who.page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    expect(who.page.get_by_role("heading", level=1)).to_have_text(name)
    expect(who.page.get_by_role("link", name=reference)).to_be_visible()


def record_acceptance(who: Person, how: str) -> None:
    """Write down that they accept."""
    next_step(who, "Record their answer")
    choose(who, "What did they say?", "They accept the decision")
    choose(who, "How did they say it?", how)
    press(who, "Save the answer")
    sees(who, "The answer is recorded.")


def write(who: Person, recipient: str, text: str, *, needs_reply: bool = False) -> None:
    """Write to the complainant."""
    box = who.page.get_by_role("textbox", name=who.say("Message to %(recipient)s", recipient=recipient))
    box.fill(text)
    if needs_reply:
        field(who, "Needs a reply").check()
    press(who, "Send message")
    expect(who.page.get_by_role("button", name=who.say("Take it back"))).to_be_visible()
    # It leaves after ten seconds; with JavaScript the page looks again by itself, without it one does.
    said = who.page.get_by_role("region", name=who.say("Timeline")).get_by_text(text)
    for _each in range(12):
        who.page.wait_for_timeout(3000)
        who.page.reload()
        if said.is_visible():
            break
    reads_message(who, text)


def reads_message(who: Person, text: str, *, within: float = 5) -> None:
    """What was said stands in the timeline."""
    said = who.page.get_by_role("region", name=who.say("Timeline")).get_by_text(text)
    expect(said).to_be_visible(timeout=within * 1000)


def prove_remedy(who: Person, number: int, proof: str, file: FilePayload) -> None:
    """Show that a remedy was carried out."""
    next_step(who, "Prove remedy %(number)s", number=number)
    field(who, "How can it be seen that it was done?").fill(proof)
    field(who, "File").set_input_files(file)
    press(who, "Save the proof")
    sees(who, "The proof is saved.")


def check_proofs(who: Person) -> None:
    """Verify what somebody else proved."""
    next_step(who, "Check the proofs")
    press(who, "All proofs are right")
    sees(who, "The remedies are verified.")


def start_review(who: Person, reviewer: str, question_to_answer: str) -> None:
    """Have the complaint looked at again."""
    next_step(who, "Start a review")
    choose_in_list(who, "Reviewer", reviewer)
    field(who, "What is to be looked at again?").fill(question_to_answer)
    press(who, "Start the review")
    sees(who, "The review has started. The reviewer is told by mail.")


def close(who: Person) -> None:
    """Close the complaint."""
    next_step(who, "Close")
    choose(who, "Could others be affected in the same way?", "We do not know")
    press(who, "Close the complaint")
    sees(who, "The complaint is closed. It can be reopened.")


def reads_trail(who: Person, reference: str, events: list[str]) -> None:
    """The audit trail tells the same, newest first."""
    who.goes_to(f"/staff/complaints/{reference}/trail/")
    rows = who.page.get_by_role("table").locator("tbody").get_by_role("row")
    expect(rows).to_have_count(len(events))
    for row, event in zip(rows.all_inner_texts(), reversed(events), strict=True):
        declared = event_called(event)
        assert declared is not None
        assert who.say.pattern(str(declared.sentence)).search(row), f"{event} in {row}"
