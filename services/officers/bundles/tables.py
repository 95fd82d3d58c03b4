"""Bundles and their items."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column, json_column


class BundleRow(OfficersTable, table=True):
    """What an account signed at once. `shown` is the digest over which task was signed having seen which content."""

    __tablename__ = "bundles"

    bundle_id: str = Field(primary_key=True)
    account_id: str = Field(index=True)
    asked_at: datetime = Field(sa_column=instant_column(index=True))
    ends_at: datetime = Field(sa_column=instant_column())
    shown: str


class ItemRow(OfficersTable, table=True):
    """One task of a bundle. `sealed` holds what was said of it, until it has its result."""

    __tablename__ = "bundle_items"
    __table_args__ = (Index("bundle_items_by_state", "state", "item_id"),)

    item_id: str = Field(primary_key=True)
    """The bundle's id and the item's number in it: they sort as they were asked."""
    bundle_id: str = Field(index=True)
    number: int
    task_id: str
    state: str
    sealed: Any = Field(default=None, sa_column=json_column(nullable=True))
    code: str = ""
    sentence: Any = Field(default=None, sa_column=json_column(nullable=True))
    case_id: str = ""
    entry_index: int = 0
