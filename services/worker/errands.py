"""What one case asks of another, under a claim by which it is known (D17)."""

from typing import TypeVar

from contracts import names
from contracts.claim import Claim, Owing
from contracts.commands.base import Command
from services.kit.claims import signed
from services.kit.signing import SigningKey

C = TypeVar("C", bound=Command)


def claimed_errand(command: C, key: SigningKey, owing_case: str, number: int, target: str) -> C:
    """The command for this case, claimed in the name of whoever did the act that owes it and at its instant.

    What time owes is claimed in the system's name.
    A repeat is the same byte for byte. `number` is that of the errand in the owing case.
    """
    owed = command.claim
    claim = Claim(
        command_id=names.errand_id(owing_case, number, target),
        target=target,
        act=command.act,
        body_digest=owed.body_digest,
        actor=owed.actor,
        at=owed.at,
        owed_by=Owing(case_id=owing_case, number=number),
    )
    claimed = command.claimed_as(claim)
    return claimed.model_copy(update={"claim": signed(claimed.claim, key)})
