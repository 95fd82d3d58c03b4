"""Batches, cases and their timelines, always through the caller's filter."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.visible import batches_in, cases_in, shown_stage, shown_state
from services.officers.readmodel.tables import BatchRow, CaseRow, ConflictRow, EventRow


@dataclass(frozen=True)
class CaseFilter:
    """What a list of cases is narrowed to; an empty string narrows nothing."""

    batch: str = ""
    district: str = ""
    state: str = ""
    stage: str = ""


@dataclass(frozen=True)
class ShownCase:
    """A case with state and stage as the caller may see them."""

    row: CaseRow
    state: str
    stage: str


async def batch(session: AsyncSession, scope: Scope, batch_id: str) -> BatchRow | None:
    """The batch, when the scope shows it."""
    wanted = select(BatchRow).where(BatchRow.batch_id == batch_id, batches_in(scope))
    return (await session.exec(wanted)).first()


async def batches_after(session: AsyncSession, scope: Scope, after: str, limit: int) -> Sequence[BatchRow]:
    """A page of batches in the order of their ids."""
    wanted = select(BatchRow).where(col(BatchRow.batch_id) > after, batches_in(scope))
    return (await session.exec(wanted.order_by(col(BatchRow.batch_id)).limit(limit))).all()


async def figures(session: AsyncSession, scope: Scope, batch_id: str) -> dict[str, int]:
    """How many of the batch's cases stand in which state, of those that the scope shows."""
    state = shown_state(scope).label("state")
    wanted = select(state, func.count()).where(CaseRow.batch_id == batch_id, cases_in(scope)).group_by(state)
    return dict(sorted((await session.exec(wanted)).all()))


async def case(session: AsyncSession, scope: Scope, case_id: str) -> ShownCase | None:
    """The case, when the scope shows it."""
    wanted = select(CaseRow, shown_state(scope), shown_stage(scope))
    found = (await session.exec(wanted.where(CaseRow.case_id == case_id, cases_in(scope)))).first()
    return None if found is None else ShownCase(*found)


async def cases_after(
    session: AsyncSession, scope: Scope, narrowed: CaseFilter, after: str, limit: int
) -> list[ShownCase]:
    """A page of cases in the order of their ids."""
    state, stage = shown_state(scope), shown_stage(scope)
    wanted = select(CaseRow, state, stage).where(col(CaseRow.case_id) > after, cases_in(scope))
    if narrowed.batch:
        wanted = wanted.where(CaseRow.batch_id == narrowed.batch)
    if narrowed.district:
        wanted = wanted.where(CaseRow.district == narrowed.district)
    if narrowed.state:
        wanted = wanted.where(state == narrowed.state)
    if narrowed.stage:
        wanted = wanted.where(stage == narrowed.stage)
    found = await session.exec(wanted.order_by(col(CaseRow.case_id)).limit(limit))
    return [ShownCase(*row) for row in found]


async def person_cases(session: AsyncSession, batch_id: str) -> dict[str, str]:
    """Case ids of a batch by the nominee's person id: who is nominated already."""
    wanted = select(CaseRow.person_id, CaseRow.case_id).where(CaseRow.batch_id == batch_id)
    return dict((await session.exec(wanted)).all())


async def recused(session: AsyncSession, case_id: str, person_id: str) -> bool:
    """Whether the person declared a conflict on the case."""
    return await session.get(ConflictRow, (case_id, person_id)) is not None


async def timeline(
    session: AsyncSession, case_id: str, after: int, limit: int, types: Sequence[str] = ()
) -> Sequence[EventRow]:
    """Events of a case in order, after a sequence; of these types only, when any are named."""
    wanted = select(EventRow).where(EventRow.case_id == case_id, col(EventRow.sequence) > after)
    if types:
        wanted = wanted.where(col(EventRow.type).in_(types))
    return (await session.exec(wanted.order_by(col(EventRow.sequence)).limit(limit))).all()
