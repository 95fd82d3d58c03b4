"""A sentence or a name in the two languages that people read."""

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from contracts.base import Contract


class Text(Contract):
    """One sentence or name in the two languages that people read."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


def several(value: object) -> object:
    """In a policy's files one word may stand for a list of one."""
    return (value,) if isinstance(value, str) else value


Words: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(several)]
"""Words of a closed list, or one of them."""
