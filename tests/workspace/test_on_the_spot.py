"""Put right on the spot: six answers, one sending, the real events."""

import time
from importlib import import_module

import pytest
from django.db import transaction
from playwright.sync_api import expect

from amends.complaints import actions
from amends.complaints.models import Closure, Complaint, Deadline, Finding
from amends.complaints.stages import Outcome, Stage
from amends.framework.models import Category, Product
from amends.journal.models import Entry
from amends.kit import clock
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from tests import builders
from tests.workspace.test_in_browser import examine

HERE = "/staff/complaints/new/on-the-spot/"
ONCE = "0123456789abcdef" * 2
#: More answers, or more time, and people leave small complaints unrecorded.
MOST_ANSWERS, MOST_SECONDS = 6, 20


def answers(**changes):
    data = {
        "once": ONCE,
        "text": "The tap at the counter dripped on my coat.",
        "done": "Said sorry, dried the coat, closed the tap.",
        "product": "our-services",
        "category": "poor-service",
        "name": "Mari Saar",
        "channel": "in_person",
    }
    return {**data, **changes}


def test_it_goes_the_whole_way_in_one_sending(world, as_):
    answer = as_(world.frida).post(HERE, answers())
    assert answer.status_code == 200
    complaint = Complaint.objects.get()
    page = answer.content.decode()
    assert complaint.reference in page
    assert (complaint.stage, complaint.outcome, complaint.is_settled) == (Stage.CLOSED, Outcome.UPHELD, True)
    events = Entry.objects.filter(event__startswith="complaints.").order_by("id").values_list("event", flat=True)
    assert list(events) == ["complaints.received", "complaints.acknowledged", "complaints.closed"]
    assert Closure.objects.get().reason == Closure.Reason.ON_THE_SPOT
    assert Finding.objects.get().reasons == "Said sorry, dried the coat, closed the tap."
    assert not Deadline.objects.open().exists()
    broken = [found for rule in all_invariants() if rule.name.startswith("complaints.") for found in rule.check()]
    assert broken == []


def test_sent_twice_it_is_one_complaint_with_the_same_code(world, as_):
    first, second = (as_(world.frida).post(HERE, answers()) for _ in range(2))
    assert Complaint.objects.count() == 1
    assert second.status_code == 200
    assert first.context["code"] == second.context["code"]
    assert "This recording had been saved before." in second.content.decode()


def test_without_a_name_it_is_anonymous_and_names_nobody(world, as_):
    as_(world.frida).post(HERE, answers(name="", product="", category=""))
    assert Complaint.objects.get().is_anonymous


@pytest.mark.parametrize(
    ("missing", "words"),
    [("text", "Write what happened"), ("done", "Write what you did about it"), ("channel", "Choose how you spoke")],
)
def test_what_is_missing_is_said_and_nothing_is_saved(world, as_, missing, words):
    answer = as_(world.frida).post(HERE, answers(**{missing: ""}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Complaint.objects.exists()


def test_nothing_is_received_when_it_cannot_be_closed(world, monkeypatch):
    """One transaction: a complaint never stays behind half done."""

    def fails(*_args, **_kwargs):
        raise Refusal("not_permitted", "No.")

    monkeypatch.setattr(import_module("amends.complaints.actions.settle_at_once"), "settle_at_once", fails)
    with pytest.raises(Refusal), transaction.atomic():
        actions.resolve_on_the_spot(
            builders.an_intake(), done="Sorry.", token=ONCE, by=world.as_(world.frida), at=world.at
        )
    assert not Complaint.objects.exists()


def test_only_for_those_who_receive_complaints_and_only_at_the_beginning(world, as_):
    assert as_(world.dario).get(HERE).status_code == 403
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    with pytest.raises(Refusal) as caught:
        actions.settle_at_once(complaint, done="Sorry.", by=world.as_(world.liis), at=world.at)
    assert caught.value.code == "not_at_this_stage"


def test_it_can_be_taken_up_again(world, as_):
    as_(world.frida).post(HERE, answers())
    complaint = Complaint.objects.get()
    actions.reopen(complaint, reason="It drips again.", by=world.as_(world.liis), at=world.at)
    assert complaint.stage == Stage.REOPENED


@pytest.mark.browser
def test_six_answers_in_twenty_seconds_by_keyboard(site, new_page, sign_in, axe):
    world = builders.a_world(at=clock.now())
    page = new_page(width=390)
    sign_in(page, site, world.frida)
    page.goto(site + HERE)
    fields = page.locator("main form").locator("textarea, select, input:not([type=hidden]):not([type=radio]), fieldset")
    assert fields.count() <= MOST_ANSWERS
    began = time.monotonic()
    page.get_by_label("What happened?").focus()
    keys = page.keyboard
    keys.type("The tap at the counter dripped on my coat.")
    keys.press("Tab")
    keys.type("Said sorry and closed the tap.")
    keys.press("Tab")
    keys.type(str(Product.objects.get(code="our-services"))[:6])
    keys.press("Tab")
    keys.type(str(Category.objects.get(code="poor-service"))[:6])
    keys.press("Tab")
    keys.type("Mari Saar")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Put right and closed")
    assert time.monotonic() - began < MOST_SECONDS
    assert Complaint.objects.get().stage == Stage.CLOSED
    wrong = examine(page, axe, "on_the_spot_saved")
    page.goto(site + HERE)
    assert [*wrong, *examine(page, axe, "on_the_spot")] == []
