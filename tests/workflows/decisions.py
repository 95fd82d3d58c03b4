"""Every decision by which somebody is cleared, elected or kept: what leads to it, and what says that it is made."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.commands.opening import CaseOpening
from tests.asking import local, opening, removal_opening
from tests.commission import Commission
from tests.desks import PureDesk
from tests.models.beginnings import enquiries
from tests.office import MINUTES, Office, People, finding

BEGAN = local("2026-03-02 10:00")
ELECTION = local("2026-07-15 09:00")

Acts = Callable[[Any], Awaitable[object]]
"""What people do, over whatever desk they sit at."""


async def nothing(desk: Any) -> None:
    """Nobody has done anything yet."""


@dataclass(frozen=True)
class Decision:
    """A decision in favour of somebody. Its event stands on the record once it is made, and never before."""

    opening: CaseOpening
    before: Acts
    """Until nothing but the decision is missing."""
    decide: Acts
    event: str
    says: tuple[str, str] = ("", "")
    """A field of the event and what it says then, where the event's name does not say it."""

    def of(self, case_id: str) -> CaseOpening:
        """The opening, of a case of this id."""
        return self.opening.model_copy(
            update={"claim": self.opening.claim.model_copy(update={"target": case_id})}
        )


async def _consulted(desk: PureDesk[Any]) -> None:
    office = Office(desk)
    await office.screened()
    await office.replies("tax")
    await office.act("reply", "NO_ISSUE", unit="tax")


async def _confirmed(desk: PureDesk[Any]) -> None:
    office = Office(desk)
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "EXPLAINED", form={"text": "paid"})
    await office.act("confirm-fact", "CLEARED")


async def _mismatched(desk: PureDesk[Any]) -> None:
    office = Office(desk)
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "MISMATCH", form={"text": "another's"})
    await office.act("match", "MISMATCH", unit="tax")


async def _drafted(desk: PureDesk[Any]) -> None:
    office = Office(desk)
    await office.to_integrity()
    await office.act("opinion-draft", "NO_OBJECTION")
    await office.act("opinion-head", "NO_OBJECTION")


async def _reported(desk: PureDesk[Any]) -> None:
    office = Office(desk)
    await office.posted()
    await office.report()


async def _counting(desk: PureDesk[Any]) -> None:
    office = Office(desk)
    await office.ready()
    await office.election(ELECTION)
    recheck = (await desk.case()).upcoming
    assert recheck is not None
    while not (await desk.case()).open_tasks("recheck"):
        await _to_the_next(desk)
    await office.confirmed()
    await desk.until(ELECTION)


async def _to_the_next(desk: PureDesk[Any]) -> None:
    """Whatever time brings next has come."""
    due: datetime | None = desk.decider.next_instant(desk.current, desk.policy, desk.now)
    assert due is not None
    await desk.until(due)


async def _planned(desk: PureDesk[Any]) -> None:
    await Commission(desk).planned()


async def _urgent(desk: PureDesk[Any]) -> None:
    commission = Commission(desk)
    await commission.planned("URGENT")
    await commission.decides("DECIDED")


async def _verified(desk: PureDesk[Any]) -> None:
    commission = Commission(desk)
    await commission.heard()
    await commission.act("verify", "UNPROVEN", signature=1)


async def _looked(desk: PureDesk[Any]) -> None:
    await People(desk).act("look", "OTHER_PERSON", form={"days": 30})


def _act(kind: str, outcome: str, **more: Any) -> Acts:
    return lambda desk: People(desk).act(kind, outcome, **more)


DECISIONS: dict[str, Decision] = {
    "the last department has nothing": Decision(
        opening(), _consulted, _act("reply-sign", "CONFIRM", unit="tax"), "stage-entered", ("stage", "ST06")
    ),
    "a fact is cleared": Decision(
        opening(), _confirmed, _act("confirm-fact-sign", "CONFIRM"), "hit-ruled", ("ruling", "CLEARED")
    ),
    "a fact is another's": Decision(
        opening(), _mismatched, _act("match-sign", "CONFIRM", unit="tax"), "hit-cancelled"
    ),
    "the integrity opinion is clear": Decision(
        opening(), _drafted, _act("opinion-leader", "NO_OBJECTION"), "stage-entered", ("stage", "ST09")
    ),
    "a report is untrue": Decision(
        opening(), _reported, _act("check-report", "UNTRUE"), "report-answered", ("ending", "UNTRUE")
    ),
    "elected": Decision(
        opening(),
        _counting,
        lambda desk: Office(desk).counted("ELECTED", present=100, votes_for=70),
        "case-ended",
        ("state", "ELECTED"),
    ),
    "kept by the vote": Decision(
        removal_opening(),
        _planned,
        lambda desk: Commission(desk).votes("KEPT", (131, 100, 10)),
        "case-ended",
        ("state", "KEPT"),
    ),
    "kept because nothing is ratified": Decision(
        removal_opening(),
        _urgent,
        lambda desk: Commission(desk).votes("NOT_RATIFIED", (131, 100, 10), "ratify"),
        "member-restored",
    ),
    "kept because nothing is proven": Decision(
        removal_opening(),
        _verified,
        lambda desk: Commission(desk).act("verify", "UNPROVEN", signature=2),
        "member-restored",
    ),
    "kept because the plan is stopped": Decision(
        removal_opening(),
        lambda desk: _until_plan(Commission(desk)),
        _act("plan", "STOPPED", form=MINUTES),
        "case-ended",
        ("state", "KEPT"),
    ),
    "an entry means somebody else": Decision(
        enquiries()[0], _looked, _act("look-sign", "CONFIRM"), "case-ended", ("state", "NOT_MEANT")
    ),
}
"""By name. Of whom it is decided against, or about nobody, nothing is said here."""


async def _until_plan(commission: Commission) -> None:
    await commission.heard()
    await commission.verified()
    await commission.opinion()
    await commission.act("plan-department", "PROPOSE", form=MINUTES)
    await commission.act("plan-party-group", "PROPOSE", form=MINUTES)
