"""`amends import complaints`: what is taken over, what is not, and that it may be done as often as one likes."""

import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection

from amends.complaints import actions
from amends.complaints.actions.record_history import HistoricComplaint, record_history
from amends.complaints.history import importing
from amends.complaints.models import Complaint, Deadline, Party
from amends.correspondence.models import Message
from amends.framework.models import Category, Product
from amends.journal.models import Entry, FollowUp, Payload
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from amends.people.standing import SYSTEM
from amends.project import cli
from amends.reactions.worker import drain
from tests import builders, postgresql
from tests.cast import AT
from tests.project.foreign_files import ROW, a_csv, a_jsonl, shop_rows
from tests.settings import ENGINE

ROOT = Path(__file__).resolve().parents[2]

#: The columns of the Consumer Complaint Database, with the one that its collectors added.
CFPB = (
    "Date received,Product,Sub-product,Issue,Sub-issue,Consumer complaint narrative,Company public response,Company,"
    "State,ZIP code,Tags,Consumer consent provided?,Submitted via,Date sent to company,Company response to consumer,"
    "Timely response?,Consumer disputed?,Complaint ID,source"
)
INVENTED = {
    "Date received": "2016-03-29",
    "Product": "Mortgage",
    "Sub-product": "Conventional",
    "Issue": "Escrow, taxes",
    "Consumer complaint narrative": "They raised it.\nNobody said why. \U0001f4b8",
    "Company": "Harbour Lending",
    "State": "ME",
    "Tags": "Older American",
    "Submitted via": "Web",
    "Date sent to company": "2016-03-31",
    "Company response to consumer": "Closed with explanation",
    "Timely response?": "Yes",
    "Consumer disputed?": "Yes",
    "Complaint ID": "9000001",
    "source": "invented.csv",
}


def everything() -> dict[str, int]:
    """How many rows there are of whatever an import could write."""
    models = (Complaint, Party, Message, Product, Category, Entry, Payload, FollowUp, Deadline)
    return {model.__name__: model.objects.count() for model in models}


def state() -> list[tuple[object, ...]]:
    """What an import came to, without what is drawn by chance."""
    fields = ("external_id", "received_at", "stage", "title", "product__code", "thread__messages__text")
    return list(Complaint.objects.order_by("external_id").values_list(*fields))


# ---------------------------------------------------------------- what is taken over


def test_the_shipped_mapping_takes_over_a_row_with_its_dates_and_words(world, amends, tmp_path):
    odd = {**INVENTED, "Complaint ID": "9000002", "Date sent to company": "2016-03-28", "Submitted via": "Fax"}
    still_open = {"Date received": "2026-02-27", "Product": "Mortgage", "Issue": "Fees", "Complaint ID": "9000003"}
    still_open |= {"Company response to consumer": "In progress", "Submitted via": "Phone"}
    status, report, _said = amends(a_csv(tmp_path / "c.csv", [INVENTED, odd, still_open], CFPB.split(",")), "cfpb")
    assert (status, report["added"], report["skipped"], report["errors"]) == (0, 3, 0, 0)
    assert report["warnings"] == 1
    assert report["kinds"] == {"warning: Date sent to company lies before Date received": 1}
    one = Complaint.objects.get(source="cfpb", external_id="9000001")
    # The day begins in London, where summer time has begun.
    assert one.received_at == datetime(2016, 3, 28, 23, 0, tzinfo=UTC)
    assert (one.received_precision, one.origin, one.stage, one.channel) == ("day", "import", "closed", "portal")
    assert one.stage_since == datetime(2016, 3, 30, 23, 0, tzinfo=UTC)
    assert one.is_settled is False
    assert one.title == "Escrow, taxes"
    assert one.thread.messages.get().text == "They raised it.\nNobody said why. \U0001f4b8"
    assert str(one.product.label) == "Mortgage: Conventional"
    assert str(one.issues.get().category.label) == "Escrow, taxes"
    assert one.segment == "Older American"
    assert one.source_facts["Company"] == "Harbour Lending"
    assert one.reference.startswith("LAU-16-")
    two = Complaint.objects.get(external_id="9000002")
    assert (two.channel, two.stage_since) == ("post", two.received_at)
    three = Complaint.objects.get(external_id="9000003")
    assert (three.stage, three.is_settled) == ("received", None)
    assert not three.thread.messages.exists()


def test_what_is_imported_is_history_without_clocks_mails_or_follow_ups(world, amends, shop, tmp_path):
    before = FollowUp.objects.count()
    path = a_csv(tmp_path / "c.csv", [{**ROW, "State": "open", "Mail": "mari@example.org"}])
    assert amends(path, shop)[0] == 0
    drain()
    complaint = Complaint.objects.get(source="shop")
    assert complaint.next_due_at is None
    assert not Deadline.objects.filter(complaint=complaint).exists()
    entry = Entry.objects.get(event="complaints.history_recorded")
    assert not FollowUp.objects.filter(entry=entry).exists()
    from_set_up = ["people.invited", "calendars.published", "framework.pack_activated"]
    assert FollowUp.objects.exclude(entry__event__in=from_set_up).count() == before
    assert not [sent for sent in mail.outbox if "mari@example.org" in sent.to]
    assert [sentence for each in all_invariants() for sentence in each.check()] == []


def test_the_trail_of_an_import_holds_no_words_of_the_person(world, amends, shop, tmp_path):
    amends(a_csv(tmp_path / "c.csv", [{**ROW, "Text": "Mari Saar wrote this."}]), shop)
    entry = Entry.objects.get(event="complaints.history_recorded")
    assert "Saar" not in entry.particulars


def test_its_clocks_begin_when_somebody_takes_it_over_and_its_pages_open(world, amends, shop, tmp_path, client):
    amends(a_csv(tmp_path / "c.csv", [{**ROW, "State": "open"}]), shop)
    complaint = Complaint.objects.get(source="shop")
    clara = world.as_(world.clara)
    actions.take_over(complaint, by=clara, at=AT)
    assert Deadline.objects.get(complaint=complaint).due_at > AT
    client.force_login(world.clara)
    for path in ("", "original/", "investigation/", "response/", "files/", "trail/"):
        assert client.get(f"/staff/complaints/{complaint.reference}/{path}").status_code == 200, path


def test_only_the_installation_itself_imports(world):
    one = HistoricComplaint(external_id="1", received_at=AT, title="A title")
    for person in world.people:
        with pytest.raises(Refusal):
            record_history([one], source="shop", by=world.as_(person), at=AT)
    assert record_history([one, one], source="shop", by=SYSTEM, at=AT).added == 1


# ---------------------------------------------------------------- forms of files


def zipped(path: Path) -> Path:
    # The name says nothing of what is in it: the content is looked at.
    path.write_bytes(gzip.compress(path.read_bytes()))
    return path


def test_csv_and_jsonl_plain_and_gzip_come_to_the_same(world, amends, shop, tmp_path):
    rows = shop_rows(3)
    made = {}
    for name, write in (("csv", a_csv), ("jsonl", a_jsonl)):
        made[name] = write(tmp_path / f"a.{name}", rows)
        made[f"{name} gzip"] = zipped(write(tmp_path / f"b.{name}", rows))
    made["csv with a mark"] = a_csv(tmp_path / "c.csv", rows, encoding="utf-8-sig")
    for what, path in made.items():
        status, report, _said = amends(path, shop)
        # All but the first find everything known.
        assert (status, report["added"] + report["skipped"]) == (0, 3), what
    assert Complaint.objects.filter(source="shop").count() == 3
    numbers = a_jsonl(tmp_path / "n.jsonl", [{**ROW, "No": 4, "Title": None, "Remark": {"a": [True]}}])
    assert amends(numbers, shop)[1]["added"] == 1
    assert Complaint.objects.get(external_id="4").source_facts == {"Remark": '{"a": [true]}'}


def test_a_second_time_adds_nothing(world, amends, shop, tmp_path):
    path = a_csv(tmp_path / "c.csv", [*shop_rows(5), *shop_rows(2)])
    assert amends(path, shop)[1]["added"] == 5
    before = everything(), state()
    status, report, _said = amends(path, shop)
    assert (status, report["added"], report["skipped"]) == (0, 0, 7)
    assert (everything(), state()) == before


def test_a_dry_run_counts_and_writes_nothing_anywhere(world, amends, shop, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    path = a_csv(folder / "c.csv", [*shop_rows(3), {**ROW, "No": "1"}, {**ROW, "No": "9", "Day": "soon"}])
    before = everything()
    status, report, _said = amends(path, shop, "--dry-run")
    assert (status, report["added"], report["skipped"], report["errors"]) == (1, 3, 1, 1)
    assert report["dry_run"] is True
    assert everything() == before
    assert [each.name for each in folder.iterdir()] == ["c.csv"]
    # Asked for by name, the rows with errors are written even so.
    assert amends(path, shop, "--dry-run", "--rejects", str(folder / "wrong.csv"))[1]["rejects"]
    assert (folder / "wrong.csv").exists()
    assert everything() == before


# ---------------------------------------------------------------- stopped in the middle


def test_stopped_by_the_keyboard_and_run_again_it_comes_to_the_same(world, shop, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(importing, "BATCH", 10)
    path = a_csv(tmp_path / "c.csv", [*shop_rows(24), {**ROW, "No": "25", "Thing": "Pott"}])
    run, passed = importing.Importer.run, []

    def pressed(self: importing.Importer, path: Path, moved_on: Callable[[int], None]) -> importing.Report:
        def counted(rows: int) -> None:
            passed.append(rows)
            if len(passed) == 17:
                raise KeyboardInterrupt
            moved_on(rows)

        return run(self, path, counted)

    monkeypatch.setattr(importing.Importer, "run", pressed)
    command = ["import", "complaints", str(path), "--map", str(shop)]
    assert cli.main(command) == 130
    assert "Run the same command again" in capsys.readouterr().err
    assert Complaint.objects.filter(source="shop").count() == 10
    assert cli.main(command) == 0
    assert "15 added, 10 known already" in capsys.readouterr().out
    assert len(state()) == 25
    assert Entry.objects.filter(event="complaints.history_recorded").count() == 25


PROGRAM = """
import sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from amends.project.cli import main
sys.exit(main(sys.argv[2:]))
"""


def import_elsewhere(path: Path, mapping: Path, failpoints: str = "") -> subprocess.CompletedProcess[str]:
    """Import in a process of its own on the database of this test."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "amends.project.settings",
        "AMENDS_DATABASE_URL": postgresql.provide() if ENGINE == "postgresql" else "",
        "AMENDS_FAILPOINTS": failpoints,
    }
    command = ["import", "complaints", str(path), "--map", str(mapping), "--json"]
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(connection.settings_dict["NAME"]), *command],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


def test_killed_in_the_middle_and_run_again_it_comes_to_the_same(own_database, shop, tmp_path):
    builders.a_world()
    rows = [*shop_rows(599), *({**row, "Thing": "Pott"} for row in shop_rows(11, first=600))]
    path = a_csv(tmp_path / "c.csv", rows)
    # The second thing is met in the second batch: the first is committed, this one is not.
    killed = import_elsewhere(path, shop, "after_entry:kill@2")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Complaint.objects.filter(source="shop").count() == 500
    done = import_elsewhere(path, shop)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["added"], report["skipped"]) == (110, 500)
    assert len(state()) == 610
    assert Entry.objects.filter(event="complaints.history_recorded").count() == 610
    assert Product.objects.filter(code__startswith="shop-").count() == 2
    assert [sentence for each in all_invariants() for sentence in each.check()] == []
