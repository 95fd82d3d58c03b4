"""A calendar year that a case was handed goes on to the cases that it has begun and that nobody else tells of it."""

from collections.abc import Sequence
from typing import Any

from contracts.case import CaseKind
from contracts.commands.case import KnownYears, LoadCaseCalendar, WantYears
from contracts.events.batch import YearsWanted
from workflows.procedure.draft import Draft
from workflows.procedure.step import Making


def wanted(work: Making[Any], hearers: Sequence[str], command: WantYears) -> None:
    """A removal that nobody hands its years hears of those that are known here, once; `hearers` of those to come."""
    if command.case in hearers:
        return
    work.emit(YearsWanted(case=command.case))
    tell_years(work, command.case)


def tell_years(work: Making[Any], removal: str) -> None:
    """What a case that is begun here would be opened with."""
    word = KnownYears(claim=work.claim, case=work.state.case_id, years=work.state.years)
    work.owe_tell(CaseKind.REMOVAL, (removal,), word)


def hand_on(draft: Draft[Any], kind: str, cases: Sequence[str], command: LoadCaseCalendar) -> None:
    """Owe them the year as it was handed here, with why it was corrected."""
    word = LoadCaseCalendar(claim=draft.claim, year=command.year, reason=command.reason)
    draft.owe_tell(kind, cases, word)
