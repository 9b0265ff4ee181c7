"""A message to the complainant: sent once, taken back in time, never past an unread reply, with nothing typed lost."""

import re
import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from amends.complaints import actions
from amends.complaints.models import Complaint, HeldMessage
from amends.complaints.stages import Stage
from amends.correspondence.models import Message
from amends.people.standing import SYSTEM
from tests import builders
from tests.workspace.complaint.conftest import address, text_of, went_to

TEXT = "Did anybody call you back on Monday?"


def typed(page: str, **changes: object) -> dict[str, object]:
    """The message form as the page gave it, with a text."""
    found = {name: re.search(rf'name="message-{name}" value="(\w+)"', page) for name in ("said", "once", "again")}
    hidden = {f"message-{name}": value.group(1) for name, value in found.items() if value}
    return {**hidden, "message-text": TEXT, "message-channel": "portal", **changes}


def sent(complaint: Complaint) -> list[Message]:
    """What went out, and what does when its seconds are over."""
    for held in HeldMessage.objects.waiting().filter(complaint=complaint).order_by("number"):
        actions.send_held(held, by=SYSTEM, at=held.leaves_at)
    return list(Message.objects.filter(thread=complaint.thread, direction="out"))


def held_on(page: str) -> list[str]:
    """The buttons that take a message back."""
    return re.findall(r'action="(\S+/taking-back/)"', page)


def test_it_stands_in_the_timeline_and_asks_for_a_reply(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    page = text_of(door.get(world.liis, complaint))
    form = typed(page, **{"message-needs_reply": "on", "message-channel": "phone"})
    assert went_to(door.post(world.liis, complaint, "messages/", **form), complaint, "#held")
    (message,) = sent(complaint)
    assert (message.text, message.channel, message.needs_reply, message.person) == (TEXT, "phone", True, world.liis)
    shown = text_of(door.get(world.liis, complaint))
    assert "Needs a reply" in shown


def test_for_ten_seconds_it_can_be_taken_back_and_the_text_comes_back(door, at_moment):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    files = [SimpleUploadedFile(f"{name}.txt", b"A letter.", "text/plain") for name in ("one", "two")]
    form = typed(text_of(door.get(world.liis, complaint)), **{"message-attachments": files, "message-channel": "phone"})
    door.post(world.liis, complaint, "messages/", **form)
    page = text_of(door.get(world.liis, complaint))
    assert "The message leaves in ten seconds" in page
    assert "This message leaves in 10 seconds" in page
    (back,) = held_on(page)
    others = text_of(door.get(world.uma, complaint))
    assert "This message leaves in" in others, "a colleague sees what is about to leave"
    assert held_on(others) == [], "and cannot take it back"
    assert "Only whoever sent a message can take it back" in text_of(door.client(world.uma).post(back))
    for _press in range(2):
        answer = door.client(world.liis).post(back)
        assert answer["Location"] == f"{address(complaint)}#composer"
    page = text_of(door.get(world.liis, complaint))
    assert "Taken back: nothing was sent" in page
    assert f">\n{TEXT}</textarea>" in page
    assert '<option value="phone" selected>' in page
    assert "one.txt" in page
    assert "was taken back before it left" in page
    assert TEXT not in text_of(door.get(world.uma, complaint)), "it comes back to whoever wrote it, to nobody else"
    assert sent(complaint) == []
    again = typed(page, **{"message-text": "Did they?", "message-keep": ["1"]})
    assert went_to(door.post(world.liis, complaint, "messages/", **again), complaint, "#held")
    (message,) = sent(complaint)
    assert (message.text, [row.file.name for row in message.files.all()]) == ("Did they?", ["two.txt"])
    assert TEXT not in text_of(door.get(world.liis, complaint)), "what was sent again does not come back once more"


def test_too_late_says_so_and_changes_nothing(door, at_moment, unchanged):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    door.post(world.liis, complaint, "messages/", **typed(text_of(door.get(world.liis, complaint))))
    (back,) = held_on(text_of(door.get(world.liis, complaint)))
    same = unchanged(complaint)
    at_moment(world.at + timedelta(hours=1, seconds=10))
    answer = door.client(world.liis).post(back)
    assert (answer.status_code, same()) == (422, True)
    assert "has left already and cannot be taken back" in text_of(answer)
    assert "This message is leaving now" in text_of(door.get(world.liis, complaint))
    assert len(sent(complaint)) == 1


def test_pressing_twice_sends_once(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    form = typed(text_of(door.get(world.liis, complaint)))
    for _press in range(2):
        assert went_to(door.post(world.liis, complaint, "messages/", **form), complaint, "#held")
    assert len(sent(complaint)) == 1
    assert went_to(
        door.post(world.liis, complaint, "messages/", **typed(text_of(door.get(world.liis, complaint)))),
        complaint,
        "#held",
    )
    assert len(sent(complaint)) == 2, "the same words once more, from a new page, are meant"


def test_a_reply_that_came_meanwhile_is_shown_before_anything_goes_out(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    form = typed(text_of(door.get(world.liis, complaint)))
    actions.reply(complaint, text="They called just now.", by=builders.the_complainant(complaint), at=world.at)
    answer = door.post(world.liis, complaint, "messages/", **form)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Mari Saar wrote while you were writing" in page
    assert page.index("They called just now.") < page.index("composer-message")
    assert TEXT in page
    assert sent(complaint) == []
    again = door.post(world.liis, complaint, "messages/", **typed(page))
    assert went_to(again, complaint, "#held")
    assert [message.text for message in sent(complaint)] == [TEXT]


def test_a_note_of_a_colleague_is_no_reason_to_stop(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    form = typed(text_of(door.get(world.liis, complaint)))
    actions.write_note(complaint, text="I am on it too.", by=world.as_(world.uma), at=world.at)
    assert went_to(door.post(world.liis, complaint, "messages/", **form), complaint, "#held")


def test_files_go_along(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    files = [SimpleUploadedFile(f"{name}.txt", b"A letter.", "text/plain") for name in ("one", "two")]
    form = typed(text_of(door.get(world.liis, complaint)), **{"message-attachments": files})
    assert went_to(door.post(world.liis, complaint, "messages/", **form), complaint, "#held")
    assert [row.file.name for row in sent(complaint)[0].files.order_by("id")] == ["one.txt", "two.txt"]


def test_a_file_that_is_not_taken_says_why_and_keeps_the_text(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    file = SimpleUploadedFile("letter.exe", b"MZ", "application/octet-stream")
    form = typed(text_of(door.get(world.liis, complaint)), **{"message-attachments": file})
    answer = door.post(world.liis, complaint, "messages/", **form)
    assert answer.status_code == 422
    assert "We cannot take this kind of file" in text_of(answer)
    assert TEXT in text_of(answer)
    assert sent(complaint) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"message-text": ""}, "Write something first"),
        ({"message-text": "\x00 \x00"}, "Write something first"),
        ({"message-text": "x" * 20_001}, "Shorten this to 20000 characters"),
        ({"message-text": "caf\ufffd"}, "did not arrive as you wrote them"),
        ({"message-channel": "pigeon"}, "Select a valid choice"),
        ({"message-said": "many"}, "Enter a whole number"),
        ({"message-said": str(10**40)}, "less than or equal"),
    ],
)
def test_what_cannot_be_sent_comes_back_with_a_sentence(door, changes, words):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    form = typed(text_of(door.get(world.liis, complaint)), **changes)
    answer = door.post(world.liis, complaint, "messages/", **form)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "<title>Error:" in text_of(answer)
    assert sent(complaint) == []


def test_somebody_anonymous_is_written_to_on_the_tracking_page_only(door):
    world = door.world
    complaint = builders.a_complaint(world, is_anonymous=True)
    page = text_of(door.get(world.liis, complaint))
    assert "Message to the complainant" in page
    assert 'value="phone"' not in page
    answer = door.post(world.liis, complaint, "messages/", **typed(page, **{"message-channel": "phone"}))
    assert answer.status_code == 422


def test_asked_for_without_a_form_it_leads_to_the_composer(door):
    complaint = builders.a_complaint(door.world)
    assert door.get(door.world.liis, complaint, "messages/")["Location"] == f"{address(complaint)}#composer"


def test_two_presses_at_the_same_moment_send_once(own_database, django_db_blocker, as_):
    """Two web threads with the same form: one of them waits for the other, and finds it said."""
    with django_db_blocker.unblock():
        world = builders.a_world()
        complaint = builders.a_complaint(world, Stage.INVESTIGATING)
        client = as_(world.liis)
        page = text_of(client.get(address(complaint)))
        form, statuses = typed(page), []
        start = threading.Barrier(2)

        def press() -> None:
            twin = as_()
            twin.cookies = client.cookies
            start.wait()
            statuses.append(twin.post(address(complaint, "messages/"), form).status_code)
            connections.close_all()

        presses = [threading.Thread(target=press) for _ in range(2)]
        for each in presses:
            each.start()
        for each in presses:
            each.join()
        assert statuses == [302, 302]
        assert len(sent(complaint)) == 1
