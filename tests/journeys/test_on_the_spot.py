"""Put right while the person is still there: six answers within twenty seconds, recorded and closed."""

import time

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.pages import choose, field, press, sees_heading

pytestmark = [pytest.mark.browser, pytest.mark.once]

MOST_INPUTS, MOST_SECONDS = 6, 20


def test_a_small_complaint_takes_six_answers_and_less_than_twenty_seconds(larkhaven, staff, visitor, trail) -> None:
    liis = staff("liis")
    began, inputs = time.monotonic(), 0
    liis.goes_to("/staff/complaints/new/on-the-spot/")
    for label, text in (
        ("What happened?", "The tap at the counter dripped on my coat."),
        ("What did you do about it?", "Said sorry, dried the coat, closed the tap."),
        ("Name", "Juta Saar"),
    ):
        field(liis, label).fill(text)
        inputs += 1
    field(liis, "Product or service").select_option(label=liis.say.starter(*steps.OUR_SERVICES))
    field(liis, "What went wrong?").select_option(index=3)
    choose(liis, "How did you speak?", "In person")
    inputs += 3
    press(liis, "They are content: save and close")
    sees_heading(liis, "Put right and closed")
    seconds = time.monotonic() - began
    print(f"put right on the spot: {inputs} inputs, {seconds:.1f} s")
    assert inputs <= MOST_INPUTS
    assert seconds < MOST_SECONDS

    codes = steps.codes_on(liis)
    assert larkhaven.installation.stage_of(codes.reference) == "closed"
    juta = visitor("Juta Saar")
    steps.track(juta, codes)
    expect(juta.page.get_by_role("heading", level=1)).to_have_text("Your complaint is closed")
    trail(liis, codes, "received acknowledged closed")
