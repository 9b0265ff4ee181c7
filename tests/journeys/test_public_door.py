"""A complaint lived through from the public form to closing: by its complainant, its handler and those who decide."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload

from tests.files import uploads
from tests.journeys import steps
from tests.journeys.conftest import Larkhaven
from tests.journeys.installation import eventually
from tests.journeys.pages import Person
from tests.journeys.steps import Codes

pytestmark = pytest.mark.browser

NOTICE: FilePayload = {"name": "notice-on-door.jpg", "mimeType": "image/jpeg", "buffer": uploads.jpeg((400, 300))}
BOOKING: FilePayload = {"name": "apology.txt", "mimeType": "text/plain", "buffer": b"Dear Mari Saar, we are sorry."}

UNTIL_DECISION = (
    "received acknowledged assessed issue_added investigation_opened message_sent replied message_sent "
    "finding_recorded finding_recorded response_proposed decided communicated"
)
REVIEWED = "rejected review_opened finding_recorded finding_recorded response_proposed decided communicated"
ACKNOWLEDGED, ASKED = "We have your complaint {reference}", "There is a message about {reference}"
DECIDED, MOVED = "Our decision on {reference} is ready", "Something has changed about {reference}"
SETTLED = "accepted remedy_proved remedies_verified closed"


@pytest.fixture
def stage(larkhaven: Larkhaven) -> Callable[[Codes], str]:
    return lambda codes: larkhaven.installation.stage_of(codes.reference)


@pytest.fixture
def gets(larkhaven: Larkhaven) -> Callable[[Person, str, Codes], str]:
    """Waits for a letter to somebody about the complaint, in their language; it never holds the access code."""

    def text_of(who: Person, subject: str, codes: Codes) -> str:
        letter = larkhaven.letterbox.letter(who.email, who.say(subject, reference=codes.reference))
        assert letter.language == who.say.language
        assert letter.sender == "complaints@larkhaven.example"
        assert codes.access not in letter.text
        assert steps.TEXT not in letter.text
        return letter.text

    return text_of


@pytest.fixture
def got_in_all(larkhaven: Larkhaven) -> Callable[..., None]:
    """Exactly these letters came to somebody, in their language and in this order; waits for the last one."""

    def are_all(who: Person, codes: Codes, *subjects: str) -> None:
        expected = [who.say(subject, reference=codes.reference) for subject in subjects]
        eventually(lambda: len(larkhaven.letterbox.subjects_to(who.email)) >= len(expected), f"{len(expected)} letters")
        assert larkhaven.letterbox.subjects_to(who.email) == expected

    return are_all


def until_the_decision(
    visitor: Callable[..., Person],
    staff: Callable[..., Person],
    larkhaven: Larkhaven,
    gets: Callable[[Person, str, Codes], str],
    stage: Callable[[Codes], str],
    cast: tuple[str, str, str],
    **browser: object,
) -> tuple[Person, Person, Person, Codes]:
    """Complained, acknowledged, assessed, asked and answered, found, answered, approved and told."""
    name, handler_key, decider_key = cast
    handler = staff(handler_key, **browser)
    mari = visitor(name, handler.say.language, **browser)
    codes = steps.complain(mari, attached=[NOTICE])
    assert stage(codes) == "received"
    letter = gets(mari, ACKNOWLEDGED, codes)
    assert steps.proof_of_receipt(mari) in letter
    assert f"{larkhaven.site}/{mari.say.language}/track/" in letter
    steps.track(mari, codes)
    eventually(lambda: steps.is_confirmed(mari), "the confirmation of receipt")

    steps.open_complaint(handler, codes.reference)
    steps.is_at(handler, "Received")
    steps.reads_original(handler, NOTICE["name"])
    steps.assess(handler, handler=handler.name)
    assert stage(codes) == "assessed"
    steps.reads_on_tracking_page(mari, "We have your complaint and know how urgent it is")
    steps.add_point(handler, "Nobody called back")
    steps.investigate(handler)
    assert stage(codes) == "investigating"
    steps.reads_on_tracking_page(mari, "We are looking into your complaint")

    steps.write(handler, mari.name, "Which number did you call?", needs_reply=True)
    gets(mari, ASKED, codes)
    steps.reads_on_tracking_page(mari, "We need an answer from you")
    steps.answer_question(mari, "The one on the bill, 600 0142.")
    gets(handler, "New reply to {reference}", codes)
    steps.open_complaint(handler, codes.reference)
    steps.reads_message(handler, "The one on the bill, 600 0142.")
    steps.write(handler, mari.name, "Thank you. We look at the list of calls.")

    steps.respond_to_points(handler)
    assert stage(codes) == "proposed"
    steps.may_not_approve(handler, codes.reference)
    decider = staff(decider_key, **browser)
    gets(decider, "{reference} waits for approval", codes)
    steps.approve(decider, codes.reference)
    assert stage(codes) == "decided"
    steps.open_complaint(handler, codes.reference)
    letter = steps.communicate(handler)
    assert handler.say("At any time you can also turn to {body}.").partition("{")[0] in letter
    gets(mari, DECIDED, codes)
    assert stage(codes) == "communicated"
    return mari, handler, decider, codes


def settle(
    mari: Person,
    handler: Person,
    decider: Person,
    codes: Codes,
    gets: Callable[[Person, str, Codes], str],
    stage: Callable[[Codes], str],
    *,
    remedy: int,
) -> None:
    """Accepted, the remedy proved and verified, closed."""
    steps.accept(mari)
    assert stage(codes) == "accepted"
    gets(handler, "The decision on {reference} was answered", codes)
    steps.open_complaint(handler, codes.reference)
    steps.is_at(handler, "Accepted")
    steps.prove_remedy(handler, remedy, "Letter of today", BOOKING)
    assert stage(codes) == "remedied"
    gets(mari, MOVED, codes)
    steps.reads_on_tracking_page(mari, "We have done what we promised")
    steps.open_complaint(decider, codes.reference)
    steps.check_proofs(decider)
    assert stage(codes) == "verified"
    steps.open_complaint(handler, codes.reference)
    steps.close(handler)
    assert stage(codes) == "closed"
    steps.reads_on_tracking_page(mari, "Your complaint is closed")


def test_accepted_at_once_in_english_with_javascript(visitor, staff, larkhaven, gets, got_in_all, stage, trail) -> None:
    cast = ("Mari Saar", "liis", "mark")
    mari, liis, mark, codes = until_the_decision(visitor, staff, larkhaven, gets, stage, cast)
    steps.reads_on_tracking_page(mari, "Our decision is ready")
    steps.read_decision(mari, "We agree in part")
    settle(mari, liis, mark, codes, gets, stage, remedy=1)
    trail(liis, codes, f"{UNTIL_DECISION} {SETTLED}")
    got_in_all(mari, codes, ACKNOWLEDGED, ASKED, ASKED, DECIDED, MOVED, MOVED)


def test_not_agreed_and_reviewed_in_turkish_without_javascript(
    visitor, staff, larkhaven, gets, got_in_all, stage, trail
) -> None:
    cast = ("Ayşe Demir", "selin", "emre")
    ayse, selin, emre, codes = until_the_decision(visitor, staff, larkhaven, gets, stage, cast, javascript=False)
    steps.reads_on_tracking_page(ayse, "Our decision is ready")
    steps.read_decision(ayse, "We agree in part")
    steps.disagree(ayse, "Kimse geri aramadı, bunu görmezden geldiniz.")
    assert stage(codes) == "rejected"
    gets(selin, "The decision on {reference} was answered", codes)
    steps.open_complaint(selin, codes.reference)
    steps.is_at(selin, "Not accepted")

    clara = staff("clara")
    steps.open_complaint(clara, codes.reference)
    steps.start_review(clara, selin.name, "Did anybody call back?")
    assert stage(codes) == "in_review"
    steps.reads_on_tracking_page(ayse, "We are looking at your complaint again")
    steps.open_complaint(selin, codes.reference)
    steps.respond_to_points(selin, second="Upheld: we were wrong")
    steps.may_not_approve(selin, codes.reference)
    steps.has_decided_before(emre, codes.reference)
    steps.approve(clara, codes.reference)
    steps.open_complaint(selin, codes.reference)
    steps.communicate(selin)
    assert stage(codes) == "communicated"

    steps.reads_on_tracking_page(ayse, "Our decision is ready")
    steps.read_decision(ayse, "We agree with your complaint")
    settle(ayse, selin, emre, codes, gets, stage, remedy=2)
    trail(selin, codes, f"{UNTIL_DECISION} {REVIEWED} {SETTLED}")
    got_in_all(ayse, codes, ACKNOWLEDGED, ASKED, ASKED, DECIDED, MOVED, DECIDED, MOVED, MOVED)
