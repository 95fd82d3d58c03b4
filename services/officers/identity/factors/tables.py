"""What an account signs in with beside the password."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column, json_column


class FactorRow(OfficersTable, table=True):
    """An authenticator program or a passkey of an account. What was shown once is not taken again: see `counter`."""

    __tablename__ = "factors"

    factor_id: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="accounts.account_id", index=True)
    kind: str
    label: str
    """Empty, but for rows of before: what its owner calls it is sealed."""
    sealed: Any = Field(sa_column=json_column())
    """Holds the secret of a program, key and id of a passkey; and what its owner calls it."""
    credential: str = Field(default="", index=True)
    """Digest of a passkey's id, by which it is found; empty for a program."""
    confirmed: bool = False
    """Asked for at sign-in only once a code has shown that the program has the secret."""
    counter: int = -1
    """Of a program the last step whose code was taken; of a passkey how often it says that it signed."""
    added_at: datetime = Field(sa_column=instant_column())


class UsedTicketRow(OfficersTable, table=True):
    """A ticket that was answered, until it would have run out."""

    __tablename__ = "used_tickets"

    ticket_id: str = Field(primary_key=True)
    until: datetime = Field(sa_column=instant_column())


class RecoveryRow(OfficersTable, table=True):
    """A recovery code that was not used yet, as a digest."""

    __tablename__ = "recovery_codes"

    digest: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="accounts.account_id", index=True)
