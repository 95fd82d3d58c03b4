"""Documents that were uploaded."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column, json_column


class DocumentRow(OfficersTable, table=True):
    """A document at a case, or at a batch for all of its cases, and at the task for which it was uploaded, if any.

    `named` holds the file's name, `sealed` its content; both open with the keys of whom the case concerns. `left_as`
    are the roles in which whoever uploaded it had to do with the case then, with spaces between; of a row without any
    nobody else follows.
    """

    __tablename__ = "documents"

    document_id: str = Field(primary_key=True)
    digest: str = Field(index=True)
    case_id: str = Field(index=True)
    task_id: str
    account_id: str = Field(index=True)
    person_id: str
    """Who uploaded it."""
    left_as: str = ""
    kind: str
    size: int
    scan: str
    named: Any = Field(sa_column=json_column())
    sealed: Any = Field(sa_column=json_column())
    uploaded_at: datetime = Field(sa_column=instant_column())
