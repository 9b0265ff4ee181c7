"""Proof, for the person who holds it, that their own entry stands in the journal."""

import base64
from dataclasses import dataclass

from amends.journal.checkpoints import read_note
from amends.journal.models import Checkpoint, Entry, Seal
from amends.journal.recording import leaf_hash
from amends.journal.stored_tree import stored_tree


@dataclass(frozen=True)
class Receipt:
    """The leaf hash of an entry, and, as soon as a checkpoint covers it, where it stands and the way to the root."""

    leaf: str
    number: int | None = None
    size: int | None = None
    root: str = ""
    path: tuple[str, ...] = ()
    checkpoint: str = ""

    @property
    def is_covered(self) -> bool:
        """Whether a signed checkpoint covers the entry."""
        return bool(self.checkpoint)


def receipt_of(entry: Entry) -> Receipt:
    """The receipt of an entry: a promise (leaf hash) at first, a proof once it is under a checkpoint."""
    leaf = leaf_hash(entry)
    number = Seal.objects.filter(entry=entry).values_list("number", flat=True).first()
    if number is None:
        return Receipt(leaf.hex())
    checkpoint = Checkpoint.objects.filter(size__gt=number).order_by("size").first()
    if checkpoint is None:
        return Receipt(leaf.hex(), number)
    note = read_note(checkpoint.note)
    path = stored_tree(checkpoint.size).inclusion(number)
    return Receipt(
        leaf.hex(),
        number,
        checkpoint.size,
        base64.b64encode(note.root).decode(),
        tuple(step.hex() for step in path),
        checkpoint.note,
    )
