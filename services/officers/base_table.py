"""The base of the officers' tables: a registry of their own, because several services may share a process."""

from typing import Any, ClassVar

from sqlalchemy import Column, MetaData
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from services.kit.db import JsonText, UtcDateTime


class OfficersTable(SQLModel, registry=registry()):
    """Rows are not validated by the table: what enters was validated at the edge."""

    metadata: ClassVar[MetaData]


def json_column(*, nullable: bool = False) -> Any:
    """A column that holds a JSON value as text."""
    return Column(JsonText, nullable=nullable)


def instant_column(*, nullable: bool = False, index: bool = False) -> Any:
    """A column that holds an aware instant."""
    return Column(UtcDateTime, nullable=nullable, index=index)
