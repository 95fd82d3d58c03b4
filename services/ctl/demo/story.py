"""What is told in the demonstration: the story of each nominee and of a member, and how it must end. Pure."""

from enum import StrEnum

from contracts.vocabulary import CaseState


class Story(StrEnum):
    """One story per case; the value says what is special about it."""

    CLEAN = "clean path"
    HARD_VETO = "owes tax, confirmed by two"
    PANEL_VETO = "penalty, the panel vetoes"
    WRONG_HIT = "namesake's debt, cleared"
    MINOR = "judgement item ruled minor"
    WITHDRAWS = "withdraws midway"
    LATE = "a department late to red"
    EXTENSION = "a department extends"
    REPORT = "report found untrue"
    REPAIR = "form sent back for repair"
    SAME_PERSON = "one person signs twice"
    REMOVAL = "a member is removed"
    LINKED = "keeps the seat at the other level"
    NOT_RATIFIED = "removal not ratified, restored"
    REVIEWED = "removed, and restored on review"
    REVIEW = "a review that revokes"


REMOVALS = (Story.REMOVAL, Story.NOT_RATIFIED, Story.REVIEWED)
"""Stories of sitting members, each with a removal that an evaluator opens."""
FOLLOWING = (Story.LINKED, Story.REVIEW)
"""Stories of cases that a removal brings about."""
NO_NOMINEES = frozenset({*REMOVALS, *FOLLOWING})

ORDER = (
    Story.HARD_VETO,
    Story.PANEL_VETO,
    Story.WITHDRAWS,
    Story.MINOR,
    Story.REPAIR,
    Story.SAME_PERSON,
    Story.REPORT,
    Story.LATE,
    Story.EXTENSION,
    Story.WRONG_HIT,
)
"""Which nominee of the roster has which story; those after them walk the clean path."""

UNIT = {
    Story.HARD_VETO: "tax",
    Story.PANEL_VETO: "police",
    Story.WRONG_HIT: "court",
    Story.MINOR: "market",
    Story.LATE: "finance",
    Story.EXTENSION: "environment",
    Story.SAME_PERSON: "labour",
}
"""The department at which a story happens."""

_ENDS = {
    Story.HARD_VETO: CaseState.VETOED,
    Story.PANEL_VETO: CaseState.VETOED,
    Story.WITHDRAWS: CaseState.WITHDRAWN,
    Story.REMOVAL: CaseState.REMOVED,
    Story.LINKED: CaseState.KEPT,
    Story.NOT_RATIFIED: CaseState.NOT_RATIFIED,
    Story.REVIEWED: CaseState.REMOVED,
    Story.REVIEW: CaseState.REVOKED,
}


def stories(count: int) -> tuple[Story, ...]:
    """The stories of `count` nominees in the roster's order."""
    return tuple(ORDER[serial] if serial < len(ORDER) else Story.CLEAN for serial in range(count))


def expected_end(story: Story) -> CaseState:
    """How a case with this story must end."""
    return _ENDS.get(story, CaseState.ELECTED)
