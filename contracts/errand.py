"""What one case owes to others: recorded with the step that owes it, carried afterwards, repeated until it holds."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from contracts.base import Contract, Digest, OpaqueId
from contracts.canonical import digest_of
from contracts.case import KindName
from contracts.claim import Claim, Owing
from contracts.commands.base import Command
from contracts.commands.every import AnyCommand, AnyOpening
from contracts.names import errand_id


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


def errand_claim(command: Command, owing_case: OpaqueId, number: int, target: OpaqueId) -> Claim:
    """The claim under which a case is given what another owes it, not signed yet: whoever makes it makes the same.

    It is asked in the name of whoever did the act that owes it, and at its instant; what time owes, in the system's.
    """
    return Claim(
        command_id=errand_id(owing_case, number, target),
        target=target,
        act=command.act,
        body_digest=command.body_digest,
        actor=command.actor,
        at=command.claim.at,
        owed_by=Owing(case_id=owing_case, number=number),
    )


def promise(claim: Claim) -> Digest:
    """Stands in plain words where the errand is owed, and is held against what was asked under it (ADR 0040)."""
    return digest_of(claim.said())


def promises(errand: Errand, owing_case: OpaqueId) -> tuple[Digest, ...]:
    """One for each case that the errand concerns, in their order."""
    if isinstance(errand, Start):
        asked: list[tuple[OpaqueId, Command]] = [(opening.target, opening) for opening in errand.openings]
    else:
        asked = [(case_id, errand.command) for case_id in errand.case_ids]
    return tuple(promise(errand_claim(one, owing_case, errand.number, target)) for target, one in asked)
