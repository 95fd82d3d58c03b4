"""What one case owes to others: recorded with the step that owes it, carried afterwards, repeated until it holds."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from contracts.base import Contract, OpaqueId
from contracts.case import KindName
from contracts.commands.every import AnyCommand, AnyOpening


class Start(Contract):
    """Begin these cases; one that has begun is left alone. The openings' claims are made when it is carried."""

    what: Literal["start"] = "start"
    number: int
    openings: tuple[AnyOpening, ...] = Field(min_length=1)


class Tell(Contract):
    """Give these cases of one kind the same command; one that has ended is passed over.

    The command's claim names the act that owes the errand; each case gets one of its own when it is carried.
    """

    what: Literal["tell"] = "tell"
    number: int
    kind: KindName
    case_ids: tuple[OpaqueId, ...] = Field(min_length=1)
    command: AnyCommand


Errand: TypeAlias = Annotated[Start | Tell, Field(discriminator="what")]
"""`number` counts the errands of the owing case from 1."""
