"""Whether somebody is proven to have asked for a step, before anything of it is recorded (D17)."""

from contracts import names
from contracts.actor import SYSTEM
from contracts.claim import Claim
from contracts.settling import Proposal, SettleRequest
from services.kit.claims import ClaimChecker


def fault(request: SettleRequest, proposal: Proposal, checker: ClaimChecker) -> str | None:
    """Why nobody is proven to have asked for this of this case; None when somebody is, or when time asks by itself."""
    if request.claim is None:
        return _unasked(request, proposal)
    return checker.fault(request.claim) or _elsewhere(request, request.claim)


def _unasked(request: SettleRequest, proposal: Proposal) -> str | None:
    # What the case does by itself: a deadline that passed, an errand that was carried. Nothing else goes unclaimed.
    by_itself = proposal.signer == SYSTEM and names.asks_by_itself(request.case_id, request.command_id)
    if by_itself or not proposal.events:
        return None
    return "nobody claims to have asked for it"


def _elsewhere(request: SettleRequest, claim: Claim) -> str | None:
    # The digest is that of what the workflow was asked; the claim's own is what was signed.
    pairs = (
        ("case", claim.target, request.case_id),
        ("command", claim.command_id, request.command_id),
        ("act", claim.act, request.act),
        ("content", claim.body_digest, request.content_digest),
    )
    for what, claimed, asked in pairs:
        if claimed != asked:
            return f"the claim is for another {what}"
    return None
