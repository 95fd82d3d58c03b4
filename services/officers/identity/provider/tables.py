"""Which account one of the provider's people signs in to."""

from datetime import datetime

from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column


class ProviderLinkRow(OfficersTable, table=True):
    """One account, one of the provider's people. `subject_key` is a keyed digest of issuer and subject."""

    __tablename__ = "provider_links"

    account_id: str = Field(primary_key=True, foreign_key="accounts.account_id")
    subject_key: str = Field(unique=True)
    linked_at: datetime = Field(sa_column=instant_column())
