"""A calendar year that a case was handed goes on to the cases that it has begun and that nobody else tells of it."""

from collections.abc import Sequence
from typing import Any

from contracts.commands.case import LoadCaseCalendar
from workflows.procedure.draft import Draft


def hand_on(draft: Draft[Any], kind: str, cases: Sequence[str], command: LoadCaseCalendar) -> None:
    """Owe them the year as it was handed here, with why it was corrected."""
    word = LoadCaseCalendar(claim=draft.claim, year=command.year, reason=command.reason)
    draft.owe_tell(kind, cases, word)
