"""What was set aside: which cases wait, and for what."""

from sqlalchemy import func
from sqlmodel import col, select

from services.kit.db import Database
from services.notices.tables import FileRow, ParkedRow


async def waiting_cases(database: Database) -> dict[str, int]:
    """Cases with events set aside, each with the sequence applied last."""
    query = select(ParkedRow.case_id).distinct()
    async with database.read() as session:
        cases = list((await session.exec(query)).all())
        rows = await session.exec(
            select(FileRow.case_id, FileRow.sequence).where(col(FileRow.case_id).in_(cases))
        )
        reached = dict(rows.all())
    return {case_id: reached.get(case_id, 0) for case_id in cases}


async def parked_page(database: Database, after: str, limit: int) -> list[ParkedRow]:
    """Events set aside, by event id above `after`."""
    query = (
        select(ParkedRow)
        .where(col(ParkedRow.event_id) > after)
        .order_by(col(ParkedRow.event_id))
        .limit(limit)
    )
    async with database.read() as session:
        return list((await session.exec(query)).all())


async def parked_count(database: Database) -> int:
    """How many events are set aside."""
    async with database.read() as session:
        return (await session.exec(select(func.count()).select_from(ParkedRow))).one()
