"""The base of every command: a wire name, the idempotency key, and who asks."""

from typing import ClassVar

from contracts.actor import Actor
from contracts.base import Contract, Digest, OpaqueId


class Command(Contract):
    """`command_id` derives from account and Idempotency-Key; `body_digest` tells a repeat from another body."""

    name: ClassVar[str]
    command_id: OpaqueId
    actor: Actor
    body_digest: Digest


class Accepted(Contract):
    """What every accepted command answers: the case's sequence after it, and the record's index of its last event.

    It is answered only after the record holds all its events (D2).
    """

    case_id: OpaqueId
    sequence: int
    index: int
