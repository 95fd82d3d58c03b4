"""Gives each of many its turn: a page at a time, by place, and each again after a pause of its own that grows.

Whoever never answers keeps nobody who waits further on from their turn, however many they are: a look goes on where the
last one stopped, and begins anew behind the last page.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.kit.tries import Tries

P = TypeVar("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Turn(Generic[P, T]):
    """Something that waits: its name among all, its place in their order, and what it is."""

    name: str
    place: P
    item: T


Page = Callable[[P | None, int], Awaitable[Sequence[Turn[P, T]]]]
"""Of what waits, the first so many after a place (None: from the first on), in order. Fewer mean that no more wait."""


class Turns(Generic[P, T]):
    """Goes round through all that wait. One caller at a time, inside the loop only: the pauses run on its clock."""

    def __init__(self, page: Page[P, T], most: int, *, first: float, longest: float) -> None:
        """`most` at a time; `first` and `longest` as of Tries, in seconds."""
        self._page = page
        self._most = most
        self._tries: Tries[str] = Tries(first, longest)
        self._place: P | None = None
        self._round: set[str] = set()

    async def next(self) -> list[Turn[P, T]]:
        """Those whose turn it is, of the next page that has any; none when the last page had none."""
        while True:
            page = await self._page(self._place, self._most)
            names = {one.name for one in page}
            self._tries.also(names)
            self._round |= names
            last = len(page) < self._most
            self._place = None if last else page[-1].place
            if last:
                self._tries.only(self._round)
                self._round = set()
            due = names.intersection(self._tries.due())
            if due or last:
                return [one for one in page if one.name in due]

    def tried(self, name: str) -> None:
        """This had its turn just now; the next comes after its pause."""
        self._tries.tried(name)
