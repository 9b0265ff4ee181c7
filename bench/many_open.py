#!/usr/bin/env python3
"""Fills the installation of its environment with very many open complaints, for `deadlines.py`.

    bench/many_open.py fill OPEN        a few dozen through the verbs, then copied inside the database
    bench/many_open.py arm DUE SECONDS  lets so many deadlines fall due within one minute, which begins in SECONDS

Each copy is a complaint with its thread, text, point, parties, packs, assessment, confirmation, clocks, random name and
journal entry (without a seal: the copies are no history that anybody verifies). None of the others rings within days.
"""

import secrets
import sys
import time
from datetime import datetime, timedelta

import django

django.setup()

from django.core.management.color import no_style  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402

from amends.complaints import actions  # noqa: E402
from amends.complaints.actions.assess import Judgement  # noqa: E402
from amends.complaints.actors import VISITOR  # noqa: E402
from amends.complaints.intake import Contact, Intake  # noqa: E402
from amends.complaints.models import (  # noqa: E402
    Acknowledgement,
    AppliedPack,
    Assessment,
    CaseText,
    Complaint,
    Deadline,
    Issue,
    Party,
)
from amends.correspondence.models import Message, Thread  # noqa: E402
from amends.framework.actions.change_ladder import change_ladder  # noqa: E402
from amends.framework.models import Product  # noqa: E402
from amends.journal.models import Entry, Payload, Pseudonym  # noqa: E402
from amends.kit import clock  # noqa: E402
from amends.people.actions import grant_role, invite  # noqa: E402
from amends.people.models import Person, Unit  # noqa: E402
from amends.people.standing import SYSTEM, standing_of  # noqa: E402
from amends.permissions.roles import Role  # noqa: E402
from amends.reactions import worker  # noqa: E402

TEMPLATES = 50
HANDLERS = 20
CHUNK = 400
WORDS = ("water", "bill", "meter", "late", "nobody", "kaebus", "arve", "vesi", "fatura", "su", "geç", "cevap", "söz")

#: Tables with keys of their own.
COPIED: tuple[type[models.Model], ...] = (
    Thread,
    Complaint,
    Message,
    CaseText,
    Issue,
    Party,
    AppliedPack,
    Assessment,
    Acknowledgement,
    Deadline,
    Entry,
)


def fill(count: int) -> None:
    """So many open complaints, none of which rings within five days."""
    began = time.monotonic()
    first, handlers = _people()
    with transaction.atomic():
        _originals(handlers)
    worker.drain(most=timedelta(minutes=2), with_clock=True)
    print(f"{TEMPLATES} complaints through the verbs after {time.monotonic() - began:.0f} s", flush=True)
    copies = count // TEMPLATES - 1
    plan = _Plan(first)
    for low in range(1, copies + 1, CHUNK):
        high = min(low + CHUNK - 1, copies)
        with transaction.atomic():
            plan.copy(low, high)
        print(f"{(high + 1) * TEMPLATES:,} complaints after {time.monotonic() - began:.0f} s", flush=True)
    plan.finish()
    print(f"filled after {time.monotonic() - began:.0f} s", flush=True)


def _people() -> tuple[int, list[Person]]:
    """Handlers, and a ladder without quiet hours: the measurement does not depend on the time of day."""
    at, root = clock.now() - timedelta(days=50), Unit.objects.get(parent__isnull=True)
    people = [invite(f"h{number}@larkhaven.example", f"H {number}", by=SYSTEM, at=at) for number in range(HANDLERS)]
    for person in people:
        grant_role(person, Role.HANDLER, root, by=SYSTEM, at=at)
    change_ladder(by=SYSTEM, at=at, quiet={})
    return people[0].pk, people


def _originals(handlers: list[Person]) -> None:
    now, products = clock.now(), list(Product.objects.all())
    for number in range(TEMPLATES):
        at = now - timedelta(days=number % 9, hours=number)
        text = f"Complaint {number}: " + " ".join(WORDS[(number + place * 7) % len(WORDS)] for place in range(90))
        intake = Intake(
            text=text,
            language=("en", "et", "tr")[number % 3],
            title=text[:70],
            product=products[number % len(products)],
            complainant=Contact(name="Mari Saar", email=f"o{number}@example.org", contact_by="email"),
        )
        complaint = actions.receive(intake, token=secrets.token_hex(16), by=VISITOR, at=at).complaint
        if number % 10 < 7:
            judgement = Judgement(
                severity=1 + number % 4,
                is_safety=False,
                complexity="simple",
                impact_complainant=2,
                impact_others=1,
                impact_organisation=1,
                immediate_needed=False,
                immediate_possible=False,
                handler=handlers[number % len(handlers)],
            )
            by = standing_of(handlers[number % len(handlers)], now)
            actions.assess(complaint, judgement, by=by, at=at + timedelta(hours=2))


class _Plan:
    """How each table is copied: which columns get another value in the k-th copy, and which rows are copied."""

    def __init__(self, first_handler: int) -> None:
        self.on_postgresql = connection.vendor == "postgresql"
        self.far = clock.now() + timedelta(days=5)
        self.first_handler = first_handler
        #: Keys of copies lie so far apart: no two are the same.
        self.stride = {model: model.objects.order_by("-pk").values_list("pk", flat=True)[0] for model in COPIED}
        of_complaint = {"complaint_id": self.other("complaint_id", Complaint)}
        received = "t.event = 'complaints.received'"
        of_received = f"t.entry_id IN (SELECT t.id FROM journal_entry t WHERE {received})"
        self.tables: list[tuple[type[models.Model], dict[str, str], str]] = [
            (Thread, {}, ""),
            (Complaint, self._complaint(), ""),
            (Message, {"thread_id": self.other("thread_id", Thread)}, ""),
            *((model, of_complaint, "") for model in (CaseText, Issue, AppliedPack, Assessment, Acknowledgement)),
            (Party, {**of_complaint, "email": "'c' || t.id || '-' || g.k || '@example.org'"}, ""),
            (Deadline, {**of_complaint, **self._deadline(of_complaint["complaint_id"])}, ""),
            (Pseudonym, {"name": self.uuid("t.name"), "key": self.other("key", Complaint)}, "t.kind = 'complaint'"),
            (Entry, {"uid": self.uuid("t.uid"), "subject": self.uuid("t.subject")}, received),
            (Payload, {"entry_id": self.other("entry_id", Entry)}, of_received),
        ]

    def _complaint(self) -> dict[str, str]:
        own = self.other("id", Complaint)
        handler = f"{self.first_handler} + (t.id + g.k) % {HANDLERS}"
        return {
            "thread_id": self.other("thread_id", Thread),
            "reference": f"'LU-B-' || ({own})",
            "form_token_hash": "md5('token' || t.id || ':' || g.k) || md5('more' || t.id || ':' || g.k)",
            "text_digest": "md5('text' || t.id || ':' || g.k)",
            "possible_duplicate_of_id": "NULL",
            "handler_id": f"CASE WHEN t.handler_id IS NULL THEN NULL ELSE {handler} END",
            "next_due_at": self.later(own),
            "next_due_kind": "'decision'",
        }

    def _deadline(self, complaint: str) -> dict[str, str]:
        is_open, due = "t.met_at IS NULL AND t.dropped_at IS NULL", self.later(complaint)
        return {
            "due_at": f"CASE WHEN {is_open} THEN {due} ELSE t.due_at END",
            "first_due_at": f"CASE WHEN {is_open} THEN {due} ELSE t.first_due_at END",
            "outer_at": "NULL",
            "alarm": f"CASE WHEN {is_open} THEN 'remind' ELSE '' END",
            "alarm_at": f"CASE WHEN {is_open} THEN {due} ELSE NULL END",
        }

    def other(self, column: str, model: type[models.Model]) -> str:
        """The key that a copy has, or points to, instead of the original's."""
        return f"(t.{column} + g.k * {self.stride[model]})"

    def uuid(self, column: str) -> str:
        """Another random name for each copy, the same wherever the original name stands."""
        return f"md5({column}::text || ':' || g.k)::uuid" if self.on_postgresql else f"md5({column} || ':' || g.k)"

    def later(self, number: str) -> str:
        """A moment from five to fifty days ahead, another one for each number."""
        seconds, start = f"(({number} * 7919) % {45 * 86_400})", self.far.strftime("%Y-%m-%d %H:%M:%S")
        if self.on_postgresql:
            return f"(timestamptz '{start}+00' + {seconds} * interval '1 second')"
        return f"datetime('{start}', '+' || {seconds} || ' seconds')"

    def copy(self, low: int, high: int) -> None:
        """The copies from `low` to `high` of every original."""
        numbers = f"(SELECT generate_series({low}, {high}) AS k)"
        if not self.on_postgresql:
            numbers = f"(WITH RECURSIVE n(k) AS (SELECT {low} UNION ALL SELECT k + 1 FROM n WHERE k < {high}) "
            numbers += "SELECT k FROM n)"
        with connection.cursor() as cursor:
            for model, changed, condition in self.tables:
                table = model._meta.db_table
                columns = [field.column for field in model._meta.concrete_fields]
                if model in self.stride:
                    changed = {"id": self.other("id", model), **changed}
                values = [changed.get(column, f't."{column}"') for column in columns]
                cursor.execute(
                    f"INSERT INTO {table} ({', '.join(connection.ops.quote_name(column) for column in columns)}) "
                    f"SELECT {', '.join(values)} FROM {table} t CROSS JOIN {numbers} g "
                    f"WHERE {self._original(model)} {'AND ' + condition if condition else ''}"
                )

    def _original(self, model: type[models.Model]) -> str:
        if model is Pseudonym:
            return f"t.key <= {self.stride[Complaint]}"
        if model is Payload:
            return f"t.entry_id <= {self.stride[Entry]}"
        return f"t.id <= {self.stride[model]}"

    def finish(self) -> None:
        """The originals do not ring either; keys go on behind the copies; the planner knows what there is."""
        originals = Complaint.objects.filter(pk__lte=self.stride[Complaint])
        Deadline.objects.open().filter(complaint__in=originals).update(
            due_at=self.far, alarm="remind", alarm_at=self.far, outer_at=None
        )
        originals.update(next_due_at=self.far, next_due_kind="decision")
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, _, _ in self.tables]):
                cursor.execute(statement)
            cursor.execute("VACUUM ANALYZE" if self.on_postgresql else "ANALYZE")


def arm(due: int, seconds: float) -> datetime:
    """Let so many deadlines, spread over all, fall due within one minute. Returns when it begins."""
    rows = list(Deadline.objects.open().filter(kind="decision").order_by("id").values_list("pk", "complaint_id"))
    chosen = rows[:: max(1, len(rows) // due)][:due]
    begins = clock.now() + timedelta(seconds=seconds)
    moments = [begins + timedelta(seconds=60 * place / due) for place in range(due)]
    with transaction.atomic(), connection.cursor() as cursor:
        for (deadline, complaint), moment in zip(chosen, moments, strict=True):
            at = connection.ops.adapt_datetimefield_value(moment)
            cursor.execute(
                "UPDATE complaints_deadline SET due_at = %s, alarm = 'overdue', alarm_at = %s WHERE id = %s",
                [at, at, deadline],
            )
            cursor.execute("UPDATE complaints_complaint SET next_due_at = %s WHERE id = %s", [at, complaint])
    return begins


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]))
    else:
        print(arm(int(sys.argv[2]), float(sys.argv[3])).isoformat(), flush=True)
