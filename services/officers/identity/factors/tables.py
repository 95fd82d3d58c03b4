"""What an account signs in with beside the password."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column, json_column


class FactorRow(OfficersTable, table=True):
    """An authenticator program of an account. `last_step`: no code of this step or an earlier one is taken any more."""

    __tablename__ = "factors"

    factor_id: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="accounts.account_id", index=True)
    kind: str
    label: str
    sealed: Any = Field(sa_column=json_column())
    """Holds the secret."""
    confirmed: bool = False
    """Asked for at sign-in only once a code has shown that the program has the secret."""
    last_step: int = -1
    added_at: datetime = Field(sa_column=instant_column())


class RecoveryRow(OfficersTable, table=True):
    """A recovery code that was not used yet, as a digest."""

    __tablename__ = "recovery_codes"

    digest: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="accounts.account_id", index=True)
