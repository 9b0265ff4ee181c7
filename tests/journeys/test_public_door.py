"""A complaint lived through from the public form to closing, in Turkish and without JavaScript: by its complainant, its
handler and who decides. The letters of the name stay what they are, wherever it is written or looked for."""

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
from tests.rendering.paper import words_of

pytestmark = pytest.mark.browser

NOTICE: FilePayload = {"name": "notice-on-door.jpg", "mimeType": "image/jpeg", "buffer": uploads.jpeg((400, 300))}
APOLOGY: FilePayload = {"name": "apology.txt", "mimeType": "text/plain", "buffer": b"We are sorry."}

TEXT = "Su pazartesi sabahı kesildi ve kimse bize haber vermedi. IĞDIR şubesini iki kez aradık."
QUESTION, ANSWER = "Hangi numarayı aradınız?", "Faturadaki numarayı: 600 0142. Iğdır’daki şubeyi değil."

ACKNOWLEDGED, MESSAGE = "We have your complaint {reference}", "There is a message about {reference}"
DECISION, NEWS = "Our decision on {reference} is ready", "Something has changed about {reference}"

#: Each of its letters is another one without its mark in the wrong hands: İ i, I ı, ğ g.
NAME, TYPED = "İbrahim Iğdır", ("ığdır", "IĞDIR", "ibrahim igdir")
TRAIL = (
    "received acknowledged contact_linked assessed issue_added investigation_opened message_held message_sent replied "
    "finding_recorded finding_recorded response_proposed decided communicated letter_queued letter_printed "
    "letter_posted accepted remedy_proved remedies_verified closed"
)


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
        assert TEXT not in letter.text
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
def case(larkhaven: Larkhaven, visitor: Callable[..., Person], staff: Callable[..., Person]) -> Case:
    """He complains; it is Selin's to handle and Emre's to decide."""
    handler, decider = staff("selin", javascript=False), staff("emre", javascript=False)
    complainant = visitor(NAME, "tr", javascript=False)
    codes = steps.complain(complainant, text=TEXT, attached=[NOTICE], address=steps.ADDRESS)
    return Case(larkhaven, complainant, handler, decider, codes)


def acknowledge(case: Case) -> None:
    """The mail and the tracking page say that it has arrived."""
    who = case.complainant
    assert case.stage == "received"
    assert who.page.locator("html").get_attribute("lang") == "tr"
    proof = steps.proof_of_receipt(who)
    letter = case.gets(who, ACKNOWLEDGED)
    assert proof in letter
    assert f"{who.site}/tr/track/" in letter
    steps.track(who, case.codes)
    eventually(lambda: steps.is_confirmed(who), "the confirmation of receipt")


def look_into(case: Case) -> None:
    """Read, assessed, with a point more than was written; asked and answered both ways."""
    who, handler = case.complainant, case.handler
    steps.open_complaint(handler, case.codes.reference)
    steps.is_at(handler, "Received")
    steps.reads_original(handler, NOTICE["name"], text=TEXT)
    steps.assess(handler, handler=handler.name)
    assert case.stage == "assessed"
    steps.reads_on_tracking_page(who, "We have your complaint and know how urgent it is")
    steps.add_point(handler, "Kimse geri aramadı")
    steps.investigate(handler)
    assert case.stage == "investigating"
    steps.reads_on_tracking_page(who, "We are looking into your complaint")

    steps.write(handler, who.name, QUESTION, needs_reply=True)
    case.gets(who, MESSAGE)
    steps.reads_on_tracking_page(who, "We need an answer from you")
    steps.answer_question(who, ANSWER)
    case.gets(handler, "New reply to {reference}")
    steps.open_complaint(handler, case.codes.reference)
    steps.reads_message(handler, ANSWER)


def is_found_by_name(case: Case) -> None:
    """However it is typed."""
    steps.open_complaint(case.handler, case.codes.reference)
    steps.keeps_contact(case.handler)
    for typed in TYPED:
        steps.finds_by_name(case.handler, typed, NAME, case.codes.reference)


def decide(case: Case) -> None:
    """Found point by point, answered, approved by somebody else, told by mail and on paper, and read."""
    handler, reference = case.handler, case.codes.reference
    steps.respond_to_points(handler)
    assert case.stage == "proposed"
    steps.approve(case.decider, reference)
    assert case.stage == "decided"
    steps.open_complaint(handler, reference)
    letter = steps.communicate(handler, how="Also by letter, which I print and send")
    assert handler.say("At any time you can also turn to {body}.").partition("{")[0] in letter
    assert case.stage == "communicated"
    case.gets(case.complainant, DECISION)

    # What is on the screen is on the paper, letter by letter.
    paper = words_of(steps.prints_letter(handler, NAME, reference))
    assert NAME in paper
    assert " ".join(letter.split()) in paper
    steps.posts_letter(handler, NAME, reference)
    steps.reads_on_tracking_page(case.complainant, "Our decision is ready")
    steps.read_decision(case.complainant, "We agree in part")


def settle(case: Case) -> None:
    """Accepted, the remedy proved and verified, closed."""
    who, handler, reference = case.complainant, case.handler, case.codes.reference
    steps.accept(who)
    assert case.stage == "accepted"
    case.gets(handler, "The decision on {reference} was answered")
    steps.open_complaint(handler, reference)
    steps.is_at(handler, "Accepted")
    steps.prove_remedy(handler, 1, "Bugünkü mektup", APOLOGY)
    assert case.stage == "remedied"
    case.gets(who, NEWS)
    steps.reads_on_tracking_page(who, "We have done what we promised")
    steps.open_complaint(case.decider, reference)
    steps.check_proofs(case.decider)
    assert case.stage == "verified"
    steps.open_complaint(handler, reference)
    steps.close(handler)
    assert case.stage == "closed"
    steps.reads_on_tracking_page(who, "Your complaint is closed")


def test_a_name_in_turkish_from_the_form_to_closing(case, trail) -> None:
    acknowledge(case)
    is_found_by_name(case)
    look_into(case)
    decide(case)
    settle(case)
    case.got_in_all(ACKNOWLEDGED, MESSAGE, DECISION, NEWS, NEWS)
    trail(case.handler, case.codes, TRAIL)
