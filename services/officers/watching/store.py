"""Files of lists and their lines in the database."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.db import Session
from services.kit.statements import chunks, inserted, run
from services.officers.watching.tables import ListFileRow, ListLineRow


async def keep(session: Session, file: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> bool:
    """Keep a file with all its lines, or nothing; False when this very file of the list is here already."""
    if not await inserted(session, ListFileRow, dict(file)):
        return False
    for start in range(0, len(lines), _AT_ONCE):
        await run(
            session, ListLineRow.metadata.tables["list_lines"].insert(), lines[start : start + _AT_ONCE]
        )
    return True


async def lines_of(
    session: AsyncSession, list_code: str, files: Sequence[str], keys: Iterable[str], names: Iterable[str]
) -> list[ListLineRow]:
    """The lines of these files that have one of the numbers or of the names, each file's in their order."""
    found: dict[tuple[str, int], ListLineRow] = {}
    line = ListLineRow
    for column, values in (
        (col(line.match_key), sorted(set(keys))),
        (col(line.name_key), sorted(set(names))),
    ):
        for part in chunks(values):
            wanted = select(line).where(
                line.list == list_code, col(line.file_digest).in_(files), column.in_(part)
            )
            found |= {(row.file_digest, row.line): row for row in await session.exec(wanted)}
    order = {digest: place for place, digest in enumerate(files)}
    return [found[key] for key in sorted(found, key=lambda key: (order[key[0]], key[1]))]


async def here(session: AsyncSession, list_code: str, files: Sequence[str]) -> bool:
    """Whether all lines of these files are here."""
    wanted = select(ListFileRow.file_digest).where(
        ListFileRow.list == list_code, col(ListFileRow.file_digest).in_(files)
    )
    return set((await session.exec(wanted)).all()) == set(files)


async def others(
    session: AsyncSession, named: Collection[tuple[str, str]], before: datetime
) -> list[tuple[str, str]]:
    """The files, as list and digest, that are not among these and came before the instant."""
    wanted = select(ListFileRow.list, ListFileRow.file_digest).where(col(ListFileRow.brought_at) < before)
    return [one for one in (await session.exec(wanted)).all() if one not in named]


async def drop_all_but(session: AsyncSession, named: Collection[tuple[str, str]], before: datetime) -> int:
    """Drop the others with their lines; how many there were.

    Lines that no run will read again are other people's data: what a run went by the record says in digests.
    """
    over = await others(session, named, before)
    for table in (ListLineRow, ListFileRow):
        for list_code, digest in over:
            which = (col(table.list) == list_code, col(table.file_digest) == digest)
            await session.exec(delete(table).where(*which))
    return len(over)


_AT_ONCE = 2_000
