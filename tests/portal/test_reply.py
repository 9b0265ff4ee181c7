"""Writing to us."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.complaints import actions
from amends.complaints.intake import Contact
from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.correspondence.models import Message
from amends.files.models import StoredFile
from tests.cast import World
from tests.portal.conftest import NOW, Moment
from tests.portal.visitor import Visitor, a_complaint_with_code, a_photo, a_recording, follower

#: What a browser says when the form stood on one of our pages.
OUR_PAGE = {"Sec-Fetch-Site": "same-origin"}


def written(complaint: Complaint) -> list[str]:
    rows = Message.objects.filter(thread=complaint.thread, direction=Message.Direction.IN).order_by("id")
    return list(rows.values_list("text", flat=True))[1:]


def once(visitor: Visitor) -> str:
    return str(visitor.get("/track/reply/").context["form"].initial["once"])


@pytest.mark.parametrize(
    "stage", [Stage.RECEIVED, Stage.COMMUNICATED, Stage.CLOSED, Stage.WITHDRAWN, Stage.OUT_OF_SCOPE]
)
def test_one_can_write_at_every_stage(world: World, stage: Stage) -> None:
    complaint, _code = a_complaint_with_code(world, stage)
    visitor = follower(complaint)
    response = visitor.post("/track/reply/", {"text": "One more thing."})
    assert response.url == "/en/track/view/"
    page = visitor.get("/track/view/").content.decode()
    assert "We have your message." in page
    assert "One more thing." in page
    assert written(complaint) == ["One more thing."]


def test_an_answer_closes_the_question(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING)
    complaint.refresh_from_db()
    actions.write_message(complaint, text="Did we call?", needs_reply=True, by=world.as_(world.liis), at=NOW)
    visitor = follower(complaint)
    assert "Did we call?" in visitor.get("/track/reply/").content.decode()
    visitor.post("/track/reply/", {"text": "No."})
    complaint.refresh_from_db()
    assert (complaint.has_new_reply, complaint.waits_for_complainant) == (True, False)
    assert "Did we call?" not in visitor.get("/track/reply/").content.decode()


def test_files_go_with_it_with_their_originals(world: World) -> None:
    complaint, _code = a_complaint_with_code(world)
    visitor = follower(complaint)
    visitor.post("/track/reply/", {"text": "Here.", "attachments": [a_photo(), a_recording()]})
    files = StoredFile.objects.order_by("id")
    assert [file.name for file in files] == ["notice.jpg", "call.wav"]
    assert all(file.original and file.attached_at == NOW for file in files)
    assert "notice.jpg" in visitor.get("/track/view/").content.decode()


def test_sent_twice_it_is_one_message(world: World) -> None:
    complaint, _code = a_complaint_with_code(world)
    visitor = follower(complaint)
    key = once(visitor)
    for _ in range(3):
        assert visitor.post("/track/reply/", {"text": "Once.", "once": key}).status_code == 302
    visitor.post("/track/reply/", {"text": "Once.", "once": once(visitor)})
    assert written(complaint) == ["Once.", "Once."]


def test_a_message_that_failed_can_be_sent_again(world: World, monkeypatch: Any) -> None:
    complaint, _code = a_complaint_with_code(world)
    visitor = follower(complaint)
    key = once(visitor)
    with monkeypatch.context() as broken:
        broken.setattr(actions, "reply", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        response = visitor.post("/track/reply/", {"text": "Do not lose this.", "once": key}, headers=OUR_PAGE)
    assert response.status_code == 503
    assert "Do not lose this." in response.content.decode()
    assert visitor.post("/track/reply/", {"text": "Do not lose this.", "once": key}).status_code == 302
    assert written(complaint) == ["Do not lose this."]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Write your message"),
        ("\x00 \n", "Write your message"),
        ("x" * 20_001, "Shorten this to 20000 characters."),
    ],
)
def test_what_cannot_be_taken_is_answered_with_a_sentence(world: World, text: str, says: str) -> None:
    complaint, _code = a_complaint_with_code(world)
    response = follower(complaint).post("/track/reply/", {"text": text})
    assert response.status_code == 422
    assert response.content.decode().count(says) == 2
    assert written(complaint) == []


def test_with_a_hostile_file_nothing_is_sent_and_nothing_is_kept(world: World) -> None:
    complaint, _code = a_complaint_with_code(world)
    files = [a_photo(), SimpleUploadedFile("run.exe", b"MZ")]
    response = follower(complaint).post("/track/reply/", {"text": "Look at this.", "attachments": files})
    assert response.status_code == 422
    page = response.content.decode()
    assert "run.exe: We cannot take this kind of file" in page
    assert "Look at this." in page
    assert written(complaint) == []
    assert not StoredFile.objects.exists()


def test_the_hour_that_ran_out_while_writing_gives_the_text_back(world: World, moment: Moment) -> None:
    complaint, _code = a_complaint_with_code(world)
    visitor = follower(complaint)
    moment.later(minutes=61)
    long_text = "It took me an hour to write this. " * 4
    response = visitor.post("/track/reply/", {"text": long_text}, headers=OUR_PAGE)
    assert response.status_code == 401
    page = response.content.decode()
    assert long_text.strip() in page
    assert 'href="/en/track/" target="_blank"' in page
    assert written(complaint) == []


@pytest.mark.parametrize("is_same", [True, False])
def test_a_merged_complaint_says_where_it_goes_on_and_takes_messages(world: World, is_same: bool) -> None:
    complaint, _code = a_complaint_with_code(world)
    somebody = {} if is_same else {"complainant": Contact(name="Ott Kask", email="ott@example.org")}
    other, _code = a_complaint_with_code(world, token="another token", **somebody)
    visitor = follower(complaint)
    actions.merge(complaint, other, reason="One burst pipe.", by=world.as_(world.liis), at=world.at)
    page = visitor.get("/track/view/").content.decode()
    assert "We handle your complaint together with another one" in page
    assert (other.reference in page) is is_same
    visitor.post("/track/reply/", {"text": "Still here?"}, headers=OUR_PAGE)
    assert written(complaint) == ["Still here?"]


class TestAnonymous:
    def test_files_are_stripped_and_moments_are_whole_minutes(self, world: World) -> None:
        complaint, _code = a_complaint_with_code(world, is_anonymous=True)
        visitor = follower(complaint)
        visitor.post("/track/reply/", {"text": "Here.", "attachments": [a_photo()]})
        file = StoredFile.objects.get()
        message = Message.objects.latest("id")
        assert file.original == ""
        assert {moment.second for moment in (message.at, file.attached_at, file.taken_in_at)} == {0}

    def test_recordings_are_refused_with_a_reason(self, world: World) -> None:
        complaint, _code = a_complaint_with_code(world, is_anonymous=True)
        response = follower(complaint).post("/track/reply/", {"text": "Here.", "attachments": [a_recording()]})
        assert "As you stay anonymous" in response.content.decode()


def test_files_of_a_sending_that_is_repeated_are_not_taken_in_again(world: World) -> None:
    complaint, _code = a_complaint_with_code(world)
    visitor = follower(complaint)
    key = once(visitor)
    visitor.post("/track/reply/", {"text": "Here.", "attachments": [a_photo()], "once": key})
    visitor.post("/track/reply/", {"text": "Here.", "attachments": [a_photo()], "once": key})
    assert StoredFile.objects.count() == 1
