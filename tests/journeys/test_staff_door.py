"""A complaint by telephone and one by letter: written down by staff, answered the same way and closed."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import FilePayload, expect

from tests.files import uploads
from tests.journeys import steps
from tests.journeys.pages import follow, sees
from tests.rendering.paper import words_of

pytestmark = [pytest.mark.browser, pytest.mark.once]

SCAN: FilePayload = {"name": "mektup.pdf", "mimeType": "application/pdf", "buffer": uploads.pdf()}
ANSWER: FilePayload = {"name": "ikinci-mektup.jpg", "mimeType": "image/jpeg", "buffer": uploads.jpeg((300, 400))}
TOLD = "received acknowledged assessed investigation_opened"
DECIDED = "finding_recorded response_proposed decided communicated"
PAPER = "letter_queued letter_printed letter_posted"


def test_told_by_telephone_from_the_first_call_to_the_last(larkhaven, staff, visitor, trail) -> None:
    stage = larkhaven.installation.stage_of
    liis, mark = staff("liis"), staff("mark")
    # The code is read out, and so is what was written down.
    codes = steps.record_call(liis, "Juta Saar", "+372 5555 0101")
    assert stage(codes.reference) == "received"
    steps.has_told(liis)
    steps.is_at(liis, "Received")
    follow(liis, "Original")
    sees(liis, "Yes, and they agreed")
    steps.reads_back(liis)
    steps.assess(liis, handler=liis.name)
    steps.investigate(liis)
    steps.record_finding(liis, "Not upheld", "The notice hung on the door since Friday.")
    steps.propose(liis, "The notice hung on the door.", "It was hung up on Friday, as our rules say.")
    steps.may_not_approve(liis, codes.reference)
    steps.approve(mark, codes.reference)
    steps.open_complaint(liis, codes.reference)
    steps.tries_to_reach(liis, "No reply at 10:15.")
    steps.communicate(liis, how="Also by telephone")
    assert stage(codes.reference) == "communicated"

    juta = visitor("Juta Saar")
    steps.track(juta, codes)
    steps.sees_heading(juta, "Our decision is ready")

    steps.record_acceptance(liis, "Telephone")
    assert stage(codes.reference) == "accepted"
    steps.close(liis)
    assert stage(codes.reference) == "closed"
    steps.reads_on_tracking_page(juta, "Your complaint is closed")
    said = f"{TOLD} {DECIDED} accepted closed".replace("decided", "decided contact_attempted")
    trail(liis, codes, said.replace("acknowledged", "acknowledged summary_confirmed"))
    assert larkhaven.letterbox.subjects_to(juta.email) == []


def test_by_post_from_the_letter_to_the_answer_in_turkish_without_javascript(larkhaven, staff, trail) -> None:
    stage, fatma = larkhaven.installation.stage_of, "Fatma Şahin"
    selin, emre = staff("selin", javascript=False), staff("emre", javascript=False)
    received = datetime.now(UTC).date() - timedelta(days=2)
    codes = steps.record_letter(selin, fatma, received, scan=SCAN)
    reference = codes.reference
    steps.open_complaint(selin, reference)
    steps.reads_original(selin, SCAN["name"])
    # Of a letter only the day is known.
    expect(selin.page.locator(".timeline-in")).not_to_contain_text("00:00")

    # Receipt is confirmed on paper, with what was understood.
    confirmation = words_of(steps.prints_letter(selin, fatma, reference))
    for words in (
        fatma,
        "Harbour Lane 4",
        "12345 Larkhaven",
        reference,
        selin.say("This is how we understand your complaint:"),
    ):
        assert words in confirmation
    assert codes.access not in confirmation
    steps.posts_letter(selin, fatma, reference)

    steps.open_complaint(selin, reference)
    steps.assess(selin, handler=selin.name)
    steps.investigate(selin)
    steps.write_down_reply(selin, "Sayaç fotoğrafını gönderiyorum.", "Post", file=ANSWER)
    steps.record_finding(selin, "Not upheld", "Duyuru cumadan beri kapıdaydı.")
    steps.propose(selin, "Duyuru kapıdaydı.", "Kurallarımızın dediği gibi cuma günü asıldı.")
    steps.approve(emre, reference)
    steps.open_complaint(selin, reference)
    steps.communicate(selin, how="Also by letter, which I print and send")
    decision = words_of(steps.prints_letter(selin, fatma, reference))
    assert "Kurallarımızın dediği gibi cuma günü asıldı." in decision
    steps.posts_letter(selin, fatma, reference)

    steps.open_complaint(selin, reference)
    steps.record_acceptance(selin, "Post")
    steps.close(selin)
    assert stage(reference) == "closed"
    # That it is closed is told by letter, too.
    steps.letter_on_list(selin, fatma, reference)
    trail(
        selin,
        codes,
        f"received {PAPER} acknowledged assessed investigation_opened replied {DECIDED} {PAPER} accepted closed "
        "letter_queued",
    )
