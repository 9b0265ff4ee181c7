"""The Merkle tree over the seals in the database, read in blocks of 256."""

from amends.journal.models import Seal, Subtree
from amends.journal.tree import Tree

BLOCK = 256


class _Blocks:
    """Leaf and subtree hashes, fetched one block at a time and kept for as long as this object lives."""

    def __init__(self) -> None:
        self._leaves: dict[int, dict[int, bytes]] = {}
        self._subtrees: dict[tuple[int, int], dict[int, bytes]] = {}

    def leaf(self, number: int) -> bytes:
        block = number // BLOCK
        if block not in self._leaves:
            rows = Seal.objects.filter(number__gte=block * BLOCK, number__lt=(block + 1) * BLOCK)
            self._leaves[block] = {found: bytes(leaf) for found, leaf in rows.values_list("number", "leaf")}
        return self._leaves[block][number]

    def subtree(self, start: int, size: int) -> bytes | None:
        level, width = 0, 1
        while width < size:
            level, width = level + 1, width * BLOCK
        if level == 0 or width != size or start % size:
            return None
        position = start // size
        block = (level, position // BLOCK)
        if block not in self._subtrees:
            rows = Subtree.objects.filter(
                level=level, position__gte=block[1] * BLOCK, position__lt=(block[1] + 1) * BLOCK
            )
            self._subtrees[block] = {found: bytes(value) for found, value in rows.values_list("position", "hash")}
        return self._subtrees[block].get(position)


def sealed_size() -> int:
    """How many entries have a number."""
    last = Seal.objects.order_by("-number").values_list("number", flat=True).first()
    return 0 if last is None else last + 1


def stored_tree(size: int | None = None) -> Tree:
    """The tree over the first `size` seals; over all of them when no size is given."""
    blocks = _Blocks()
    return Tree(sealed_size() if size is None else size, blocks.leaf, blocks.subtree)
