from amends.journal.models.entry import Entry, Payload, Pseudonym, Tombstone
from amends.journal.models.lease import Lease
from amends.journal.models.outbox import FollowUp, Pending
from amends.journal.models.read import ReadEvent
from amends.journal.models.seal import Anchoring, Checkpoint, Seal, Subtree, Unsealed

__all__ = [
    "Anchoring",
    "Checkpoint",
    "Entry",
    "FollowUp",
    "Lease",
    "Payload",
    "Pending",
    "Pseudonym",
    "ReadEvent",
    "Seal",
    "Subtree",
    "Tombstone",
    "Unsealed",
]
