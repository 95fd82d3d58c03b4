"""What the events of a request about one's own data change beside those that every kind of case has."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState, Stage
from services.officers.readmodel.writing.projection.change import Change, Rule, Target, facts, sealed


def _requested(e: Envelope) -> list[Change]:
    p = e.payload
    values = {
        "person_id": p["person_id"],
        "hangs_on": e.parent,
        "stage": Stage.DATA_REQUEST.value,
        "state": CaseState.ANSWERING.value,
        "content_digest": p["content_digest"],
        "dossier": sealed(e),
        "dossier_event": e.id,
    }
    return [Change(Target.CASE, e.case_id, values, {"right": p["right"]})]


RULES: Mapping[str, Rule] = {
    "data-requested": _requested,
    "data-answer-due": lambda e: facts(e, answer_by=e.payload["answer_by"]),
    "data-answered": lambda e: facts(e, answered=e.payload["outcome"]),
}
