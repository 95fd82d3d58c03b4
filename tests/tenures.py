"""A seat that somebody holds, for tests: its opening, and the people who act on it."""

from datetime import date
from typing import Any

from contracts.commands.removal import OpenRemoval
from contracts.commands.tenure import OpenTenure, RecordAttendance
from contracts.errand import Start
from contracts.events.errand import ErrandOwed
from contracts.policy import loader
from contracts.policy.model import CalendarYear
from contracts.vocabulary import Seat
from tests.asking import NOMINEE, asks, local, somebody
from tests.desks import PureDesk
from tests.invented import nominee
from tests.office import People
from workflows.kinds.tenure.case import Tenure
from workflows.kinds.tenure.kind import DECIDER

OFFICE = somebody("ELECTION_OFFICE", "p-office")
OTHER_ID = nominee(2).id_number
"""Another person's number, with a right check digit."""
BEGAN = "2026-03-02"
BEGUN = local(f"{BEGAN} 10:00")


def tenure_opening(version: str = "2026.1", case_id: str = "t1", **fields: Any) -> OpenTenure:
    """The input of a tenure that began on Monday 2026-03-02, of a member evaluated until 2029."""
    return asks(
        OpenTenure,
        OFFICE,
        case_id,
        f"elected.{case_id}",
        **{
            "parent": case_id,
            "person_id": "p-member",
            "seat": Seat.EXECUTIVE,
            "began": date.fromisoformat(BEGAN),
            "evaluated_until": local("2029-02-01 00:00"),
            "member": NOMINEE,
            "district": "d01",
            "policy": version,
            "policy_digest": loader.digest(version),
            **fields,
        },
    )


def seat(**fields: Any) -> PureDesk[Tenure]:
    """A seat that was opened on its first day."""
    desk = PureDesk(DECIDER, loader.released("2026.1"), BEGUN)
    desk.open(tenure_opening(**fields))
    return desk


def raised(desk: PureDesk[Any]) -> list[OpenRemoval]:
    """The removals that the seat has raised so far."""
    errands = [event.private.errand for event in desk.of(ErrandOwed) if isinstance(event, ErrandOwed)]
    openings = [one for errand in errands if isinstance(errand, Start) for one in errand.openings]
    return [one for one in openings if isinstance(one, OpenRemoval)]


def year(number: int) -> CalendarYear:
    """A year without a holiday, invented."""
    return CalendarYear(year=number, holidays=(), make_up=(), source="invented for a test")


def fact(item: str, anchor: str = "2026-01-10", **changes: object) -> dict[str, object]:
    """A fact about the member, as a form holds it."""
    return {
        "item": item,
        "subject": "person",
        "subject_id": NOMINEE.id_number,
        "liable": True,
        "anchor": anchor,
        "issuer": "虚构市税务局",
        "document_no": "no. 1",
        "fetched_on": "2026-03-02",
        "text": "as issued",
        **changes,
    }


class SeatOffice(People[Tenure]):
    """The people around a seat."""

    concerned = "p-member"

    async def replies(self, *but: str) -> None:
        """Every department that was asked answers NO_ISSUE, but these."""
        asked = [task.unit for task in (await self.desk.case()).open_tasks("re-reply")]
        for unit in asked:
            if unit not in but:
                await self.act("re-reply", "NO_ISSUE", unit=unit)
                await self.act("re-reply-sign", "CONFIRM", unit=unit)

    async def scored(self, d2: int = 150, d3: int = 150, d6: int = 100, index: int = 800) -> None:
        """Two people score, in tenths of a point."""
        form: dict[str, object] = {"scores": {"D2": d2, "D3": d3, "D6": d6}, "integrity_index": index}
        await self.act("re-score", "SCORED", form=form)
        await self.act("re-score-sign", "CONFIRM")

    async def attends(self, day: str, attendance: str, meeting: str = "") -> None:
        """The attendance at a plenary is recorded."""
        await self.asks(
            RecordAttendance,
            OFFICE,
            meeting=meeting or f"m-{day}",
            held_on=date.fromisoformat(day),
            attendance=attendance,
        )
