"""One line over days: each day where it lies, also when days between have no value. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.console.charts.measures import width_of

WIDE, HIGH = 560, 160
"""Pixels of the field in which the line runs."""
TOP, BELOW, GAP = 16, 28, 8


@dataclass(frozen=True)
class Point:
    """A day's value, where it is drawn."""

    x: float
    y: float
    day: date
    value: int


@dataclass(frozen=True)
class Level:
    """A thin line across, with its value at the left."""

    y: float
    value: int


@dataclass(frozen=True)
class Line:
    """The chart: its size in pixels, where the field begins, its points in the order of days, and its levels."""

    width: int
    height: int
    left: int
    points: tuple[Point, ...]
    levels: tuple[Level, ...]

    @property
    def path(self) -> str:
        """The points as an SVG polyline takes them."""
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)

    @property
    def marked(self) -> tuple[Point, ...]:
        """The points whose value is printed: the greatest and the last."""
        if not self.points:
            return ()
        greatest = max(self.points, key=lambda point: point.value)
        return tuple(dict.fromkeys((greatest, self.points[-1])))


def line(values: Sequence[tuple[date, int]]) -> Line:
    """The line through these days and values; values are not negative."""
    days = sorted(values)
    top = _round_above(max((value for _, value in days), default=0))
    left = width_of(f"{top}") + GAP
    first = days[0][0] if days else date.min
    span = max((days[-1][0] - first).days, 1) if days else 1
    points = tuple(
        Point(round(left + (day - first).days / span * WIDE, 1), _height(value, top), day, value)
        for day, value in days
    )
    levels = tuple(Level(_height(value, top), value) for value in sorted({0, top // 2, top}))
    # The last value stands beyond the end of the line.
    width = left + WIDE + GAP + width_of(f"{top}")
    return Line(width, TOP + HIGH + BELOW, left, points, levels)


def _height(value: int, top: int) -> float:
    return round(TOP + HIGH - value / top * HIGH, 1)


def _round_above(value: int) -> int:
    """The next 2, 4, 6, 10 … of the value's size: an even number, so that half of it is one too."""
    size: int = 10 ** max(len(f"{value}") - 1, 0)
    return next(step * size for step in (2, 4, 6, 8, 10, 20) if step * size >= value)
