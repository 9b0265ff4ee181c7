"""Looking is recorded too: in a table of its own that expires, with a digest of each day in the journal."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from amends.journal.actors import Actor
from amends.journal.models import ReadEvent
from amends.journal.pseudonyms import name_of
from amends.journal.vocabulary import Subject
from amends.kit.canonical import canonical

QUARTER = 15 * 60


def note_read(subject: Subject, *, by: Actor, at: datetime, field_group: str = "text", reason: str = "") -> None:
    """Record that somebody looked. At most one row per person, subject, group of fields and quarter of an hour.

    Raises what the database raises: who cannot be recorded does not get to see.
    """
    key = {
        "actor": name_of(Subject(by.actor_kind, by.actor_key)),
        "subject": name_of(subject),
        "field_group": field_group,
        "quarter": int(at.timestamp()) // QUARTER,
    }
    if ReadEvent.objects.filter(**key).exists():
        return
    row = ReadEvent(**key, subject_kind=subject.kind, acting_as=by.acting_as, reason=reason, at=at)
    ReadEvent.objects.bulk_create([row], ignore_conflicts=True)


def reads_of(day: date) -> "list[ReadEvent]":
    """The reads of one UTC day, in the order the digest uses."""
    start = int(datetime.combine(day, time.min, UTC).timestamp()) // QUARTER
    rows = ReadEvent.objects.filter(quarter__gte=start, quarter__lt=start + 96)
    return list(rows.order_by("quarter", "subject", "actor", "field_group"))


def digest_of(rows: Iterable[ReadEvent]) -> str:
    """SHA-256 over the reads, a line each."""
    hashed = hashlib.sha256()
    for row in rows:
        line = [row.quarter, row.subject.hex, row.actor.hex, row.field_group, row.acting_as, row.reason]
        hashed.update(canonical(line) + b"\n")
    return hashed.hexdigest()


def expire_reads(before: datetime) -> int:
    """Delete reads older than the retention of the reading log. Returns how many."""
    quarter = int(before.timestamp()) // QUARTER
    with transaction.atomic():
        deleted, _ = ReadEvent.objects.filter(quarter__lt=quarter).delete()
    return deleted


def day_before(at: datetime) -> date:
    """The last whole UTC day before a moment."""
    return (at.astimezone(UTC) - timedelta(days=1)).date()
