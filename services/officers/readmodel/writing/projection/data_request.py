"""What the events of a request about one's own data change beside those that every kind of case has."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState, Stage
from services.officers.readmodel.writing.projection.change import Change, Rule, facts, opened


def _requested(e: Envelope) -> list[Change]:
    person = e.payload["person_id"]
    return opened(e, Stage.DATA_REQUEST, CaseState.ANSWERING, "right", person_id=person, hangs_on=e.parent)


RULES: Mapping[str, Rule] = {
    "data-requested": _requested,
    "data-answer-due": lambda e: facts(e, answer_by=e.payload["answer_by"]),
    "data-answered": lambda e: facts(e, answered=e.payload["outcome"]),
}
