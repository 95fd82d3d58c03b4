"""The list of the commonest passwords, and whether one is made of nothing else. Pure once the list is read."""

from functools import cache
from pathlib import Path

MOST_REPEATED = 4
"""Signs: whatever is so few of them over and over is one of the commonest, whatever the signs are."""


@cache
def commonest() -> frozenset[str]:
    """The list, in small letters."""
    text = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _longest() -> int:
    return max(map(len, commonest()))


def only_common(folded: str) -> bool:
    """Whether the folded text can be cut into entries of the list without a rest: `password12345678` is two of them."""
    reached = {0}
    for end in range(1, len(folded) + 1):
        starts = range(max(0, end - _longest()), end)
        if any(start in reached and folded[start:end] in commonest() for start in starts):
            reached.add(end)
    return len(folded) in reached


def repeats(text: str) -> bool:
    """Whether the text is at most four signs over and over, the last time perhaps not to the end."""
    return any(text == (text[:few] * len(text))[: len(text)] for few in range(1, MOST_REPEATED + 1))
