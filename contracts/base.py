"""The base of every wire type: frozen, closed, and strict about time."""

from typing import Annotated, ClassVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints

Instant = AwareDatetime
"""A point in time with its zone; a naive one is refused."""

OpaqueId = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_.:\-]{0,120}$")]
"""An identifier that says nothing about a person: safe in ids, subjects and logs."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""Lower-case hexadecimal SHA-256."""

NO_DIGEST = "0" * 64
"""Stands before the first event of a case."""


def unsaid(value: object) -> bool:
    """Whether a field need not be written: it says nothing, as what binds nobody, or what came to a record later."""
    return not value


class Contract(BaseModel):
    """A value on the wire: it cannot be changed, and an unknown field is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    whose: ClassVar[str] = ""
    """The field that names whom it is about: sealed, it needs their own keys besides (contracts/whose.py)."""
