"""The entries of the register of deputies: who stands in for whom, from when to when, and how long without a break."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col
from sqlmodel import select as rows

from services.kit.db import Session, Unit
from services.officers.identity.bonds.tables import DeputyRow

BREAK = timedelta(days=1)
"""Between two times of one deputy: days are what the policy counts, and less than one of them is no break."""

_DEPUTIES = DeputyRow.metadata.tables["deputies"].c


@dataclass(frozen=True)
class Span:
    """From when to when somebody stands in."""

    starts: datetime
    ends: datetime

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.ends - self.starts

    def meets(self, other: "Span") -> bool:
        """Whether both last at some instant."""
        return self.starts < other.ends and other.starts < self.ends

    def run_with(self, others: Sequence["Span"]) -> "Span":
        """The span with all of the others that no break parts from it."""
        run = self
        for other in sorted(others, key=lambda one: one.starts, reverse=True):
            run = run._joined(other)
        for other in sorted(others, key=lambda one: one.starts):
            run = run._joined(other)
        return run

    def _joined(self, other: "Span") -> "Span":
        if self.starts - BREAK >= other.ends or other.starts - BREAK >= self.ends:
            return self
        return Span(min(self.starts, other.starts), max(self.ends, other.ends))


def of_deputy(unit: Unit, deputy: str) -> dict[str, list[Span]]:
    """By principal when this person stands in for them, over or to come; what was ended before it began is none."""
    found: dict[str, list[Span]] = {}
    wanted = select(_DEPUTIES.principal_id, _DEPUTIES.starts, _DEPUTIES.ends)
    here = wanted.where(_DEPUTIES.deputy_id == deputy, _DEPUTIES.starts < _DEPUTIES.ends)
    for principal, starts, ends in unit.execute(here):
        found.setdefault(principal, []).append(Span(starts, ends))
    return found


async def one(session: Session, entry_id: str) -> DeputyRow | None:
    """An entry; None when there is none of this id."""
    return await session.get(DeputyRow, entry_id)


async def end(session: Session, row: DeputyRow, now: datetime) -> DeputyRow:
    """Nobody acts in the principal's place any more: it ends now, and never later than was said."""
    row.ends = min(row.ends, now)
    session.add(row)
    return row


async def of_person(session: Session, ids: Collection[str], now: datetime) -> Sequence[DeputyRow]:
    """Who acts in the place of the person of these ids or in whose place the person acts, now or later."""
    mine = sorted(ids)
    wanted = rows(DeputyRow).where(
        col(DeputyRow.principal_id).in_(mine) | col(DeputyRow.deputy_id).in_(mine), col(DeputyRow.ends) > now
    )
    return (await session.exec(wanted.order_by(col(DeputyRow.starts)))).all()


async def ever(session: Session, ids: Collection[str]) -> Sequence[DeputyRow]:
    """Everybody who ever acted, or is to act, in the place of the person of these ids."""
    wanted = rows(DeputyRow).where(col(DeputyRow.principal_id).in_(sorted(ids)))
    return (await session.exec(wanted.order_by(col(DeputyRow.starts)))).all()


async def after(session: Session, entry_id: str, limit: int) -> Sequence[DeputyRow]:
    """A page of all entries that there ever were, in the order of their ids."""
    wanted = rows(DeputyRow).where(col(DeputyRow.entry_id) > entry_id)
    return (await session.exec(wanted.order_by(col(DeputyRow.entry_id)).limit(limit))).all()
