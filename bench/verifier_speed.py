"""How many rows a second the stand-alone verifier checks.

    python3 bench/verifier_speed.py [--rows 200000] [--runs 3]

Writes a journal of its own to a temporary directory, with a text behind four rows in five and a signed checkpoint
every hundred rows, and runs the verifier on it as an auditor would: `python3 -I verifier.py EXPORT --anchors FILE`.
The last line is JSON; `rows_per_second` is the median over the runs, reading the files included.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.journal import synthetic  # noqa: E402

VERIFIER = ROOT / "src" / "amends" / "journal" / "verifier.py"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        export = Path(scratch) / "export"
        began = time.monotonic()
        anchors = synthetic.make(given.rows, 1, erased=given.rows // 100).write(export, 100)
        size = sum(file.stat().st_size for file in export.iterdir())
        print(f"{given.rows} rows, {size / 1e6:.0f} MB, written in {time.monotonic() - began:.1f} s")
        verdicts, walls = [], []
        for _ in range(given.runs):
            began = time.monotonic()
            command = [sys.executable, "-I", str(VERIFIER), str(export), "--anchors", str(anchors), "--json"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            walls.append(time.monotonic() - began)
            verdicts.append(json.loads(done.stdout))
            print(f"{verdicts[-1]['rows_per_second']} rows/s, {walls[-1]:.1f} s in all, ok: {verdicts[-1]['ok']}")
    rates = [verdict["rows_per_second"] for verdict in verdicts]
    figures = {
        "rows": given.rows,
        "bytes": size,
        "rows_per_second": statistics.median(rates),
        "slowest": min(rates),
        "wall_seconds": round(statistics.median(walls), 2),
        "checkpoints": verdicts[0]["checkpoints"],
        "ok": all(verdict["ok"] for verdict in verdicts),
        "bar": 50_000,
    }
    print(json.dumps(figures))
    return 0 if figures["ok"] and figures["rows_per_second"] >= figures["bar"] else 1


if __name__ == "__main__":
    sys.exit(main())
