#!/usr/bin/env python3
"""Opens tables full of hostile texts in a real spreadsheet program and counts what it would calculate (P-36).

    python3 bench/spreadsheets.py [--soffice PROGRAM] [--keep DIR]

Needs LibreOffice (`soffice`); without it the exit code is 2. Exit code 0: nothing was calculated and the control, a
file written without our care, was. The last line is JSON. `bar` is 0 formulas in everything but the control.
"""

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "src")]

from django.conf import settings  # noqa: E402

from amends.rendering.tables import write_csv, write_xlsx  # noqa: E402
from tests.rendering.hostile_cells import HOSTILE  # noqa: E402

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

# Field separator, quotation mark, UTF-8, first line, no column formats, system language; then, of what is said by true
# and false: special numbers recognised (8th), spaces cut off (11th), formulas calculated (13th): the least careful way.
_CSV_FILTER = "Text - txt - csv (StarCalc):{separator},34,76,1,,0,false,true,false,false,true,0,true"
_SEPARATORS = {"comma": 44, "semicolon": 59, "tab": 9, "comma or semicolon or tab": "44/59/9"}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--soffice", default="soffice", help="the program, where it is not on the path")
    options.add_argument("--keep", type=Path, help="leave the files here, to look at them")
    chosen = options.parse_args()
    program = shutil.which(chosen.soffice)
    if program is None:
        print("LibreOffice is not installed here (no `soffice` on the path): nothing was opened, nothing is shown.")
        print(json.dumps({"bench": "spreadsheets", "soffice": None, "values": len(HOSTILE), "opened": 0}))
        return 2
    settings.configure(USE_I18N=False)
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        return _run(program, folder)


def _run(program: str, folder: Path) -> int:
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, timeout=120).stdout
    control, ours_csv, ours_xlsx = _write_files(folder)
    files = [("control, csv by comma", control, _SEPARATORS["comma"])]
    files += [(f"csv by {name}", ours_csv, separator) for name, separator in _SEPARATORS.items()]
    files += [("xlsx", ours_xlsx, None)]
    results = {}
    for name, file, separator in files:
        results[name] = _calculated(_opened(program, file, separator, folder / name.replace(" ", "-")))
        counted = results[name]
        print(f"{name}: {counted['cells']} cells, {counted['formulas']} formulas, {counted['links']} links")

    control_found = results.pop("control, csv by comma")["formulas"]
    formulas = sum(result["formulas"] for result in results.values())
    links = sum(result["links"] for result in results.values())
    enough = all(result["cells"] >= len(HOSTILE) for result in results.values())
    summary = {"bench": "spreadsheets", "soffice": version.strip(), "values": len(HOSTILE), "opened": len(results)}
    summary |= {"formulas": formulas, "links": links, "bar": 0, "control_formulas": control_found, "results": results}
    print(json.dumps(summary))
    return 0 if formulas == links == 0 and control_found > 0 and enough else 1


def _write_files(folder: Path) -> tuple[Path, Path, Path]:
    control, ours_csv, ours_xlsx = folder / "control.csv", folder / "ours.csv", folder / "ours.xlsx"
    with control.open("w", encoding="utf-8", errors="replace", newline="") as file:
        csv.writer(file).writerows((number, value.replace("\x00", "")) for number, value in enumerate(HOSTILE))
    rows = [(number, value, "end") for number, value in enumerate(HOSTILE)]
    with ours_csv.open("wb") as file:
        write_csv(file, ["number", "value", "end"], rows)
    with ours_xlsx.open("wb") as file:
        write_xlsx(file, ["number", "value", "end"], rows, title="Hostile")
    return control, ours_csv, ours_xlsx


def _opened(program: str, file: Path, separator: int | str | None, folder: Path) -> Path:
    """Let the program open a file and save what it made of it as flat XML; with a profile of its own."""
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').absolute().as_uri()}",
    ]
    if separator is not None:
        command.append("--infilter=" + _CSV_FILTER.format(separator=separator))
    command += ["--convert-to", "fods", "--outdir", str(folder), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    result = folder / f"{file.stem}.fods"
    if not result.exists():
        raise SystemExit(f"LibreOffice did not convert {file.name}: {done.stdout}{done.stderr}")
    return result


def _calculated(document: Path) -> dict[str, int]:
    """How many cells of a flat document hold something, are calculated, or lead elsewhere."""
    found = {"cells": 0, "formulas": 0, "links": 0}
    for cell in ET.parse(document).iter(f"{_TABLE}table-cell"):
        found["cells"] += f"{_OFFICE}value-type" in cell.attrib
        found["formulas"] += f"{_TABLE}formula" in cell.attrib
        found["links"] += sum(1 for _ in cell.iter(f"{_TEXT}a"))
    return found


if __name__ == "__main__":
    sys.exit(main())
