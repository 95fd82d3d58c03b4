"""What the approval of a late roster knows beyond what every case knows."""

from typing import TypeAlias, assert_never, cast

from contracts.events.base import Event
from contracts.events.late_roster import LateRosterOpened
from contracts.vocabulary import Stage
from workflows.procedure.case import Case
from workflows.procedure.draft import Draft
from workflows.procedure.fold import CaseFolding


class LateRoster(Case):
    """One roster that waits to be let in."""

    stage: Stage = Stage.LATE_ROSTER
    nominees: frozenset[str] = frozenset()
    """The natural persons on it."""


Work: TypeAlias = Draft[LateRoster]
"""A step of it in the making."""


def fold(case: LateRoster, event: Event) -> LateRoster:
    """What its own event does to it. The type checker refuses one that no line here names."""
    own = cast(LateRosterOpened, event)
    match own:
        case LateRosterOpened():
            return case.but(
                nominator_id=own.submitted_by,
                content_digest=own.content_digest,
                nominees=frozenset(line.person_id for line in own.private.lines),
            )
        case _:
            assert_never(own)


FOLDING = CaseFolding(LateRoster, fold)
