"""The letters that events lead to, for tests of when which is sent."""

from contracts.causes import Cause
from contracts.events.base import Event
from contracts.events.batch import BatchOpened
from contracts.events.case import CaseEnded
from contracts.policy.loader import released
from contracts.vocabulary import CaseState
from services.notices.addressees import Occasion
from services.notices.casefile import CaseFile
from services.notices.folding.kinds import fold
from services.notices.letters import Letter
from services.notices.policy import letters

POLICY = released("2026.1")
CASE = "c1"
NOMINATOR = "unit:NOMINATOR:chamber-1:d1"


def new(kind: str) -> CaseFile:
    """The file of a case before its first event."""
    return CaseFile(case_id=CASE, kind=kind, parent="b1", district="d1", policy="2026.1")


def told(*events: Event) -> list[Letter]:
    """The letters of the last event, after the ones before it."""
    file = new("batch" if isinstance(events[0], BatchOpened) else "nomination")
    found: tuple[Letter, ...] = ()
    for event in events:
        after = fold(file, event)
        found = letters(Occasion(event, file, after, POLICY))
        file = after
    return list(found)


def keys(*events: Event) -> list[tuple[str, str, str]]:
    """Type, round and addressee of the letters of the last event."""
    return [(letter.type, letter.round, letter.addressee.key) for letter in told(*events)]


def ended(state: CaseState, cause: Cause = Cause.WITHDRAWN) -> CaseEnded:
    return CaseEnded(state=state, cause=cause)
