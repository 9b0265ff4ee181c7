"""Pairs of bars: from zero, in proportion, inside the picture, with numbers where there is room."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rendering.bars import Pair, draw, steps

pytestmark = pytest.mark.engineless

FIGURES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=30)


def drawn(figures, width=760):
    pairs = [Pair(str(place), first, second, str(first), str(second)) for place, (first, second) in enumerate(figures)]
    return draw(pairs, width=width, written=[(step, str(step)) for step in steps(pairs)])


@given(figures=FIGURES)
def test_the_grid_begins_at_zero_reaches_the_highest_bar_and_has_few_lines(figures):
    found = steps([Pair("", *each) for each in figures])
    highest = max(max(each) for each in figures)
    assert found[0] == 0
    assert found[-1] >= highest
    assert 2 <= len(found) <= 6
    assert len({second - first for first, second in pairwise(found)}) == 1
    assert str(found[1]).rstrip("0") in {"1", "2", "5"}


@given(figures=FIGURES, width=st.sampled_from([340, 760]))
def test_bars_stand_on_the_base_line_inside_the_picture_and_in_proportion(figures, width):
    drawing = drawn(figures, width)
    base = float(drawing.base)
    top = max(steps([Pair("", *each) for each in figures]))
    for bars, side in ((drawing.firsts, 0), (drawing.seconds, 1)):
        for bar, figure in zip(bars, figures, strict=True):
            assert float(bar.y) + float(bar.height) == pytest.approx(base, abs=0.11)
            assert float(bar.height) == pytest.approx((base - 22) * figure[side] / top, abs=0.06)
            assert drawing.start <= float(bar.x)
            assert float(bar.x) + float(bar.width) <= drawing.end + 0.1
            assert float(bar.y) >= 0
    for first, second in zip(drawing.firsts, drawing.seconds, strict=True):
        assert float(first.x) + float(first.width) < float(second.x)


def test_numbers_and_labels_stand_only_where_there_is_room():
    few, many = drawn([(3, 4)] * 4), drawn([(3, 4)] * 24)
    assert [bar.words for bar in few.seconds] == ["4"] * 4
    assert {bar.words for bar in many.seconds} == {""}
    assert all(label.words for label in few.labels)
    shown = [place for place, label in enumerate(many.labels) if label.words]
    assert shown[-1] == 23
    assert len(shown) == 12


def test_nothing_is_drawn_as_nothing():
    drawing = drawn([(0, 0)])
    assert [bar.height for bar in (*drawing.firsts, *drawing.seconds)] == ["0.0", "0.0"]
    assert [line.words for line in drawing.grid] == ["0", "1"]
    assert draw([], width=340, written=[(0, "0"), (1, "1")]).firsts == ()
