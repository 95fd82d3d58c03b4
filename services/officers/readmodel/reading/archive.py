"""Files whose term of retention is over, and what keeps one of them all the same (domain §8.7)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.retention import last_year_due
from services.kit.db import Session
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.visible import cases_in, recused
from services.officers.readmodel.tables import CaseRow


@dataclass(frozen=True)
class DueFile:
    """A closed file whose term is over; `held`: something that rests on it is not closed."""

    case: CaseRow
    held: bool


async def due(session: Session, scope: Scope, on: date, after: str, limit: int) -> list[DueFile]:
    """A page of the files that need not be kept on this day any more, in the order of their ids.

    Each by the class that the version of its own case gives it.
    """
    over = or_(false(), *(_over(loader.released(version), on) for version in loader.versions()))
    resting = aliased(CaseRow)
    held = select(resting.case_id).where(
        or_(col(resting.parent) == col(CaseRow.case_id), col(resting.hangs_on) == col(CaseRow.case_id)),
        col(resting.case_id) != col(CaseRow.case_id),
        col(resting.filed_at).is_(None),
    )
    wanted = select(CaseRow, held.correlate(CaseRow).exists()).where(
        col(CaseRow.case_id) > after, over, cases_in(scope), ~recused(scope)
    )
    found = (await session.exec(wanted.order_by(col(CaseRow.case_id)).limit(limit))).all()
    return [DueFile(*one) for one in found]


def _over(policy: Policy, on: date) -> ColumnElement[bool]:
    """Files of cases under this version whose class is over."""
    zone = timezone(timedelta(hours=policy.calendar.utc_offset_hours))
    ways = [
        and_(
            col(CaseRow.state).in_([end.value for end in kept.ends]),
            col(CaseRow.filed_at) < datetime(last_year_due(on, kept.years) + 1, 1, 1, tzinfo=zone),
        )
        for kept in policy.retention
        if kept.years is not None
    ]
    return and_(col(CaseRow.policy) == policy.version, or_(false(), *ways))
