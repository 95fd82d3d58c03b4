"""What the events of a review change beside those that every kind of case has."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState, Stage
from services.officers.readmodel.writing.projection.change import Change, Rule, Target, facts, opened


def _opened(e: Envelope) -> list[Change]:
    person = e.payload["person_id"]
    return opened(e, Stage.REVIEW, CaseState.REVIEWING, "seat", "instance", person_id=person)


def _barred(e: Envelope) -> list[Change]:
    # They are shown what a recused person is shown, and act as little.
    persons = e.payload["persons"]
    rows = [
        {"case_id": e.case_id, "person_id": one, "stands": True}
        for one in (persons if isinstance(persons, list) else ())
    ]
    return [Change(Target.CONFLICT, f"{e.case_id}/{row['person_id']}", row, new=True) for row in rows]


RULES: Mapping[str, Rule] = {
    "review-opened": _opened,
    "persons-barred": _barred,
    "review-concluded": lambda e: facts(e, reviewed=e.payload["outcome"]),
}
