"""How far the read model is, case by case: moved by the writing side, asked by whoever waits."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.statements import chunks, put
from services.officers.readmodel.tables import PositionRow


async def reached(session: AsyncSession, case_ids: Sequence[str]) -> dict[str, int]:
    """The last applied sequence of each of these cases that has one."""
    found: dict[str, int] = {}
    for part in chunks(case_ids):
        wanted = select(PositionRow.case_id, PositionRow.sequence).where(col(PositionRow.case_id).in_(part))
        found |= dict((await session.exec(wanted)).all())
    return found


async def move(session: AsyncSession, moved: Mapping[str, int]) -> None:
    """Store how far these cases have come."""
    rows = [{"case_id": case_id, "sequence": sequence} for case_id, sequence in moved.items()]
    await put(session, PositionRow, rows, key="case_id")
