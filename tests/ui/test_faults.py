"""A full disk, a read-only file, a database that is away: nobody loses what they typed (P-06)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from amends.framework.models import Organisation
from amends.kit.dialect import Fault
from amends.ui import error_pages
from tests.settings import ENGINE
from tests.ui.conftest import found_organisation

pytestmark = pytest.mark.urls("tests.ui.pages")

LONG = "The water was switched off on Monday morning and nobody told us.\nMy mother needs it for her dialysis at home."


@pytest.fixture
def larkhaven(own_database: None, django_db_blocker) -> Iterator[Organisation]:
    with django_db_blocker.unblock():
        yield found_organisation()


def break_writes(fault: Fault) -> None:
    """Make the database of this test really refuse to write."""
    if fault is Fault.READ_ONLY and ENGINE == "sqlite":
        reopen(f"file:{connection.settings_dict['NAME']}?mode=ro")
        return
    with connection.cursor() as cursor:
        if fault is Fault.READ_ONLY:
            cursor.execute("SET default_transaction_read_only = on")
        elif ENGINE == "postgresql":
            # A full disk cannot be had here: the server itself raises what it would raise then.
            cursor.execute(
                "CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER no_space BEFORE UPDATE ON framework_organisation EXECUTE FUNCTION no_space()"
            )
        else:
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")


def mend_writes() -> None:
    """The end of READ_ONLY."""
    if ENGINE == "sqlite":
        reopen(connection.settings_dict["NAME"].removeprefix("file:").removesuffix("?mode=ro"))
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")


def reopen(name: str) -> None:
    """Let go of SQLite's file and open it under another name."""
    connection.connection.close()
    connection.connection = None
    connection.settings_dict["NAME"] = name


def send(client: Client) -> object:
    return client.post(
        "/write/?step=3",
        {"what": LONG * 2000, "why": "short words", "password1": "hunter2-hunter2", "access_code": "QX4T9M"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )


@pytest.mark.parametrize("fault", [Fault.FULL, Fault.READ_ONLY])
def test_a_database_that_takes_nothing_gives_everything_back(fault: Fault, larkhaven, client: Client) -> None:
    assert client.get("/en/").status_code == 200  # the organisation has been seen
    break_writes(fault)
    response = send(client)
    page = response.content.decode()
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "We cannot save anything at the moment" in page
    assert "My mother needs it for her dialysis at home." in page
    assert 'name="why" value="short words"' in page
    assert 'action="/write/?step=3"' in page
    assert "0800 555 0142" in page
    assert "hunter2" not in page
    assert "QX4T9M" not in page


def test_it_works_again_by_itself(larkhaven, client: Client) -> None:
    break_writes(Fault.READ_ONLY)
    assert send(client).status_code == 503
    mend_writes()
    assert client.post("/write/", {"what": "0800"}).content == b"written"


def test_a_database_that_is_away_needs_no_database_for_its_page(larkhaven, client: Client, tmp_path: Path) -> None:
    if ENGINE == "postgresql":
        connection.close()
        original, connection.settings_dict["HOST"] = connection.settings_dict["HOST"], str(tmp_path / "nowhere")
    else:
        original = connection.settings_dict["NAME"]
        reopen(str(tmp_path / "no" / "where"))
    try:
        for response in (client.get("/en/"), client.get("/staff/told/"), send(client)):
            assert response.status_code == 503
            assert "This service is not available at the moment" in response.content.decode()
            assert response["Cache-Control"] == "no-store"
        assert "dialysis" in response.content.decode()
        assert client.get("/et/").content.decode().startswith('<!doctype html>\n<html lang="et"')
    finally:
        connection.settings_dict["HOST" if ENGINE == "postgresql" else "NAME"] = original


def test_a_full_disk_for_files_is_the_same(organisation, client: Client) -> None:
    response = client.post(
        "/fill-disk/",
        {"what": LONG, "letter": SimpleUploadedFile("letter.pdf", b"%PDF-")},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    page = response.content.decode()
    assert response.status_code == 503
    assert "because our storage is full" in page
    assert "letter.pdf" in page
    assert "Choose these files again" in page
    assert 'enctype="multipart/form-data"' in page


def test_a_file_that_finds_no_room_does_not_take_the_text_with_it(
    organisation, client: Client, settings, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "gone")
    letter = SimpleUploadedFile("letter.pdf", b"%PDF-" + b"x" * 2_000_000)
    response = client.post(
        "/en/complain/",
        {"what": LONG, "attachments": letter, "when": "unsure"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    page = response.content.decode()
    assert response.status_code == 503
    assert "dialysis" in page
    assert 'name="when" value="unsure"' in page


def test_what_was_typed_comes_back_as_text_and_not_as_markup(organisation, client: Client) -> None:
    typed = "</textarea><script>alert(1)</script>" + "x" * 100
    response = client.post("/fill-disk/", {"what": typed}, headers={"Sec-Fetch-Site": "same-origin"})
    assert "<script>alert" not in response.content.decode()
    assert "&lt;script&gt;alert(1)" in response.content.decode()


def test_a_mistake_of_ours_says_so_and_keeps_the_text_too(organisation, client: Client) -> None:
    response = client.post("/mistake/", {"what": LONG}, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 500
    assert "This is our mistake, not yours." in response.content.decode()
    assert "dialysis" in response.content.decode()


def test_the_reason_is_found_behind_other_exceptions() -> None:
    def interrupted() -> Exception:
        try:
            try:
                raise OSError(28, "No space left on device")
            except OSError as full:
                raise RuntimeError("the session was not saved") from full
        except RuntimeError as error:
            return error

    assert error_pages.fault_behind(interrupted()) is Fault.FULL
    assert error_pages.fault_behind(ValueError()) is None
    assert error_pages.fault_behind(None) is None
