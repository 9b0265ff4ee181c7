#!/usr/bin/env python3
"""Do the verbs and a plain second implementation agree over random lives of complaints?

    bench/lives.py [--steps 20000] [--engine sqlite|postgresql] [--seed N]

Each step is a verb by one of seven people on one of two complaints, one in ten from a page that is out of date
(tests/complaints/machine.py against tests/complaints/plain.py). Every registered invariant is counted again and again
in between. The last line is JSON; the status is 0 when there was no difference.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
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
from hypothesis import HealthCheck, Phase, settings  # noqa: E402
from hypothesis import seed as seeded  # noqa: E402
from hypothesis.stateful import run_state_machine_as_test  # noqa: E402

from tests import builders  # noqa: E402
from tests.complaints.machine import Machine, steps  # noqa: E402

STEPS_OF_ONE = 100


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seed", type=int, default=random.randrange(2**31))
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="amends-lives-") as place:
        return run(given.steps, given.engine, given.seed, Path(place))


def run(wanted: int, engine: str, seed: int, place: Path) -> int:
    """Live so many steps in a database of its own."""
    setup_test_environment()
    if engine == "sqlite":
        connection.settings_dict["NAME"] = str(place / "lives.sqlite3")
    call_command("migrate", verbosity=0)
    world = builders.a_world()
    many = settings(
        max_examples=100,
        stateful_step_count=STEPS_OF_ONE,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],
    )
    began, violations, part = time.monotonic(), 0, 0
    while sum(steps.values()) < wanted and not violations:

        @seeded(seed + part)
        class Here(Machine):
            world_of = staticmethod(lambda: world)

        try:
            run_state_machine_as_test(Here, settings=many)
        except AssertionError as difference:
            violations += 1
            print(difference, *getattr(difference, "__notes__", []), sep="\n", flush=True)
        part += 1
        print(f"{sum(steps.values())} steps", flush=True)
    told = {"bench": "lives", "engine": engine, "steps": sum(steps.values()), **steps, "violations": violations}
    print(json.dumps({**told, "seconds": round(time.monotonic() - began, 1), "seed": seed}))
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
