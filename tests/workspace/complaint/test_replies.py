"""What the complainant said on the telephone, written down by staff."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from amends.complaints import actions
from amends.complaints.models import Complaint, SummaryCheck
from amends.complaints.stages import Stage
from amends.correspondence.models import Message
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to


def typed(door, complaint, **changes):
    page = text_of(door.get(door.world.liis, complaint, "replies/"))
    said = re.search(r'name="said" value="(\d+)"', page).group(1)
    return {"said": said, "channel": "phone", "text": "The water is back.", **changes}


def last(complaint: Complaint) -> Message:
    return Message.objects.filter(thread=complaint.thread, direction="in").order_by("-id")[0]


def test_it_stands_in_the_timeline_as_theirs_and_says_who_wrote_it_down(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    assert went_to(door.post(world.liis, complaint, "replies/", **typed(door, complaint)), complaint)
    assert (last(complaint).text, last(complaint).channel, last(complaint).person) == (
        "The water is back.",
        "phone",
        world.liis,
    )
    page = text_of(door.get(world.liis, complaint))
    assert "written down by Liis Tamm" in page
    assert "New reply" in page


def test_pressing_twice_writes_it_down_once(door):
    world = door.world
    complaint = builders.a_complaint(world)
    form = typed(door, complaint)
    for _press in range(2):
        assert went_to(door.post(world.liis, complaint, "replies/", **form), complaint)
    assert Message.objects.filter(thread=complaint.thread, direction="in").count() == 2


def test_of_somebody_anonymous_only_the_stripped_copy_of_a_file_is_kept(door):
    world = door.world
    for is_anonymous in (True, False):
        complaint = builders.a_complaint(world, is_anonymous=is_anonymous, text=f"Anonymous: {is_anonymous}.")
        file = SimpleUploadedFile("letter.txt", b"A letter.", "text/plain")
        form = typed(door, complaint, attachments=file)
        assert went_to(door.post(world.liis, complaint, "replies/", **form), complaint)
        assert bool(last(complaint).files.get().file.original) != is_anonymous


def test_whoever_recorded_the_complaint_may_add_to_it(door):
    world = door.world
    receipt = actions.receive(builders.an_intake(), token="t" * 32, by=world.as_(world.frida), at=world.at)
    assert door.get(world.frida, receipt.complaint, "replies/").status_code == 200


def test_what_is_missing_is_said_at_its_field(door):
    world = door.world
    complaint = builders.a_complaint(world)
    answer = door.post(world.liis, complaint, "replies/", **typed(door, complaint, text="", channel=""))
    assert answer.status_code == 422
    assert "Write down what they said" in text_of(answer)
    assert "Choose how it came" in text_of(answer)


def test_what_was_understood_is_read_back_on_the_telephone(door):
    """They agree or correct it; pressed twice is once, and the tracking page asks no more."""
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED, text="No water.")
    assert "Read back what we understood" in text_of(door.get(world.liis, complaint))
    page = text_of(door.get(world.liis, complaint, "summary/"))
    assert complaint.issues.get().summary in page
    typed = {"asked": "0", "channel": "phone", "answer": "wrong", "correction": "In <b>May</b>."}
    for wrong in ({"answer": ""}, {"channel": ""}, {"correction": " "}, {"asked": ""}):
        refused = door.post(world.liis, complaint, "summary/", **{**typed, **wrong})
        assert (refused.status_code, SummaryCheck.objects.count()) == (422, 0), wrong
    assert door.post(world.zoe, complaint, "summary/", **typed).status_code in {403, 404}
    for _again in range(2):
        assert went_to(door.post(world.liis, complaint, "summary/", **typed), complaint)
    check = SummaryCheck.objects.get()
    assert (check.is_right, check.person, check.correction.text) == (False, world.liis, "In <b>May</b>.")
    assert went_to(door.post(world.frida, complaint, "summary/", **typed), complaint) is False
    assert went_to(door.post(world.uma, complaint, "summary/", **{**typed, "answer": "right"}), complaint)
    assert SummaryCheck.objects.filter(is_right=True, correction=None, person=world.uma).count() == 1
    timeline = text_of(door.get(world.liis, complaint))
    assert "corrected by the complainant · Telephone" in timeline
    assert "In &lt;b&gt;May&lt;/b&gt;." in text_of(door.get(world.liis, complaint, "summary/"))
    told = builders.a_complaint(world, Stage.COMMUNICATED, text="Told.")
    assert door.post(world.liis, told, "summary/", **typed).status_code == 422
