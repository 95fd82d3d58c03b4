"""What one case asks of another, under a claim by which it is known (D17)."""

from typing import TypeVar

from contracts.commands.base import Command
from contracts.commands.opening import Opening
from contracts.errand import errand_claim
from contracts.policy import loader
from services.kit.claims import signed
from services.kit.signing import SigningKey

C = TypeVar("C", bound=Command)


def claimed_errand(command: C, key: SigningKey, owing_case: str, number: int, target: str) -> C:
    """The command for this case, under the claim that the owing step promised.

    An opening that only names its version is given the bytes that were released; UnknownVersionError while none were.
    A repeat is the same byte for byte. `number` is that of the errand in the owing case.
    """
    claim = signed(errand_claim(command, owing_case, number, target), key)
    return _as_released(command).model_copy(update={"claim": claim})


def _as_released(command: C) -> C:
    if not isinstance(command, Opening) or not command.as_released:
        return command
    return command.model_copy(update={"policy_digest": loader.digest(command.policy)})
