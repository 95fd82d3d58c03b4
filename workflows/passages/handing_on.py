"""What a case was told goes on to the cases that it has begun and that nobody else tells: calendar years, and ties."""

from collections.abc import Sequence
from typing import Any

from contracts.commands.case import LoadCaseCalendar, ReportConflict
from contracts.events.conflict import Conflict
from workflows.procedure.draft import Draft


def tell_tie(draft: Draft[Any], kind: str, cases: Sequence[str], person: str, said: Conflict) -> None:
    """They hear of somebody's tie as if it had been said there, and what rests on that person's acts is redone.

    Whoever told of it here has it already.
    """
    told_by = draft.claim.owed_by
    others = tuple(one for one in cases if told_by is None or one != told_by.case_id)
    word = ReportConflict(claim=draft.claim, person_id=person, ground=said.ground, reason=said.reason)
    draft.owe_tell(kind, others, word)


def hand_on(draft: Draft[Any], kind: str, cases: Sequence[str], command: LoadCaseCalendar) -> None:
    """Owe them the year as it was handed here, with why it was corrected."""
    word = LoadCaseCalendar(claim=draft.claim, year=command.year, reason=command.reason)
    draft.owe_tell(kind, cases, word)
