"""What the one event of an enquiry changes beside those that every kind of case has."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState, Stage
from services.officers.readmodel.writing.projection.change import Change, Rule, opened


def _opened(e: Envelope) -> list[Change]:
    about = e.payload["about_case"]
    said = ("source", "about_kind", "about_case")
    person = e.payload["person_id"]
    return opened(e, Stage.ENQUIRY, CaseState.ENQUIRING, *said, person_id=person, hangs_on=about)


RULES: Mapping[str, Rule] = {"enquiry-opened": _opened}
