"""The Merkle tree of RFC 9162, section 2.1: roots, inclusion proofs and consistency proofs.

Pure functions of leaf hashes. `subtree` may be given to answer for complete subtrees without their leaves.
"""

import hashlib
from collections.abc import Callable, Sequence

#: hash of the complete subtree over leaves [start, start + size), or None when it has to be computed from below
Subtrees = Callable[[int, int], bytes | None]


def node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


class Tree:
    """A view on `size` leaves. `leaf(i)` gives leaf hashes; `subtrees` may know frozen ones."""

    def __init__(self, size: int, leaf: Callable[[int], bytes], subtrees: Subtrees | None = None) -> None:
        self.size = size
        self._leaf = leaf
        self._subtrees = subtrees

    def range_hash(self, start: int, end: int) -> bytes:
        """The hash over leaves [start, end)."""
        size = end - start
        if size == 0:
            return hashlib.sha256(b"").digest()
        if self._subtrees is not None and size & (size - 1) == 0:
            known = self._subtrees(start, size)
            if known is not None:
                return known
        if size == 1:
            return self._leaf(start)
        middle = start + _split(size)
        return node(self.range_hash(start, middle), self.range_hash(middle, end))

    def root(self) -> bytes:
        """The hash of the whole tree."""
        return self.range_hash(0, self.size)

    def inclusion(self, index: int) -> list[bytes]:
        """The path that proves that leaf `index` is in this tree, from the leaf upwards."""
        if not 0 <= index < self.size:
            raise IndexError(index)
        return self._path(index, 0, self.size)

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        if index < middle:
            return [*self._path(index, start, middle), self.range_hash(middle, end)]
        return [*self._path(index, middle, end), self.range_hash(start, middle)]

    def consistency(self, old: int) -> list[bytes]:
        """The proof that this tree only adds to the tree of its first `old` leaves."""
        if not 0 < old <= self.size:
            raise IndexError(old)
        if old == self.size:
            return []
        return self._consistency(old, 0, self.size, whole=True)

    def _consistency(self, old: int, start: int, end: int, *, whole: bool) -> list[bytes]:
        if old == end:
            return [] if whole else [self.range_hash(start, end)]
        middle = start + _split(end - start)
        if old <= middle:
            return [*self._consistency(old, start, middle, whole=whole), self.range_hash(middle, end)]
        return [*self._consistency(old, middle, end, whole=False), self.range_hash(start, middle)]


def tree_of(leaves: Sequence[bytes]) -> Tree:
    """A tree over leaf hashes held in memory."""
    return Tree(len(leaves), leaves.__getitem__)


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2); None when the path cannot fit."""
    if not 0 <= index < size:
        return None
    place, last, computed = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            computed = node(step, computed)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            computed = node(computed, step)
        place, last = place >> 1, last >> 1
    return computed if last == 0 else None


def consistent(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether a consistency proof holds (RFC 9162, section 2.1.4.2)."""
    if old == new:
        return not path and old_root == new_root
    if not 0 < old < new or not path:
        return False
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node(step, first), node(step, second)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = node(second, step)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
