#!/usr/bin/env python3
"""What becomes of all mails of a directory, of two installations that answer each other, and of mangled mails?

    bench/mailroom.py [DIRECTORY]      every file with its MANIFEST.csv, a good mail after each; AMENDS_SHARED_DATA/mail
    bench/mailroom.py --loop           two installations face each other for 24 simulated hours, by SMTP
    bench/mailroom.py --fuzz N [DIR]   N forged and mangled mails: kept, opened by the limited process, sorted, joined
    bench/mailroom.py --open N [DIR]   opens and cleans N mangled mails in this process, without joining

The last line is JSON; the status is 0 when nothing was lost, nothing escaped and nothing went round.
"""

import argparse
import collections
import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "AMENDS_TEST_ENGINE": "sqlite"}

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core import mail as outbox  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from incoming import AT, Limits, come, corpus_of, good_mail, own_database  # noqa: E402
from mail_fuzz import run_fuzz, run_opening  # noqa: E402

from amends.complaints.models import Complaint  # noqa: E402
from amends.kit import clock  # noqa: E402
from amends.reactions import worker  # noqa: E402

GOOD_WITHIN = 60.0
MUST_BE_NONE = (
    *("escapes", "foreign_words_in_conversations", "passed_on_to_anybody"),
    *("pages_broken_or_with_markup", "invariants_violated"),
)


def hostile() -> Iterator[tuple[str, bytes]]:
    """What did harm to parsers, or is as large as we open."""
    head = b"From: a@b.example\nSubject: x\n"
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(1500))
    yield "empty Message-ID", b"Message-ID: <>\n"
    yield "nothing but zeros", b"\x00" * 100_000
    yield "1,500 deep", head + nested
    yield "messages in messages", head + b"Content-Type: message/rfc822\n\n" * 3000
    yield "20,000 parts", head + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 20_000
    yield "many words in the subject", b"From: a@b.example\nSubject: " + b"=?utf-8?q?a?= " * 16_000 + b"\n\nx"
    yield "1 MB in one header", b"From: a@b.example\nX: " + b"y" * 1_000_000 + b"\n\nx"
    yield "20,000 References", head + b"References: " + b"<a@b.example> " * 20_000 + b"\n\nx"
    yield "unclosed addresses", b"From: " + b"(" * 200_000 + b"\n\nx"
    yield "tags in tags", head + b"Content-Type: text/html\n\n" + b"<div><b>" * 200_000
    yield "broken base64", head + b"Content-Transfer-Encoding: base64\n\n" + b"====" * 500_000
    yield "one line of 20 MB", head + b"\n" + b"x" * 20_000_000
    large = EmailMessage()
    large["From"], large["Subject"] = "a@b.example", "Large"
    large.set_content("See the file.")
    large.add_attachment(os.urandom(18_000_000), maintype="application", subtype="octet-stream", filename="a.bin")
    yield "an attachment of 18 MB", large.as_bytes()
    yield "larger than we open", head + b"\n" + b"x\n" * 14_000_000


def run_corpus(directory: Path) -> dict[str, object]:
    """All of them, a good one after each."""
    limits, counts, why = Limits(), collections.Counter[str](), collections.Counter[str]()
    slowest = slowest_good = 0.0
    lost = late = total = 0
    corpus, figures_of_corpus = sum(1 for _each in corpus_of(directory)), dict[str, int]()
    began = time.perf_counter()
    for number, (name, raw) in enumerate(itertools.chain(corpus_of(directory), hostile())):
        if number == corpus:
            figures_of_corpus = dict(counts)
        total, start = total + 1, time.perf_counter()
        found = come(raw, clock.now())
        slowest = max(slowest, time.perf_counter() - start)
        counts[found.outcome or "unsorted"] += 1
        if found.why:
            why[f"{found.outcome}: {found.why}"] += 1
        if not found.outcome or found.mail.size != len(raw):
            lost += 1
            print(f"lost: {name}", flush=True)
        if found.outcome == "quarantine":
            print(f"quarantine {found.mail.reference}: {name} ({found.why})", flush=True)
        good = come(good_mail(number), clock.now())
        took = time.perf_counter() - start
        slowest_good = max(slowest_good, took)
        late += good.outcome != "complaint" or took > GOOD_WITHIN
    return {
        "mails": corpus,
        "outcomes": figures_of_corpus,
        "hostile": total - corpus,
        "outcomes_with_hostile": dict(counts),
        "why": dict(why),
        "lost": lost,
        "seconds": round(time.perf_counter() - began, 1),
        "slowest_s": round(slowest, 2),
        "good_after_each_at_most_s": round(slowest_good, 2),
        "good_late_or_missing": late,
        "child_peak_mb": round(limits.peak_kb / 1024, 1),
    }


ONES = ("complaints@one.example", "http://localhost:8001")
TWOS = ("complaints@two.example", "http://localhost:8002")


def run_loop(place: Path, *, strips: bool) -> dict[str, object]:
    """Two installations, each with its own database and mailbox. What one sends, the other gets within the minute.

    With `strips`, somebody between them takes out every header by which a machine can be told.
    """
    names, sent = {ONES: f"one{strips}", TWOS: f"two{strips}"}, 0
    for who, name in names.items():
        _be(who, place, name)
        own_database(place, name)
    now = AT
    clock.now = lambda: now  # type: ignore[assignment]
    first = EmailMessage()
    first["From"], first["To"], first["Subject"] = TWOS[0], ONES[0], "You do not answer"
    first["Message-ID"] = "<first@two.example>"
    first.set_content("Nobody has answered my letter.")
    waiting: dict[tuple[str, str], list[bytes]] = {ONES: [first.as_bytes()], TWOS: []}
    for minute in range(24 * 60):
        now = AT + timedelta(minutes=minute)
        for who, other in ((ONES, TWOS), (TWOS, ONES)):
            if not waiting[who] and minute:
                continue
            _be(who, place, names[who])
            for raw in waiting[who]:
                come(raw, now)
            waiting[who] = []
            outbox.outbox = []
            worker.drain()
            for each in outbox.outbox:
                if each.to == [other[0]]:
                    sent += 1
                    waiting[other].append(_over_the_wire(each.message().as_bytes(), strips))
    complaints = 0
    for who, name in names.items():
        _be(who, place, name)
        complaints = max(complaints, Complaint.objects.count())
    return {"messages": sent + 1, "complaints_at_most_in_one": complaints}


def _over_the_wire(raw: bytes, strips: bool) -> bytes:
    if not strips:
        return raw
    message = message_from_bytes(raw, policy=policy.default)
    for header in ("Auto-Submitted", "X-Auto-Response-Suppress", "X-Loop", "References", "In-Reply-To", "Reply-To"):
        del message[header]
    return message.as_bytes()


def _be(who: tuple[str, str], place: Path, name: str) -> None:
    connections["default"].close()
    connection.settings_dict["NAME"] = str(place / f"{name}.sqlite3")
    settings.AMENDS_MAIL_FROM = settings.AMENDS_MAIL_REPLY_TO = who[0]
    settings.AMENDS_PUBLIC_URL = who[1].replace("localhost", who[0].partition("@")[2])


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", nargs="?", type=Path)
    parser.add_argument("--loop", action="store_true")
    parser.add_argument("--fuzz", type=int, default=0)
    parser.add_argument("--open", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    directory = given.directory or Path(os.environ.get("AMENDS_SHARED_DATA", ".")) / "mail"
    setup_test_environment()
    settings.AMENDS_MAIL_REPLY_TO = "complaints@larkhaven.example"
    figures: dict[str, object] = {"bench": "mailroom"}
    with tempfile.TemporaryDirectory(prefix="amends-mailroom-") as name:
        place = Path(name)
        settings.AMENDS_FILES_DIR = place / "files"
        if given.loop:
            for strips in (False, True):
                figures["loop_without_headers" if strips else "loop"] = run_loop(place, strips=strips)
            bad = any(
                each["messages"] > 10 or each["complaints_at_most_in_one"] > 2  # type: ignore[index]
                for each in itertools.islice(figures.values(), 1, None)
            )
        else:
            own_database(place, "corpus")
            if given.fuzz or given.open:
                run = run_fuzz if given.fuzz else run_opening
                figures |= {"seed": given.seed, **run(given.fuzz or given.open, directory, given.seed)}
                bad = any(figures.get(each) for each in MUST_BE_NONE)
            else:
                figures |= run_corpus(directory)
                bad = bool(figures["lost"] or figures["good_late_or_missing"])
    print(json.dumps(figures, ensure_ascii=False))
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
