"""All rules of the projection: an envelope in, changes out; every event of the catalogue is named by one module."""

from collections.abc import Mapping

from contracts.case import CaseKind
from contracts.envelope import Envelope
from contracts.vocabulary import Stage
from services.officers.readmodel.writing.projection import (
    access,
    award,
    batch,
    data_request,
    enquiry,
    integrity,
    late_roster,
    nomination,
    policy,
    removal,
    review,
    screening,
    shared,
    tenure,
)
from services.officers.readmodel.writing.projection.change import Change, Rule, Target, nothing

OF_KIND: Mapping[str, Mapping[str, Rule]] = {
    CaseKind.BATCH: batch.RULES,
    CaseKind.NOMINATION: nomination.RULES,
    CaseKind.REMOVAL: removal.RULES,
    CaseKind.SCREENING: screening.RULES,
    CaseKind.ENQUIRY: enquiry.RULES,
    CaseKind.REVIEW: review.RULES,
    CaseKind.TENURE: tenure.RULES,
    CaseKind.LATE_ROSTER: late_roster.RULES,
    CaseKind.POLICY: policy.RULES,
    CaseKind.INTEGRITY: integrity.RULES,
    CaseKind.AWARD: award.RULES,
    CaseKind.ACCESS: access.RULES,
    CaseKind.DATA_REQUEST: data_request.RULES,
}
"""What one kind has of its own. A kind without a line here still gets its case, its tasks and its timeline."""

RESTS: Mapping[str, Mapping[str, Stage]] = {
    CaseKind.NOMINATION: nomination.RESTS,
    CaseKind.REMOVAL: removal.RESTS,
}
"""The facts of a kind by the stage on whose papers they rest."""


def changes(envelope: Envelope) -> list[Change]:
    """The changes of one event of the catalogue, the place of its case included, in the order of their making.

    Raises KeyError and ValueError for a payload that its rule cannot read.
    """
    own = OF_KIND.get(envelope.kind, {}).get(envelope.type)
    rule = own or shared.RULES.get(envelope.type, nothing)
    made = [] if envelope.sequence > 1 or envelope.kind == CaseKind.BATCH else [shared.begun(envelope)]
    lost = shared.lost(envelope, RESTS.get(envelope.kind, {}))
    return [*made, *rule(envelope), *lost, _moved(envelope)]


def _moved(envelope: Envelope) -> Change:
    if envelope.kind == CaseKind.BATCH:
        return batch.moved(envelope)
    place = {"sequence": envelope.sequence, "moved_at": envelope.at}
    return Change(Target.CASE, envelope.case_id, place)
