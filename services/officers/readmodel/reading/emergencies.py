"""What somebody may read in an emergency: the request that was granted, and the cases within its reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.case import CaseKind
from contracts.emergency import Reach
from contracts.vocabulary import Stage
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.visible import hangs_under_barred, recused
from services.officers.readmodel.tables import CaseRow


@dataclass(frozen=True)
class Granted:
    """An emergency that was granted to somebody."""

    row: CaseRow
    account_id: str
    person_id: str
    purpose: str
    reach: Reach
    until: datetime

    def lasts(self, now: datetime) -> bool:
        """Whether it lets them read now."""
        return self.row.stage == Stage.EMERGENCY and now < self.until


async def request(session: AsyncSession, case_id: str) -> CaseRow | None:
    """The request of this id, whoever asks."""
    wanted = select(CaseRow).where(CaseRow.case_id == case_id, CaseRow.kind == CaseKind.ACCESS)
    return (await session.exec(wanted)).first()


def granted(row: CaseRow) -> Granted | None:
    """What was granted by the request; None where it is no emergency, or nobody granted it."""
    said: dict[str, Any] | None = row.facts.get("emergency")
    if said is None:
        return None
    return Granted(
        row,
        said["account_id"],
        said["person_id"],
        said["purpose"],
        Reach.model_validate(said["reach"]),
        datetime.fromisoformat(said["until"]),
    )


async def case(session: AsyncSession, scope: Scope, reach: Reach, case_id: str) -> CaseRow | None:
    """The case, where it lies within the reach and nothing keeps its reader from it."""
    wanted = select(CaseRow).where(CaseRow.case_id == case_id, _readable(scope, reach))
    return (await session.exec(wanted)).first()


async def cases_after(
    session: AsyncSession, scope: Scope, reach: Reach, after: str, limit: int
) -> Sequence[CaseRow]:
    """A page of the cases within the reach, in the order of their ids."""
    wanted = select(CaseRow).where(col(CaseRow.case_id) > after, _readable(scope, reach))
    return (await session.exec(wanted.order_by(col(CaseRow.case_id)).limit(limit))).all()


async def about(session: AsyncSession, case_id: str) -> CaseRow | None:
    """A case that is about somebody, whoever asks."""
    wanted = select(CaseRow).where(CaseRow.case_id == case_id, CaseRow.person_id != "")
    return (await session.exec(wanted)).first()


def _readable(scope: Scope, reach: Reach) -> ColumnElement[bool]:
    """Cases about somebody else, from which no conflict keeps the reader: an emergency relaxes none (SOD-06)."""
    column, reached = col(CaseRow.case_id), reach.case_id
    if reached is None:
        column, reached = col(CaseRow.district), reach.district
    others = (column == reached, col(CaseRow.person_id).not_in(["", *sorted(scope.ids)]))
    return and_(*others, ~recused(scope), ~hangs_under_barred(scope))
