"""The record sheet (纪实表): one life of a nomination fills all thirteen slots in five links (domain §8.7)."""

from collections.abc import Iterable
from datetime import datetime

from contracts.events.base import Event
from contracts.vocabulary import CaseState
from services.officers.views.cases import EventView
from services.officers.views.sheets import filled
from tests.desks import PureDesk
from tests.office import Office, finding
from tests.stories import batch_opened
from tests.unit.rules.test_whole_nomination import elected


def seen(events: Iterable[tuple[datetime, Event]]) -> list[EventView]:
    """The events as whoever may see all of them sees them."""
    return [
        EventView(
            sequence=number,
            type=event.type,
            version=1,
            at=at,
            role="",
            person_id="p",
            account_id="a",
            policy="2026.1",
            payload=event.plain(),
            sealed=False,
            by=None,
            names={},
        )
        for number, (at, event) in enumerate(events, 1)
    ]


async def test_one_life_fills_every_slot(desk: PureDesk, office: Office) -> None:
    """Nominated, one fact reported and cleared, graded, inspected, proposed, shown and elected."""
    begun = desk.now
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "EXPLAINED", form={"text": "paid"})
    await office.act("confirm-fact", "CLEARED")
    await office.act("confirm-fact-sign", "CONFIRM")
    await office.replies("tax")
    await office.graded()
    await office.inspected()
    await office.opinion()
    await office.approved()
    await office.act("post-notice", "POSTED")
    window = desk.current.window
    assert window is not None
    await desk.until(window[1])
    await office.close_notice()
    await elected(office, desk)
    assert desk.current.state is CaseState.ELECTED
    events = seen([(begun, batch_opened()), *desk.events])
    links = filled(desk.policy, "nomination", events, "zh")
    assert [len(link.slots) for link in links] == [2, 3, 4, 2, 2]
    assert [slot.number for link in links for slot in link.slots] == list(range(1, 14))
    assert [slot.name for link in links for slot in link.slots if not slot.lines] == []
    # Of a life of which nothing is recorded the same sheet is empty: no slot fills itself.
    assert not any(slot.lines for link in filled(desk.policy, "nomination", [], "zh") for slot in link.slots)
