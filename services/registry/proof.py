"""Who must have spoken before anything is recorded: the worker signs the step, an asker's claim stands in it (D17).

What the officers' service says of its journal it signs itself, and nobody asks for it.
"""

from pathlib import Path

from contracts.actor import SYSTEM
from contracts.claim import Signature
from contracts.envelope import Envelope
from contracts.names import JOURNAL, asks_by_itself
from contracts.record import JOURNAL_PURPOSE, STEP_PURPOSE, Declined
from services.kit.claims import ClaimChecker
from services.kit.signing import Verifier


class Proof:
    """The public keys of those who may sign a step, and of those who may make a claim."""

    def __init__(self, steps: Verifier, journal: Verifier, claims: ClaimChecker) -> None:
        self._steps = steps
        self._journal = journal
        self._claims = claims

    @classmethod
    def load(cls, public: Path) -> "Proof":
        """With the public keys below this directory. Raises SigningKeyError when a purpose has none."""
        return cls(
            Verifier(public / "step", STEP_PURPOSE),
            Verifier(public / "journal", JOURNAL_PURPOSE),
            ClaimChecker.load(public),
        )

    def step_fault(self, first: Envelope, digest: str, signature: Signature) -> Declined | None:
        """Why nobody who may is proven to have made the step from this event to that with this digest; None if so.

        The journal's key makes steps of the journal and no others, and no other key makes those.
        """
        makers = self._journal if JOURNAL in (first.kind, first.case_id) else self._steps
        if (first.kind == JOURNAL) is (first.case_id == JOURNAL) and makers.holds(digest.encode(), signature):
            return None
        detail = f"the step's signature under key {signature.key_id} does not hold"
        return Declined(code="unsigned-step", detail=detail)

    def claim_fault(self, first: Envelope) -> Declined | None:
        """Why nobody is proven to have asked for the step that begins with this event; None when somebody is."""
        claim = first.claim
        if claim is None:
            return _unasked(first)
        if first.kind == JOURNAL:
            return Declined(code="claim-invalid", detail="nobody asks for what the journal has noted")
        fault = self._claims.fault(claim)
        if fault is not None:
            return Declined(code="claim-invalid", detail=fault)
        if (claim.target, claim.command_id) != (first.case_id, first.command_id):
            detail = "the claim is for another case or another command"
            return Declined(code="claim-elsewhere", detail=detail)
        if (claim.actor.account_id, claim.actor.person_id) != (first.actor.account_id, first.actor.person_id):
            return Declined(
                code="other-actor", detail="the step is signed by somebody else than who claims it"
            )
        return None


def _unasked(first: Envelope) -> Declined | None:
    if first.actor != SYSTEM:
        return Declined(code="claim-missing", detail="a person's act needs the claim of that person")
    if asks_by_itself(first.case_id, first.command_id):
        return None
    return Declined(code="claim-missing", detail="this is nothing that a case does by itself")
