"""Importing what cannot be imported: each row says what to mend, each file says why, and nothing else is lost."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from amends.complaints.models import Complaint
from amends.framework.actions import set_up
from amends.framework.models import Category, Organisation
from amends.framework.queries import organisation
from amends.journal.models import Entry
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from amends.people.models import Unit
from amends.people.standing import SYSTEM
from amends.project import cli, setting_up
from tests.cast import AT
from tests.project.foreign_files import MAP, ROW, a_csv, a_jsonl, shop_rows

#: What is wrong with a row, and a part of the sentence that says so.
WRONG = {
    "no id": ({"No": ""}, "external id is missing"),
    "long id": ({"No": "9" * 81}, "longer than 80"),
    "no day": ({"Day": ""}, "day of receipt is missing"),
    "other day": ({"Day": "03.11.2025"}, "not written as YYYY-MM-DD"),
    "day with a tail": ({"Day": "2025-11-031"}, "not written as YYYY-MM-DD"),
    "impossible day": ({"Day": "2025-02-30"}, "not written as YYYY-MM-DD"),
    "tomorrow": ({"Day": "2999-01-01"}, "in the future"),
    "before there were offices": ({"Day": "0001-01-01"}, "before 1900"),
    "unknown stage": ({"State": "parked"}, "does not say what 'parked' means for stage"),
}


def read(path: str | Path) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("change", "sentence"), WRONG.values(), ids=WRONG)
def test_a_row_says_what_to_mend_and_the_others_are_taken_over(world, amends, shop, tmp_path, change, sentence):
    path = a_csv(tmp_path / "c.csv", [{**ROW, "No": "1"}, {**ROW, "No": "2", **change}, {**ROW, "No": "3"}])
    status, report, _said = amends(path, shop)
    assert (status, report["added"], report["errors"]) == (1, 2, 1)
    assert sentence in next(iter(report["kinds"]))
    (rejected,) = read(report["rejects"])
    assert sentence in rejected["amends_error"]
    assert rejected["amends_row"] == "3"
    assert {name: rejected[name] for name in ROW} == {**ROW, "No": "2", **change}


def test_mended_rows_are_imported_from_the_report(world, amends, shop, tmp_path):
    first = a_csv(tmp_path / "c.csv", [{**ROW, "No": str(n), "Day": "soon"} for n in range(3)])
    report = amends(first, shop)[1]
    rejects = Path(report["rejects"])
    assert rejects == tmp_path / "c-rejects.csv"
    # As it is, nothing of it is taken over.
    again = amends(rejects, shop)[1]
    assert (again["added"], again["errors"]) == (0, 3)
    assert [{**row, "amends_row": ""} for row in read(again["rejects"])] == [
        {**row, "amends_row": ""} for row in read(rejects)
    ]
    text = rejects.read_text().replace("soon", "2025-11-03", 2)
    rejects.write_text(text)
    half = amends(rejects, shop)[1]
    assert (half["added"], half["errors"]) == (2, 1)
    rejects.write_text(text.replace("soon", "2025-11-04"))
    rest = amends(rejects, shop)[1]
    assert (rest["added"], rest["skipped"], rest["errors"]) == (1, 2, 0)
    assert Complaint.objects.filter(source="shop").count() == 3


def test_rows_of_another_length_keep_every_cell_until_they_are_mended(world, amends, shop, tmp_path):
    """The first of them must not decide which columns the report has."""
    path = tmp_path / "c.csv"
    path.write_text(
        "No,Day,Title\n1,2025-11-03\n2,2025-11-03,Broken, and wet,twice\n3,soon,Late\n4,2025-11-03,Fine\n",
        encoding="utf-8",
    )
    report = amends(path, shop_without(shop, "text", "product", "stage"))[1]
    assert (report["added"], report["errors"]) == (1, 3)
    text = Path(report["rejects"]).read_text()
    for cell in ("1,2025-11-03\n", "2,2025-11-03,Broken, and wet,twice\n", "3,soon,Late\n"):
        assert cell in text
    again = amends(Path(report["rejects"]), shop)[1]
    assert (again["added"], again["errors"]) == (0, 3)
    Path(report["rejects"]).write_text(text.replace("Broken, and wet,twice", '"Broken, and wet,twice"'))
    assert amends(Path(report["rejects"]), shop)[1]["added"] == 1
    assert Complaint.objects.get(external_id="2").title == "Broken, and wet,twice"


def shop_without(shop: Path, *names: str) -> Path:
    """The mapping without some columns."""
    lines = [line for line in MAP.splitlines() if not line.startswith(tuple(f"{name} =" for name in names))]
    shop.write_text("\n".join(lines).replace('[values.stage]\nopen = "received"\ndone = "closed"\n', ""))
    return shop


def test_bytes_that_are_no_text_are_kept_as_they_are(world, amends, shop, tmp_path):
    path = a_csv(tmp_path / "c.csv", [ROW, {**ROW, "No": "2", "Text": "Tõrge öösel"}], encoding="cp1257")
    report = amends(path, shop)[1]
    assert (report["added"], report["errors"]) == (1, 1)
    assert report["kinds"] == {"error: Text is not encoded in UTF-8": 1}
    rejects = Path(report["rejects"])
    assert "Tõrge öösel".encode("cp1257") in rejects.read_bytes()
    assert amends(rejects, shop)[1]["added"] == 0
    rejects.write_text(rejects.read_bytes().decode("cp1257"), encoding="utf-8")
    assert amends(rejects, shop)[1]["added"] == 1
    assert Complaint.objects.get(external_id="2").thread.messages.get().text == "Tõrge öösel"


def test_lines_of_json_that_are_none_are_reported_and_mended_in_place(world, amends, shop, tmp_path):
    path = a_jsonl(tmp_path / "c.jsonl", [ROW, {**ROW, "No": 2, "Day": "soon"}])
    deep = '{"No": ' + "[" * 100_000 + "\n"
    with path.open("a", encoding="utf-8") as file:
        file.write('{"No": "3", "Day": \n[1]\n' + deep + '{"No": "4", "Day": "2025-11-03", "Text": "\\ud83d"}\n')
    status, report, _said = amends(path, shop_without(shop, "stage"))
    assert (status, report["added"], report["errors"]) == (1, 1, 5)
    rejects = Path(report["rejects"])
    assert rejects.name == "c-rejects.jsonl"
    lines = [json.loads(line) for line in rejects.read_text().splitlines()]
    assert lines[0]["No"] == 2  # a number stays one
    assert [line["amends_row"] for line in lines] == [2, 3, 4, 5, 6]
    assert "not a JSON object" in lines[1]["amends_error"]
    assert amends(rejects, shop)[1]["errors"] == 5
    lines[1]["amends_line"] = '{"No": "3", "Day": "2025-11-05"}'
    assert amends(a_jsonl(tmp_path / "mended.jsonl", lines), shop)[1]["added"] == 1
    assert Complaint.objects.filter(external_id="3").exists()


def test_a_report_that_somebody_may_have_mended_is_not_written_over(world, amends, shop, tmp_path):
    path = a_csv(tmp_path / "c.csv", [{**ROW, "Day": "soon"}])
    mended = tmp_path / "c-rejects.csv"
    mended.write_text("hours of work")
    assert amends(path, shop)[1]["rejects"] == str(tmp_path / "c-rejects-2.csv")
    status, report, said = amends(path, shop, "--rejects", str(mended))
    assert (status, report) == (2, None)
    assert f"{mended} is there already" in said
    assert mended.read_text() == "hours of work"


def test_the_file_itself_is_not_taken_for_the_report(world, amends, shop, tmp_path):
    path = a_csv(tmp_path / "c.csv", [{**ROW, "Day": "soon"}])
    before = path.read_bytes()
    assert amends(path, shop, "--rejects", str(path))[0] == 2
    assert path.read_bytes() == before


def test_a_report_that_cannot_be_written_is_said_before_anything_is_taken_over(world, amends, shop, tmp_path):
    path = a_csv(tmp_path / "c.csv", [ROW, {**ROW, "No": "2", "Day": "soon"}])
    status, _report, said = amends(path, shop, "--rejects", str(tmp_path / "nowhere" / "r.csv"))
    assert status == 2
    assert "cannot be written" in said
    assert not Complaint.objects.exists()


def test_signs_that_no_database_keeps_are_taken_out(world, amends, shop, tmp_path):
    row = {**ROW, "No": "1\x00", "Title": "A\x00B", "Text": "One\x00\x07two", "Remark": "x\x00y"}
    path = a_jsonl(tmp_path / "c.jsonl", [row])
    assert amends(path, shop)[1]["added"] == 1
    complaint = Complaint.objects.get(external_id="1")
    assert (complaint.title, complaint.source_facts) == ("AB", {"Remark": "xy"})
    assert complaint.thread.messages.get().text == "Onetwo"


def test_a_value_without_a_table_has_to_be_one_of_ours(world, amends, shop, tmp_path):
    shop.write_text(MAP.replace('[values.stage]\nopen = "received"\ndone = "closed"\n', ""))
    path = a_csv(tmp_path / "c.csv", [{**ROW, "State": "done"}, {**ROW, "No": "2", "State": "closed"}])
    report = amends(path, shop)[1]
    assert (report["added"], report["errors"]) == (1, 1)
    assert "stage is 'done'" in next(iter(report["kinds"]))


def test_a_column_that_the_mapping_names_and_the_file_lacks_is_warned_about(world, amends, shop, tmp_path):
    rows = [{name: value for name, value in ROW.items() if name != "Text"}]
    report = amends(a_csv(tmp_path / "c.csv", rows), shop)[1]
    assert (report["added"], report["warnings"]) == (1, 1)
    assert report["kinds"] == {"warning: the file has no column Text": 1}


# ---------------------------------------------------------------- files that cannot be used at all


def files(folder: Path) -> dict[str, tuple[Path, str]]:
    """Files that cannot be used, and what is said about each."""
    whole = gzip.compress(("No,Day\n" + "1,2025-11-03\n" * 900).encode())
    made = {
        "empty": (b"", "is empty"),
        "only a mark": (b"\xef\xbb\xbf", "is empty"),
        "empty gzip": (gzip.compress(b""), "is empty"),
        "gzip cut short": (whole[:-20], "cannot be read"),
        "gzip with a flaw": (whole[:30] + b"\xff\xff\xff\xff" + whole[34:], "cannot be read"),
        "no gzip after its first bytes": (b"\x1f\x8bNo,Day\n", "cannot be read"),
        "semicolons": (b"No;Day\n1;2025-11-03\n", "separated by commas"),
        "a column twice": (b"No,Day,No\n1,2025-11-03,2\n", "each one once"),
        "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "UTF-8"),
        "UTF-16": ("No,Day\n1,2025-11-03\n".encode("utf-16"), "UTF-8"),
        "UTF-16 without a mark": ("No,Day\n1,2025-11-03\n".encode("utf-16-le"), "UTF-8"),
        "other columns": (b"Number,Date\n1,2025-11-03\n", "has no column Day, No"),
        "other columns and a broken row": (b"Number,Date\n1\n", "has no column Day, No"),
        "other names in JSON": (b'{"Number": 1}\n', "has no column Day, No"),
    }
    found = {}
    for number, (what, (content, sentence)) in enumerate(made.items()):
        path = folder / f"{number}.csv"
        path.write_bytes(content)
        found[what] = (path, sentence)
    return {**found, "missing": (folder / "gone.csv", "There is no file"), "a folder": (folder, "There is no file")}


def test_a_file_that_cannot_be_used_is_refused_whole_with_the_reason(world, amends, shop, tmp_path):
    for what, (path, sentence) in files(tmp_path).items():
        status, report, said = amends(path, shop)
        assert (status, report) == (2, None), what
        assert sentence in said, f"{what}: {said}"
        assert "Traceback" not in said
    assert not Complaint.objects.exists()


#: Mappings that cannot be used, and a part of what is said.
MAPPINGS = {
    "not TOML": ("source = ", "is not TOML"),
    "no source": ("[columns]\nexternal_id = 'No'\nreceived_on = 'Day'", "needs source"),
    "no columns": ("source = 'shop'", "external_id, received_on"),
    "columns no table": ("source = 'shop'\ncolumns = 3", "[columns]"),
    "a number for a column": ("source = 's'\n[columns]\nexternal_id = 3\nreceived_on = 'Day'", "[columns]"),
    "a source that is no word": (MAP.replace('"shop"', "7"), "source"),
    "a source too long": (MAP.replace('"shop"', f'"{"s" * 41}"'), "source"),
    "unknown field": (MAP.replace("title =", "headline ="), "headline"),
    "unknown part": (MAP + "\n[colours]\n", "colours"),
    "unknown stage": (MAP.replace('"received"', '"begun"'), "'begun'"),
    "values for a free field": (MAP + "\n[values.title]\na = 'b'\n", "[values.title]"),
    "values no table": (MAP.replace("[values.stage]", "[values]"), "[values"),
    "a half rule": (MAP + "\n[[not_before]]\nday = 'Day'\n", "[[not_before]]"),
    "keep no list": (MAP.replace('columns = ["Remark"]', "columns = 'Remark'"), "[keep]"),
    "a language that is none": (MAP.replace('"et"', '"Estonian, mostly"'), "language"),
}


def test_a_mapping_that_cannot_be_used_says_what_to_mend(world, amends, shop, tmp_path):
    path = a_csv(tmp_path / "c.csv", shop_rows(1))
    for what, (text, sentence) in MAPPINGS.items():
        shop.write_text(text)
        status, report, said = amends(path, shop)
        assert (status, report) == (2, None), f"{what}: {report}"
        assert sentence in said, f"{what}: {said}"
    shop.write_bytes(b"\xff\xfe\x00")
    assert amends(path, shop)[0] == 2
    status, _report, said = amends(path, "unheard-of")
    assert status == 2
    assert "There is no mapping 'unheard-of'. Shipped are: cfpb" in said
    assert not Complaint.objects.exists()


def test_before_the_first_start_a_dry_run_leaves_nothing(db, amends, shop, tmp_path):
    status, report, _said = amends(a_csv(tmp_path / "c.csv", shop_rows(2)), shop, "--dry-run")
    assert (status, report["added"]) == (0, 2)
    counted = (Complaint, Organisation, Unit, Category, Entry)
    assert {model.__name__: model.objects.count() for model in counted} == {model.__name__: 0 for model in counted}


def test_history_may_come_before_the_first_start_which_then_completes_the_organisation(db, amends, shop, tmp_path):
    path = a_csv(tmp_path / "c.csv", shop_rows(2))
    assert amends(path, shop)[1]["added"] == 2
    assert organisation() is None, "the public page stays closed"
    assert setting_up.first_start_link()
    answers = {"country": "EE", "languages": ["et"], "email": "", "phone": "", "profile": "full"}
    made = set_up(name="Larkhaven Utilities", **answers, by=SYSTEM, at=AT)
    assert (made.reference_prefix, organisation()) == ("LAU", made)
    assert Unit.objects.get().name == "Larkhaven Utilities"
    assert amends(path, shop)[1]["skipped"] == 2
    assert [list(rule.check()) for rule in all_invariants()] == [[] for _rule in all_invariants()]
    with pytest.raises(Refusal, match="set up already"):
        set_up(name="Another", **answers, by=SYSTEM, at=AT)


def test_the_words_for_people(world, shop, tmp_path, capsys):
    path = a_csv(tmp_path / "c.csv", [*shop_rows(2), {**ROW, "No": "3", "Day": "soon"}])
    command = ["import", "complaints", str(path), "--map", str(shop)]
    assert cli.main([*command, "--dry-run"]) == 1
    said = capsys.readouterr().out
    assert "2 would be added, 0 known already, 0 warnings, 1 errors" in said
    assert "--rejects" in said
    assert cli.main(command) == 1
    said = capsys.readouterr().out
    assert "2 added" in said
    assert f"Rows with errors are in {tmp_path / 'c-rejects.csv'}" in said
