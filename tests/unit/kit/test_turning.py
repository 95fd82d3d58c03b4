"""However many never answer, whoever waits behind them has their turn."""

import asyncio

from services.kit.turning import Turn, Turns


class Waiting:
    """Things that wait under rising places, and how they were asked for."""

    def __init__(self, *names: str) -> None:
        self.names = dict(enumerate(names, start=1))
        self.asked: list[int | None] = []

    async def page(self, after: int | None, limit: int) -> list[Turn[int, str]]:
        self.asked.append(after)
        behind = sorted(place for place in self.names if place > (after or 0))
        return [Turn(self.names[place], place, self.names[place].upper()) for place in behind[:limit]]


def turns(waiting: Waiting, most: int = 2, first: float = 60.0) -> Turns[int, str]:
    return Turns(waiting.page, most, first=first, longest=60.0)


async def tried(going: Turns[int, str]) -> list[str]:
    """Whose turn it was; each is tried and holds for none."""
    found = await going.next()
    for one in found:
        going.tried(one.name)
    return [one.name for one in found]


async def test_those_who_never_answer_keep_nobody_behind_them_from_their_turn() -> None:
    waiting = Waiting("a", "b", "c", "d", "e")
    going = turns(waiting)
    assert [await tried(going) for _ in range(3)] == [["a", "b"], ["c", "d"], ["e"]]


async def test_it_goes_on_where_it_stopped_also_when_all_are_due_again() -> None:
    waiting = Waiting("a", "b", "c", "d", "e")
    going = turns(waiting, first=0.0)
    assert [await tried(going) for _ in range(4)] == [["a", "b"], ["c", "d"], ["e"], ["a", "b"]]


async def test_pages_on_which_nobody_is_due_are_passed_in_one_look() -> None:
    waiting = Waiting("a", "b", "c", "d")
    going = turns(waiting)
    assert [await tried(going) for _ in range(2)] == [["a", "b"], ["c", "d"]]
    waiting.names[5] = "new"
    assert await tried(going) == ["new"]
    assert await tried(going) == [], "nobody's pause is over, and the look ends behind the last page"


async def test_one_that_is_gone_and_comes_back_has_its_turn_at_once() -> None:
    waiting = Waiting("a", "b", "c")
    going = turns(waiting, most=10)
    assert await tried(going) == ["a", "b", "c"]
    del waiting.names[1]
    assert await tried(going) == []
    waiting.names[1] = "a"
    assert await tried(going) == ["a"]


async def test_what_waits_is_given_with_its_place_and_asked_by_place() -> None:
    waiting = Waiting("a", "b", "c")
    going = turns(waiting)
    first = await going.next()
    assert [(one.name, one.place, one.item) for one in first] == [("a", 1, "A"), ("b", 2, "B")]
    await going.next()
    await asyncio.sleep(0)
    assert waiting.asked == [None, 2]
