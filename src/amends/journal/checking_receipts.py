"""Checking a receipt: the way from its leaf to the signed root, and the signature over that root."""

from amends.journal import keys, verifier
from amends.journal.checkpoints import read_note
from amends.journal.receipts import Receipt
from amends.journal.tree import root_from_inclusion


def is_proved(receipt: Receipt) -> bool:
    """Whether the path leads to the root of the checkpoint, and our key signed that checkpoint.

    This is our own answer about ourselves; whoever does not want to believe it takes the same numbers to the
    stand-alone verifier, with the checkpoints that have left the building.
    """
    if receipt.number is None or receipt.size is None:
        return False
    note = read_note(receipt.checkpoint)
    path = [bytes.fromhex(step) for step in receipt.path]
    root = root_from_inclusion(bytes.fromhex(receipt.leaf), receipt.number, note.size, path)
    key = keys.verifier_key(note.origin, keys.public_bytes(keys.signing_key()))
    signed = verifier.signature_holds(verifier.read_note(receipt.checkpoint), [key])
    return root == note.root and note.size == receipt.size and signed
