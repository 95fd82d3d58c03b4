"""Batches, cases and their timelines, always through the caller's filter."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, false, func, literal, or_, union, union_all
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.case import CaseKind
from contracts.vocabulary import CaseState
from services.kit.db import Unit
from services.kit.statements import chunks
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.shown_state import shown_state
from services.officers.readmodel.reading.visible import (
    barred_cases,
    batches_in,
    cases_in,
    hangs_under_barred,
    of_team,
    own_or_named,
    recused,
    ways_to_cases,
)
from services.officers.readmodel.tables import BatchRow, CaseRow, EventRow


@dataclass(frozen=True)
class CaseFilter:
    """What a list of cases is narrowed to; an empty string narrows nothing."""

    kind: str = ""
    parent: str = ""
    district: str = ""
    state: str = ""
    stage: str = ""


@dataclass(frozen=True)
class ShownCase:
    """A case with state and stage as the caller may see them."""

    row: CaseRow
    state: str
    recused: bool
    """The caller is kept from it and sees its number only."""


async def batch(session: AsyncSession, scope: Scope, batch_id: str) -> BatchRow | None:
    """The batch, when the scope shows it."""
    wanted = select(BatchRow).where(BatchRow.batch_id == batch_id, batches_in(scope))
    return (await session.exec(wanted)).first()


async def versions_of(session: AsyncSession, batch_ids: Sequence[str]) -> dict[str, str]:
    """By batch the version that it keeps, whoever asks: no batch that is unknown stands there."""
    wanted = select(BatchRow.batch_id, BatchRow.policy).where(col(BatchRow.batch_id).in_(batch_ids))
    return dict((await session.exec(wanted)).all())


async def titles(session: AsyncSession, most: int) -> Sequence[tuple[str, str, str]]:
    """Of every batch number, title and version, whoever asks: nothing of its cases."""
    wanted = select(BatchRow.batch_id, BatchRow.title, BatchRow.policy)
    found = (await session.exec(wanted.order_by(col(BatchRow.batch_id)).limit(most))).all()
    return [(ident, title, policy) for ident, title, policy in found]


async def batches_after(session: AsyncSession, scope: Scope, after: str, limit: int) -> Sequence[BatchRow]:
    """A page of batches in the order of their ids."""
    wanted = select(BatchRow).where(col(BatchRow.batch_id) > after, batches_in(scope))
    return (await session.exec(wanted.order_by(col(BatchRow.batch_id)).limit(limit))).all()


async def figures(session: AsyncSession, scope: Scope, batch_id: str) -> dict[str, int]:
    """How many of the batch's nominations stand in which state, of those that the scope shows."""
    state = shown_state(scope).label("state")
    seen = (CaseRow.parent == batch_id, CaseRow.kind == CaseKind.NOMINATION, cases_in(scope), ~recused(scope))
    wanted = select(state, func.count()).where(*seen).group_by(state)
    return dict(sorted((await session.exec(wanted)).all()))


async def case(session: AsyncSession, scope: Scope, case_id: str) -> ShownCase | None:
    """The case, when the scope shows it."""
    wanted = select(CaseRow, shown_state(scope), recused(scope))
    found = (await session.exec(wanted.where(CaseRow.case_id == case_id, cases_in(scope)))).first()
    return None if found is None else ShownCase(*found)


async def cases_after(
    session: AsyncSession, scope: Scope, narrowed: CaseFilter, after: str, limit: int
) -> list[ShownCase]:
    """A page of cases in the order of their ids.

    One query for each way in which cases are shown: each follows an index in order, which one over all could not.
    Of the few that are one's own the ids are asked first, or a filter would lead through all cases of that filter.
    """
    state = shown_state(scope)
    wanted = select(CaseRow, state, recused(scope)).where(
        col(CaseRow.case_id) > after, ~hangs_under_barred(scope)
    )
    pairs = (
        (col(CaseRow.kind), narrowed.kind),
        (col(CaseRow.parent), narrowed.parent),
        (col(CaseRow.district), narrowed.district),
        (state, narrowed.state),
        (col(CaseRow.stage), narrowed.stage),
    )
    wanted = wanted.where(*[column == value for column, value in pairs if value])
    if narrowed.state or narrowed.stage:
        # Where it stands is more than its number.
        wanted = wanted.where(~recused(scope))
    wanted = wanted.order_by(col(CaseRow.case_id)).limit(limit)
    found: dict[str, ShownCase] = {}
    few = (await session.exec(select(CaseRow.case_id).where(own_or_named(scope)))).all()
    for way in (*ways_to_cases(scope), *(col(CaseRow.case_id).in_(part) for part in chunks(few))):
        found |= {row[0].case_id: ShownCase(*row) for row in await session.exec(wanted.where(way))}
    return [found[case_id] for case_id in sorted(found)[:limit]]


async def nominated(session: AsyncSession, batch_id: str) -> dict[tuple[str, str], str]:
    """Case ids of a batch by the person concerned and the unit that nominated: who is nominated already."""
    of_batch = (CaseRow.parent == batch_id, CaseRow.kind == CaseKind.NOMINATION)
    wanted = select(CaseRow.person_id, CaseRow.unit, CaseRow.case_id).where(*of_batch)
    return {(person, unit): case_id for person, unit, case_id in (await session.exec(wanted)).all()}


async def brought(
    session: AsyncSession, people: Sequence[str], units: Collection[tuple[str, str]]
) -> set[str]:
    """Those of the people whom one of these units, each in its district, nominated in whatever batch."""
    theirs = [
        and_(col(CaseRow.unit) == unit, col(CaseRow.district) == place) for unit, place in sorted(units)
    ]
    by_them = or_(false(), *theirs)
    found: set[str] = set()
    for part in chunks(people):
        wanted = select(CaseRow.person_id).where(
            col(CaseRow.person_id).in_(part),
            by_them,
            CaseRow.kind == CaseKind.NOMINATION,
        )
        found |= set((await session.exec(wanted)).all())
    return found


async def about(session: AsyncSession, person_id: str) -> bool:
    """Whether any case is about this person, whoever asks."""
    wanted = select(CaseRow.case_id).where(CaseRow.person_id == person_id).limit(1)
    return (await session.exec(wanted)).first() is not None


async def events_of(session: AsyncSession, case_id: str, types: Sequence[str]) -> Sequence[EventRow]:
    """Events of these types of a case, in order."""
    wanted = select(EventRow).where(EventRow.case_id == case_id, col(EventRow.type).in_(types))
    return (await session.exec(wanted.order_by(col(EventRow.sequence)))).all()


async def events_elsewhere(session: AsyncSession, case: CaseRow, types: Sequence[str]) -> Sequence[EventRow]:
    """Events of these types in other cases of the same person and kind, case by case in order."""
    wanted = select(EventRow).join(CaseRow, col(CaseRow.case_id) == col(EventRow.case_id))
    wanted = wanted.where(
        CaseRow.person_id == case.person_id,
        CaseRow.kind == case.kind,
        CaseRow.case_id != case.case_id,
        col(EventRow.type).in_(types),
    )
    return (await session.exec(wanted.order_by(col(EventRow.case_id), col(EventRow.sequence)))).all()


def nominations(people: Any) -> Select[*tuple[Any, ...]]:
    """Who of these people was nominated, and by which unit."""
    cases = CaseRow.metadata.tables["cases"].c
    nominated = cases.kind == CaseKind.NOMINATION.value
    return core_select(cases.person_id, cases.unit).where(cases.person_id.in_(people), nominated)


def moved_since(unit: Unit, instant: datetime) -> list[tuple[str, str, int]]:
    """Kind, id and sequence of every batch, and of every case not yet filed, that moved since then."""
    in_batches = select(literal(CaseKind.BATCH.value), col(BatchRow.batch_id), col(BatchRow.sequence)).where(
        col(BatchRow.moved_at) >= instant
    )
    in_cases = select(col(CaseRow.kind), col(CaseRow.case_id), col(CaseRow.sequence)).where(
        col(CaseRow.moved_at) >= instant, col(CaseRow.filed_at).is_(None)
    )
    return [
        (kind, case_id, sequence) for kind, case_id, sequence in unit.execute(union_all(in_batches, in_cases))
    ]


def kind_of(unit: Unit, case_id: str) -> str | None:
    """Of which kind the case is, whoever asks; None for one that is not known yet."""
    found = unit.execute(select(col(CaseRow.kind)).where(col(CaseRow.case_id) == case_id)).scalar()
    return None if found is None else str(found)


def over(unit: Unit, case_id: str) -> bool:
    """Whether the case's file is closed."""
    closed = select(literal(1)).where(col(CaseRow.case_id) == case_id, col(CaseRow.filed_at).is_not(None))
    return unit.execute(closed).first() is not None


async def in_no_role(session: AsyncSession, scope: Scope) -> Sequence[str]:
    """Ids of the cases to which the caller has no way in any role: those of which they see the number only, and their
    own, of which they know what the person concerned is told (faults H2)."""
    own = select(CaseRow.case_id).where(col(CaseRow.person_id).in_(sorted(scope.ids)))
    found: Sequence[str] = (await session.exec(union(barred_cases(scope), own))).scalars().all()  # type: ignore[call-overload]
    return found


async def timeline(
    session: AsyncSession, case_id: str, after: int, limit: int, types: Sequence[str] = ()
) -> Sequence[EventRow]:
    """Events of a case in order, after a sequence; of these types only, when any are named."""
    wanted = select(EventRow).where(EventRow.case_id == case_id, col(EventRow.sequence) > after)
    if types:
        wanted = wanted.where(col(EventRow.type).in_(types))
    return (await session.exec(wanted.order_by(col(EventRow.sequence)).limit(limit))).all()


async def in_process(
    session: AsyncSession, kinds: Sequence[str], at: datetime, district: str
) -> Sequence[CaseRow]:
    """Cases of these kinds that had begun and not ended at an instant, in the order of ids; `all`: everywhere.

    One that ended by a veto goes on as long as its file is open: a re-check may be granted.
    """
    open_file = or_(col(CaseRow.filed_at).is_(None), col(CaseRow.filed_at) > at)
    wanted = select(CaseRow).where(
        col(CaseRow.kind).in_(kinds),
        col(CaseRow.opened_at) <= at,
        or_(
            col(CaseRow.ended_at).is_(None),
            col(CaseRow.ended_at) > at,
            and_(col(CaseRow.state) == CaseState.VETOED.value, open_file),
        ),
    )
    if district != "all":
        wanted = wanted.where(CaseRow.district == district)
    return (await session.exec(wanted.order_by(col(CaseRow.case_id)))).all()


async def sealed_events(
    session: AsyncSession, case_ids: Sequence[str], types: Sequence[str]
) -> Sequence[EventRow]:
    """The events of these cases that are of these types, with what is personal in them, oldest first."""
    wanted = select(EventRow).where(
        col(EventRow.case_id).in_(case_ids), col(EventRow.type).in_(types), col(EventRow.sealed).is_not(None)
    )
    return (await session.exec(wanted.order_by(col(EventRow.case_id), col(EventRow.sequence)))).all()


async def open_of(session: AsyncSession, kind: str) -> Sequence[CaseRow]:
    """The cases of a kind whose file is not closed."""
    wanted = select(CaseRow).where(CaseRow.kind == kind, col(CaseRow.filed_at).is_(None))
    return (await session.exec(wanted.order_by(col(CaseRow.case_id)))).all()


async def shown_of(session: AsyncSession, scope: Scope, case_ids: Collection[str]) -> set[str]:
    """Those of the cases to whose team the caller belongs, without those that they are kept from: never the own."""
    found: set[str] = set()
    for part in chunks(sorted(case_ids)):
        wanted = select(CaseRow.case_id).where(
            col(CaseRow.case_id).in_(part), cases_in(scope), of_team(scope), ~recused(scope)
        )
        found |= set((await session.exec(wanted)).all())
    return found


async def concerned_in(session: AsyncSession, case_ids: Collection[str]) -> dict[str, str]:
    """Whom each of these cases is about, whoever asks: what is noted says whose data it was."""
    found: dict[str, str] = {}
    for part in chunks(sorted(set(case_ids))):
        wanted = select(CaseRow.case_id, CaseRow.person_id).where(col(CaseRow.case_id).in_(part))
        found |= dict((await session.exec(wanted)).all())
    return found
