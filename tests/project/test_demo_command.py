"""`amends demo`: which directories and databases it uses, and which it leaves alone."""

import os
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amends.project import setting_up
from amends.project.cli import SetUpError
from amends.project.commands import demo
from amends.project.demo import founding, marking
from tests import builders
from tests.settings import ENGINE

ROOT = Path(__file__).resolve().parents[2]
AMENDS = (sys.executable, "-c", "import sys; from amends.project.cli import main; sys.exit(main())")


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AMENDS_", "DJANGO_"))}
    environment["PYTHONPATH"] = str(ROOT / "src")
    return subprocess.run(
        [*AMENDS, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=180, check=False
    )


@pytest.mark.parametrize("options", [(), ("--fresh",), ("--load-only",)])
def test_a_directory_with_something_else_in_it_is_refused_and_not_touched(tmp_path, options):
    mine = tmp_path / "work"
    mine.mkdir()
    (mine / "amends.sqlite3").write_bytes(b"somebody's complaints")
    done = run("demo", "--data", str(mine), *options, cwd=tmp_path)
    assert done.returncode == 2
    assert "is not a demonstration" in done.stderr
    assert [path.name for path in mine.iterdir()] == ["amends.sqlite3"]
    assert (mine / "amends.sqlite3").read_bytes() == b"somebody's complaints"


def test_without_a_directory_given_it_uses_one_of_its_own(tmp_path):
    (tmp_path / "amends-demo").mkdir()
    (tmp_path / "amends-demo" / "letter.txt").write_text("mine")
    done = run("demo", cwd=tmp_path)
    assert done.returncode == 2
    assert str(tmp_path / "amends-demo") in done.stderr


def test_new_and_empty_directories_and_earlier_demonstrations_are_used(tmp_path):
    assert marking.may_be_used(tmp_path / "new")
    assert marking.may_be_used(tmp_path)
    (tmp_path / "keys").mkdir()
    assert marking.may_be_used(tmp_path)
    (tmp_path / "amends.sqlite3").touch()
    assert not marking.may_be_used(tmp_path)
    marking.mark(tmp_path)
    assert marking.may_be_used(tmp_path)


def test_a_file_in_place_of_the_directory_is_not_taken_for_a_demonstration(tmp_path):
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(OSError, match="exists"):
        marking.mark(file)
    assert file.read_text() == "mine"


@pytest.fixture
def earlier(tmp_path, settings):
    """A directory as an earlier demonstration left it."""
    directory = tmp_path / "amends-demo"
    marking.mark(directory)
    for name in ("amends.sqlite3", "amends.sqlite3-wal", "volatile.sqlite3", "notes.txt"):
        (directory / name).write_text("old")
    for name in ("files", "mail", "keys"):
        (directory / name).mkdir()
        (directory / name / "one").write_text("old")
    settings.AMENDS_ANCHORS = Path(f"{directory}.anchors")
    settings.AMENDS_ANCHORS.write_text("old")
    return directory


def test_beginning_again_empties_a_demonstration_and_keeps_what_is_not_its_own(db, earlier):
    if ENGINE == "postgresql":
        with pytest.raises(SetUpError, match="empty PostgreSQL database"):
            demo.empty(earlier)
        assert (earlier / "files" / "one").exists()
        return
    demo.empty(earlier)
    assert sorted(path.name for path in earlier.iterdir()) == ["keys", "notes.txt"]
    assert not Path(f"{earlier}.anchors").exists()


def test_anchors_that_are_kept_elsewhere_are_not_deleted(db, earlier, tmp_path, settings):
    settings.AMENDS_ANCHORS = tmp_path / "kept"
    settings.AMENDS_ANCHORS.write_text("evidence")
    with pytest.raises(SetUpError):
        demo.empty(earlier)
    assert (tmp_path / "kept").read_text() == "evidence"
    assert (earlier / "amends.sqlite3").exists()


def test_anchors_left_by_a_directory_that_was_deleted_by_hand_are_put_aside(tmp_path, settings):
    settings.AMENDS_ANCHORS = tmp_path / "amends-demo.anchors"
    settings.AMENDS_ANCHORS.write_text("evidence")
    demo.put_aside_left_anchors(tmp_path / "amends-demo")
    assert not settings.AMENDS_ANCHORS.exists()
    assert [path.read_text() for path in tmp_path.glob("amends-demo.anchors.*")] == ["evidence"]


def test_anchors_of_another_journal_elsewhere_are_not_written_to(tmp_path, settings):
    settings.AMENDS_ANCHORS = tmp_path / "kept"
    settings.AMENDS_ANCHORS.write_text("evidence")
    with pytest.raises(SetUpError, match="another journal"):
        demo.put_aside_left_anchors(tmp_path / "amends-demo")


def test_a_database_with_a_real_organisation_is_refused(db):
    demo.refuse_real_organisation()
    builders.a_world()
    with pytest.raises(SetUpError, match="real organisation"):
        demo.refuse_real_organisation()


def test_a_database_with_the_demonstration_is_used(db):
    founding.found_organisation(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    demo.refuse_real_organisation()


def test_a_port_in_use_is_said_with_another_one_to_try(settings):
    settings.AMENDS_BIND = "127.0.0.1"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SetUpError, match=f"Port {port} is in use.*--port {port + 1}"):
            setting_up.refuse_taken_port(port, "amends demo")
    setting_up.refuse_taken_port(port, "amends demo")
