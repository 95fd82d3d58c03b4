"""Horizontal bars, plain or of several parts: labels as wide as the longest, the value at the end of each bar. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.console.charts.measures import colour, width_of

ROW = 28
"""Pixels from one bar to the next."""
THICK = 18
LONGEST = 360
"""Pixels of the longest bar."""
GAP = 8
LEAST = 2
"""Pixels of a bar that stands for something: one is not none."""


@dataclass(frozen=True)
class Part:
    """One stretch of a bar."""

    x: float
    width: float
    colour: str
    value: int
    shown: str
    """Its value, where it has room inside."""


@dataclass(frozen=True)
class Bar:
    """A row of the chart: its label, its parts, and its value at the end."""

    label: str
    y: int
    parts: tuple[Part, ...]
    value: int
    end: float


@dataclass(frozen=True)
class Bars:
    """The chart: its size in pixels, where labels end, and its rows."""

    width: int
    height: int
    left: int
    rows: tuple[Bar, ...]
    series: tuple[tuple[str, str], ...] = ()
    """Name and colour of each part of the bars; none where a bar has only one."""


def bars(rows: Sequence[tuple[str, int]]) -> Bars:
    """One bar for each label and value; values are not negative."""
    return stacked([(label, (value,)) for label, value in rows], ())


def stacked(rows: Sequence[tuple[str, Sequence[int]]], series: Sequence[str]) -> Bars:
    """Bars of several parts, one part for each of the series."""
    left = max((width_of(label) for label, _ in rows), default=0) + GAP
    greatest = max((sum(values) for _, values in rows), default=0)
    unit = LONGEST / greatest if greatest else 0.0
    drawn = tuple(
        _bar(label, values, place, left, unit, several=bool(series))
        for place, (label, values) in enumerate(rows)
    )
    right = max((bar.end + width_of(f"{bar.value}") for bar in drawn), default=left)
    named = tuple((name, colour(place)) for place, name in enumerate(series))
    return Bars(round(right) + GAP, len(drawn) * ROW + GAP, left, drawn, named)


def _bar(label: str, values: Sequence[int], place: int, left: int, unit: float, *, several: bool) -> Bar:
    parts: list[Part] = []
    x = float(left)
    for number, value in enumerate(values):
        width = max(value * unit, LEAST) if value else 0.0
        fits = several and width > width_of(f"{value}") + GAP
        parts.append(Part(round(x, 1), round(width, 1), colour(number), value, f"{value}" if fits else ""))
        x += width
    return Bar(label, place * ROW + GAP // 2, tuple(parts), sum(values), round(x + GAP, 1))
