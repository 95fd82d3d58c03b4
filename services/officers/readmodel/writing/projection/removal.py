"""What the events of a removal change beside those that every kind of case has."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState, Stage
from services.officers.readmodel.writing.projection.change import Change, Rule, Target, facts, sealed


def _opened(e: Envelope) -> list[Change]:
    p = e.payload
    values = {
        "person_id": p["person_id"],
        "stage": Stage.LEAD.value,
        "state": CaseState.LEAD.value,
        "content_digest": p["content_digest"],
        "dossier": sealed(e),
        "dossier_event": e.id,
    }
    return [Change(Target.CASE, e.case_id, values, {"seat": p["seat"], "source": p["source"]})]


RESTS: Mapping[str, Stage] = {"finding": Stage.VERIFICATION, "opinion": Stage.REMOVAL_OPINION}
"""The facts that are known no longer when the papers of these stages are void, or of any before."""

RULES: Mapping[str, Rule] = {
    "removal-opened": _opened,
    "duty-suspended": lambda e: facts(e, suspended=e.payload["cause"]),
    "suspension-lifted": lambda e: facts(e, suspended=None),
    "lead-verified": lambda e: facts(e, finding=e.payload["finding"]),
}
