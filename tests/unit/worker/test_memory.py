"""A worker remembers what it saw last of a case, and no more cases than it may."""

from services.worker.memory import LastSeen


def test_only_the_last_event_that_was_seen_is_the_last() -> None:
    seen = LastSeen()
    assert not seen.is_last("c1", "a")
    seen.saw("c1", "a")
    assert seen.is_last("c1", "a")
    seen.saw("c1", "b")
    assert not seen.is_last("c1", "a")
    seen.forget("c1")
    assert not seen.is_last("c1", "b")
    seen.forget("c1")


def test_the_case_that_was_seen_longest_ago_is_forgotten_first() -> None:
    seen = LastSeen(most=2)
    for case in ("c1", "c2", "c1", "c3"):
        seen.saw(case, "a")
    assert [case for case in ("c1", "c2", "c3") if seen.is_last(case, "a")] == ["c1", "c3"]
