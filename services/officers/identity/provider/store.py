"""Links of accounts with the provider's people, in the database."""

from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.statements import inserted
from services.officers.identity.provider.tables import ProviderLinkRow
from services.officers.identity.tables import AccountRow


async def account_of(session: AsyncSession, subject_key: str) -> AccountRow | None:
    """The account that is linked with this one of the provider's people."""
    wanted = select(AccountRow).join(
        ProviderLinkRow, col(ProviderLinkRow.account_id) == col(AccountRow.account_id)
    )
    return (await session.exec(wanted.where(ProviderLinkRow.subject_key == subject_key))).first()


async def link_of(session: AsyncSession, account_id: str) -> ProviderLinkRow | None:
    """The account's link."""
    return await session.get(ProviderLinkRow, account_id)


async def add(session: AsyncSession, row: dict[str, Any]) -> bool:
    """Link them; False when either is linked already."""
    return await inserted(session, ProviderLinkRow, row)


async def remove(session: AsyncSession, account_id: str) -> bool:
    """Undo the account's link; False when there is none."""
    gone = await session.exec(delete(ProviderLinkRow).where(col(ProviderLinkRow.account_id) == account_id))
    return bool(gone.rowcount)
