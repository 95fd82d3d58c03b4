"""What was shown of who somebody is, by whatever means: spent and told in the transaction that it is shown for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.kit.db import Session
from services.officers.identity import store as people
from services.officers.identity.signin.failing import FailedError
from services.officers.identity.signin.noting import Note, What
from services.officers.identity.tables import AccountRow


@dataclass(frozen=True)
class Origin:
    """Where a request comes from: the address of the connection, never a header that anybody may write."""

    address: str
    agent: str


class Showing(Protocol):
    """Whose account it is, and by what that was shown."""

    @property
    def account(self) -> AccountRow:
        """As it stood when it was shown."""

    @property
    def methods(self) -> str:
        """What was shown, words with `+` between them."""

    @property
    def shown_at(self) -> datetime | None:
        """When, as somebody else says who was shown it; None: now, to us."""

    async def spend(self, session: Session) -> None:
        """Spend what is good once. RefusedError when another use was first."""


async def settle(session: Session, shown: Showing) -> AccountRow:
    """The account, nobody else's to change until this transaction ends; what was shown and is good once is spent in it.

    `credentials-wrong` when it was closed, or got another password, while the old one was being tried.
    """
    account = await people.locked(session, shown.account.account_id)
    if account is None or account.disabled or account.password_hash != shown.account.password_hash:
        raise FailedError("credentials-wrong", shown.account)
    await shown.spend(session)
    return account


def by(what: What, shown: Showing, origin: Origin, target: str = "") -> Note:
    """That whoever showed this did that."""
    return Note(
        what, shown.account.account_id, shown.account.person_id, origin.address, target, shown.methods
    )
