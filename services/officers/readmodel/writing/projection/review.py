"""What the events of a review change beside those that every kind of case has."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState, Stage
from services.officers.readmodel.writing.projection.change import Change, Rule, facts, opened


def _opened(e: Envelope) -> list[Change]:
    person = e.payload["person_id"]
    return opened(e, Stage.REVIEW, CaseState.REVIEWING, "seat", "instance", person_id=person)


RULES: Mapping[str, Rule] = {
    "review-opened": _opened,
    "review-concluded": lambda e: facts(e, reviewed=e.payload["outcome"]),
}
