#!/usr/bin/env python3
"""How many pages are looked at for accessibility, how wide and in which colours, and what is wrong with them?

    bench/looks.py

Runs the tests that look at pages with axe-core (WCAG 2.0, 2.1 and 2.2, A and AA, and its best practices) in four
ways, and counts: an address with another reference is the same page, a page with mistakes in it is the same as without.
The last line is JSON; the status is 0 when the tests passed and nothing is wrong.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="amends-looks-") as place:
        notes = Path(place) / "looks"
        notes.touch()
        environment = {
            **os.environ,
            "AMENDS_NOTE_LOOKS": str(notes),
            "AMENDS_EVERY_LOOK": "yes",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        }
        tests = [str(path.relative_to(ROOT)) for path in those_that_look()]
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        looks = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]
    report = {
        "bench": "looks",
        "looks": len(looks),
        "pages": len({page_of(look["address"]) for look in looks}),
        "ways": len({(look["width"], look["theme"]) for look in looks}),
        "pages_x_ways": len({(page_of(look["address"]), look["width"], look["theme"]) for look in looks}),
        "violations": sum(look["violations"] for look in looks),
        "tests": "passed" if status == 0 else "FAILED",
        "seconds": round(time.monotonic() - began),
    }
    print(json.dumps(report))
    return 0 if status == 0 and looks and not report["violations"] else 1


def those_that_look() -> list[Path]:
    """The test files that use axe."""
    return [
        path for path in sorted((ROOT / "tests").rglob("test_*.py")) if re.search(r"\baxe\b", path.read_text("utf-8"))
    ]


def page_of(address: str) -> str:
    """The address without what is different for each complaint, person or secret."""
    path = urlsplit(address).path
    return re.sub(r"(?<=/)(?:[A-Z]{2,}-\d\d-\w+|[\w-]*\d[\w-]*|[\w-]{20,})(?=/|$)", "…", path)


if __name__ == "__main__":
    sys.exit(main())
