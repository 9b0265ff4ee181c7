#!/usr/bin/env python3
"""How late the clock calls deadlines when very many fall due in one minute, and a worker is killed meanwhile.

    bench/deadlines.py [--small] [--engine sqlite|postgresql] [--open N] [--due N] [--seed N]

PostgreSQL: 10,000 due in one minute among 1,000,000 open, two workers. SQLite: 1,000 among 100,000, two workers that
take turns. `--small`: 200 among 10,000 on SQLite. Fills an installation of its own, starts real workers, lets the
minute begin some twenty seconds later, kills one worker with SIGKILL in the middle of it (the one that holds the duty,
where there is one) and starts another a second later, as `amends serve` does. Lateness is from the moment a deadline is
due to the commit of the verb that says so: on PostgreSQL by its own record of commits, on SQLite by an observer that
looks every 100 ms. Mails go to a real SMTP server. The last line is JSON; the status is 0 when all bars hold: p99
within 60 s, max within 120 s, nothing twice, nothing early, notices within 300 s.
"""

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import psutil
import psycopg
from aiosmtpd.controller import Controller
from installation import Installation, free_port

BARS = {"p99_s": 60.0, "max_s": 120.0, "doubles": 0, "early": 0, "notices_s": 300.0, "missing": 0}
WORKERS = 2
LEAD = 20.0
PATIENCE = 900.0
MISSED = "complaints.deadline_missed"
#: What only the clock writes: none of it is due in this run but what falls due in that minute.
OTHERS = ("complaints.reminded", "complaints.update_wanted", "complaints.escalated", "complaints.time_lapsed")


class Sink:
    """A mail server that counts what it takes."""

    def __init__(self) -> None:
        self.identities: Counter[bytes] = Counter()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the name that aiosmtpd calls
        for line in envelope.content.split(b"\r\n"):
            if line.lower().startswith(b"message-id:"):
                self.identities[line.split(b":", 1)[1].strip()] += 1
                break
        return "250 OK"


class Workers:
    """Real worker processes, and what `amends serve` does when one of them dies."""

    def __init__(self, installation: Installation, count: int) -> None:
        self.installation = installation
        self.running = [self._start() for _ in range(count)]
        self.spent = 0.0

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "amends.project.cli", "worker"]
        log = self.installation.log
        return subprocess.Popen(command, env=self.installation.environment, stdout=log, stderr=log)

    def kill(self, pid: int | None) -> int:
        """SIGKILL to the worker with this key, else to any; another is started a second later."""
        place = next((place for place, one in enumerate(self.running) if one.pid == pid), 0)
        victim = self.running[place]
        self.spent += self._cpu(victim)
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        time.sleep(1.0)
        self.running[place] = self._start()
        return victim.pid

    @staticmethod
    def _cpu(process: subprocess.Popen[bytes]) -> float:
        times = psutil.Process(process.pid).cpu_times()
        return times.user + times.system

    def cpu(self) -> float:
        """CPU seconds of all workers so far."""
        return self.spent + sum(self._cpu(one) for one in self.running)

    def stop(self) -> None:
        """End them in order."""
        for one in self.running:
            one.terminate()
        for one in self.running:
            try:
                one.wait(timeout=40)
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait()


class OnPostgreSQL:
    """What happened when, by the server's record of commits."""

    def __init__(self, installation: Installation) -> None:
        assert installation.database is not None
        self.connection = psycopg.connect(installation.database.url("amends"), autocommit=True)

    def rows(self, query: str) -> list[tuple]:
        return self.connection.execute(query).fetchall()

    def committed(self, after: int) -> dict[int, datetime]:
        query = (
            f"SELECT id, pg_xact_commit_timestamp(xmin) FROM journal_entry WHERE id > {after} AND event = '{MISSED}'"
        )
        return dict(self.rows(query))

    def holder(self) -> int | None:
        return None

    def close(self) -> None:
        self.connection.close()


class OnSQLite:
    """What happened when, by looking every 100 ms."""

    def __init__(self, installation: Installation) -> None:
        self.path = installation.data / "amends.sqlite3"
        self.seen: dict[int, datetime] = {}
        self.halt = threading.Event()
        self.thread: threading.Thread | None = None

    def rows(self, query: str) -> list[tuple]:
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def committed(self, after: int) -> dict[int, datetime]:
        if self.thread is None:
            self.thread = threading.Thread(target=self._look, args=(after,), daemon=True)
            self.thread.start()
        return dict(self.seen)

    def _look(self, last: int) -> None:
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=30)
        while not self.halt.wait(0.1):
            query = f"SELECT id, event FROM journal_entry WHERE id > {last} ORDER BY id"
            found, now = connection.execute(query).fetchall(), datetime.now(UTC)
            for key, event in found:
                last = key
                if event == MISSED:
                    self.seen[key] = now
        connection.close()

    def holder(self) -> int | None:
        found = self.rows("SELECT holder FROM journal_lease WHERE name = 'clock'")
        return int(found[0][0].rpartition(":")[2]) if found and ":" in found[0][0] else None

    def close(self) -> None:
        self.halt.set()
        if self.thread is not None:
            self.thread.join()


def moment(value: object) -> datetime:
    """A moment as either engine gives it."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def run(engine: str, still_open: int, due: int, seed: int) -> dict[str, object]:
    """Fill, start, let it burst, kill, count."""
    chance, port, sink = random.Random(seed), free_port(), Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    more = ("-c", "track_commit_timestamp=on", "-c", "shared_buffers=1GB", "-c", "max_wal_size=4GB")
    installation = Installation(engine, smtp_port=port, server=more)
    look, workers = None, None
    try:
        installation.make()
        began = time.monotonic()
        in_installation(installation, "fill", still_open)
        filled = time.monotonic() - began
        look = (OnPostgreSQL if engine == "postgresql" else OnSQLite)(installation)
        last = int(look.rows("SELECT max(id) FROM journal_entry")[0][0])
        mails = sum(sink.identities.values())
        begins = moment(in_installation(installation, "arm", due, LEAD).splitlines()[-1])
        look.committed(last)
        workers = Workers(installation, WORKERS)
        kill_at = begins.timestamp() + chance.uniform(20, 40)
        print(f"{due} fall due from {begins:%H:%M:%S} on", flush=True)
        killed = 0
        while time.time() < begins.timestamp() + PATIENCE:
            time.sleep(2.0)
            if not killed and time.time() >= kill_at:
                print(f"worker {workers.kill(look.holder())} killed and started again", flush=True)
                killed = 1
            state = progress(look, last)
            print(f"{time.time() - begins.timestamp():+.0f} s {state}", flush=True)
            if killed and time.time() > begins.timestamp() + 60 and state == finished(due, state):
                break
        cpu = workers.cpu()
        workers.stop()
        time.sleep(0.5)
        return {
            **judge(look, last, begins, due),
            "mails": sum(sink.identities.values()) - mails,
            "mails_repeated": sum(times - 1 for times in sink.identities.values()),
            "killed": killed,
            "cpu_s": round(cpu, 1),
            "filled_s": round(filled, 1),
        }
    finally:
        if workers is not None:
            workers.stop()
        if look is not None:
            look.close()
        controller.stop()
        if os.environ.get("KEEP_LOG"):
            print(Path(installation.log.name).read_text()[-5000:])
        installation.remove()


def in_installation(installation: Installation, what: str, *arguments: object) -> str:
    """Run `many_open.py` with what it prints shown as it comes."""
    command = [sys.executable, str(Path(__file__).with_name("many_open.py")), what, *map(str, arguments)]
    process = subprocess.Popen(command, env=installation.environment, stdout=subprocess.PIPE, text=True)
    lines = []
    for line in process.stdout or ():
        print(line, end="", flush=True)
        lines.append(line)
    if process.wait():
        raise RuntimeError(f"{' '.join(command)}: status {process.returncode}")
    return "".join(lines)


COUNTS = {
    "missed": "SELECT count(*) FROM journal_entry WHERE id > {last} AND event = '" + MISSED + "'",
    "pending": "SELECT count(*) FROM journal_pending",
    "waiting": "SELECT count(*) FROM journal_followup WHERE state = 'waiting'",
    "untold": "SELECT count(*) FROM reactions_alert WHERE sent_at IS NULL",
}


def progress(look: OnPostgreSQL | OnSQLite, last: int) -> dict[str, int]:
    """How far it has come."""
    return {name: int(look.rows(query.format(last=last))[0][0]) for name, query in COUNTS.items()}


def finished(due: int, state: dict[str, int]) -> dict[str, int]:
    """How it looks when all is done."""
    return {**dict.fromkeys(COUNTS, 0), "missed": max(due, state["missed"])}


def judge(look: OnPostgreSQL | OnSQLite, last: int, begins: datetime, due: int) -> dict[str, object]:
    """Hold what was written against what was due."""
    time.sleep(0.5)
    committed = look.committed(last)
    entries = look.rows(
        f"SELECT id, at, subject, particulars FROM journal_entry WHERE id > {last} AND event = '{MISSED}'"
    )
    late, early, said = [], 0, Counter[tuple[str, str]]()
    for key, at, subject, particulars in entries:
        facts = json.loads(particulars)
        due_at = moment(facts["due_at"])
        said[(str(subject), facts["clock"])] += 1
        late.append((moment(committed[key]) - due_at).total_seconds())
        early += moment(at) < due_at or moment(committed[key]) < due_at
    names = ", ".join(f"'{name}'" for name in OTHERS)
    early += int(look.rows(f"SELECT count(*) FROM journal_entry WHERE id > {last} AND event IN ({names})")[0][0])
    late.sort()
    told = [
        (moment(sent) - moment(due_at)).total_seconds()
        for sent, due_at in look.rows("SELECT sent_at, due_at FROM reactions_alert WHERE kind = 'passed'")
        if moment(due_at) >= begins
    ]
    notices = look.rows("SELECT max(sent_at) FROM correspondence_delivery WHERE notice = 'delay'")[0][0]
    return {
        "p50_s": round(late[len(late) // 2], 2) if late else None,
        "p99_s": round(late[min(len(late) - 1, int(len(late) * 0.99))], 2) if late else None,
        "max_s": round(late[-1], 2) if late else None,
        "doubles": sum(times - 1 for times in said.values()),
        "early": early,
        "missing": due - len(said),
        "notices_s": round(max(told), 1) if told else None,
        "alerts": len(told),
        "complainants_told_after_s": round((moment(notices) - begins).total_seconds() - 60, 1) if notices else None,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="200 due among 10,000 open on SQLite")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="")
    parser.add_argument("--open", type=int, dest="still_open")
    parser.add_argument("--due", type=int)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    engine = given.engine or ("sqlite" if given.small else "postgresql")
    usual = (10_000, 200) if given.small else (1_000_000, 10_000) if engine == "postgresql" else (100_000, 1_000)
    still_open, due = given.still_open or usual[0], given.due or usual[1]
    print(f"seed {given.seed}", flush=True)
    found = run(engine, still_open, due, given.seed)
    about = {"bench": "deadlines", "engine": engine, "open": still_open, "due": due}
    print(json.dumps({**about, **found, "seed": given.seed}))
    broken = [name for name, bar in BARS.items() if found[name] is None or float(str(found[name])) > bar]
    return 1 if broken or not found["killed"] else 0


if __name__ == "__main__":
    sys.exit(main())
