"""From the queue to the decision that was sent, without a mouse: every key is counted."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from amends.complaints import actions
from amends.complaints.models import Acknowledgement, Complaint
from amends.complaints.stages import Stage
from amends.kit import clock
from amends.people.standing import SYSTEM
from tests import builders
from tests.journeys.keyboard import Keyboard

pytestmark = [pytest.mark.browser, pytest.mark.once]

#: Keys that lead somewhere or choose something, on the whole way of the handler and of who decides.
MOST_KEYS = 150


def assesses(keys: Keyboard, handler: str) -> None:
    """The key for the next step opens it; answers are chosen with arrows, one's own name by its letters."""
    keys.opens("t")
    keys.skips()
    for question in ("Safety implication", "Is immediate action needed?", "Is immediate action possible?"):
        keys.to(question)
        keys.press("ArrowDown")
    keys.to("Severity, and impact on the complainant")
    keys.press("Space")
    keys.to("Complexity")
    keys.press("Space")
    keys.to("Handler")
    keys.write(handler)
    keys.to("Save assessment")
    keys.opens("Enter")


def responds(keys: Keyboard) -> None:
    """From the opened investigation to a response that waits for somebody else."""
    keys.opens("s")
    keys.skips()
    keys.to("What did you find?")
    keys.press("ArrowDown", "ArrowDown")
    keys.to("Reasons")
    keys.write("The notice hung on the door since Friday.")
    keys.to("Save finding")
    keys.opens("Enter")
    keys.opens("s")
    keys.skips()
    keys.to("The result in one sentence")
    keys.write("The notice hung on the door.")
    keys.to("Reasons")
    keys.write("It was hung up on Friday, as our rules say.")
    keys.to("Propose this response")
    keys.opens("Enter")


def test_from_the_queue_to_a_sent_decision_without_a_mouse(at_browser) -> None:
    world = builders.a_world(at=clock.now() - timedelta(hours=3))
    complaint = builders.a_complaint(world)
    actions.acknowledge(complaint, how=Acknowledgement.How.PAGE, by=SYSTEM, at=world.at)
    stage = lambda: Complaint.objects.values_list("stage", flat=True).get(pk=complaint.pk)  # noqa: E731
    liis, mark = at_browser(world.liis), at_browser(world.mark)
    liis.goes_to("/staff/complaints/?view=open")
    keys, decider = Keyboard(liis.page), Keyboard(mark.page)

    keys.opens("j", "Enter")
    assesses(keys, "Liis")
    assert stage() == Stage.ASSESSED
    keys.opens("s")
    keys.skips()
    keys.to("Reason")
    keys.to("Open the investigation")
    keys.opens("Enter")
    responds(keys)
    assert stage() == Stage.PROPOSED

    mark.goes_to("/staff/approvals/")
    decider.opens("j", "Enter")
    decider.opens("s")
    decider.skips()
    decider.to("Approve")
    decider.opens("Enter")
    assert stage() == Stage.DECIDED

    liis.page.reload()
    keys.opens("s")
    keys.skips()
    keys.to("Send this decision")
    keys.opens("Enter")
    expect(liis.page.locator("#next-step")).to_contain_text("We wait for the answer")
    assert stage() == Stage.COMMUNICATED
    steered, typed = keys.steering + decider.steering, keys.typed + decider.typed
    print(f"queue to sent decision: {steered} keys ({decider.steering} of them to decide), {typed} letters typed")
    assert steered <= MOST_KEYS
