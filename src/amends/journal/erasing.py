"""Erasing the text behind entries while the trail still verifies."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from amends.journal.actors import Actor
from amends.journal.events import Erased
from amends.journal.models import Entry, Payload, Tombstone
from amends.journal.recording import record
from amends.journal.vocabulary import Subject


@transaction.atomic
def erase_payloads(entries: Iterable[Entry], *, about: Subject, reason: str, by: Actor, at: datetime) -> Entry:
    """Delete payloads and salts, leaving tombstones that an entry of their own explains. Returns that entry."""
    doomed = [entry for entry in entries if entry.commitment]
    present = set(Payload.objects.filter(entry__in=doomed).values_list("entry_id", flat=True))
    doomed = [entry for entry in doomed if entry.pk in present]
    erasure = record(
        Erased(
            subject=about, count=len(doomed), reason=reason, entries=tuple(sorted(entry.uid.hex for entry in doomed))
        ),
        by=by,
        at=at,
    )
    Tombstone.objects.bulk_create([Tombstone(entry=entry, erasure=erasure) for entry in doomed])
    Payload.objects.filter(entry__in=doomed).delete()
    return erasure
