"""What the events of an integrity file change: whose it is, and which event says the reading on record."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState
from services.officers.readmodel.writing.projection.change import Change, Rule, Target, case, nothing, sealed


def _opened(e: Envelope) -> list[Change]:
    values = {"person_id": e.payload["person_id"] or "", "state": CaseState.DRAFT.value}
    return [Change(Target.CASE, e.case_id, values, {"subject": e.payload["subject"]})]


RULES: Mapping[str, Rule] = {
    "integrity-opened": _opened,
    "reading-entered": lambda e: case(e, dossier=sealed(e), dossier_event=e.id),
    "mark-entered": nothing,
    "mark-withdrawn": nothing,
    "lead-entered": nothing,
    "removal-entered": nothing,
    "removal-left": nothing,
}
