"""What may be asked about the policy itself (SOD-09): to release a version, and to apply one to batches that run."""

from typing import Literal

from contracts.base import Digest
from contracts.commands.base import Command
from contracts.commands.opening import CaseOpening
from contracts.transition import Applied, Transition


class ProposePolicy(CaseOpening):
    """Propose a version under the digest of its bytes; or, of one that is released, a rule of transition.

    `policy` is the version in force, by which the proposal itself is decided.
    """

    act: Literal["propose-policy"] = "propose-policy"
    version: str
    version_digest: Digest
    transition: Transition | None = None


class ApplyPolicy(Command):
    """Told to a batch by the rule of transition that was approved, and by the batch to its cases."""

    act: Literal["apply-policy"] = "apply-policy"
    applied: Applied
