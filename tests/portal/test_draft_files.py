"""Files of a draft: added, listed, removed; and never an original of somebody who may stay anonymous."""

from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.complaints.models import Draft
from amends.files.models import StoredFile
from tests.files.uploads import MAKER
from tests.portal.visitor import ANONYMOUS, CONTACT, WHAT, Visitor, a_photo, a_recording


def adds(visitor: Visitor, draft: Draft, *files: Any, **more: str) -> Any:
    data = {"text": "Half a sentence", "attachments": list(files), "add": "files", **more}
    return visitor.post(f"/complain/{draft.number}/what/", data)


def test_a_file_is_added_without_leaving_the_step_and_what_was_typed_is_kept(visitor: Visitor) -> None:
    draft = visitor.starts()
    response = adds(visitor, draft, a_photo())
    assert response.url == f"/en/complain/{draft.number}/what/#files"
    page = visitor.get(f"/complain/{draft.number}/what/").content.decode()
    assert "notice.jpg" in page
    assert "Half a sentence" in page
    assert draft.files.count() == 1


def test_files_are_also_added_by_continuing(visitor: Visitor) -> None:
    draft = visitor.starts()
    response = visitor.post(f"/complain/{draft.number}/what/", {**WHAT, "attachments": [a_photo(), a_photo("b.jpg")]})
    assert response.url == f"/en/complain/{draft.number}/remedy/"
    assert [row.file.name for row in draft.files.order_by("id")] == ["notice.jpg", "b.jpg"]


def test_a_file_can_be_removed_and_nothing_is_kept_of_it(visitor: Visitor) -> None:
    draft = visitor.starts()
    adds(visitor, draft, a_photo())
    file = StoredFile.objects.get()
    response = visitor.post(f"/complain/{draft.number}/what/", {"text": "Still here", "remove": file.token})
    assert response.url.endswith("/what/#files")
    assert not draft.files.exists()
    assert not StoredFile.objects.exists()
    draft.refresh_from_db()
    assert draft.answers["text"] == "Still here"


def test_nobody_removes_files_of_another_draft(visitor: Visitor) -> None:
    draft = visitor.starts()
    adds(visitor, draft, a_photo())
    stranger = Visitor()
    other = stranger.starts()
    stranger.post(f"/complain/{other.number}/what/", {"remove": StoredFile.objects.get().token})
    assert draft.files.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("setup.exe", b"MZ\x90\x00", "We cannot take this kind of file"),
        ("photo.jpg", b"<script>alert(1)</script>", "The content of this file is not what its name says"),
        ("empty.pdf", b"", "This file is empty"),
        ("../../etc/passwd.jpg", b"root", "The content of this file is not what its name says"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 200, "file"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence_and_all_else_is_kept(
    visitor: Visitor, name: str, content: bytes, says: str
) -> None:
    draft = visitor.starts()
    response = visitor.post(
        f"/complain/{draft.number}/what/",
        {**WHAT, "attachments": [a_photo(), SimpleUploadedFile(name, content, "image/jpeg")]},
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert says in page
    assert "/etc/" not in page
    assert WHAT["text"] in page
    assert "notice.jpg" in page
    assert [row.file.name for row in draft.files.all()] == ["notice.jpg"]


def test_adding_a_file_complains_about_the_file_only(visitor: Visitor) -> None:
    draft = visitor.starts()
    page = adds(visitor, draft, SimpleUploadedFile("x.exe", b"MZ")).content.decode()
    assert "x.exe: We cannot take this kind of file" in page
    assert "Choose whether anyone is in danger now" not in page


def test_ten_files_are_the_most(visitor: Visitor) -> None:
    draft = visitor.starts()
    adds(visitor, draft, *(a_photo(f"{number}.jpg") for number in range(6)))
    page = adds(visitor, draft, *(a_photo(f"more-{number}.jpg") for number in range(5))).content.decode()
    assert "You can add 10 files." in page
    assert draft.files.count() == 10
    assert StoredFile.objects.count() == 10


class TestOriginals:
    def test_are_not_kept_while_nobody_knows_who_it_is(self, visitor: Visitor) -> None:
        draft = visitor.starts()
        adds(visitor, draft, a_photo())
        file = StoredFile.objects.get()
        assert file.original == ""
        assert file.taken_in_at.second == 0
        with storages["default"].open(file.stripped) as content:
            assert MAKER.encode() not in content.read()

    def test_recordings_have_to_wait_for_the_name(self, visitor: Visitor) -> None:
        draft = visitor.starts()
        page = adds(visitor, draft, a_recording()).content.decode()
        assert "we do not know yet whether you want to stay anonymous" in page
        visitor.answers(draft, "contact", **CONTACT)
        assert adds(visitor, draft, a_recording()).status_code == 302
        assert StoredFile.objects.get().original

    def test_of_the_anonymous_recordings_are_refused(self, visitor: Visitor) -> None:
        draft = visitor.starts()
        visitor.answers(draft, "contact", **ANONYMOUS)
        assert "As you stay anonymous" in adds(visitor, draft, a_recording()).content.decode()

    def test_are_kept_as_evidence_once_a_name_was_given(self, visitor: Visitor) -> None:
        draft = visitor.starts()
        visitor.answers(draft, "contact", **CONTACT)
        adds(visitor, draft, a_photo())
        assert StoredFile.objects.get().original

    def test_are_taken_away_when_somebody_stays_anonymous_after_all(self, visitor: Visitor) -> None:
        draft = visitor.starts()
        visitor.answers(draft, "contact", **CONTACT)
        adds(visitor, draft, a_photo())
        before = StoredFile.objects.get()
        assert visitor.answers(draft, "contact", **ANONYMOUS).status_code == 302
        after = StoredFile.objects.get()
        assert (after.name, after.original) == ("notice.jpg", "")
        assert after.sha256 != before.sha256
        assert list(draft.files.values_list("file__token", flat=True)) == [after.token]

    def test_what_cannot_be_stripped_has_to_be_removed_first(self, visitor: Visitor) -> None:
        draft = visitor.starts()
        visitor.answers(draft, "contact", **CONTACT)
        adds(visitor, draft, a_recording())
        response = visitor.answers(draft, "contact", **ANONYMOUS)
        assert response.status_code == 422
        assert "call.wav: A sound, a video or a saved e-mail may tell who made it" in response.content.decode()
        draft.refresh_from_db()
        assert "contact" not in draft.steps_done
