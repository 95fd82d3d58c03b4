"""What the events of a tenure change beside those that every kind of case has."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState, Stage
from services.officers.readmodel.writing.projection.change import Change, Rule, facts, nothing, opened


def _opened(e: Envelope) -> list[Change]:
    said = ("seat", "began", "ends", "evaluated_until", "nomination")
    return opened(e, Stage.IN_OFFICE, CaseState.IN_OFFICE, *said, person_id=e.payload["person_id"])


RULES: Mapping[str, Rule] = {
    "tenure-opened": _opened,
    "attendance-recorded": nothing,
    "removal-raised": lambda e: facts(e, removal=e.payload["removal"]),
    "removal-noted": lambda e: facts(e, removal=e.payload["removal"]),
    "lead-kept": nothing,
    "years-wanted": nothing,
    "policy-announced": lambda e: facts(e, announced=e.payload["policy"]),
    "re-evaluation-begun": nothing,
    "member-re-evaluated": lambda e: facts(
        e, passed=e.payload["passed"], evaluated_until=e.payload["evaluated_until"]
    ),
    "seat-rested": lambda e: facts(e, suspended=e.payload["cause"]),
    "seat-resumed": lambda e: facts(e, suspended=None),
    "removal-closed": lambda e: facts(e, suspended=e.payload["suspended"], removal=None),
    "seat-vacated": lambda e: facts(e, suspended=None, removal=None, vacant_since=e.payload["since"]),
    "member-reinstated": lambda e: facts(
        e, vacant_since=None, filled_by_batch=None, suspended=e.payload["suspended"]
    ),
    "vacancy-named": lambda e: facts(e, filled_by_batch=e.payload["batch"]),
    "vacancy-closed": nothing,
    "resignation-asked": nothing,
}
