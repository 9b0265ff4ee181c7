"""Looking is recorded too: in a table of its own that expires, with a digest of each day in the journal."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from amends.journal.actors import Actor
from amends.journal.events import ReadsDigested
from amends.journal.models import Entry, Pseudonym, ReadEvent
from amends.journal.pseudonyms import known_name_of, name_of, names_of_each
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.kit.canonical import canonical

QUARTER = 15 * 60
QUARTERS_A_DAY = 96

#: What the journal says of itself is about this subject; there is no row behind it.
JOURNAL = Subject("journal", 1)

#: A day is sealed this long after its end: requests that began before midnight have written their reads by then.
SETTLED_AFTER = timedelta(hours=1)


def note_read(subject: Subject, *, by: Actor, at: datetime, field_group: str = "text", reason: str = "") -> None:
    """Record that somebody looked. At most one row per person, subject, group of fields and quarter of an hour.

    Raises what the database raises: who cannot be recorded does not get to see.
    """
    quarter = int(at.timestamp()) // QUARTER
    actor = Subject(by.actor_kind, by.actor_key)
    noted = ReadEvent.objects.filter(
        actor__in=_names(actor), subject__in=_names(subject), field_group=field_group, quarter=quarter
    )
    if noted.exists():
        return
    names = names_of_each(actor, subject)
    row = ReadEvent(
        actor=names[actor],
        acting_as=by.acting_as,
        subject_kind=subject.kind,
        subject=names[subject],
        field_group=field_group,
        reason=reason,
        quarter=quarter,
        at=at,
    )
    ReadEvent.objects.bulk_create([row], ignore_conflicts=True)


def _names(subject: Subject) -> QuerySet[Pseudonym, UUID]:
    """The name of a row as a part of a query, so that looking again within the quarter costs one query."""
    return Pseudonym.objects.filter(kind=subject.kind, key=subject.key).values_list("name", flat=True)


def reads_of_subject(subject: Subject) -> QuerySet[ReadEvent]:
    """Who looked at it, as far as the reads are still kept; newest first."""
    return ReadEvent.objects.filter(subject__in=_names(subject)).order_by("-quarter", "-at", "-id")


def reads_by(subject: Subject, actors: Iterable[Subject]) -> QuerySet[ReadEvent]:
    """When these looked at it, as far as the reads are still kept; newest first."""
    keys: dict[str, list[int]] = {}
    for actor in actors:
        keys.setdefault(actor.kind, []).append(actor.key)
    names = Pseudonym.objects.none()
    for kind, its_own in keys.items():
        names = names | Pseudonym.objects.filter(kind=kind, key__in=its_own)
    return reads_of_subject(subject).filter(actor__in=names.values_list("name", flat=True))


def first_quarter_of(day: date) -> int:
    """The number of the first quarter of an hour of a UTC day."""
    return int(datetime.combine(day, time.min, UTC).timestamp()) // QUARTER


def day_of(quarter: int) -> date:
    """The UTC day of a quarter of an hour."""
    return datetime.fromtimestamp(quarter * QUARTER, UTC).date()


def reads_of(day: date) -> "list[ReadEvent]":
    """The reads of one UTC day."""
    start = first_quarter_of(day)
    rows = ReadEvent.objects.filter(quarter__gte=start, quarter__lt=start + QUARTERS_A_DAY)
    return list(rows.order_by("quarter", "id"))


def line_of(row: ReadEvent) -> str:
    """A read as the digest covers it."""
    said = [row.quarter, row.subject.hex, row.actor.hex, row.field_group, row.acting_as, row.reason]
    return canonical(said).decode()


def digest_of(rows: Iterable[ReadEvent]) -> str:
    """SHA-256 over the reads, a line each, sorted: the same on both engines and whatever the order."""
    lines = sorted(line_of(row) for row in rows)
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def day_before(at: datetime) -> date:
    """The last whole UTC day before a moment."""
    return (at.astimezone(UTC) - timedelta(days=1)).date()


def last_digested_day() -> date | None:
    """The newest day whose reads are sealed in the journal."""
    journal = known_name_of(JOURNAL)
    if journal is None:
        return None
    last = Entry.objects.filter(subject=journal, event=ReadsDigested.name).order_by("-id").first()
    return date.fromisoformat(last.facts["day"]) if last else None


@transaction.atomic
def digest_days(by: Actor, at: datetime) -> int:
    """Seal the reads of each whole day that has no digest yet, also of days on which nobody looked. Returns how many.

    The first day is the first on which somebody looked; from then on there is no day without an entry.
    """
    newest = day_before(at - SETTLED_AFTER)
    if not _lacks_digest(newest):
        return 0
    # Two workers at once: the second waits for this row and then finds nothing left to do.
    name_of(JOURNAL)
    Pseudonym.objects.select_for_update().get(kind=JOURNAL.kind, key=JOURNAL.key)
    day, count = _next_day(), 0
    while day is not None and day <= newest:
        rows = reads_of(day)
        record(ReadsDigested(journal=JOURNAL, day=day, count=len(rows), digest=digest_of(rows)), by=by, at=at)
        day, count = day + timedelta(days=1), count + 1
    return count


def _lacks_digest(newest: date) -> bool:
    day = _next_day()
    return day is not None and day <= newest


def _next_day() -> date | None:
    last = last_digested_day()
    if last is not None:
        return last + timedelta(days=1)
    first = ReadEvent.objects.order_by("quarter").values_list("quarter", flat=True).first()
    return None if first is None else day_of(first)


def expire_reads(before: datetime) -> int:
    """Delete the reads of whole UTC days before a moment, oldest first and only sealed ones. Returns how many.

    Never half a day: the rest of it would look as if the others had been taken away.
    """
    sealed = last_digested_day()
    if sealed is None:
        return 0
    first_kept = min(before.astimezone(UTC).date(), sealed + timedelta(days=1))
    deleted, _ = ReadEvent.objects.filter(quarter__lt=first_quarter_of(first_kept)).delete()
    return deleted
