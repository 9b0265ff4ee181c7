"""Files: listed with where they came from, saved as copies, and as originals only with a trace."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.complaints import actions
from amends.complaints.stages import Stage
from amends.files.models import Reason, State, StoredFile
from amends.files.taking_in import take_in
from amends.journal.models import ReadEvent
from tests import builders
from tests.workspace.complaint.conftest import text_of


@pytest.fixture
def sent(door):
    """A complaint with a file, and that file."""
    world = door.world
    file = take_in(SimpleUploadedFile("notice.txt", b"A notice.", "text/plain"), keep_original=True, at=world.at)
    return builders.a_complaint(world, files=(file,)), file


def test_they_are_listed_with_where_they_came_from(door, sent):
    world = door.world
    complaint, _file = sent
    note = take_in(SimpleUploadedFile("list.txt", b"212 addresses.", "text/plain"), keep_original=True, at=world.at)
    actions.write_note(complaint, text="See the list.", files=[note], by=world.as_(world.liis), at=world.at)
    page = text_of(door.get(world.liis, complaint, "files/"))
    assert "notice.txt" in page
    assert "From the complainant" in page
    assert "list.txt" in page
    assert "Internal note" in page
    assert '<span class="tab-count">2</span>' in page


def test_a_copy_is_saved_and_never_opened_in_place(door, sent):
    complaint, file = sent
    answer = door.get(door.world.liis, complaint, f"files/{file.token}/")
    assert b"".join(answer.streaming_content) == b"A notice."
    assert answer["Content-Disposition"].startswith("attachment;")
    assert not ReadEvent.objects.filter(field_group="original_file").exists()


def test_the_original_leaves_a_trace_of_who_saved_it(door, sent):
    complaint, file = sent
    client = door.client(door.world.liis)
    answer = client.get(f"/staff/complaints/{complaint.reference}/files/{file.token}/", {"original": "1"})
    assert answer.status_code == 200
    assert ReadEvent.objects.filter(field_group="original_file").count() == 1


def test_of_somebody_anonymous_there_is_no_original(door):
    world = door.world
    file = take_in(SimpleUploadedFile("notice.txt", b"A notice.", "text/plain"), keep_original=False, at=world.at)
    complaint = builders.a_complaint(world, files=(file,), is_anonymous=True)
    assert "original=1" not in text_of(door.get(world.liis, complaint, "files/"))
    answer = door.client(world.liis).get(f"/staff/complaints/{complaint.reference}/files/{file.token}/?original=1")
    assert answer.status_code == 422
    assert "was not kept" in text_of(answer)


@pytest.mark.parametrize(
    ("state", "words"), [(State.WAITING, "still being checked"), (State.REJECTED, "did not pass the virus check")]
)
def test_what_the_scanner_has_not_passed_is_not_given_out(door, sent, state, words):
    complaint, file = sent
    reason = Reason.MALWARE if state == State.REJECTED else ""
    StoredFile.objects.filter(pk=file.pk).update(state=state, reason=reason)
    for path in ("", "files/"):
        page = text_of(door.get(door.world.liis, complaint, path))
        assert "notice.txt" in page
        assert file.token not in page
    answer = door.get(door.world.liis, complaint, f"files/{file.token}/")
    assert answer.status_code == 422
    assert words in text_of(answer)


def test_a_file_of_another_complaint_is_not_found_here(door, sent):
    _complaint, file = sent
    other = builders.a_complaint(door.world, Stage.RECEIVED, text="Another one.")
    assert door.get(door.world.liis, other, f"files/{file.token}/").status_code == 404


def test_without_files_the_tab_says_what_would_stand_there(door):
    complaint = builders.a_complaint(door.world)
    assert "No files" in text_of(door.get(door.world.liis, complaint, "files/"))
