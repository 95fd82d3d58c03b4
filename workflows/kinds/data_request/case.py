"""What a request about one's own data knows beyond what every case knows."""

from typing import TypeAlias, assert_never, cast

from contracts.base import Instant
from contracts.events.base import Event
from contracts.events.data_request import DataAnswerDue, DataAnswered, DataRequested
from contracts.matter import DataRight
from contracts.vocabulary import Stage
from workflows.procedure.case import Case
from workflows.procedure.draft import Draft
from workflows.procedure.fold import CaseFolding


class DataRequest(Case):
    """One request. `parent` is the case from whose file the person asks."""

    stage: Stage = Stage.DATA_REQUEST
    right: DataRight = "inspect"
    answer_by: Instant | None = None
    """Until when the person is answered, as they were told last."""


Work: TypeAlias = Draft[DataRequest]
"""A step of a request in the making."""

OwnEvent: TypeAlias = DataRequested | DataAnswerDue | DataAnswered


def fold(case: DataRequest, event: Event) -> DataRequest:
    """What a request's own events do to it. The type checker refuses one that no line here names."""
    own = cast(OwnEvent, event)
    match own:
        case DataRequested(right=right, person_id=person, content_digest=digest):
            return case.but(right=right, person_id=person, content_digest=digest)
        case DataAnswerDue(answer_by=until):
            return case.but(answer_by=until)
        case DataAnswered():
            return case
        case _:
            assert_never(own)


FOLDING = CaseFolding(DataRequest, fold)
