"""The commands as an operator types them: what they do, what they say, and the status with which they end."""

import json
import stat
from pathlib import Path

import pytest
from django.db import connection

from amends.journal.models import Entry, Unsealed
from amends.project import cli
from amends.reactions.worker import drain
from tests import builders
from tests.project.installation import Installation
from tests.settings import ENGINE


@pytest.fixture
def journal(db, settings, tmp_path: Path) -> None:
    """A journal with some entries, sealed."""
    settings.AMENDS_ANCHORS = tmp_path / "anchors"
    builders.a_complaint(builders.a_world())
    drain()


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run a command in this process."""
    capsys.readouterr()
    try:
        status = cli.main(arguments)
    except SystemExit as ended:  # what argparse does
        status = int(ended.code or 0)
    said = capsys.readouterr()
    return status, said.out, said.err


# ---------------------------------------------------------------- how one calls them


@pytest.mark.engineless
def test_help_lists_every_command(capsys):
    status, said, _ = ran(capsys, "--help")
    assert status == 0
    for command in ("init", "demo", "serve", "worker", "check", "import", "journal"):
        assert f"\n    {command} " in said, command
    assert "verify" in ran(capsys, "journal", "--help")[1]
    assert "complaints" in ran(capsys, "import", "--help")[1]


WRONG = [
    ((), "COMMAND"),
    (("frobnicate",), "invalid choice: 'frobnicate'"),
    (("journal",), "WHAT"),
    (("import", "complaints", "x.csv"), "--map"),
    (("serve", "--port", "0"), "a number from 1 to 65535"),
    (("serve", "--port", "99999"), "a number from 1 to 65535"),
    (("demo", "--port", "http"), "'http' is no port"),
]


@pytest.mark.engineless
@pytest.mark.parametrize(("arguments", "sentence"), WRONG)
def test_what_cannot_be_understood_ends_with_2_and_how_to_call_it(capsys, arguments, sentence):
    status, said, complained = ran(capsys, *arguments)
    assert (status, said) == (2, "")
    assert sentence in complained


# ---------------------------------------------------------------- init


def test_init_makes_a_directory_ready_once_and_leaves_it_alone_afterwards(place: Installation):
    place.data.mkdir()
    (place.data / "notes.txt").write_text("mine")
    done = place.amends("init", "--json")
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert made["data"] == str(place.data)
    assert made["first_start"].startswith(f"http://localhost:{place.port}/setup/")
    keys = {path.name: path.read_bytes() for path in (place.data / "keys").iterdir()}
    assert set(keys) == {"secret-key", "tracking-key", "signing-key.pem"}
    for path in (place.data / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert (place.data / "amends.sqlite3").exists() == (ENGINE == "sqlite")

    again = place.amends("init")
    assert again.returncode == 0, again.stderr
    assert made["first_start"] in again.stdout
    assert "Start it with:  amends serve" in again.stdout
    assert {path.name: path.read_bytes() for path in (place.data / "keys").iterdir()} == keys
    assert (place.data / "notes.txt").read_text() == "mine"

    checked = place.amends("check", "--json")
    assert checked.returncode == 0, checked.stderr
    assert json.loads(checked.stdout)["ok"] is True
    assert place.amends("journal", "verify").returncode == 0


@pytest.mark.engineless
def test_commands_on_what_is_not_set_up_say_what_to_do(tmp_path):
    place = Installation(tmp_path, engine="sqlite")
    for command in (("check",), ("serve",), ("worker",), ("journal", "verify")):
        done = place.amends(*command)
        assert done.returncode == 2, done.stderr
        assert f"Run: amends init --data {place.data}" in done.stderr
        assert "Traceback" not in done.stderr
    assert not place.data.exists()
    place.data.write_text("a file")
    done = place.amends("init")
    assert done.returncode == 2
    assert "is a file, not a directory" in done.stderr


@pytest.mark.engineless
def test_a_database_that_cannot_be_opened_is_a_sentence_and_no_traceback(tmp_path):
    place = Installation(tmp_path, engine="sqlite")
    (place.data / "keys").mkdir(parents=True)
    for name in ("secret-key", "tracking-key"):
        (place.data / "keys" / name).write_text("k" * 64)
    (place.data / "amends.sqlite3").mkdir()
    done = place.amends("check")
    assert done.returncode == 2
    assert "The database does not answer." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.engineless
def test_settings_that_cannot_be_used_and_settings_that_are_none(tmp_path):
    place = Installation(tmp_path, engine="sqlite")
    done = place.amends("init", AMENDS_PORT="http")
    assert done.returncode == 2
    assert done.stderr.strip() == "AMENDS_PORT is 'http': it has to be a whole number from 1 to 65535."
    done = place.amends("init", AMENDS_DATABASE_URL="mysql://u:swordfish@host/name")
    assert done.returncode == 2
    assert "AMENDS_DATABASE_URL cannot be used: it has to begin with postgresql://" in done.stderr
    assert "swordfish" not in done.stderr
    assert not (place.data / "amends.sqlite3").exists()
    done = place.amends("check", AMENDS_SMPT_URL="smtp://u:swordfish@host")
    assert "AMENDS_SMPT_URL is no setting of Amends and changes nothing. Is AMENDS_SMTP_URL meant?" in done.stderr
    assert "swordfish" not in done.stderr


# ---------------------------------------------------------------- check, verify, export


def test_check_is_0_when_nothing_is_violated_and_names_what_is(journal, capsys):
    status, said, _ = ran(capsys, "check", "--json")
    assert status == 0
    assert json.loads(said)["violations"] == {}
    assert json.loads(said)["invariants"] > 10
    entry = Entry.objects.latest("id")
    Unsealed.objects.create(entry=entry)  # numbered and waiting for a number
    status, said, _ = ran(capsys, "check", "--json")
    assert status == 1
    name = "journal.every_entry_sealed_or_waiting"
    assert json.loads(said)["violations"] == {name: [f"entry {entry.uid} has a number and is still waiting for one"]}
    status, said, _ = ran(capsys, "check")
    assert status == 1
    assert f"VIOLATED  {name}" in said
    assert "1 violations" in said.splitlines()[-1]


def test_verify_is_0_for_a_whole_journal_and_1_with_the_row_for_a_changed_one(journal, capsys):
    status, said, _ = ran(capsys, "journal", "verify", "--json")
    assert status == 0, said
    with connection.cursor() as cursor:
        trigger = "journal_entry_no_update"
        cursor.execute(f"DROP TRIGGER {trigger}" if ENGINE == "sqlite" else f"DROP TRIGGER {trigger} ON journal_entry")
    third = Entry.objects.get(seal__number=2)
    Entry.objects.filter(pk=third.pk).update(acting_as="auditor")
    status, said, _ = ran(capsys, "journal", "verify")
    assert status == 1
    assert "2" in said
    # The rows lost their guard, too.
    assert "journal.append_only" in ran(capsys, "check")[1]


def test_export_writes_what_the_verifier_reads_by_itself(journal, capsys, tmp_path):
    there = tmp_path / "a" / "b"
    status, said, _ = ran(capsys, "journal", "export", str(there), "--json")
    assert status == 0
    report = json.loads(said)
    assert (report["directory"], report["entries"]) == (str(there), Entry.objects.count())
    assert {"entries.txt", "manifest.json", "verifier.py"} <= {path.name for path in there.iterdir()}
    assert stat.S_IMODE(there.stat().st_mode) == 0o700, "it holds texts of complaints"
    status, said, _ = ran(capsys, "journal", "export", str(there))
    assert f"python3 {there / 'verifier.py'} {there}" in said
    taken = tmp_path / "file"
    taken.write_text("mine")
    status, _said, complained = ran(capsys, "journal", "export", str(taken))
    assert status == 2
    assert str(taken) in complained
    assert taken.read_text() == "mine"
