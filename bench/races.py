#!/usr/bin/env python3
"""Is anything lost when two people send the same form at the same moment?

    bench/races.py [--pairs 10000] [--minutes 60] [--engine sqlite|postgresql]

Every form (tests/forms.py, tests/forms_elsewhere.py) in turn, two members of staff, real commits, two threads. Whoever
is told "saved" must find their words among the facts; whoever is not must find them on the page that comes back; only
one may be told "saved" where the form changes what is there (tests/contests.py). The last line is JSON, the status is 0
when nothing was lost. A form that held the same when it was opened for two complaints is not opened for others, which
are made alike.
"""

import argparse
import json
import logging
import os
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "tests.settings",
    "AMENDS_TEST_ENGINE": "postgresql" if "postgresql" in sys.argv else "sqlite",
}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from amends.kit import clock  # noqa: E402
from tests import builders  # noqa: E402
from tests.contests import Contest, Held, clients_for  # noqa: E402
from tests.forms import FORMS  # noqa: E402
from tests.forms_elsewhere import ELSEWHERE  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=24 * 60, help="stop after so many, and tell how many pairs")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="amends-races-") as place:
        return run(given.pairs, given.minutes * 60, given.engine, Path(place))


def run(most: int, longest: float, engine: str, place: Path) -> int:
    """Race so many pairs in a database of its own."""
    logging.disable(logging.WARNING)
    setup_test_environment()
    if engine == "sqlite":
        connection.settings_dict["NAME"] = str(place / "races.sqlite3")
    call_command("migrate", verbosity=0)
    world = builders.a_world(at=clock.now() - timedelta(days=1))
    forms = (*FORMS, *ELSEWHERE)
    clients = clients_for(world, forms)
    held: Held = {}
    began, wrong, answers, pairs = time.monotonic(), [], Counter[str](), 0
    while pairs < most and time.monotonic() - began < longest:
        number, pairs = pairs, pairs + 1
        contest = Contest(world, forms[number % len(forms)], number, clients, held)
        found = contest.run()
        wrong += found
        for each in found:
            print(each, flush=True)
        answers[" and ".join(sorted(str(side.status) for side in contest.sides))] += 1
        if pairs % 100 == 0:
            print(f"{pairs} pairs, {len(wrong)} wrong", flush=True)
    seconds = round(time.monotonic() - began, 1)
    told = {"bench": "races", "engine": engine, "pairs": pairs, "forms": len(forms), "lost": len(wrong)}
    print(json.dumps({**told, "answers": dict(answers), "seconds": seconds}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
