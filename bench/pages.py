#!/usr/bin/env python3
"""What people wait for, measured over loopback HTTP: submit, queue, complaint page, next-step save.

    bench/pages.py [--count 20000] [--engine sqlite|postgresql] [--clients 8] [--out FILE]

Starts an installation of its own per engine (2 web workers), fills it and measures each operation with one client (p50,
p95) and with several (requests per second), with CPU milliseconds per operation of the application and of the database,
and queries per operation. Replies are checked, so an error page never counts as fast. The last line is JSON.
"""

import argparse
import json
import statistics
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import loading
import psutil
from installation import PASSWORD, Installation
from visitor import Page, Visitor


@dataclass
class Measured:
    """One operation under one load."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    queries: int = 0
    requests: int = 0
    wall: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        done = max(1, len(self.times))
        ordered = sorted(self.times) or [0.0]
        return {
            "n": len(self.times),
            "errors": len(self.errors),
            "p50_ms": round(statistics.median(ordered) * 1000, 1),
            "p95_ms": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000, 1),
            "per_s": round(len(self.times) / self.wall, 1) if self.wall else 0.0,
            "queries": round(self.queries / done, 1),
            "requests": round(self.requests / done, 1),
            **{f"cpu_ms_{group}": round(seconds * 1000 / done, 1) for group, seconds in self.cpu.items()},
        }


def expect(page: Page, text: str) -> None:
    """Raise when this is not the page that was wanted."""
    if page.status != 200 or text not in page.text:
        raise AssertionError(f"{page.address}: {page.status}, wanted {text!r}")


class Work:
    """The operations. Each takes a visitor and a running number."""

    def __init__(self, port: int, references: dict[str, list[str]]) -> None:
        self.port = port
        self.with_updates, self.received = references["with_updates"], list(references["received"])
        self.lock = threading.Lock()

    def staff(self) -> Visitor:
        visitor = Visitor(self.port)
        expect(visitor.sign_in("liis@larkhaven.example", PASSWORD), "My work")
        return visitor

    def public(self) -> Visitor:
        return Visitor(self.port)

    def queue(self, visitor: Visitor, number: int) -> None:
        views = ("?view=open", "?view=open&severity=3", "?view=mine", "?view=open&sort=received&language=et")
        expect(visitor.get(f"/staff/complaints/{views[number % len(views)]}"), 'id="queue"')

    def complaint(self, visitor: Visitor, number: int) -> None:
        reference = self.with_updates[number % len(self.with_updates)]
        expect(visitor.get(f"/staff/complaints/{reference}/"), reference)

    def save(self, visitor: Visitor, number: int) -> float:
        """Only the sending of the filled-in form is timed; the form and the page that follows are pages like others."""
        with self.lock:
            reference = self.received.pop()
        page = visitor.get(f"/staff/complaints/{reference}/assessment/")
        form = page.form_with("is_safety")
        answers: dict[str, str | list[str]] = {
            "is_safety": "no",
            "grid": "2-2",
            "immediate_needed": "no",
            "immediate_possible": "no",
            "complexity": "simple",
            "pattern": "unknown",
        }
        began = time.perf_counter()
        after = visitor.submit(page, form, answers)
        took = time.perf_counter() - began
        expect(after, reference)
        return took

    def submit(self, visitor: Visitor, number: int) -> None:
        """The whole form: begin, five steps, send, confirmation."""
        visitor.be_another(number)
        page = visitor.fill_in_complaint(f"Nobody answered my letter {number}.", email=f"s{number}@example.org")
        expect(visitor.send(page), "Access code")


def measure(work: Callable[[Visitor, int], float | None], open_visitor: Callable[[], Visitor], *, clients: int, n: int,
            groups: dict[str, list[psutil.Process]], first: int) -> Measured:  # fmt: skip
    """Run an operation n times over so many clients."""
    result, lock = Measured(), threading.Lock()
    visitors = [open_visitor() for _ in range(clients)]
    for place, visitor in enumerate(visitors):
        work(visitor, first + place)
        visitor.queries = visitor.requests = 0
    numbers = iter(range(first + clients, first + clients + n))

    def run(visitor: Visitor) -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            began = time.perf_counter()
            try:
                own = work(visitor, number)
                with lock:
                    result.times.append(time.perf_counter() - began if own is None else own)
            except Exception as error:
                with lock:
                    result.errors.append(repr(error)[:300])

    before, began = {name: cpu(group) for name, group in groups.items()}, time.perf_counter()
    threads = [threading.Thread(target=run, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.wall = time.perf_counter() - began
    result.cpu = {name: cpu(group) - before[name] for name, group in groups.items()}
    result.queries = sum(visitor.queries for visitor in visitors)
    result.requests = sum(visitor.requests for visitor in visitors)
    for visitor in visitors:
        visitor.close()
    return result


def cpu(processes: list[psutil.Process]) -> float:
    """CPU seconds of processes and their children so far."""
    total = 0.0
    for process in processes:
        for one in (process, *process.children(recursive=True)):
            times = one.cpu_times()
            total += times.user + times.system
    return total


def run_engine(engine: str, count: int, clients: int) -> dict[str, object]:
    """Fill one installation and measure it."""
    installation = Installation(engine, more={"AMENDS_QUERY_HEADER": "yes"})
    try:
        installation.make()
        began = time.monotonic()
        still_open = max(400, count * 15 // 100)
        made = json.loads(
            installation.python(loading.program(count, still_open=still_open, with_updates=100)).splitlines()[-1]
        )
        filled = time.monotonic() - began
        installation.start()
        work = Work(installation.port, made)
        groups = {"app": [psutil.Process(installation.parent.pid)]}
        if installation.database is not None:
            groups["db"] = [psutil.Process(installation.database.process.pid)]
        operations = {
            "queue": (work.queue, work.staff, 100, 200),
            "complaint": (work.complaint, work.staff, 100, 200),
            "save": (work.save, work.staff, 60, 120),
            "submit": (work.submit, work.public, 30, 80),
        }
        results: dict[str, object] = {}
        for name, (operation, open_visitor, alone, together) in operations.items():
            one = measure(operation, open_visitor, clients=1, n=alone, groups=groups, first=0)
            many = measure(operation, open_visitor, clients=clients, n=together, groups=groups, first=1000)
            results[name] = {"one": one.as_dict(), f"with_{clients}": many.as_dict()}
            print(engine, name, json.dumps(results[name]), one.errors[:1], many.errors[:1], flush=True)
        return {"complaints": made["complaints"], "filled_s": round(filled, 1), "operations": results}
    finally:
        installation.remove()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    engines = given.engine or ["sqlite", "postgresql"]
    summary = {
        "bench": "pages",
        "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "engines": {engine: run_engine(engine, given.count, given.clients) for engine in engines},
    }
    if given.out:
        given.out.write_text(json.dumps(summary, indent=1) + "\n")
    print(json.dumps(summary))
    failed = any(
        load["errors"]
        for engine in summary["engines"].values()
        for operation in engine["operations"].values()
        for load in operation.values()
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
