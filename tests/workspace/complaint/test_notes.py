"""A note among ourselves."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from amends.complaints.stages import Stage
from amends.correspondence.models import Message
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to


def typed(page: str, text: str = "The notice went to another street.", **changes: object) -> dict[str, object]:
    return {"note-said": re.search(r'name="note-said" value="(\d+)"', page).group(1), "note-text": text, **changes}


def test_it_is_kept_and_never_shown_to_the_complainant(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.CLOSED)
    form = typed(text_of(door.get(world.liis, complaint)))
    assert went_to(door.post(world.liis, complaint, "notes/", **form), complaint)
    note = Message.objects.get(thread=complaint.thread, direction="note")
    assert (note.text, note.person) == ("The notice went to another street.", world.liis)
    page = text_of(door.get(world.liis, complaint))
    assert "The note is saved" in page
    assert 'class="timeline-note"' in page


def test_a_decision_maker_may_write_one(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    form = typed(text_of(door.get(world.mark, complaint)))
    assert went_to(door.post(world.mark, complaint, "notes/", **form), complaint)


def test_pressing_twice_keeps_it_once(door):
    world = door.world
    complaint = builders.a_complaint(world)
    form = typed(text_of(door.get(world.liis, complaint)))
    for _press in range(2):
        assert went_to(door.post(world.liis, complaint, "notes/", **form), complaint)
    assert Message.objects.filter(thread=complaint.thread, direction="note").count() == 1


def test_a_file_goes_along_and_a_bad_one_keeps_the_text(door):
    world = door.world
    complaint = builders.a_complaint(world)
    page = text_of(door.get(world.liis, complaint))
    bad = door.post(world.liis, complaint, "notes/", **typed(page, **{"note-attachments": upload("list.zip")}))
    assert bad.status_code == 422
    assert "We do not take archives" in text_of(bad)
    assert "The notice went to another street." in text_of(bad)
    good = door.post(world.liis, complaint, "notes/", **typed(page, **{"note-attachments": upload("list.txt")}))
    assert went_to(good, complaint)
    assert Message.objects.get(thread=complaint.thread, direction="note").files.get().file.name == "list.txt"


def upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"212 addresses.", "text/plain")


def test_an_empty_note_is_refused(door):
    world = door.world
    complaint = builders.a_complaint(world)
    answer = door.post(world.liis, complaint, "notes/", **typed(text_of(door.get(world.liis, complaint)), " "))
    assert answer.status_code == 422
    assert "Write something first" in text_of(answer)
