"""The order of one case's events: apply the next, pass over a repeat, park what is early or unreadable."""

from typing import Any

import pytest
from services.kit.casefeed import CaseFeed, Step, decide, refill

from contracts.envelope import Envelope
from tests.registry_rig import history


class Pages:
    """A record that answers in pages of two."""

    def __init__(self, events: list[Envelope]) -> None:
        self.events = events
        self.asked: list[Any] = []

    async def get(self, path: str, params: dict[str, Any]) -> dict[str, Any]:
        """A page of entries after an index."""
        self.asked.append(params["after"])
        start = params["after"] + 1
        items = [
            {"index": index, "envelope": event.model_dump(mode="json")}
            for index, event in enumerate(self.events[start : start + 2], start)
        ]
        following = start + 1 if start + 2 < len(self.events) else None
        return {"items": items, "next": following}


def event(sequence: int, kind: str = "task-claimed", version: int = 1) -> Envelope:
    return history("c1", 1)[0].model_copy(update={"sequence": sequence, "type": kind, "version": version})


@pytest.mark.parametrize(
    ("last", "sequence", "step"),
    [
        (0, 1, Step.APPLY),
        (0, 2, Step.PARK),
        (1, 1, Step.SKIP),
        (5, 6, Step.APPLY),
        (5, 7, Step.PARK),
        (5, 3, Step.SKIP),
    ],
)
def test_the_last_sequence_decides(last: int, sequence: int, step: Step) -> None:
    assert decide(last, event(sequence)) is step


@pytest.mark.parametrize(("kind", "version"), [("task-claimed", 2), ("task-dreamt", 1)])
def test_an_event_that_cannot_be_read_is_parked_and_never_skipped(kind: str, version: int) -> None:
    assert decide(0, event(1, kind, version)) is Step.PARK


def test_a_batch_moves_each_case_by_itself() -> None:
    feed = CaseFeed({"c1": 1})
    other = history("c2", 3)
    steps = [
        feed.take(event(2)),
        feed.take(event(4)),
        feed.take(other[0]),
        feed.take(event(2)),
        feed.take(event(3)),
    ]
    assert steps == [Step.APPLY, Step.PARK, Step.APPLY, Step.SKIP, Step.APPLY]
    assert feed.moved == {"c1": 3, "c2": 1}
    assert feed.waiting == {"c1"}
    assert feed.position("c1") == 3


async def test_a_refill_reads_every_page_and_stops_before_a_hole() -> None:
    events = history("c1", 7)
    pages = Pages(events)
    found = await refill(pages, "c1", 2)  # type: ignore[arg-type]
    assert [one.sequence for one in found] == [3, 4, 5, 6, 7]
    assert pages.asked == [-1, 1, 3, 5]
    holed = Pages([one for one in events if one.sequence != 5])
    assert [one.sequence for one in await refill(holed, "c1", 2)] == [3, 4]  # type: ignore[arg-type]
