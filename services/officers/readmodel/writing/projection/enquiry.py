"""What the one event of an enquiry changes beside those that every kind of case has."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState, Stage
from services.officers.readmodel.writing.projection.change import Change, Rule, Target, sealed


def _opened(e: Envelope) -> list[Change]:
    p = e.payload
    values = {
        "person_id": p["person_id"],
        "hangs_on": p["about_case"],
        "stage": Stage.ENQUIRY.value,
        "state": CaseState.ENQUIRING.value,
        "content_digest": p["content_digest"],
        "dossier": sealed(e),
        "dossier_event": e.id,
    }
    said = {name: p[name] for name in ("source", "about_kind", "about_case")}
    return [Change(Target.CASE, e.case_id, values, said)]


RULES: Mapping[str, Rule] = {"enquiry-opened": _opened}
