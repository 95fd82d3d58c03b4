"""Who may have asked: sign a claim, and hold one against the public keys of those who may make it (D17)."""

from pathlib import Path

from contracts import names
from contracts.actor import BY_ITSELF
from contracts.canonical import canonical_bytes
from contracts.claim import Claim
from contracts.commands.every import BY_SERVICE, FROM_CASES, OF_SERVICES, PEOPLE_TOO, SERVICES
from contracts.record import CLAIM_PURPOSE, ERRAND_PURPOSE
from services.kit.signing import SigningKey, Verifier


def signed(claim: Claim, key: SigningKey) -> Claim:
    """The claim under the key's signature."""
    return claim.model_copy(update={"signature": key.sign(canonical_bytes(claim.said()))})


class ClaimChecker:
    """Checks claims. The officers' service vouches for people; the worker only for what a case may ask of another.

    What a case asks names the errand that owes it, and its command id follows from that. Nobody but a case asks in
    the name of the system, and each service of the office what is its own.
    """

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
            return _no_person(claim)
        if not self._errands.holds(message, claim.signature):
            return f"the signature under key {claim.signature.key_id} does not hold"
        return _no_errand(claim)


def _no_person(claim: Claim) -> str | None:
    if claim.act in FROM_CASES - PEOPLE_TOO:
        return "only a case may ask this of another"
    if claim.actor.account_id in SERVICES:
        return _no_service(claim)
    if claim.act in OF_SERVICES:
        return "only a service of the office asks this"
    if claim.owed_by is not None or claim.actor.person_id == BY_ITSELF.person_id:
        return "only a case asks for what is owed, or in the name of the system"
    return None


def _no_service(claim: Claim) -> str | None:
    # They speak through the officers' desk, in the system's name, and hold no grant.
    itself = claim.actor == SERVICES[claim.actor.account_id] and claim.owed_by is None
    if itself and claim.act in BY_SERVICE[claim.actor.account_id]:
        return None
    return f"{claim.actor.account_id} may not ask this"


def _no_errand(claim: Claim) -> str | None:
    if claim.act not in FROM_CASES:
        return "a case may not ask this in the name of a person"
    owing = claim.owed_by
    if owing is None or claim.command_id != names.errand_id(owing.case_id, owing.number, claim.target):
        return "the claim does not name the errand from which it follows"
    return None
