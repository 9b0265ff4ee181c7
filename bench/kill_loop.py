#!/usr/bin/env python3
"""Kills web, worker and database at random moments while people complain, and counts what was lost.

    bench/kill_loop.py [--small] [--kills N] [--seed N] [--engine sqlite|postgresql]

`--small`: 40 kills over both engines. Without it: 300 kills per engine. Clients keep a journal outside the system of
what was acknowledged to them (a reference was shown), flushed to disk. Afterwards each of those complaints has to be
there with its text and its files, `amends check` has to find nothing, the journal has to verify, and each mail that
confirms receipt has to have gone out under exactly one identity. The last line is JSON; the status is 0 when nothing
was lost and nothing violated.
"""

import argparse
import contextlib
import hashlib
import json
import os
import random
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from aiosmtpd.controller import Controller
from installation import Installation, free_port
from visitor import Visitor

KINDS = {"sqlite": ("web", "worker"), "postgresql": ("web", "worker", "database")}

#: Run inside the installation: what of the acknowledged is there, and what is still under way.
LOOK_UP = """
import hashlib, json
import django; django.setup()
from amends.complaints.models import Complaint
from amends.files.models import StoredFile
from amends.journal.models import FollowUp, Pending, Unsealed

lost = []
for one in json.load(open({path!r})):
    complaint = Complaint.objects.filter(reference=one["reference"]).first()
    if complaint is None:
        lost.append(one["reference"] + ": gone")
        continue
    if hashlib.sha256(complaint.texts.get().text.encode()).hexdigest() != one["text"]:
        lost.append(one["reference"] + ": other text")
    files = StoredFile.objects.filter(message_file__message__thread=complaint.thread)
    if sorted(files.values_list("sha256", flat=True)) != sorted(one["files"]):
        lost.append(one["reference"] + ": other files")
    if not complaint.deadlines.filter(kind="decision").exists():
        lost.append(one["reference"] + ": no clock")
tokens = list(Complaint.objects.values_list("form_token_hash", flat=True))
print(json.dumps({{
    "lost": lost,
    "complaints": len(tokens),
    "doubled": len(tokens) - len(set(tokens)),
    "pending": Pending.objects.count(),
    "unsealed": Unsealed.objects.count(),
    "waiting": FollowUp.objects.filter(state="waiting").count(),
    "failed": FollowUp.objects.filter(state="failed").count(),
}}))
"""


class Sink:
    """A mail server that keeps the identity of each mail and flushes it to disk before it says yes."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("a", encoding="utf-8")
        self.identities: dict[str, set[str]] = defaultdict(set)
        self.mails = 0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the name that aiosmtpd calls
        identity = ""
        for line in envelope.content.split(b"\r\n"):
            if line.lower().startswith(b"message-id:"):
                identity = line.split(b":", 1)[1].strip().decode()
                break
        for recipient in envelope.rcpt_tos:
            self.identities[recipient].add(identity)
            self.file.write(f"{recipient} {identity}\n")
        self.mails += 1
        self.file.flush()
        os.fsync(self.file.fileno())
        return "250 OK"


class Client(threading.Thread):
    """One person after another complains, and remembers what was acknowledged."""

    def __init__(self, number: int, port: int, journal: Path, seed: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.number, self.port, self.halt = number, port, stop
        self.random = random.Random(seed * 1000 + number)
        self.file = journal.open("a", encoding="utf-8")
        self.acked: list[dict[str, object]] = []
        self.tried = 0

    def run(self) -> None:
        while not self.halt.is_set():
            self.tried += 1
            with contextlib.suppress(Exception):
                self._complain()
                continue
            time.sleep(0.2)

    def _complain(self) -> None:
        visitor = Visitor(self.port, timeout=20)
        visitor.be_another(self.number * 5000 + self.tried)
        text = f"Complaint {self.number}-{self.tried}: " + " ".join(
            self.random.choice(("water", "bill", "late", "nobody", "answered", "şikâyet", "õiglane")) for _ in range(30)
        )
        content = f"note {self.random.random()}".encode()
        files = [("note.txt", content)] if self.random.random() < 0.4 else []
        email = f"c{self.number}-{self.tried}@example.org"
        try:
            page = visitor.fill_in_complaint(text, email=email, files=files)
            page = self._sent(visitor, page)
            reference = page.find(r"\b([A-Z]{2,6}-\d\d-[2-9A-HJ-NP-Z]{8})\b")
        finally:
            visitor.close()
        one = {
            "reference": reference,
            "text": hashlib.sha256(text.encode()).hexdigest(),
            "files": [hashlib.sha256(content).hexdigest()] if files else [],
            "email": email,
        }
        self.file.write(json.dumps(one) + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())
        self.acked.append(one)

    def _sent(self, visitor: Visitor, page):
        """Press send; when the answer is lost, press again as people do."""
        for attempt in range(5):
            try:
                answer = visitor.send(page)
                if answer.status == 200 and "/complain/done/" in answer.address:
                    return answer
            except Exception:
                if attempt == 4:
                    raise
            time.sleep(0.5)
        raise RuntimeError("not sent")


def run_engine(engine: str, kills: int, seed: int) -> dict[str, object]:
    """One engine: start, complain, kill, heal, count."""
    chance = random.Random(seed)
    port = free_port()
    installation = Installation(engine, smtp_port=port)
    sink = Sink(installation.directory / "mails")
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    stop = threading.Event()
    counts: dict[str, int] = defaultdict(int)
    heal: list[float] = []
    try:
        installation.make()
        installation.start()
        journal = installation.directory / "acknowledged.jsonl"
        clients = [Client(number, installation.port, journal, seed, stop) for number in range(4)]
        for client in clients:
            client.start()
        plan = [KINDS[engine][place % len(KINDS[engine])] for place in range(kills)]
        chance.shuffle(plan)
        for kind in plan:
            time.sleep(chance.uniform(0.3, 3.0))
            while not strike(installation, kind, chance):  # nothing of the kind runs: it has not come back yet
                time.sleep(0.2)
            counts[kind] += 1
            if kind == "database":
                time.sleep(chance.uniform(0.2, 1.0))
                installation.database.start()
            if sum(counts.values()) % 5 == 0:
                heal.append(round(installation.wait_ready(90), 1))
        time.sleep(3)
        stop.set()
        for client in clients:
            client.join(timeout=60)
        installation.wait_ready(90)
        acked = [one for client in clients for one in client.acked]
        return {**judge(installation, sink, acked), "kills": dict(counts), "heal_s_max": max(heal, default=0.0)}
    finally:
        stop.set()
        controller.stop()
        installation.remove()


def strike(installation: Installation, kind: str, chance: random.Random) -> int:
    """Kill one process of a kind, or all of them."""
    if kind == "database":
        return installation.kill("database")
    running = installation.processes(kind)
    chosen = running if chance.random() < 0.5 else chance.sample(running, k=min(1, len(running)))
    for process in chosen:
        with contextlib.suppress(Exception):
            process.kill()
    return 1 if chosen else 0


def judge(installation: Installation, sink: Sink, acked: list[dict[str, object]]) -> dict[str, object]:
    """Hold what clients were told against what is there."""
    path = installation.directory / "acked.json"
    path.write_text(json.dumps(acked))
    program = LOOK_UP.format(path=str(path))
    deadline = time.monotonic() + 120
    while True:
        found = json.loads(installation.python(program).splitlines()[-1])
        if not (found["pending"] or found["waiting"] or found["unsealed"]) or time.monotonic() > deadline:
            break
        time.sleep(1)
    violations = [f"{name}: {text}" for name, texts in installation.check()["violations"].items() for text in texts]
    verdict = json.loads(installation.amends("journal", "verify", "--json", check=False).splitlines()[-1])
    violations += [problem["text"] for problem in verdict["problems"]]
    for one in acked:
        identities = sink.identities.get(str(one["email"]), set())
        if len(identities) != 1:
            violations.append(f"{one['reference']}: {len(identities)} identities of its acknowledgement")
    for name in ("pending", "waiting", "unsealed", "failed", "doubled"):
        if found[name]:
            violations.append(f"{found[name]} {name} at the end")
    return {
        "acknowledged": len(acked),
        "complaints": found["complaints"],
        "lost": found["lost"],
        "violations": violations,
        "mails": sink.mails,
        "mails_repeated": sink.mails - sum(map(len, sink.identities.values())),
        "entries": verdict["entries"],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="40 kills over both engines")
    parser.add_argument("--kills", type=int, help="kills per engine (default 300)")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--engine", choices=list(KINDS), action="append")
    given = parser.parse_args()
    kills = {"sqlite": 18, "postgresql": 22} if given.small else dict.fromkeys(KINDS, given.kills or 300)
    if given.kills:
        kills = dict.fromkeys(KINDS, given.kills)
    print(f"seed {given.seed}", flush=True)
    results = {}
    for engine in given.engine or list(KINDS):
        results[engine] = run_engine(engine, kills[engine], given.seed)
        print(engine, json.dumps(results[engine]), flush=True)
    summary = {
        "bench": "kill_loop",
        "seed": given.seed,
        "kills": sum(sum(result["kills"].values()) for result in results.values()),
        "acknowledged": sum(result["acknowledged"] for result in results.values()),
        "lost": sum(len(result["lost"]) for result in results.values()),
        "violations": sum(len(result["violations"]) for result in results.values()),
        "engines": results,
    }
    print(json.dumps(summary))
    return 1 if summary["lost"] or summary["violations"] or not summary["acknowledged"] else 0


if __name__ == "__main__":
    sys.exit(main())
