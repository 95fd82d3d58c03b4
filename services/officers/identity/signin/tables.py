"""The sessions that stand. A session that ended has no row: what became of it is told by the journal."""

from datetime import datetime

from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column


class SessionRow(OfficersTable, table=True):
    """A sign-in that stands until `good_until`, which every renewal moves, never beyond `ends_at`."""

    __tablename__ = "sessions"

    session_id: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="accounts.account_id", index=True)
    generation: int
    """That of the account when it began: one stroke ends every session, whoever ends them."""
    started_at: datetime = Field(sa_column=instant_column())
    authenticated_at: datetime = Field(sa_column=instant_column())
    """When it was last shown who it is."""
    renewed_at: datetime = Field(sa_column=instant_column())
    good_until: datetime = Field(sa_column=instant_column())
    ends_at: datetime = Field(sa_column=instant_column())
    methods: str
    """What was shown: `password`, and after a `+` the second factor."""
    address: str
    agent: str
    """What the program said of itself, for the person to know the session by."""
