"""Documents in the database."""

from collections.abc import Collection, Sequence

from sqlalchemy import func
from sqlalchemy.orm import defer
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.officers.documents.tables import DocumentRow
from services.officers.readmodel.tables import CaseRow


async def document(session: AsyncSession, document_id: str) -> DocumentRow | None:
    """The document with its content."""
    return (await session.exec(select(DocumentRow).where(DocumentRow.document_id == document_id))).first()


async def at_case(session: AsyncSession, case_id: str) -> Sequence[DocumentRow]:
    """The documents of a case or batch, oldest first, without their contents."""
    wanted = select(DocumentRow).options(defer(DocumentRow.sealed)).where(DocumentRow.case_id == case_id)
    return (
        await session.exec(wanted.order_by(col(DocumentRow.uploaded_at), col(DocumentRow.document_id)))
    ).all()


async def count(session: AsyncSession, case_id: str, account_id: str) -> int:
    """How many documents the account has uploaded to a case or batch."""
    mine = (DocumentRow.case_id == case_id, DocumentRow.account_id == account_id)
    return (await session.exec(select(func.count()).where(*mine))).one()


async def uploaded(session: AsyncSession, case_id: str, digests: Collection[str]) -> frozenset[str]:
    """Those of these digests that somebody uploaded to the case, or to its batch."""
    parent = select(CaseRow.parent).where(CaseRow.case_id == case_id)
    here = (col(DocumentRow.case_id) == case_id) | col(DocumentRow.case_id).in_(parent)
    wanted = select(DocumentRow.digest).where(col(DocumentRow.digest).in_(sorted(digests)), here)
    return frozenset((await session.exec(wanted)).all())
