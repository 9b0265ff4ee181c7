"""The sealer: gives entries their numbers and freezes the tree above them.

One process at a time, by lease with a fence. The entry row itself is never touched.
"""

from datetime import datetime, timedelta

from django.db import transaction

from amends.journal import leases
from amends.journal.models import Entry, Seal, Subtree, Unsealed
from amends.journal.recording import leaf_hash
from amends.journal.stored_tree import BLOCK, sealed_size, stored_tree
from amends.kit.failpoints import failpoint

DUTY = "sealer"
LEASE = timedelta(seconds=15)


def seal_batch(holder: str, fence: int, at: datetime, limit: int = 1000) -> int:
    """Number up to `limit` entries in one transaction. Returns how many; raises LeaseLostError."""
    with transaction.atomic():
        leases.confirm(DUTY, holder, fence, at, LEASE)
        waiting = list(Unsealed.objects.order_by("entry_id").values_list("entry_id", flat=True)[:limit])
        if not waiting:
            return 0
        failpoint("before_seal")
        first = sealed_size()
        entries = Entry.objects.filter(pk__in=waiting).order_by("pk")
        seals = [Seal(number=first + place, entry=entry, leaf=leaf_hash(entry)) for place, entry in enumerate(entries)]
        Seal.objects.bulk_create(seals, batch_size=500)
        _freeze(first, first + len(seals))
        Unsealed.objects.filter(pk__in=waiting).delete()
        failpoint("after_seal")
    return len(seals)


def _freeze(old: int, new: int) -> None:
    """Keep the hash of each subtree of 256, 65,536, … leaves that became complete between the two sizes."""
    level, width = 1, BLOCK
    while new // width > old // width:
        tree = stored_tree(new)
        Subtree.objects.bulk_create(
            [
                Subtree(level=level, position=position, hash=tree.range_hash(position * width, (position + 1) * width))
                for position in range(old // width, new // width)
            ]
        )
        level, width = level + 1, width * BLOCK


def oldest_unsealed(at: datetime) -> timedelta:
    """How long the oldest entry has waited for its number."""
    first = Unsealed.objects.order_by("entry_id").first()
    return max(at - first.since, timedelta()) if first else timedelta()
