#!/usr/bin/env python3
"""Can somebody find a complaint by guessing, or learn from the answers which references exist?

    bench/guesses.py [--guesses 1000000] [--requests 20000]

First throttling is left as it is: the sixth try from one address has to wait, and the rightful person gets in from
another. Then whole requests are sent to /track/ in this process with throttling taken away, every other one about a
reference that exists, and their answers compared: status, bytes, and time. At last the verification itself
(`tracked_by`) is asked so many times, in turn again, with codes whose check character is right. The last line is JSON;
the status is 0 when nothing was found and nothing could be told apart.

How far two times can be told apart is said as the share of pairs in which the one kind took longer: 0.5 is a coin.
"""

import argparse
import json
import logging
import os
import re
import statistics
import sys
import tempfile
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "AMENDS_TEST_ENGINE": "sqlite"}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from amends.complaints.models import Complaint  # noqa: E402
from amends.complaints.queries import tracked_by  # noqa: E402
from amends.kit import ids  # noqa: E402
from amends.portal import throttling  # noqa: E402
from tests import builders  # noqa: E402
from tests.portal.visitor import Visitor, a_complaint_with_code  # noqa: E402

REAL = 20
#: How far from a coin the times of whole requests may be, and of the verification alone, before we call them different.
ALIKE = 0.05

_CHANGES = re.compile(
    rb'(name="csrfmiddlewaretoken" value=")[^"]+|(name="reference" value=")[^"]+|(name="code" value=")[^"]*'
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--guesses", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=20_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="amends-guesses-") as place:
        return run(given.guesses, given.requests, Path(place))


def run(guesses: int, requests: int, place: Path) -> int:
    """Guess in a database of its own."""
    logging.disable(logging.WARNING)
    setup_test_environment()
    connection.settings_dict["NAME"] = str(place / "guesses.sqlite3")
    call_command("migrate", verbosity=0)
    world = builders.a_world()
    complaint, code = a_complaint_with_code(world)
    for number in range(REAL - 1):
        builders.a_complaint(world, text=f"Complaint {number}")
    known = list(Complaint.objects.values_list("reference", flat=True))
    told: dict[str, object] = {"bench": "guesses", "complaints": len(known)}
    # The whole application is loaded before anything is measured.
    told |= throttled(complaint.reference, code)
    told |= whole_requests(requests, known)
    print(json.dumps(told), flush=True)
    told |= function_alone(guesses, known)
    is_good = not told["found"] and told["bytes_alike"] and told["sixth_waits"] and told["rightful_gets_in"]
    is_good = is_good and abs(float(str(told["http_longer"])) - 0.5) <= ALIKE
    print(json.dumps({**told, "failures": int(not is_good)}))
    return int(not is_good)


def a_guess() -> str:
    """A code that could be one: its check character is right."""
    body = ids.random_characters(ids.ACCESS_CODE_RANDOM)
    return body + ids.check_character(body)


def no_reference(known: Sequence[str]) -> str:
    """A reference that could be one and is none."""
    while True:
        reference = ids.new_reference("LAU", 26)
        if reference not in known:
            return reference


def function_alone(guesses: int, known: Sequence[str]) -> dict[str, object]:
    """The verification: how many guesses opened something, and how long each kind took."""
    took: tuple[list[int], list[int]] = ([], [])
    found, began = 0, time.monotonic()
    for number in range(guesses):
        reference = known[number // 2 % len(known)] if number % 2 else no_reference(known)
        code = a_guess()
        start = time.perf_counter_ns()
        opened = tracked_by(reference, code)
        took[number % 2].append(time.perf_counter_ns() - start)
        found += opened is not None
        if number % 100_000 == 99_999:
            print(f"{number + 1:,} guesses, {found} found, {time.monotonic() - began:.0f} s", flush=True)
    return {
        "guesses": guesses,
        "found": found,
        "seconds": round(time.monotonic() - began, 1),
        **_times("function", took[0], took[1], 1e3, "us"),
    }


def whole_requests(requests: int, known: Sequence[str]) -> dict[str, object]:
    """Through the door: status, bytes and time of "no such reference" and "wrong code"."""
    kept: Callable[..., object] = throttling.code_tried
    throttling.code_tried = lambda *args, **more: throttling.Try([])  # type: ignore[assignment]
    was_wrong = throttling.was_wrong
    throttling.was_wrong = lambda visit: None  # type: ignore[assignment]
    visitor = Visitor()
    took: tuple[list[int], list[int]] = ([], [])
    pages: set[tuple[int, bytes]] = set()
    lengths: set[int] = set()
    try:
        for number in range(requests):
            reference = known[number // 2 % len(known)] if number % 2 else no_reference(known)
            code = a_guess()
            start = time.perf_counter_ns()
            answer = visitor.tracks(reference, code)
            took[number % 2].append(time.perf_counter_ns() - start)
            lengths.add(len(answer.content))
            # What was typed comes back, and each form has a token of its own: both are of one length.
            page = _CHANGES.sub(rb"\1\2\3", answer.content)
            pages.add((answer.status_code, page))
    finally:
        throttling.code_tried = kept  # type: ignore[assignment]
        throttling.was_wrong = was_wrong
    return {
        "requests": requests,
        "statuses": sorted({status for status, _page in pages}),
        "bytes_alike": len(pages) == 1 and len(lengths) == 1,
        **_times("http", took[0], took[1], 1e6, "ms"),
    }


def throttled(reference: str, code: str) -> dict[str, object]:
    """As it is installed: five tries, then a pause; and the person whose codes they are comes in from elsewhere."""
    stranger = Visitor("192.0.2.66")
    answers = [stranger.tracks(reference, a_guess()).status_code for _number in range(6)]
    rightful = Visitor("198.51.100.9").tracks(reference, code).status_code
    return {
        "six_tries": answers,
        "sixth_waits": answers == [422] * 5 + [429],
        "rightful_gets_in": rightful == 302,
        "right_code_from_the_throttled": stranger.tracks(reference, code).status_code,
    }


def _times(what: str, none: list[int], wrong: list[int], unit: float, called: str) -> dict[str, object]:
    def told(taken: list[int]) -> list[float]:
        cuts = statistics.quantiles(taken, n=100)
        return [round(cuts[place - 1] / unit, 3) for place in (5, 50, 95)]

    return {
        f"{what}_no_reference_p5_p50_p95_{called}": told(none),
        f"{what}_wrong_code_p5_p50_p95_{called}": told(wrong),
        f"{what}_longer": round(_longer(none, wrong), 4),
    }


def _longer(one: list[int], other: list[int]) -> float:
    """The share of pairs in which the other took longer."""
    ranked = sorted(one)
    above = sum(bisect_left(ranked, each) + bisect_right(ranked, each) for each in other) / 2
    return above / (len(one) * len(other))


if __name__ == "__main__":
    sys.exit(main())
