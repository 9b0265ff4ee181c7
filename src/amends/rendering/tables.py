"""The one writer of CSV and XLSX files (P-36). Both are written as a stream: a register may have a million rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from amends.rendering.cells import Cell, Number, Value, cell_of, may_calculate, quieted

#: Rows and columns of one sheet, the header included.
SHEET_ROWS = 1_048_576
SHEET_COLUMNS = 16_384
LONGEST_SHEET_NAME = 31

# Spreadsheets on Windows read UTF-8 only behind this mark.
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Written into every file, so that equal tables are equal files.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001
_FIRST_YEAR = 1900


def write_csv(file: IO[bytes], header: Sequence[Value], rows: Iterable[Sequence[Value]], *, zone: tzinfo = UTC) -> int:
    """Write a table as CSV (RFC 4180, UTF-8 with its mark); returns the number of rows below the header."""
    file.write(_BYTE_ORDER_MARK)
    count = -1
    for cells in _checked(header, rows, zone):
        file.write((",".join(map(_in_csv, cells)) + "\r\n").encode())
        count += 1
    return count


def write_xlsx(
    file: IO[bytes], header: Sequence[Value], rows: Iterable[Sequence[Value]], *, title: str = "", zone: tzinfo = UTC
) -> int:
    """Write a table as XLSX; returns the number of rows below the header. What does not fit on a sheet of 1,048,576
    rows goes on to a second one with the same header."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    count = 0
    with Workbook(file, options) as book:
        book.set_properties({"created": _CREATED})
        table = _checked(header, rows, zone)
        head = next(table)
        sheets = _Sheets(book, head, title)
        for cells in table:
            sheets.write(cells)
            count += 1
    return count


def _checked(header: Sequence[Value], rows: Iterable[Sequence[Value]], zone: tzinfo) -> Iterator[list[Cell]]:
    if not 0 < len(header) <= SHEET_COLUMNS:
        raise ValueError(f"a table has between 1 and {SHEET_COLUMNS} columns")
    yield [cell_of(value, zone) for value in header]
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"a row has {len(row)} cells, the header {len(header)}")
        yield [cell_of(value, zone) for value in row]


def _in_csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        # Always in quotes: a reader that expects another separator then finds fewer places to cut.
        return '"' + quieted(cell).replace('"', '""') + '"'
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Number):
        return f"{cell.unit} {_plain(cell.value)}".lstrip()
    return _as_text(cell)


def _plain(number: Decimal) -> str:
    """Digits without an exponent, except where nobody could read them."""
    exponent = number.as_tuple().exponent
    return format(number, "f") if isinstance(exponent, int) and -50 < exponent < 50 else str(number)


def _as_text(when: date) -> str:
    return when.isoformat(" ", "seconds") if isinstance(when, datetime) else when.isoformat()


class _Sheets:
    """The sheets of one workbook: a new one begins when the last is full."""

    def __init__(self, book: Workbook, head: list[Cell], title: str) -> None:
        self._book, self._head, self._title = book, head, _sheet_name(title)
        self._formats: dict[str, Format] = {}
        self._number = 0
        self._begin()

    def _begin(self) -> None:
        self._number += 1
        mark = f" ({self._number})" if self._number > 1 else ""
        name = _cut_to_units(self._title, LONGEST_SHEET_NAME - len(mark)) + mark
        self._sheet: Worksheet = self._book.add_worksheet(name)
        self._sheet.set_column(0, len(self._head) - 1, 18)
        self._sheet.freeze_panes(1, 0)
        for column, cell in enumerate(self._head):
            self._write_cell(0, column, cell, bold=True)
        self._row = 1

    def write(self, cells: list[Cell]) -> None:
        if self._row >= SHEET_ROWS:
            self._begin()
        for column, cell in enumerate(cells):
            self._write_cell(self._row, column, cell)
        self._row += 1

    def _write_cell(self, row: int, column: int, cell: Cell, **look: Any) -> None:
        if cell is None:
            return
        if isinstance(cell, bool):
            self._sheet.write_boolean(row, column, cell, self._format(**look))
        elif isinstance(cell, Number) and cell.fits:
            self._sheet.write_number(row, column, float(cell.value), self._number_format(cell, look))
        elif isinstance(cell, Number):
            self._sheet.write_string(row, column, f"{cell.unit} {_plain(cell.value)}".lstrip(), self._format(**look))
        elif isinstance(cell, date) and cell.year >= _FIRST_YEAR:
            pattern = "yyyy-mm-dd hh:mm:ss" if isinstance(cell, datetime) else "yyyy-mm-dd"
            self._sheet.write_datetime(row, column, cell, self._format(num_format=pattern, **look))
        else:
            text = cell if isinstance(cell, str) else _as_text(cell)
            if may_calculate(text):
                # It is text already; the mark keeps it text when somebody edits the cell.
                look["quote_prefix"] = True
            self._sheet.write_string(row, column, _not_markup(text), self._format(**look))

    def _number_format(self, number: Number, look: dict[str, Any]) -> Format | None:
        if not number.unit:
            return self._format(**look)
        exponent = number.value.as_tuple().exponent
        places = "0" * -exponent if isinstance(exponent, int) else ""
        pattern = f"#,##0.{places}" if places else "#,##0"
        return self._format(num_format=f'{pattern} "{number.unit}"', **look)

    def _format(self, **look: Any) -> Format | None:
        if not look:
            return None
        key = repr(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]


def _not_markup(text: str) -> str:
    """Text that the library would take for markup of its own and write unescaped; a space after it prevents that."""
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text


def _sheet_name(title: str) -> str:
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", " ", title)
    name = " ".join(name.split()).strip("' ")
    # The name of a sheet that Excel keeps for itself.
    return f"{name}." if name.casefold() == "history" else name or "1"


def _cut_to_units(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").rstrip("' ")
