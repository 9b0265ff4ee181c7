"""Count invented deadlines twice: with Amends, and with a slow second implementation written from the definitions.

`--count` puzzles (100,000) of a `--seed`, on all cores. The last line is JSON: `differences` between the two,
explanations that do not add up to their date (`unexplained`), and how many due moments a second one core counts.
"""

import argparse
import json
import multiprocessing
import os
import sys
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from amends.calendars.counting import Plan, due  # noqa: E402
from amends.calendars.limits import Limit, Unit  # noqa: E402
from amends.calendars.working_time import SpecialDay, Why, WorkingCalendar  # noqa: E402
from tests.calendars.puzzles import differences, make_puzzle, unexplained  # noqa: E402

SHOWN = 10


def solve(seed: int, number: int) -> tuple[int, list[str], list[str]]:
    """What is wrong with one puzzle."""
    puzzle = make_puzzle(seed, number)
    try:
        return number, differences(puzzle), unexplained(puzzle)
    except Exception as error:  # whatever it is, it is a difference
        return number, [repr(error)], []


def due_per_second(seconds: float = 3.0) -> int:
    """15 working days on a calendar with 300 special days, one core."""
    office = ((clock(9), clock(17)),)
    first = date(2024, 1, 1)
    days = {first + timedelta(days=9 * number): SpecialDay((), Why.HOLIDAY) for number in range(300)}
    calendar = WorkingCalendar(ZoneInfo("Europe/Tallinn"), dict.fromkeys(range(1, 6), office), days)
    limit, start, counted = Limit(15, Unit.WORKING_DAYS), datetime(2026, 3, 2, 10, tzinfo=UTC), 0
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        for hour in range(1000):
            due(Plan(start + timedelta(hours=hour), limit), calendar)
        counted += 1000
    return int(counted / (time.perf_counter() - began))


def main() -> None:
    """Solve them, print what differs, and sum up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    speed, began = due_per_second(), time.perf_counter()
    wrong = {"differences": 0, "unexplained": 0}
    with multiprocessing.Pool(os.cpu_count()) as pool:
        solved = pool.imap_unordered(partial(solve, given.seed), range(given.count), chunksize=250)
        for done, (number, different, unclear) in enumerate(solved, start=1):
            wrong["differences"] += bool(different)
            wrong["unexplained"] += bool(unclear)
            if (different or unclear) and sum(wrong.values()) <= SHOWN:
                print(f"puzzle {number} of seed {given.seed}: {'; '.join(different + unclear)}")
            if done % 10_000 == 0:
                print(f"{done:,} of {given.count:,} after {time.perf_counter() - began:.0f} s", flush=True)
    figures = {"bench": "deadline_puzzles", "seed": given.seed, "puzzles": given.count, **wrong}
    print(json.dumps(figures | {"due_per_second": speed, "seconds": round(time.perf_counter() - began)}))
    sys.exit(any(wrong.values()))


if __name__ == "__main__":
    main()
