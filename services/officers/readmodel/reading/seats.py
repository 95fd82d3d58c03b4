"""What the read model knows of somebody's seats: removals that are open, and the cases that follow them."""

from dataclasses import dataclass

from sqlmodel import col, select

from contracts.case import CaseKind
from contracts.events.tenure import TenureOpened
from contracts.matter import Recommender
from services.kit.db import Session
from services.officers.readmodel.tables import CaseRow, EventRow


@dataclass(frozen=True)
class Held:
    """A seat of the person, by the case that is about it."""

    case_id: str
    kind: str
    district: str
    seat: str


async def held(session: Session, person_id: str) -> list[Held]:
    """Open removals of the person, and the tenures that have not ended, in the order of their ids."""
    wanted = select(CaseRow).where(
        CaseRow.person_id == person_id,
        col(CaseRow.kind).in_((CaseKind.REMOVAL.value, CaseKind.TENURE.value)),
        col(CaseRow.ended_at).is_(None),
    )
    rows = await session.exec(wanted.order_by(col(CaseRow.case_id)))
    return [Held(row.case_id, row.kind, row.district, str(row.facts.get("seat", ""))) for row in rows]


async def recommenders(session: Session, tenure: str) -> tuple[Recommender, ...]:
    """Who recommended the member: the case that follows the seat says it when it is opened, and never otherwise."""
    wanted = select(EventRow.payload).where(EventRow.case_id == tenure, EventRow.type == TenureOpened.type)
    opened = (await session.exec(wanted)).first() or {}
    return tuple(Recommender.model_validate(one) for one in opened.get("recommended_by", ()))
