"""The one writer of tables (P-36): what somebody typed is text in every spreadsheet, and every value keeps its kind."""

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.kit.money import Money
from amends.kit.translated import TranslatedText
from amends.rendering import tables
from amends.rendering.cells import LONGEST_TEXT
from amends.rendering.tables import write_csv, write_xlsx
from tests.rendering.hostile_cells import HOSTILE

TALLINN = ZoneInfo("Europe/Tallinn")
# Written out here and not taken from the code.
_BEGINS_A_FORMULA = re.compile('[\\s"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*[=+@＝＋－＠﹦﹢﹣﹫−-]')


def _csv(header, rows, **more) -> bytes:
    file = io.BytesIO()
    write_csv(file, header, rows, **more)
    return file.getvalue()


def _read_csv(written: bytes, delimiter=",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def _xlsx(header, rows, **more) -> io.BytesIO:
    file = io.BytesIO()
    write_xlsx(file, header, rows, **more)
    return file


def _cells(file: io.BytesIO):
    return [cell for row in openpyxl.load_workbook(file).active.iter_rows(min_row=2) for cell in row]


def _formulas_in(file: io.BytesIO) -> list[str]:
    """Everything in the package that is calculated, linked or loaded, looked for in the bytes themselves."""
    found = []
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            if "sheet" in name or "sharedStrings" in name:
                found += re.findall(rb"<(?:f|hyperlink|oleObject|externalLink|ddeLink)[ />]", package.read(name))
            if "external" in name.lower() or "hyperlink" in name.lower():
                found.append(name.encode())
    return found


def test_there_are_enough_hostile_values():
    assert len(HOSTILE) >= 200


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_csv_cell_begins_like_a_formula(delimiter):
    """Also not where a program expects another separator than the comma and so finds other cells."""
    written = _csv([*HOSTILE[:1], "second"], [(value, value) for value in HOSTILE])
    for row in _read_csv(written, delimiter):
        for cell in row:
            assert not _BEGINS_A_FORMULA.match(cell), cell[:80]


def test_csv_values_come_back_but_for_the_apostrophe():
    rows = _read_csv(_csv(["value", "end"], [(value, "end") for value in HOSTILE]))[1:]
    assert len(rows) == len(HOSTILE)
    for value, (read, end) in zip(HOSTILE, rows, strict=True):
        assert end == "end"
        if re.fullmatch(r"[\w ,.()!?]*", value) and len(value) <= LONGEST_TEXT:
            assert read == value
        assert "\x00" not in read


def test_every_xlsx_text_is_a_string_cell():
    file = _xlsx([*HOSTILE[:1], "second"], [(value, value) for value in HOSTILE])
    cells = _cells(file)
    assert len(cells) == 2 * len(HOSTILE)
    for cell in cells:
        assert cell.data_type == "s" or (cell.value is None and cell.data_type != "f")
        assert cell.hyperlink is None
        if isinstance(cell.value, str):
            assert len(cell.value.encode("utf-16-le")) // 2 <= LONGEST_TEXT
            if _BEGINS_A_FORMULA.match(cell.value):
                assert cell.quotePrefix
    assert _formulas_in(file) == []


def test_the_search_for_formulas_finds_one():
    file, book = io.BytesIO(), openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.save(file)
    assert _formulas_in(file) != []


def test_xlsx_texts_come_back():
    plain = ["=1+1", "@x", "<f>1</f>", "Õismäe\nŞikâyet", " both ends ", "\t=1", "https://a.example", "😀", '"', "+372"]
    assert [cell.value for cell in _cells(_xlsx(["a"], [(text,) for text in plain]))] == plain


_TEXT = st.text(alphabet=st.sampled_from("=+-@;,\t\r\n\"' <>/&r_x0041\x00\x0b\u2028\ufeff\ud800＝a"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=5))
def test_no_combination_becomes_a_formula(rows):
    written = _csv(["a", "b"], rows)
    assert len(_read_csv(written)) == len(rows) + 1
    for delimiter in ",;\t":
        for row in _read_csv(written, delimiter):
            assert not any(_BEGINS_A_FORMULA.match(cell) for cell in row)
    file = _xlsx(["a", "b"], rows)
    assert _formulas_in(file) == []
    assert {cell.data_type for cell in _cells(file)} <= {"s", "n"}


KINDS = [
    ("text", '"text"', "text"),
    (gettext_lazy("Yes"), '"Yes"', "Yes"),
    (TranslatedText({"en": "Kettle", "et": "Veekeetja"}), '"Kettle"', "Kettle"),
    (7, "7", 7),
    (-7, "-7", -7),
    (True, "true", True),
    (False, "false", False),
    (None, "", None),
    (1.5, "1.5", 1.5),
    (float("nan"), '"nan"', "nan"),
    (float("-inf"), '"\'-inf"', "-inf"),
    (Decimal("12.50"), "12.50", 12.5),
    (Decimal("1E+3"), "1000", 1000),
    (Decimal("NaN"), '"NaN"', "NaN"),
    (Decimal("1E+400"), "1E+400", "1E+400"),
    (12345678901234567, "12345678901234567", "12345678901234567"),
    (Decimal("0.1234567890123456"), "0.1234567890123456", "0.1234567890123456"),
    (Money(1250, "EUR"), "EUR 12.50", 12.5),
    (Money(-1250, "EUR"), "EUR -12.50", -12.5),
    (Money(1250, "JPY"), "JPY 1250", 1250),
    (date(2026, 11, 16), "2026-11-16", datetime(2026, 11, 16)),
    (date(1899, 12, 31), "1899-12-31", "1899-12-31"),
    (datetime(2026, 1, 31, 22, 30, tzinfo=UTC), "2026-02-01 00:30:00", datetime(2026, 2, 1, 0, 30)),
    (datetime(2026, 7, 1, 9, 5, 6, 999_999, tzinfo=UTC), "2026-07-01 12:05:06", datetime(2026, 7, 1, 12, 5, 6)),
    (datetime.min.replace(tzinfo=UTC), "0001-01-01 01:39:00", "0001-01-01 01:39:00"),
    (datetime.max.replace(tzinfo=UTC), "9999-12-31 23:59:59", datetime(9999, 12, 31, 23, 59, 59)),
]


@pytest.mark.parametrize(("value", "in_csv", "in_xlsx"), KINDS)
def test_every_kind_of_value_is_written(value, in_csv, in_xlsx):
    assert _csv(["a"], [(value,)], zone=TALLINN).decode("utf-8-sig") == f'"a"\r\n{in_csv}\r\n'
    (cell, _end) = _cells(_xlsx(["a", "end"], [(value, "end")], zone=TALLINN))
    assert cell.value == in_xlsx
    assert type(cell.value) is type(in_xlsx)


def test_money_shows_its_currency():
    cells = _cells(_xlsx(["a", "b"], [(Money(1250, "EUR"), Money(1250, "JPY"))]))
    assert [cell.number_format for cell in cells] == ['#,##0.00 "EUR"', '#,##0 "JPY"']


@pytest.mark.parametrize("value", [object(), b"x", ["x"], {"a": 1}, 1j])
def test_what_is_no_value_of_a_table_is_refused(value):
    for write in (_csv, _xlsx):
        with pytest.raises(TypeError):
            write(["a"], [(value,)])


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        _csv(["a"], [(datetime(2026, 1, 1),)])


def test_money_in_no_currency_is_refused():
    with pytest.raises(ValueError, match="currency"):
        _xlsx(["a"], [(Money(1, '"0'),)])


@pytest.mark.parametrize("row", [(), (1,), (1, 2, 3)])
def test_a_row_has_as_many_cells_as_the_header(row):
    for write in (_csv, _xlsx):
        with pytest.raises(ValueError, match="header"):
            write(["a", "b"], [row])


def test_csv_is_rfc_4180_with_its_mark():
    written = _csv(["a", "b"], [('say "hi", you', "one\r\ntwo")])
    assert written == b'\xef\xbb\xbf"a","b"\r\n"say ""hi"", you","one\ntwo"\r\n'


@pytest.mark.parametrize("sign", ["a", "õ", "\U0001f600"])
def test_a_text_that_no_cell_holds_is_cut_with_a_note(sign):
    text = sign * (LONGEST_TEXT + 1)
    with translation.override("en"):
        in_csv = _read_csv(_csv(["a"], [(text,)]))[1][0]
        (in_xlsx,) = _cells(_xlsx(["a"], [(text,)]))
    assert in_csv == in_xlsx.value
    assert len(in_csv.encode("utf-16-le")) // 2 in {LONGEST_TEXT - 1, LONGEST_TEXT}
    assert in_csv.endswith(f"{sign}… [Cut here: {len(text)} characters in all.]")


def test_a_text_that_just_fits_is_whole():
    (cell,) = _cells(_xlsx(["a"], [("a" * LONGEST_TEXT,)]))
    assert cell.value == "a" * LONGEST_TEXT


def test_rows_that_do_not_fit_go_to_the_next_sheet(monkeypatch):
    monkeypatch.setattr(tables, "SHEET_ROWS", 4)
    file = io.BytesIO()
    assert write_xlsx(file, ["n"], [(number,) for number in range(7)], title="Complaints") == 7
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Complaints", "Complaints (2)", "Complaints (3)"]
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [["n", 0, 1, 2], ["n", 3, 4, 5], ["n", 6]]


def test_the_limits_are_those_of_the_format():
    assert (tables.SHEET_ROWS, LONGEST_TEXT) == (1_048_576, 32_767)


@pytest.mark.parametrize(
    "title",
    [
        *("", "History", "history", "a/b\\c[d]e:f*g?h", "'quoted'", "'", "=1+1", "\x00\ud800"),
        *("x" * 40, "😀" * 20, "a" * 30 + "'b"),
    ],
)
def test_any_title_names_the_sheet(title, monkeypatch):
    monkeypatch.setattr(tables, "SHEET_ROWS", 2)
    names = openpyxl.load_workbook(_xlsx(["a"], [(1,), (2,)], title=title)).sheetnames
    assert len({name.casefold() for name in names}) == 2
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]|^'|'$", name)
        assert name.casefold() != "history"


def test_equal_tables_are_equal_files():
    assert _xlsx(["a"], [(1,)]).getvalue() == _xlsx(["a"], [(1,)]).getvalue()


def test_rows_are_taken_one_by_one():
    """A register of a million rows is never in memory: the first is written before the last is asked for."""
    file = io.BytesIO()
    seen = []

    def rows():
        for _ in range(100):
            seen.append(file.tell())
            yield ("x" * 1000,)

    assert write_csv(file, ["a"], rows()) == 100
    assert seen[50] > 40_000


def test_a_table_without_rows_is_its_header():
    assert _read_csv(_csv(["a", "b"], [])) == [["a", "b"]]
    with pytest.raises(ValueError, match="columns"):
        _csv([], [])
