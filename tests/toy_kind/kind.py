"""A memo as one value: what it knows beyond every case, how its event folds, who signs, and what follows."""

from typing import TypeAlias

from contracts.canonical import digest_of
from contracts.causes import Cause
from contracts.events.base import Event
from contracts.vocabulary import CaseState, Stage
from tests.toy_kind.wire import KIND, MemoNoted, OpenMemo
from workflows.procedure.case import Case
from workflows.procedure.consequences import Ends
from workflows.procedure.decider import of_kind
from workflows.procedure.draft import Draft
from workflows.procedure.fold import CaseFolding
from workflows.procedure.holding import common
from workflows.procedure.kind import Kind
from workflows.procedure.signatures import Alone


class Memo(Case):
    """Something that was put aside."""

    stage: Stage = Stage.HOLD
    noted: bool = False


Work: TypeAlias = Draft[Memo]


def fold(case: Memo, event: Event) -> Memo:
    """What a memo's own event does to it. Raises for any other."""
    match event:
        case MemoNoted(content_digest=digest):
            return case.but(noted=True, content_digest=digest)
        case _:
            raise ValueError(f"no event of a memo: {event.type}")


def note(draft: Work, opening: OpenMemo) -> None:
    """It is put aside, and a clerk is asked to settle it."""
    draft.emit(
        MemoNoted(content_digest=digest_of(opening.note.model_dump(mode="json")), private=opening.note)
    )
    draft.know(opening.calendar_years)
    draft.enter(Stage.HOLD)
    draft.open("settle-memo")


MEMO = Kind(
    name=KIND,
    folding=CaseFolding(Memo, fold),
    signing={
        "settle-memo": Alone({"SIGNED": Ends(CaseState.LAPSED, Cause.ANSWERED)}),
        **common({}),
    },
    acts={},
)


DECIDER = of_kind(MEMO, note)
