"""What the events of a nomination change beside those that every kind of case has."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState, Stage
from services.officers.readmodel.writing.projection.change import (
    Change,
    Rule,
    case,
    facts,
    nothing,
    opened,
    sealed,
)


def _opened(e: Envelope) -> list[Change]:
    p = e.payload
    values = {
        "person_id": p["person_id"],
        "unit": p["nominating_unit"],
        "firms": p["firm_digests"],
        "brought_by": p["nominator_id"],
    }
    return opened(e, Stage.NOMINATION, CaseState.DRAFT, "seat", "late", "duplicate_of", **values)


def _amended(e: Envelope) -> list[Change]:
    p = e.payload
    return case(
        e, firms=p["firm_digests"], content_digest=p["content_digest"], dossier=sealed(e), dossier_event=e.id
    )


def _evaluation_shared(e: Envelope) -> list[Change]:
    if e.payload.get("given_by"):
        return nothing(e)
    if e.payload.get("fallen"):
        return facts(e, evaluation_of=None, grade=None)
    return facts(e, evaluation_of=e.payload["of"])


RESTS: Mapping[str, Stage] = {
    "grade": Stage.GRADING,
    "veto": Stage.GRADING,
    "opinion": Stage.INTEGRITY,
    "notice": Stage.DECISION,
}
"""The facts that are known no longer when the papers of these stages are void, or of any before."""


RULES: Mapping[str, Rule] = {
    "transition-applied": nothing,
    "case-opened": _opened,
    "case-amended": _amended,
    "appeal-answered": nothing,
    "right-renewed": nothing,
    "result-requested": nothing,
    "case-reopened": lambda e: case(e, state=CaseState.RULING.value, ended_cause=None, ended_at=None),
    "word-kept": nothing,
    "withdrawal-signed": nothing,
    "cut-off-moved": nothing,
    "withdrawal-asked": nothing,
    "withdrawal-denied": nothing,
    "index-known": nothing,
    "loss-recorded": nothing,
    "loss-denied": nothing,
    "ballot-entered": lambda e: facts(e, ballot=e.payload["election_at"]),
    "ballot-left": lambda e: facts(e, ballot=None),
    "election-missed": lambda e: facts(e, ballot=None),
    "election-scheduled": lambda e: facts(e, election_at=e.payload["election_at"]),
    "other-nomination": nothing,
    "nominator-joined": lambda e: facts(e, also_nominated_by=e.payload["nominating_unit"]),
    "post-lost": lambda e: facts(e, lost=True),
    "post-settled": lambda e: facts(e, lost=False),
    "sister-known": nothing,
    "evaluation-shared": _evaluation_shared,
    "stands-alone": lambda e: facts(e, duplicate_of=e.payload["behind"]),
    "late-reply-taken": nothing,
    "department-closed": nothing,
}
