"""Files of the messages between a complainant and us."""

import pytest

from amends.complaints import actions
from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.files.models import State, StoredFile
from amends.files.taking_in import take_in
from tests.cast import World
from tests.files.uploads import MAKER
from tests.portal.conftest import NOW
from tests.portal.visitor import Visitor, a_complaint_with_code, a_photo, follower


def a_file(name: str = "notice.jpg") -> StoredFile:
    return take_in(a_photo(name), keep_original=True, at=NOW)


def following(world: World, **changes: object) -> tuple[Complaint, Visitor]:
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING, **changes)
    complaint.refresh_from_db()
    return complaint, follower(complaint)


def test_files_of_both_sides_are_given_as_downloads_without_traces(world: World) -> None:
    mine, theirs = a_file(), a_file("answer.jpg")
    complaint, visitor = following(world, files=(mine,))
    actions.write_message(complaint, text="See the letter.", files=(theirs,), by=world.as_(world.liis), at=NOW)
    page = visitor.get("/track/view/").content.decode()
    for file in (mine, theirs):
        assert f"/en/track/files/{file.token}/" in page
        response = visitor.get(f"/track/files/{file.token}/")
        content = b"".join(response.streaming_content)
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert content[:3] == b"\xff\xd8\xff"
        assert MAKER.encode() not in content


def test_files_of_notes_of_others_and_of_nobody_are_not_there(world: World) -> None:
    internal, foreign, loose = a_file("internal.jpg"), a_file("foreign.jpg"), a_file("loose.jpg")
    complaint, visitor = following(world)
    actions.write_note(complaint, text="Look", files=(internal,), by=world.as_(world.liis), at=NOW)
    a_complaint_with_code(world, token="another token", files=(foreign,))
    answers = [visitor.get(f"/track/files/{token}/")
               for token in (internal.token, foreign.token, loose.token, "A" * 22)]  # fmt: skip
    assert {response.status_code for response in answers} == {404}
    assert len({len(response.content) for response in answers}) == 1
    assert "internal.jpg" not in visitor.get("/track/view/").content.decode()


def test_without_the_codes_there_are_no_files(world: World, visitor: Visitor) -> None:
    file = a_file()
    following(world, files=(file,))
    assert visitor.get(f"/track/files/{file.token}/").url == "/en/track/"


@pytest.mark.parametrize(
    ("state", "reason", "says"),
    [
        (State.WAITING, "", "still being checked for viruses"),
        (State.REJECTED, "malware", "rejected by the virus check"),
    ],
)
def test_what_the_scanner_has_not_passed_is_listed_but_not_given(
    world: World, state: State, reason: str, says: str
) -> None:
    file = a_file()
    _complaint, visitor = following(world, files=(file,))
    StoredFile.objects.update(state=state, reason=reason)
    page = visitor.get("/track/view/").content.decode()
    assert "notice.jpg" in page
    assert says in page
    assert file.token not in page
    assert visitor.get(f"/track/files/{file.token}/").status_code == 422
