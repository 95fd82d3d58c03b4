"""How a benchmark says what it measured: ratios of two sides, and whether a target is reached."""

import statistics
from collections.abc import Sequence
from typing import NamedTuple


class Verdict(NamedTuple):
    """One target and what was measured for it; `least`: the target is the least that is wanted, not the most."""

    what: str
    value: float
    target: float
    least: bool = True
    unit: str = ""

    @property
    def reached(self) -> bool:
        """Whether it is."""
        return self.value >= self.target if self.least else self.value <= self.target

    def line(self) -> str:
        """For people."""
        bound = "at least" if self.least else "at most"
        said = "reached" if self.reached else "MISSED"
        return (
            f"{self.what}: {self.value:.2f}{self.unit} (target: {bound} {self.target:g}{self.unit}): {said}"
        )


def ratio(of: Sequence[float], to: Sequence[float]) -> float:
    """The middle one of the rounds' ratios: both sides of a round saw the same machine."""
    return statistics.median(one / other for one, other in zip(of, to, strict=True))


def spread(values: Sequence[float], form: str = ".2f") -> str:
    """The middle one and how far the others lie apart."""
    return f"{statistics.median(values):{form}} ({min(values):{form}} to {max(values):{form}})"


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that so large a part of all does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]
