"""What must be known before somebody asks about their own data: whose the case is, and what they have asked already."""

from sqlmodel import col, select

from contracts.case import CaseKind
from services.kit.db import Session
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.visible import own_or_named
from services.officers.readmodel.tables import CaseRow


async def own_case(session: Session, scope: Scope, case_id: str) -> CaseRow | None:
    """The case of this id, if it is about the person and they may know of it."""
    wanted = select(CaseRow).where(CaseRow.case_id == case_id, own_or_named(scope))
    return (await session.exec(wanted)).first()


async def asked_already(session: Session, scope: Scope, case_id: str, right: str) -> bool:
    """Whether the person has asked the same from this case, and was not answered yet."""
    wanted = select(CaseRow).where(
        col(CaseRow.person_id).in_(sorted(scope.ids)),
        CaseRow.kind == CaseKind.DATA_REQUEST.value,
        CaseRow.parent == case_id,
        col(CaseRow.ended_at).is_(None),
    )
    return any(row.facts.get("right") == right for row in await session.exec(wanted))
