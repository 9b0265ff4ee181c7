"""A complaint lived through from the public form to closing: by its complainant, its handler and those who decide."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import FilePayload

from tests.files import uploads
from tests.journeys import steps
from tests.journeys.conftest import Larkhaven
from tests.journeys.installation import eventually
from tests.journeys.pages import Person
from tests.journeys.steps import Codes

pytestmark = [pytest.mark.browser, pytest.mark.once]

NOTICE: FilePayload = {"name": "notice-on-door.jpg", "mimeType": "image/jpeg", "buffer": uploads.jpeg((400, 300))}
APOLOGY: FilePayload = {"name": "apology.txt", "mimeType": "text/plain", "buffer": b"We are sorry."}

ACKNOWLEDGED, MESSAGE = "We have your complaint {reference}", "There is a message about {reference}"
DECISION, NEWS = "Our decision on {reference} is ready", "Something has changed about {reference}"

UNTIL_DECISION = (
    "received acknowledged assessed issue_added investigation_opened message_held message_sent replied message_held "
    "message_sent finding_recorded finding_recorded response_proposed decided communicated"
)
REVIEWED = "rejected review_opened finding_recorded finding_recorded response_proposed decided communicated"
SETTLED = "accepted remedy_proved remedies_verified closed"


@dataclass(frozen=True)
class Case:
    """Those who live through a complaint, and what opens it."""

    larkhaven: Larkhaven
    complainant: Person
    handler: Person
    decider: Person
    codes: Codes

    @property
    def stage(self) -> str:
        """Where it stands."""
        return self.larkhaven.installation.stage_of(self.codes.reference)

    def gets(self, who: Person, subject: str) -> str:
        """Wait for a letter to somebody, in their language; it holds neither the access code nor what it is about."""
        letter = self.larkhaven.letterbox.letter(who.email, who.say(subject, reference=self.codes.reference))
        assert (letter.language, letter.sender) == (who.say.language, "complaints@larkhaven.example")
        assert self.codes.access not in letter.text
        assert steps.TEXT not in letter.text
        return letter.text

    def got_in_all(self, *subjects: str) -> None:
        """Exactly these letters about this complaint came to the complainant, in this order."""
        who, box = self.complainant, self.larkhaven.letterbox
        expected = [who.say(subject, reference=self.codes.reference) for subject in subjects]

        def came() -> list[str]:
            return [subject for subject in box.subjects_to(who.email) if self.codes.reference in subject]

        eventually(lambda: len(came()) >= len(expected), f"{len(expected)} letters")
        assert came() == expected


@pytest.fixture
def begin(larkhaven: Larkhaven, visitor: Callable[..., Person], staff: Callable[..., Person]) -> Callable[..., Case]:
    """Somebody complains: `begin("Mari Saar", "liis", "mark", javascript=False)`. It is theirs to handle and decide."""

    def complained(name: str, handler_key: str, decider_key: str, **browser: object) -> Case:
        handler, decider = staff(handler_key, **browser), staff(decider_key, **browser)
        complainant = visitor(name, handler.say.language, **browser)
        codes = steps.complain(complainant, attached=[NOTICE])
        return Case(larkhaven, complainant, handler, decider, codes)

    return complained


def acknowledge(case: Case) -> None:
    """The mail and the tracking page say that it has arrived."""
    mari = case.complainant
    assert case.stage == "received"
    proof = steps.proof_of_receipt(mari)
    letter = case.gets(mari, ACKNOWLEDGED)
    assert proof in letter
    assert f"{mari.site}/{mari.say.language}/track/" in letter
    steps.track(mari, case.codes)
    eventually(lambda: steps.is_confirmed(mari), "the confirmation of receipt")


def look_into(case: Case) -> None:
    """Read, assessed, with a point more than was written; asked and answered both ways."""
    mari, handler = case.complainant, case.handler
    steps.open_complaint(handler, case.codes.reference)
    steps.is_at(handler, "Received")
    steps.reads_original(handler, NOTICE["name"])
    steps.assess(handler, handler=handler.name)
    assert case.stage == "assessed"
    steps.reads_on_tracking_page(mari, "We have your complaint and know how urgent it is")
    steps.add_point(handler, "Nobody called back")
    steps.investigate(handler)
    assert case.stage == "investigating"
    steps.reads_on_tracking_page(mari, "We are looking into your complaint")

    steps.write(handler, mari.name, "Which number did you call?", needs_reply=True)
    case.gets(mari, MESSAGE)
    steps.reads_on_tracking_page(mari, "We need an answer from you")
    steps.answer_question(mari, "The one on the bill, 600 0142.")
    case.gets(handler, "New reply to {reference}")
    steps.open_complaint(handler, case.codes.reference)
    steps.reads_message(handler, "The one on the bill, 600 0142.")
    steps.write(handler, mari.name, "Thank you. We look at the list of calls.")
    case.gets(mari, MESSAGE)


def decide(
    case: Case, decider: Person, result: str, *, second: str = "Not upheld", barred: Person | None = None
) -> None:
    """Found point by point, answered, approved by somebody else, told and read. `barred` decided on it before."""
    handler, reference = case.handler, case.codes.reference
    steps.respond_to_points(handler, second=second)
    assert case.stage == "proposed"
    steps.may_not_approve(handler, reference)
    if barred is not None:
        steps.has_decided_before(barred, reference)
    steps.approve(decider, reference)
    assert case.stage == "decided"
    steps.open_complaint(handler, reference)
    letter = steps.communicate(handler)
    assert handler.say("At any time you can also turn to {body}.").partition("{")[0] in letter
    assert case.stage == "communicated"
    case.gets(case.complainant, DECISION)
    steps.reads_on_tracking_page(case.complainant, "Our decision is ready")
    steps.read_decision(case.complainant, result)


def settle(case: Case, *, remedy: int) -> None:
    """Accepted, the remedy proved and verified, closed."""
    mari, handler, reference = case.complainant, case.handler, case.codes.reference
    steps.accept(mari)
    assert case.stage == "accepted"
    case.gets(handler, "The decision on {reference} was answered")
    steps.open_complaint(handler, reference)
    steps.is_at(handler, "Accepted")
    steps.prove_remedy(handler, remedy, "Letter of today", APOLOGY)
    assert case.stage == "remedied"
    case.gets(mari, NEWS)
    steps.reads_on_tracking_page(mari, "We have done what we promised")
    steps.open_complaint(case.decider, reference)
    steps.check_proofs(case.decider)
    assert case.stage == "verified"
    steps.open_complaint(handler, reference)
    steps.close(handler)
    assert case.stage == "closed"
    steps.reads_on_tracking_page(mari, "Your complaint is closed")


def test_accepted_at_once_in_english_with_javascript(begin, trail) -> None:
    case = begin("Mari Saar", "liis", "mark")
    acknowledge(case)
    look_into(case)
    decide(case, case.decider, "We agree in part")
    case.gets(case.decider, "{reference} waits for approval")
    settle(case, remedy=1)
    case.got_in_all(ACKNOWLEDGED, MESSAGE, MESSAGE, DECISION, NEWS, NEWS)
    trail(case.handler, case.codes, f"{UNTIL_DECISION} {SETTLED}")


def test_not_agreed_and_reviewed_in_turkish_without_javascript(begin, staff, trail) -> None:
    case = begin("Ayşe Demir", "selin", "emre", javascript=False)
    ayse, selin = case.complainant, case.handler
    assert ayse.page.locator("html").get_attribute("lang") == "tr"
    acknowledge(case)
    look_into(case)
    decide(case, case.decider, "We agree in part")
    steps.disagree(ayse, "Kimse geri aramadı, bunu görmezden geldiniz.")
    assert case.stage == "rejected"
    case.gets(selin, "The decision on {reference} was answered")
    steps.open_complaint(selin, case.codes.reference)
    steps.is_at(selin, "Not accepted")

    clara = staff("clara")
    steps.open_complaint(clara, case.codes.reference)
    steps.start_review(clara, selin.name, "Did anybody call back?")
    assert case.stage == "in_review"
    case.gets(selin, "{reference} is yours now")
    steps.reads_on_tracking_page(ayse, "We are looking at your complaint again")
    steps.open_complaint(selin, case.codes.reference)
    decide(case, clara, "We agree with your complaint", second="Upheld: we were wrong", barred=case.decider)
    # The remedies of a complaint are numbered through; the first one was promised before the review.
    settle(case, remedy=2)
    case.got_in_all(ACKNOWLEDGED, MESSAGE, MESSAGE, DECISION, NEWS, DECISION, NEWS, NEWS)
    trail(selin, case.codes, f"{UNTIL_DECISION} {REVIEWED} {SETTLED}")
