"""Invented deadlines, counted a second time by a slow and naive implementation of the definitions.

A hundred thousand of them: `python bench/deadline_puzzles.py`.
"""

import pytest

from tests.calendars.puzzles import differences, make_puzzle, unexplained

pytestmark = pytest.mark.engineless

SEED = 20261122
BATCH = 25


@pytest.mark.parametrize("batch", range(10))
def test_two_ways_of_counting_agree_and_every_day_is_explained(batch: int) -> None:
    print(f"seed {SEED}, puzzles {batch * BATCH} to {(batch + 1) * BATCH - 1}")
    for number in range(batch * BATCH, (batch + 1) * BATCH):
        puzzle = make_puzzle(SEED, number)
        assert differences(puzzle) + unexplained(puzzle) == [], f"puzzle {number} of seed {SEED}: {puzzle.plan}"
