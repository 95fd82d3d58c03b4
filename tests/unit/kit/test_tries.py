"""What is tried until it holds: at once, then ever more rarely."""

from services.kit.tries import Tries


async def test_the_pause_doubles_up_to_the_longest() -> None:
    tries: Tries[str] = Tries(20.0, 60.0)
    tries.only(["a"])
    assert [tries.tried("a") for _ in range(4)] == [20.0, 40.0, 60.0, 60.0]


async def test_what_is_new_is_due_at_once_and_what_was_tried_is_not() -> None:
    tries: Tries[str] = Tries(60.0, 60.0)
    tries.only(["a", "b"])
    tries.tried("a")
    tries.only(["a", "b", "c"])
    assert tries.due() == ["b", "c"]


async def test_what_is_tried_anew_begins_with_the_shortest_pause() -> None:
    tries: Tries[str] = Tries(20.0, 60.0)
    tries.anew("a")
    tries.tried("a")
    tries.anew("a")
    assert tries.due() == ["a"]
    assert tries.tried("a") == 20.0


async def test_what_holds_or_is_not_named_any_more_is_forgotten() -> None:
    tries: Tries[str] = Tries(60.0, 60.0)
    tries.only(["a", "b", "c"])
    tries.done("a")
    assert tries.due() == ["b", "c"]
    tries.only(["c"])
    assert tries.due() == ["c"]
