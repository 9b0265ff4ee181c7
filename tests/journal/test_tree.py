"""The Merkle tree against the text of RFC 9162, read once more and written down naively."""

import hashlib
import random
from functools import cache

import pytest

from amends.journal.tree import Tree, consistent, node, root_from_inclusion, tree_of
from tests.journal import synthetic

DATA = [b"leaf %d" % number for number in range(2100)]


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


LEAVES = [leaf_hash(data) for data in DATA]


@cache
def mth(start: int, end: int) -> bytes:
    """MTH(D[start:end]), section 2.1.1."""
    n = end - start
    if n == 0:
        return hashlib.sha256(b"").digest()
    if n == 1:
        return leaf_hash(DATA[start])
    k = largest_power_of_two_below(n)
    return hashlib.sha256(b"\x01" + mth(start, start + k) + mth(start + k, end)).digest()


def largest_power_of_two_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m: int, start: int, end: int) -> list[bytes]:
    """PATH(m, D[start:end]), section 2.1.3.1."""
    n = end - start
    if n == 1:
        return []
    k = largest_power_of_two_below(n)
    if m < k:
        return [*path(m, start, start + k), mth(start + k, end)]
    return [*path(m - k, start + k, end), mth(start, start + k)]


def subproof(m: int, start: int, end: int, b: bool) -> list[bytes]:
    """SUBPROOF(m, D[start:end], b), section 2.1.4.1."""
    n = end - start
    if m == n:
        return [] if b else [mth(start, end)]
    k = largest_power_of_two_below(n)
    if m <= k:
        return [*subproof(m, start, start + k, b), mth(start + k, end)]
    return [*subproof(m - k, start + k, end, False), mth(start, start + k)]


def tree(size: int) -> Tree:
    return Tree(size, LEAVES.__getitem__, lambda start, length: mth(start, start + length))


def test_an_empty_tree_has_the_hash_of_nothing():
    assert tree_of([]).root() == hashlib.sha256(b"").digest()


@pytest.mark.parametrize(
    ("size", "root"),
    [
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        (6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ],
)
def test_the_vectors_that_certificate_transparency_logs_agree_on(size, root):
    data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [leaf_hash(bytes.fromhex(one)) for one in data[:size]]
    assert tree_of(leaves).root().hex() == root


def test_the_worked_example_of_section_2_1_5():
    a, b, c, d, e, f, j = LEAVES[:7]
    g, h, i = node(a, b), node(c, d), node(e, f)
    k, l = node(g, h), node(i, j)  # noqa: E741 - the letters are those of the text
    seven = tree_of(LEAVES[:7])
    assert seven.root() == node(k, l)
    assert seven.inclusion(0) == [b, h, l]
    assert seven.inclusion(3) == [c, g, l]
    assert seven.inclusion(4) == [f, j, k]
    assert seven.inclusion(6) == [i, k]
    assert seven.consistency(3) == [c, d, g, l]
    assert seven.consistency(4) == [l]
    assert seven.consistency(6) == [i, j, k]


@pytest.mark.parametrize("size", range(1, 301))
def test_proofs_of_every_size_up_to_300(size):
    chance = random.Random(size)
    root = tree_of(LEAVES[:size]).root()
    assert root == mth(0, size)
    for index in {0, size - 1, *(chance.randrange(size) for _ in range(12))} if size > 40 else range(size):
        proof = tree(size).inclusion(index)
        assert proof == path(index, 0, size)
        assert root_from_inclusion(LEAVES[index], index, size, proof) == root
    for old in {1, size, *(chance.randint(1, size) for _ in range(12))} if size > 40 else range(1, size + 1):
        proof = tree(size).consistency(old)
        assert proof == subproof(old, 0, size, True)
        assert consistent(old, size, mth(0, old), root, proof)


def test_proofs_of_larger_trees():
    chance = random.Random(9162)
    for _ in range(60):
        size = chance.randint(301, len(DATA))
        index, old = chance.randrange(size), chance.randint(1, size)
        assert tree(size).inclusion(index) == path(index, 0, size)
        assert tree(size).consistency(old) == subproof(old, 0, size, True)


def test_an_altered_proof_proves_nothing():
    chance = random.Random(1)
    for _ in range(300):
        size = chance.randint(2, 300)
        index, old = chance.randrange(size), chance.randint(1, size - 1)
        root, proof = mth(0, size), tree(size).inclusion(index)
        assert root_from_inclusion(LEAVES[index], index, size, altered(proof, chance)) != root
        assert root_from_inclusion(LEAVES[index], (index + 1) % size, size, proof) != root
        assert root_from_inclusion(leaf_hash(b"another"), index, size, proof) != root
        steps = tree(size).consistency(old)
        assert not consistent(old, size, mth(0, old), root, altered(steps, chance))
        assert not consistent(old, size, leaf_hash(b"another"), root, steps)
        assert not consistent(old, size, mth(0, old), leaf_hash(b"another"), steps)


def altered(proof: list[bytes], chance: random.Random) -> list[bytes]:
    """The proof with a step dropped, added, doubled or changed in one bit."""
    if not proof:
        return [leaf_hash(b"one")]
    place = chance.randrange(len(proof))
    before, step, after = proof[:place], proof[place], proof[place + 1 :]
    changed = [[*proof, leaf_hash(b"one more")], [*before, *after], [*before, bytes([step[0] ^ 1]) + step[1:], *after]]
    return chance.choice(changed)


def test_a_place_outside_the_tree_is_refused():
    with pytest.raises(IndexError):
        tree(5).inclusion(5)
    with pytest.raises(IndexError):
        tree(5).consistency(6)
    with pytest.raises(IndexError):
        tree(5).consistency(0)
    assert root_from_inclusion(LEAVES[0], 5, 5, []) is None
    assert not consistent(6, 5, mth(0, 6), mth(0, 5), [])


def test_the_same_tree_is_only_consistent_with_itself():
    assert consistent(5, 5, mth(0, 5), mth(0, 5), [])
    assert not consistent(5, 5, mth(0, 5), mth(0, 5), [LEAVES[0]])
    assert not consistent(5, 5, mth(0, 4), mth(0, 5), [])


def test_frozen_subtrees_of_two_levels_give_the_same_tree_beyond_65536_leaves():
    size, edge, frozen, roots = 65_536 + 700, [], {}, {}
    leaves = [hashlib.sha256(b"\x00%d" % number).digest() for number in range(size)]
    for number, leaf in enumerate(leaves):
        for level, position, value in synthetic.grown(edge, number, leaf):
            frozen[position * 256**level, 256**level] = value
        if number + 1 in {255, 256, 257, 65_535, 65_536, 65_537, size}:
            roots[number + 1] = synthetic.root_of(edge)
    touched: set[int] = set()

    def leaf(number: int) -> bytes:
        touched.add(number)
        return leaves[number]

    for end, root in roots.items():
        # A view on fewer leaves may only use the subtrees that are complete in it.
        known = {place: value for place, value in frozen.items() if sum(place) <= end}
        touched.clear()
        assert Tree(end, leaf, lambda start, length, known=known: known.get((start, length))).root() == root
        assert len(touched) < 256
