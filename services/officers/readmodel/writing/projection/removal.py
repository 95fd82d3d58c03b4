"""What the events of a removal change beside those that every kind of case has."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState, Stage
from services.officers.readmodel.writing.projection.change import Change, Rule, facts, nothing, opened


def _opened(e: Envelope) -> list[Change]:
    return opened(e, Stage.LEAD, CaseState.LEAD, "seat", "source", person_id=e.payload["person_id"])


RESTS: Mapping[str, Stage] = {
    "finding": Stage.VERIFICATION,
    "opinion": Stage.REMOVAL_OPINION,
    "urgent": Stage.VOTE,
}
"""The facts that are known no longer when the papers of these stages are void, or of any before."""


def _lifted(e: Envelope) -> list[Change]:
    left = e.payload["left"]
    return facts(e, suspended=left[-1] if isinstance(left, list) and left else None)


RULES: Mapping[str, Rule] = {
    "removal-opened": _opened,
    "earlier-removal-ended": nothing,
    "earlier-removal-found": nothing,
    "lead-joined": nothing,
    "duty-suspended": lambda e: facts(e, suspended=e.payload["cause"]),
    "suspension-lifted": _lifted,
    "lead-verified": lambda e: facts(e, finding=e.payload["finding"]),
    "resignation-tendered": nothing,
    "urgently-decided": lambda e: facts(e, urgent=e.payload["outcome"]),
    "member-restored": lambda e: facts(e, restored_since=e.payload["since"]),
    "vacancy-opened": nothing,
    "review-asked": lambda e: facts(e, review=e.payload["review"]),
    "review-heard": lambda e: facts(e, reviewed=e.payload["outcome"]),
}
