"""Who may have asked: sign a claim, and hold one against the public keys of those who may make it (D17)."""

from pathlib import Path

from contracts.canonical import canonical_bytes
from contracts.claim import Claim
from contracts.commands.every import FROM_CASES, PEOPLE_TOO
from contracts.record import CLAIM_PURPOSE, ERRAND_PURPOSE
from services.kit.signing import SigningKey, Verifier


def signed(claim: Claim, key: SigningKey) -> Claim:
    """The claim under the key's signature."""
    return claim.model_copy(update={"signature": key.sign(canonical_bytes(claim.said()))})


class ClaimChecker:
    """Checks claims. The officers' service vouches for people; the worker only for what a case may ask of another."""

    def __init__(self, people: Verifier, errands: Verifier) -> None:
        self._people = people
        self._errands = errands

    @classmethod
    def load(cls, public: Path) -> "ClaimChecker":
        """With the public keys below this directory: `claim` for people, `errand` for cases."""
        return cls(Verifier(public / "claim", CLAIM_PURPOSE), Verifier(public / "errand", ERRAND_PURPOSE))

    def fault(self, claim: Claim) -> str | None:
        """Why nobody is proven to have asked for this; None when somebody is."""
        message = canonical_bytes(claim.said())
        if self._people.holds(message, claim.signature):
            return None if claim.act not in FROM_CASES - PEOPLE_TOO else "only a case may ask this of another"
        if not self._errands.holds(message, claim.signature):
            return f"the signature under key {claim.signature.key_id} does not hold"
        return None if claim.act in FROM_CASES else "a case may not ask this in the name of a person"
