"""What a case was told goes on to the cases that it has begun and that nobody else tells: calendar years, and ties."""

from collections.abc import Sequence
from typing import Any

from contracts.commands.case import LoadCaseCalendar, ReportConflict
from workflows.procedure.draft import Draft


def tell_tie(draft: Draft[Any], kind: str, cases: Sequence[str], command: ReportConflict) -> None:
    """They hear of somebody's tie as if it had been said there, and what rests on that person's acts is redone."""
    word = ReportConflict(
        claim=draft.claim, person_id=command.person_id, ground=command.ground, reason=command.reason
    )
    draft.owe_tell(kind, cases, word)


def hand_on(draft: Draft[Any], kind: str, cases: Sequence[str], command: LoadCaseCalendar) -> None:
    """Owe them the year as it was handed here, with why it was corrected."""
    word = LoadCaseCalendar(claim=draft.claim, year=command.year, reason=command.reason)
    draft.owe_tell(kind, cases, word)
