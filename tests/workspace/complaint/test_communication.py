"""The letter: read exactly as it is sent."""

import html
import re
from datetime import timedelta

from amends.complaints import actions
from amends.complaints.models import Communication
from amends.complaints.stages import Stage
from amends.framework.models import Organisation
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to


def letter(page: str) -> str:
    return html.unescape(re.search(r'class="letter card card-pad"><p[^>]*>(.*?)</p>', page, re.DOTALL).group(1))


def typed(page: str, channel: str = "portal") -> dict[str, str]:
    return {"answer_by": re.search(r'name="answer_by" value="([^"]*)"', page).group(1), "channel": channel}


def test_what_was_read_is_what_is_sent(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.DECIDED, points=2, remedies=2)
    page = text_of(door.get(world.liis, complaint, "communication/"))
    assert went_to(door.post(world.liis, complaint, "communication/", **typed(page, "post")), complaint)
    made = Communication.objects.get()
    assert (made.channel, made.person) == ("post", world.liis)
    assert made.message.text == letter(page)


def test_a_letter_whose_day_has_moved_is_read_again_before_it_goes_out(door, at_moment):
    world = door.world
    complaint = builders.a_complaint(world, Stage.DECIDED)
    page = text_of(door.get(world.liis, complaint, "communication/"))
    at_moment(world.at + timedelta(days=2))
    answer = door.post(world.liis, complaint, "communication/", **typed(page))
    again = text_of(answer)
    assert answer.status_code == 422
    assert "The day in the letter has moved" in again
    assert letter(again) != letter(page)
    assert not Communication.objects.exists()
    assert went_to(door.post(world.liis, complaint, "communication/", **typed(again)), complaint)
    assert Communication.objects.get().message.text == letter(again)


def test_without_the_text_about_outside_bodies_nothing_can_go_out(door, unchanged):
    world = door.world
    complaint = builders.a_complaint(world, Stage.DECIDED)
    page = text_of(door.get(world.liis, complaint, "communication/"))
    Organisation.objects.update(external_body={})
    same = unchanged(complaint)
    refused = text_of(door.get(world.liis, complaint, "communication/"))
    assert "The decision cannot go out" in refused
    assert "Send this decision" not in refused
    assert door.post(world.liis, complaint, "communication/", **typed(page)).status_code == 422
    assert same()


def test_a_change_meanwhile_is_shown_before_it_is_sent(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.DECIDED)
    form = typed(text_of(door.get(world.liis, complaint, "communication/")))
    seen = complaint.version
    actions.assign(complaint, world.uma, by=world.as_(world.uma), at=world.at)
    answer = door.post(world.liis, complaint, "communication/", **form, seen=seen)
    assert answer.status_code == 409
    assert "Uma Patel" in text_of(answer)
    assert not Communication.objects.exists()
