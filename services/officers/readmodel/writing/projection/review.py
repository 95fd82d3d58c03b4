"""What the events of a review change beside those that every kind of case has."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState, Stage
from services.officers.readmodel.writing.projection.change import Change, Rule, Target, facts, sealed


def _opened(e: Envelope) -> list[Change]:
    p = e.payload
    values = {
        "person_id": p["person_id"],
        "stage": Stage.REVIEW.value,
        "state": CaseState.REVIEWING.value,
        "content_digest": p["content_digest"],
        "dossier": sealed(e),
        "dossier_event": e.id,
    }
    return [Change(Target.CASE, e.case_id, values, {"seat": p["seat"], "instance": p["instance"]})]


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
