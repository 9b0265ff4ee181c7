"""Pairs of bars, drawn as numbers for an SVG: what was beside what would have been. A pure function of the figures."""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 236
_TOP, _BOTTOM, _START, _END = 22, 30, 40, 8
#: Bars narrower than this carry no number: it would run into its neighbour. The table has them all.
_ROOM_FOR_A_NUMBER = 24
_ROOM_FOR_A_LABEL = 44


@dataclass(frozen=True)
class Pair:
    """Two figures of one period, with the words below and above them."""

    label: str
    first: int
    second: int
    first_words: str = ""
    second_words: str = ""


@dataclass(frozen=True)
class Bar:
    """A rectangle, and its figure where there is room for it."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    above: str
    words: str


@dataclass(frozen=True)
class Mark:
    """A word at a place: below a pair, or beside a line of the grid."""

    at: str
    words: str


@dataclass(frozen=True)
class Drawing:
    """All that is drawn, from left to right; the base line lies at `base`."""

    width: int
    height: int
    start: int
    end: int
    base: str
    label_at: str
    firsts: tuple[Bar, ...]
    seconds: tuple[Bar, ...]
    labels: tuple[Mark, ...]
    grid: tuple[Mark, ...]


def draw(pairs: Sequence[Pair], *, width: int, written: Sequence[tuple[int, str]]) -> Drawing:
    """Draw pairs of bars that begin at zero; `written` are the figures of the grid, from `steps`, as they are read."""
    top = max((value for value, _words in written), default=1) or 1
    base, room = HEIGHT - _BOTTOM, HEIGHT - _BOTTOM - _TOP
    slot = (width - _START - _END) / max(1, len(pairs))
    bar = min(38.0, slot * 0.4)
    every = max(1, round(_ROOM_FOR_A_LABEL / slot + 0.49)) if pairs else 1

    def drawn(place: int, side: int, value: int, words: str) -> Bar:
        height = room * value / top
        x = _START + slot * (place + 0.5) + (side - 1) * bar + (1 if side else -1)
        shown = words if bar >= _ROOM_FOR_A_NUMBER else ""
        return Bar(_n(x), _n(base - height), _n(bar), _n(height), _n(x + bar / 2), _n(base - height - 5), shown)

    return Drawing(
        width=width,
        height=HEIGHT,
        start=_START,
        end=width - _END,
        base=_n(base),
        label_at=_n(base + 18),
        firsts=tuple(drawn(place, 0, pair.first, pair.first_words) for place, pair in enumerate(pairs)),
        seconds=tuple(drawn(place, 1, pair.second, pair.second_words) for place, pair in enumerate(pairs)),
        labels=tuple(
            Mark(_n(_START + slot * (place + 0.5)), pair.label if (len(pairs) - 1 - place) % every == 0 else "")
            for place, pair in enumerate(pairs)
        ),
        grid=tuple(Mark(_n(base - room * value / top), words) for value, words in written),
    )


def steps(pairs: Sequence[Pair]) -> list[int]:
    """Round figures for the lines of the grid, from zero to at least the highest bar: at most six."""
    highest = max((max(pair.first, pair.second) for pair in pairs), default=0)
    step = 1
    while step * 5 < highest:
        digits = str(step)[0]
        step = step * 2 if digits in "15" else step * 5 // 2
    return [step * number for number in range(-(-highest // step) + 1)] if highest else [0, 1]


def _n(value: float) -> str:
    """A number as SVG reads it, whatever language the page is in."""
    return f"{value:.1f}"
