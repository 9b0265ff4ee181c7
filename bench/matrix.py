#!/usr/bin/env python3
"""Does everybody get at every address what they may get, and nothing else?

    bench/matrix.py [--one-in 1]

Every route of the application, GET and POST, by everybody of tests/relations.py: each role, and each relation to the
one complaint that the addresses are about. What should come back stands by hand in tests/rights.py. With `--one-in 10`
one cell in ten is tried. The last line is JSON, the status is 0 when nothing differs.
"""

import argparse
import json
import logging
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "AMENDS_TEST_ENGINE": "sqlite"}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from tests import relations  # noqa: E402
from tests.architecture.test_roles_and_routes import every_route, one_of_everything, world_to_walk  # noqa: E402
from tests.matrix import a_part_of_it, walk  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--one-in", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="amends-matrix-") as place:
        return run(given.one_in, Path(place))


def run(number: int, place: Path) -> int:
    """Walk in a database of its own."""
    logging.disable(logging.WARNING)
    setup_test_environment()
    connection.settings_dict["NAME"] = str(place / "matrix.sqlite3")
    call_command("migrate", verbosity=0)
    world = world_to_walk()
    objects = one_of_everything(world)
    scene = relations.set_up(world, objects)
    began = time.monotonic()
    outcome = walk(scene, every_route(objects), a_part_of_it(refusals=number, pages=number))
    for each in outcome.wrong:
        print(each)
    told = {"bench": "matrix", "routes": len(outcome.by_route), "people": len(scene.cast), "cells": outcome.cells}
    told |= {"answers": dict(sorted(outcome.answers.items())), "failures": len(outcome.wrong)}
    print(json.dumps({**told, "seconds": round(time.monotonic() - began, 1)}))
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
