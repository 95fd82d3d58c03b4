"""What one case asks of another, under a claim by which it is known (D17)."""

from typing import TypeVar

from contracts import names
from contracts.claim import Claim, Owing
from contracts.commands.base import Command
from contracts.commands.opening import AS_RELEASED, Opening
from contracts.policy import loader
from services.kit.claims import signed
from services.kit.signing import SigningKey

C = TypeVar("C", bound=Command)


def claimed_errand(command: C, key: SigningKey, owing_case: str, number: int, target: str) -> C:
    """The command for this case, claimed in the name of whoever did the act that owes it and at its instant.

    What time owes is claimed in the system's name. An opening that only names its version is given the bytes that were
    released; UnknownVersionError while none were.
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
    claimed = _as_released(command).claimed_as(claim)
    return claimed.model_copy(update={"claim": signed(claimed.claim, key)})


def _as_released(command: C) -> C:
    if not isinstance(command, Opening) or command.policy_digest != AS_RELEASED:
        return command
    return command.model_copy(update={"policy_digest": loader.digest(command.policy)})
