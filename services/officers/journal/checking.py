"""Walk the stored journal, and hold it against what the record was told of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.kit.db import Database
from services.officers.journal import store
from services.officers.journal.chain import Head, Walk
from services.officers.journal.store import Wanted

PAGE = 1000


@dataclass(frozen=True)
class Verdict:
    """How many rows hold, up to which the record was told, and what is wrong with the next; nothing when all hold."""

    count: int
    told: int
    reason: str = ""


async def verify(database: Database, told: Sequence[Head]) -> Verdict:
    """Check every row, from the first; `told` are the heads on the record."""
    walk, furthest = Walk(told), max((head.number for head in told), default=0)
    number = 0
    while True:
        async with database.read() as session:
            rows = await store.after(session, Wanted(), number, PAGE)
        for row in rows:
            fault = walk.fault(row.model_dump())
            if fault is not None:
                return Verdict(walk.head.number, furthest, fault)
        if not rows:
            return Verdict(walk.head.number, furthest, walk.unmet() or "")
        number = rows[-1].number
