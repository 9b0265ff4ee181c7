"""Mangled and forged mails: opened and cleaned only, or the whole way. A part of `mailroom.py`."""

import collections
import json
import random
import resource
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from django.test import Client
from django.urls import resolve
from forged_mails import HOSTILE_MARKUP, Drawn, Forger, Secret, mangled, marks_in, unsafe_in
from incoming import AT, Limits, come, corpus_of, good_mail

from amends.complaints import actions
from amends.complaints.models import Complaint
from amends.complaints.queries import speaking_for
from amends.correspondence.models import Delivery, Message, SortedMail
from amends.correspondence.unpacking import child
from amends.kit import clock
from amends.kit.invariants import all_invariants
from amends.people.models import Person
from amends.people.standing import standing_of
from amends.reactions import worker


def run_opening(count: int, directory: Path, seed: int) -> dict[str, object]:
    """Open and clean mangled mails in this process; what a limited process would have caught is counted apart."""
    draw, caught = random.Random(seed), collections.Counter[str]()
    seeds = [raw for _name, raw in corpus_of(directory)]
    escapes = opened = 0
    slowest, began = 0.0, time.perf_counter()
    with tempfile.TemporaryDirectory() as directory_of_files:
        place = Path(directory_of_files)
        path = place / "mail"
        for number in range(count):
            raw = mangled(draw.choice(seeds), draw, [b"<x@y.example>", b"23456789abcdefghjk"])
            path.write_bytes(raw)
            start = time.perf_counter()
            try:
                said = child.answer(path, place)
                if "why" in said:
                    caught[said.get("error", said["why"])] += 1
                    continue
                opened += 1
                found = child.OpenedMail.from_json(json.loads(json.dumps(said["mail"])))
                wrong = unsafe_in(found.text, raw.decode("latin-1"))
                assert not wrong, wrong
            except Exception as error:
                escapes += 1
                _escaped(f"{seed}-{number}", raw, f"{type(error).__name__}: {error}")
            slowest = max(slowest, time.perf_counter() - start)
    return {
        "opened_and_cleaned": count,
        "opened": opened,
        "to_quarantine": dict(caught),
        "escapes": escapes,
        "slowest_s": round(slowest, 2),
        "seconds": round(time.perf_counter() - began),
    }


def _escaped(name: str, raw: bytes, what: str) -> None:
    path = Path(tempfile.gettempdir()) / f"amends-escape-{name}.eml"
    path.write_bytes(raw)
    print(f"escape {path}: {what}", flush=True)


class WholeWay:
    """Mails come in one after the other as from a mail server: kept, opened by the limited process, sorted."""

    def __init__(self, directory: Path, seed: int) -> None:
        resolve("/staff/")  # all that pages need is loaded now: somebody may be working on the source meanwhile
        self.name, self.at = str(seed), AT
        clock.now = lambda: self.at  # type: ignore[assignment]
        twice = good_mail(3).replace(b"good-3@", b"again-3@").replace(b"This is", b"And this is another thing,")
        for raw in (*map(good_mail, range(7)), twice):
            come(raw, self.at)
        come(b"Subject: Who am I\n\nNobody knows.\n", self.at)  # so that members of staff get a mail of ours, too
        worker.drain()
        self._states()
        ours = Delivery.objects.filter(notice="acknowledgement").order_by("pk")
        self.secrets = [Secret.of(each) for each in ours]
        staff = [each.message_id for each in Delivery.objects.filter(recipient__startswith="person-")]
        assert len(self.secrets) == 8
        assert staff
        corpus = [raw for _name, raw in corpus_of(directory)]
        self.forger = Forger(random.Random(seed), corpus, self.secrets, staff)
        self.limits, self.ends = Limits(), collections.Counter[str]()
        self.escapes = self.honest = self.honest_joined = 0
        self.slowest = self.most_cpu = 0.0
        self.rightful: dict[str, frozenset[int]] = {}

    def _states(self) -> None:
        """One has a new address, one is withdrawn, one is merged into another."""
        one, two, *_more, again = Complaint.objects.order_by("pk")
        three = Complaint.objects.exclude(pk=again.pk).get(parties__email=again.parties.get().email)
        one.parties.update(email="moved@example.net")
        actions.withdraw(two, by=speaking_for(two), at=self.at)
        actions.merge(again, into=three, reason="One matter", by=standing_of(self._clara(), self.at), at=self.at)
        worker.drain()

    def run(self, count: int) -> None:
        """So many mails, one a minute."""
        began = time.perf_counter()
        for number in range(count):
            self.at += timedelta(minutes=1)
            drawn = self.forger.next(number)
            try:
                self._one(number, drawn)
            except Exception as error:
                self._wrong(number, drawn, f"{type(error).__name__}: {error}")
            if number % 100 == 99:
                worker.drain()
            if number % 500 == 499:
                print(f"{number + 1:,} after {time.perf_counter() - began:.0f} s, {self.escapes} escapes", flush=True)
        worker.drain()

    def _one(self, number: int, drawn: Drawn) -> None:
        start, children = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        self.limits.peak_kb, most_kb = 0, self.limits.peak_kb
        found = come(drawn.raw, self.at)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
        end = found.outcome if found.outcome in _PLAIN_ENDS else f"{found.outcome}: {found.why}"
        self.ends[end or "unsorted"] += 1
        self.slowest = max(self.slowest, time.perf_counter() - start)
        self.most_cpu = max(self.most_cpu, cpu)
        if self.limits.peak_kb > 256 * 1024 or cpu > 10:
            self._wrong(number, drawn, f"{self.limits.peak_kb} kB, {cpu:.1f} s")
        self.limits.peak_kb = max(self.limits.peak_kb, most_kb)
        if not found.outcome or found.why == "failed":
            self._wrong(number, drawn, f"ended as {found.outcome!r} {found.why!r}")
        text = found.message.text if found.message else found.text
        if wrong := unsafe_in(text, drawn.raw[:100_000].decode("latin-1")):
            self._wrong(number, drawn, f"left in the text: {wrong}")
        self._joined(number, drawn, found)

    def _joined(self, number: int, drawn: Drawn, found: SortedMail) -> None:
        joined = found.thread_id if found.outcome == "reply" else None
        may = drawn.may_join
        if may is None:
            may = frozenset(each.thread for each in self.secrets if each.is_in(drawn.raw))
        self.rightful[drawn.mark] = may
        if joined is not None and joined not in may:
            self._wrong(number, drawn, f"joined {joined}, may join {set(may)}")
        if drawn.must_join is not None:
            self.honest += 1
            self.honest_joined += joined == drawn.must_join
            if joined is None and found.why not in {"not_taken", "duplicate"}:
                self._wrong(number, drawn, f"an honest answer became {found.outcome} {found.why}")

    def _wrong(self, number: int, drawn: Drawn, what: str) -> None:
        self.escapes += 1
        _escaped(f"{self.name}-{number}", drawn.raw, what)

    def afterwards(self) -> dict[str, int]:
        """Looked at from the other side: whose words stand in which conversation, what was sent, what pages show."""
        foreign = relayed = 0
        for secret in self.secrets:
            for message in Message.objects.filter(thread=secret.thread):
                foreign += any(secret.thread not in self.rightful.get(each, ()) for each in marks_in(message.text))
        for delivery in Delivery.objects.filter(thread__in=[each.thread for each in self.secrets]):
            relayed += bool(marks_in(delivery.body))
        relayed += sum(bool(marks_in(each.body)) for each in Delivery.objects.filter(thread__isnull=True))
        client = Client()
        client.force_login(self._clara())
        waiting = SortedMail.objects.waiting().values_list("mail__reference", flat=True).order_by("?")[:200]
        pages = [f"/staff/mail/{each}/" for each in waiting]
        pages += [f"/staff/complaints/{each.reference}/" for each in Complaint.objects.order_by("?")[:200]]
        broken = 0
        for page in pages:
            answer = client.get(page)
            broken += answer.status_code != 200 or any(each in answer.content.decode() for each in HOSTILE_MARKUP)
        invariants = sum(1 for each in all_invariants() for _wrong in each.check())
        return {
            "foreign_words_in_conversations": foreign,
            "passed_on_to_anybody": relayed,
            "pages_read": len(pages),
            "pages_broken_or_with_markup": broken,
            "invariants_violated": invariants,
        }

    def _clara(self) -> Person:
        return Person.objects.get(email__startswith="clara")


_PLAIN_ENDS = {"complaint", "reply", "enquiry", "suggestion", "praise"}


def run_fuzz(count: int, directory: Path, seed: int) -> dict[str, object]:
    """The whole way, with a process for each mail and real commits."""
    began, way = time.perf_counter(), WholeWay(directory, seed)
    way.run(count)
    figures: dict[str, object] = {
        "executions": count,
        "ends": dict(way.ends.most_common()),
        "honest_answers": way.honest,
        "honest_answers_joined": way.honest_joined,
        "escapes": way.escapes,
        "slowest_s": round(way.slowest, 2),
        "most_cpu_s": round(way.most_cpu, 2),
        "child_peak_mb": round(way.limits.peak_kb / 1024, 1),
        "seconds": round(time.perf_counter() - began),
    }
    print(json.dumps(figures), flush=True)
    return {**figures, **way.afterwards()}
