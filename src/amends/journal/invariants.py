"""What must always be true of the journal."""

from collections.abc import Iterator

from django.db.models import Count, Max, Q

from amends.journal.models import Entry, FollowUp, Payload, Seal
from amends.kit.dialect import append_only_triggers, missing_triggers
from amends.kit.invariants import invariant

APPEND_ONLY_TABLES = (
    "journal_entry",
    "journal_payload",
    "journal_tombstone",
    "journal_seal",
    "journal_subtree",
    "journal_checkpoint",
)


@invariant("journal.append_only", "The database refuses to change or delete rows of the journal")
def _triggers() -> Iterator[str]:
    expected = [trigger for table in APPEND_ONLY_TABLES for trigger in append_only_triggers(table)]
    for trigger in missing_triggers("default", expected):
        yield f"the trigger {trigger} is missing"


@invariant("journal.numbers_are_dense", "Sealed entries are numbered without a gap, each once")
def _dense() -> Iterator[str]:
    found = Seal.objects.aggregate(count=Count("number"), last=Max("number"))
    if found["count"] and found["last"] + 1 != found["count"]:
        yield f"{found['count']} seals, but the last number is {found['last']}"


@invariant("journal.every_entry_sealed_or_waiting", "Every entry has a number or waits for one")
def _sealed_or_waiting() -> Iterator[str]:
    for uid in Entry.objects.filter(seal__isnull=True, unsealed__isnull=True).values_list("uid", flat=True)[:100]:
        yield f"entry {uid} has no number and is not waiting for one"
    for uid in Entry.objects.filter(seal__isnull=False, unsealed__isnull=False).values_list("uid", flat=True)[:100]:
        yield f"entry {uid} has a number and is still waiting for one"


@invariant("journal.every_commitment_kept_or_explained", "Every text is there, or a tombstone says why not")
def _payloads() -> Iterator[str]:
    bare = Entry.objects.exclude(commitment="").filter(payload__isnull=True, tombstone__isnull=True)
    for uid in bare.values_list("uid", flat=True)[:100]:
        yield f"the text of entry {uid} is gone without a tombstone"
    for entry in Payload.objects.filter(entry__tombstone__isnull=False).values_list("entry__uid", flat=True)[:100]:
        yield f"the text of entry {entry} has a tombstone and is still there"


@invariant("journal.follow_ups_consistent", "A follow-up is done with a moment, or waits, or failed with its error")
def _follow_ups() -> Iterator[str]:
    wrong = FollowUp.objects.filter(
        Q(state=FollowUp.State.DONE, done_at__isnull=True) | Q(state=FollowUp.State.FAILED, last_error="")
    )
    for row in wrong[:100]:
        yield f"follow-up {row.pk} ({row.reaction}) is {row.state} without saying when or why"
