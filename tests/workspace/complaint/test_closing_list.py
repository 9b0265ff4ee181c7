"""What is looked over before closing follows from what is recorded."""

import pytest

from amends.complaints import actions
from amends.complaints.actions.take_interim_measure import Planned
from amends.complaints.closing import Item, checklist
from amends.complaints.models import Finding, Link
from amends.complaints.stages import Stage
from tests import builders
from tests.workspace.complaint.conftest import text_of


def open_items(complaint):
    complaint.refresh_from_db()
    return {check.item for check in checklist(complaint) if not check.is_done}


@pytest.mark.parametrize(
    ("stage", "missing"),
    [
        (Stage.RECEIVED, {Item.DECISION_TOLD, Item.RIGHTS_TOLD}),
        (Stage.COMMUNICATED, {Item.REMEDIES_PROVED}),
        (Stage.REMEDIED, {Item.REMEDIES_PROVED}),
        (Stage.VERIFIED, set()),
    ],
)
def test_it_gets_shorter_on_the_way(world, stage, missing):
    assert open_items(builders.a_complaint(world, stage)) == missing


def test_each_open_thing_is_seen(world):
    complaint, other = builders.a_complaint(world, Stage.VERIFIED), builders.a_complaint(world)
    liis = world.as_(world.liis)
    actions.link(other, complaint, kind=Link.Kind.JOINT, by=liis, at=world.at)
    actions.reply(complaint, text="One more thing.", by=builders.the_complainant(complaint), at=world.at)
    Finding.objects.filter(issue__complaint=complaint).update(cause=None)
    assert open_items(complaint) == {Item.OTHERS_ANSWERED, Item.MESSAGE_ANSWERED, Item.CAUSE_SET}
    actions.withdraw(other, by=liis, at=world.at)
    assert Item.OTHERS_ANSWERED not in open_items(complaint)


def test_it_stands_on_the_page_of_closing(door):
    complaint = builders.a_complaint(door.world, Stage.VERIFIED)
    page = text_of(door.get(door.world.liis, complaint, "closure/"))
    assert "Look over before closing" in page
    assert "Not done" not in page
    early = builders.a_complaint(door.world, Stage.ACCEPTED)
    page = text_of(door.get(door.world.liis, early, "closure/"))
    assert "Not done" in page
    assert "(1 open)" in page


def test_a_step_that_was_promised_shows_until_it_is_noted(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    steps = [Planned("A visit to the tank", world.at.date())]
    actions.take_interim_measure(complaint, measure="Bottled water", steps=steps, by=world.as_(world.liis), at=world.at)
    assert "A visit to the tank" in text_of(door.get(world.liis, complaint))
    page = text_of(door.get(world.liis, complaint, "investigation/"))
    assert "Not done yet" in page
    assert "interim/1/steps/1/" in page
    assert "interim/1/steps/1/" not in text_of(door.get(world.dario, complaint, "investigation/"))
    assert door.get(world.liis, complaint, "interim/1/steps/2/").status_code == 404
    assert door.post(world.liis, complaint, "interim/1/steps/1/", done_on="", proof="").status_code == 422
    answer = door.post(world.liis, complaint, "interim/1/steps/1/", done_on="2026-03-02", proof="A photo")
    assert answer.status_code == 302
    assert "A visit to the tank" not in text_of(door.get(world.liis, complaint)).split('id="timeline"')[0]
    page = text_of(door.get(world.liis, complaint, "investigation/"))
    assert "A photo" in page
    assert "Not done yet" not in page
    assert door.post(world.liis, complaint, "interim/1/steps/1/", done_on="2026-03-02", proof="").status_code == 422
    # It was noted by mistake.
    again = "interim/1/steps/1/end/"
    assert door.get(world.liis, complaint, "interim/1/steps/2/end/").status_code == 404
    assert door.post(world.dario, complaint, again, reason="x").status_code == 403
    assert "Say why it was not taken." in text_of(door.post(world.liis, complaint, again, reason=" "))
    assert "A photo" in text_of(door.get(world.liis, complaint, again))
    assert door.post(world.liis, complaint, again, reason="It was the tank next door").status_code == 302
    page = text_of(door.get(world.liis, complaint, "investigation/"))
    for words in ("Not done yet", "It was the tank next door", "A photo", "taken back by"):
        assert words in page
    assert "A step of the plan was not taken yet after all" in text_of(door.get(world.liis, complaint))
