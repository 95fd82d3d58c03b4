"""Lists as they were brought: rows that are found by keyed digests, and that are otherwise sealed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column, json_column


class ListFileRow(OfficersTable, table=True):
    """A file of a list whose rows are all here. Which of them counts the record says, by the same digest."""

    __tablename__ = "list_files"

    list: str = Field(primary_key=True)
    file_digest: str = Field(primary_key=True)
    entries_digest: str
    entries: int
    brought_at: datetime = Field(sa_column=instant_column())


class ListLineRow(OfficersTable, table=True):
    """One line of such a file. `off`: it takes the entry with these keys off the list.

    `match_key` and `name_key` are keyed digests of number and name: they find, they do not tell. `sealed` is the
    entry, and opens with list, file and line.
    """

    __tablename__ = "list_lines"
    __table_args__ = (
        Index("list_lines_by_number", "match_key", "list"),
        Index("list_lines_by_name", "name_key", "list"),
    )

    list: str = Field(primary_key=True)
    file_digest: str = Field(primary_key=True)
    line: int = Field(primary_key=True)
    match_key: str
    name_key: str
    paper_key: str
    masked: bool
    off: bool
    digest: str
    sealed: Any = Field(sa_column=json_column())
