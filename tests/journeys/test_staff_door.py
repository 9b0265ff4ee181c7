"""A complaint by telephone, written down by staff, answered by telephone and closed; nothing is owed in the end."""

import pytest

from tests.journeys import steps

pytestmark = pytest.mark.browser

TRAIL = (
    "received acknowledged assessed investigation_opened finding_recorded response_proposed decided communicated "
    "accepted closed"
)


@pytest.mark.parametrize(
    ("handler", "decider", "caller", "has_script"),
    [("liis", "mark", "Juta Saar", True), ("selin", "emre", "Fatma Şahin", False)],
    ids=["English with JavaScript", "Turkish without JavaScript"],
)
def test_told_by_telephone_from_the_first_call_to_the_last(
    larkhaven, staff, visitor, trail, handler, decider, caller, has_script
) -> None:
    stage = larkhaven.installation.stage_of
    handler, decider = staff(handler, javascript=has_script), staff(decider, javascript=has_script)
    codes = steps.record_call(handler, caller, "+372 5555 0101")
    assert stage(codes.reference) == "received"
    steps.has_told(handler)
    steps.is_at(handler, "Received")
    steps.assess(handler, handler=handler.name)
    steps.investigate(handler)
    steps.record_finding(handler, "Not upheld", "The notice hung on the door since Friday.")
    steps.propose(handler, "The notice hung on the door.", "It was hung up on Friday, as our rules say.")
    steps.approve(decider, codes.reference)
    steps.open_complaint(handler, codes.reference)
    steps.communicate(handler, how="Also by telephone")
    assert stage(codes.reference) == "communicated"

    juta = visitor(caller, handler.say.language, javascript=has_script)
    steps.track(juta, codes)
    steps.sees_heading(juta, "Our decision is ready")

    steps.record_acceptance(handler, "Telephone")
    assert stage(codes.reference) == "accepted"
    steps.close(handler)
    assert stage(codes.reference) == "closed"
    steps.reads_on_tracking_page(juta, "Your complaint is closed")
    trail(handler, codes, TRAIL)
    assert larkhaven.letterbox.subjects_to(juta.email) == []
