#!/usr/bin/env python3
"""How fast are complaints taken in, without and with a file of 1 MB, and do equal ones sent at once stay one?

    bench/submitting.py [--engine sqlite|postgresql] [--each 80] [--rounds 200] [--at-once 50] [--clients 8]

An installation of its own per engine (2 web workers). First so many whole complaints (form, five steps, sending) by
several people at once, then the same with a picture of 1 MB each. Then, in rounds, one filled-in form is sent by many
connections at the same moment: each must be answered with a confirmation or with "sent already", and in the end there
must be one complaint per round. The last line is JSON; the status is 0 when nothing failed.
"""

import argparse
import io
import json
import sys
import threading
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import psutil
from installation import Installation
from pages import expect, measure
from PIL import Image
from visitor import Page, Visitor

COUNT = """
import django; django.setup()
from amends.complaints.models import Complaint
from amends.files.models import StoredFile
print(Complaint.objects.count(), StoredFile.objects.count())
"""


def a_picture() -> bytes:
    """A picture of just over 1 MB: noise, not made smaller."""
    written = io.BytesIO()
    Image.effect_noise((580, 580), 90).convert("RGB").save(written, "PNG", compress_level=0)
    return written.getvalue()


class Complaints:
    """Whole complaints from a public form; with a picture where there is one."""

    def __init__(self, port: int, picture: bytes | None) -> None:
        self.port, self.picture = port, picture

    def visitor(self) -> Visitor:
        """Somebody with a browser."""
        return Visitor(self.port)

    def send(self, visitor: Visitor, number: int) -> None:
        """Begin, five steps, send, confirmation."""
        visitor.be_another(number)
        files = [("meter.png", self.picture)] if self.picture else None
        page = visitor.fill_in_complaint(f"Nobody read meter {number}.", email=f"m{number}@example.org", files=files)
        expect(visitor.send(page), "Access code")


def together(port: int, number: int, at_once: int) -> Counter[str]:
    """One filled-in form, sent by so many connections at the same moment; how they were answered."""
    first = Visitor(port)
    first.be_another(number)
    check = first.fill_in_complaint(f"The same, sent {at_once} times: {number}.", email=f"t{number}@example.org")
    answers: Counter[str] = Counter()
    lock, start = threading.Lock(), threading.Barrier(at_once)

    def send() -> None:
        other = Visitor(port)
        other.cookies, other.source = dict(first.cookies), first.source
        start.wait()
        try:
            said = kind_of(other.send(check))
        except Exception as error:
            said = repr(error)[:120]
        finally:
            other.close()
        with lock:
            answers[said] += 1

    threads = [threading.Thread(target=send) for _each in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first.close()
    return answers


def kind_of(page: Page) -> str:
    """The confirmation, or the number of another answer."""
    return "confirmed" if page.status == 200 and "/complain/done/" in page.address else f"{page.status} {page.address}"


def run_engine(engine: str, given: argparse.Namespace) -> dict[str, object]:
    """One installation, measured and raced."""
    installation = Installation(engine, more={"AMENDS_QUERY_HEADER": "yes"})
    try:
        installation.make()
        installation.start()
        groups = {"app": [psutil.Process(installation.parent.pid)]} if installation.parent else {}
        told: dict[str, object] = {}
        first = 0
        for name, picture in (("plain", None), ("with_1_mb", a_picture())):
            work = Complaints(installation.port, picture)
            found = measure(work.send, work.visitor, clients=given.clients, n=given.each, groups=groups, first=first)
            first += given.each + given.clients + 10
            told[name] = {**found.as_dict(), "first_error": found.errors[:1]}
            print(engine, name, json.dumps(told[name]), flush=True)
        before, files = map(int, installation.python(COUNT).split())
        # One more each than was timed by every visitor, to warm up.
        assert files == given.each + given.clients, f"{files} files are there"
        began = time.monotonic()
        answers: Counter[str] = Counter()
        for number in range(given.rounds):
            answers += together(installation.port, 50_000 + number, given.at_once)
        made = int(installation.python(COUNT).split()[0]) - before
        told["equal"] = {
            "rounds": given.rounds,
            "at_once": given.at_once,
            "complaints": made,
            "answers": dict(answers),
            "seconds": round(time.monotonic() - began, 1),
        }
        print(engine, "equal", json.dumps(told["equal"]), flush=True)
        return told
    finally:
        installation.remove()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--each", type=int, default=80)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--clients", type=int, default=8)
    given = parser.parse_args()
    engines = {engine: run_engine(engine, given) for engine in given.engine or ["sqlite", "postgresql"]}
    print(json.dumps({"bench": "submitting", "clients": given.clients, "engines": engines}))
    fine = all(
        told["equal"]["complaints"] == given.rounds and not told["plain"]["errors"] and not told["with_1_mb"]["errors"]
        for told in engines.values()
    )
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
