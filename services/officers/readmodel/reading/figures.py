"""The figures that the office must report, counted from the read model: numbers, districts, units and codes only.

Everything follows from the record. A case counts once however often it was touched, whoever was nominated twice in the
case that stands; a veto that fell counts no more, nor does a removal that a review revoked.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, and_, case, func, literal, true
from sqlmodel import col, select

from contracts.case import CaseKind
from contracts.events.removal import MemberRestored
from contracts.events.review import HitCancelled, HitFacts, HitFound, HitRuled
from contracts.sealed import Sealed
from contracts.vocabulary import CaseState, Ruling
from services.kit.db import Session
from services.kit.sealing import Keyring, open_sealed
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.shown_state import shown_state
from services.officers.readmodel.reading.standstill import Holds, within
from services.officers.readmodel.reading.timing import Span
from services.officers.readmodel.reading.timing import over as until_now
from services.officers.readmodel.reading.visible import (
    barred_cases,
    cases_in,
    recused,
    tasks_in,
)
from services.officers.readmodel.tables import CaseRow, EventRow, TaskRow

DAY = 24 * 3600
_OF_HITS = (HitFound.type, HitRuled.type, HitCancelled.type)


@dataclass(frozen=True)
class Over:
    """What is counted: one batch or all, as far as the scope shows it; without a scope everything.

    A number is as good as a list: it goes through the same filter, and counts no case from which the caller is kept.
    """

    batch: str = ""
    scope: Scope | None = None
    while_held: frozenset[str] = frozenset()
    """The stages that go on during a hold, where no scope says them."""

    def cases(self) -> tuple[ColumnElement[bool], ...]:
        """Which cases count, of whatever batch."""
        return () if self.scope is None else (cases_in(self.scope), ~recused(self.scope))

    def tasks(self) -> tuple[ColumnElement[bool], ...]:
        """Which tasks count, of whatever batch."""
        if self.scope is None:
            return ()
        return (tasks_in(self.scope), col(TaskRow.case_id).not_in(barred_cases(self.scope)))

    def state(self) -> ColumnElement[str]:
        """Where a case stands."""
        return cast(ColumnElement[str], col(CaseRow.state)) if self.scope is None else shown_state(self.scope)

    def within(self, span: Span) -> ColumnElement[bool]:
        """Whether a task is open and due in the span; one whose clock stands is late for nobody."""
        return within(span, Holds(self.while_held) if self.scope is None else Holds.known_to(self.scope))


@dataclass(frozen=True)
class Late:
    """Open tasks of a role, for a unit where they name one, whose deadline is over."""

    role: str
    unit: str
    district: str
    tasks: int
    oldest_days: int
    """Whole days since the earliest of their deadlines."""


@dataclass(frozen=True)
class Age:
    """Open cases of a kind in a state, and for how many whole days the oldest of them has been open."""

    kind: str
    state: str
    cases: int
    oldest_days: int


@dataclass(frozen=True)
class Figures:
    """All of them, at one instant."""

    nominees: dict[str, int] = field(default_factory=dict)
    """By district. Who was nominated twice in a batch counts where the nominations were merged."""
    vetoed: dict[str, int] = field(default_factory=dict)
    """Nominees whose case ended with a veto, by district."""
    vetoes: dict[tuple[str, str], int] = field(default_factory=dict)
    """Vetoes by item and district; who was vetoed for two items counts in both."""
    cumulative: int = 0
    """Vetoed nominees of all batches to date, in the same districts."""
    removals: dict[str, int] = field(default_factory=dict)
    """Removals by where they stand or how they ended; one that was revoked is no removal, however it had ended."""
    overdue: tuple[Late, ...] = ()
    ageing: tuple[Age, ...] = ()

    @property
    def rate(self) -> int | None:
        """Vetoed of all nominees in tenths of a percent, half up; None when there is no nominee."""
        return rate(sum(self.vetoed.values()), sum(self.nominees.values()))


def rate(part: int, whole: int) -> int | None:
    """Tenths of a percent, half up: 23 of 992 are 23 tenths, which is 2.3 %."""
    return (2000 * part + whole) // (2 * whole) if whole else None


async def figures(session: Session, keyring: Keyring, over: Over, now: datetime) -> Figures:
    """Count. `keyring` opens the facts of vetoes for their items, and for nothing else of them."""
    nominations = (col(CaseRow.kind) == CaseKind.NOMINATION, *over.cases())
    ever_vetoed = (*nominations, col(CaseRow.state) == CaseState.VETOED)
    vetoed = (*ever_vetoed, _of_batch(over))
    removals = (col(CaseRow.kind) == CaseKind.REMOVAL, *over.cases())
    district = cast(ColumnElement[str], col(CaseRow.district))
    return Figures(
        nominees=await _by(session, district, (*nominations, ~_merged(), _of_batch(over))),
        vetoed=await _by(session, district, vetoed),
        vetoes=await _items(session, keyring, vetoed),
        cumulative=sum((await _by(session, district, ever_vetoed)).values()),
        removals=await _by(session, _standing(over), removals),
        overdue=await _overdue(session, over, now),
        ageing=await ageing(session, over, now),
    )


def _merged() -> ColumnElement[bool]:
    return col(CaseRow.state) == CaseState.MERGED


def _standing(over: Over) -> ColumnElement[str]:
    """Where a removal stands: one that took a seat which the member was given back is revoked."""
    restored = select(literal(1)).where(
        col(EventRow.case_id) == col(CaseRow.case_id), col(EventRow.type) == MemberRestored.type
    )
    took = col(CaseRow.state).in_((CaseState.REMOVED.value, CaseState.RESIGNED.value))
    revoked = and_(took, restored.correlate(CaseRow).exists())
    # Named, so that both databases group by what they show.
    return case((revoked, CaseState.REVOKED.value), else_=over.state()).label("standing")


async def _by(
    session: Session, column: ColumnElement[str], which: Iterable[ColumnElement[bool]]
) -> dict[str, int]:
    wanted = select(column, func.count()).select_from(CaseRow).where(*which).group_by(column).order_by(column)
    return dict((await session.exec(wanted)).all())


async def _items(
    session: Session, keyring: Keyring, vetoed: tuple[ColumnElement[bool], ...]
) -> dict[tuple[str, str], int]:
    """The item of each hit that was last ruled a veto, and was not found to be another's fact."""
    districts = dict((await session.exec(select(CaseRow.case_id, CaseRow.district).where(*vetoed))).all())
    told = (
        select(EventRow)
        .where(col(EventRow.case_id).in_(select(CaseRow.case_id).where(*vetoed)))
        .where(col(EventRow.type).in_(_OF_HITS))
        .order_by(col(EventRow.case_id), col(EventRow.sequence))
    )
    found: dict[tuple[str, int], EventRow] = {}
    ruled: dict[tuple[str, int], str] = {}
    for event in (await session.exec(told)).all():
        place = (event.case_id, int(event.payload["hit"]))
        if event.type == HitFound.type:
            found[place] = event
        else:
            # One that is cancelled is ruled on no more.
            ruled[place] = event.payload.get("ruling", "")
    counted: Counter[tuple[str, str]] = Counter()
    for place, ruling in ruled.items():
        if ruling == Ruling.VETO:
            counted[(_item(found[place], keyring), districts[place[0]])] += 1
    return dict(sorted(counted.items()))


def _item(event: EventRow, keyring: Keyring) -> str:
    opened = open_sealed(Sealed.model_validate(event.sealed), event.event_id, keyring)
    return HitFacts.model_validate(opened).fact.item


async def _overdue(session: Session, over: Over, now: datetime) -> tuple[Late, ...]:
    late = (over.within(until_now(now)), *over.tasks())
    of_batch = true() if not over.batch else col(TaskRow.parent) == over.batch
    wanted = select(TaskRow.role, TaskRow.unit, TaskRow.district, TaskRow.due).where(*late, of_batch)
    dues: dict[tuple[str, str, str], list[datetime]] = {}
    for role, unit, district, due in (await session.exec(wanted)).all():
        dues.setdefault((role, unit, district), []).append(due or now)
    return tuple(Late(*place, len(all_of), days(min(all_of), now)) for place, all_of in sorted(dues.items()))


async def ageing(session: Session, over: Over, now: datetime) -> tuple[Age, ...]:
    """Open cases by kind and state, and how old the oldest is."""
    open_ones = (col(CaseRow.ended_at).is_(None), _of_batch(over), *over.cases())
    kind, state = col(CaseRow.kind), over.state().label("state")
    aged = select(kind, state, func.count(), func.min(CaseRow.opened_at)).where(*open_ones)
    wanted = aged.where(kind != CaseKind.INTEGRITY).group_by(kind, state)
    rows = (await session.exec(wanted.order_by(kind, state))).all()
    return tuple(Age(kind, state, many, days(first, now)) for kind, state, many, first in rows)


def days(since: datetime, now: datetime) -> int:
    """Whole days from the one to the other."""
    return max(0, int((now - since).total_seconds() // DAY))


def _of_batch(over: Over) -> ColumnElement[bool]:
    return true() if not over.batch else col(CaseRow.parent) == over.batch
