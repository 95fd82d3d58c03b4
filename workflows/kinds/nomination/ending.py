"""Ends with a right to one re-check: a veto (N08) and ineligibility (N03) (domain §8.1, §8.8.15)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.term import Term
from workflows.procedure import clock
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends
from workflows.procedure.draft import Draft
from workflows.procedure.letters import PRESUMED_SERVICE

APPEAL = "appeal"
"""The task in which the person asks for it, and the limit within which they may, from service."""


@dataclass(frozen=True)
class EndsWithRight(Ends):
    """The case ends, and the person may ask for one re-check within a term from service."""

    def __call__(self, draft: Draft[Any], task: Task | None = None) -> None:
        """Draw it. Whoever was heard once has no second right."""
        if any(one.kind == APPEAL for one in draft.case.tasks.values()):
            draft.end(self.state, self.cause)
            return
        term, until = term_of_right(draft)
        draft.end(self.state, self.cause, right=True, answer_by=until)
        draft.open(APPEAL, term=term)


def term_of_right(draft: Draft[Any]) -> tuple[Term | None, datetime | None]:
    """The term of the right whose letter goes out now, and until when it runs; None while a year is not published.

    It runs from the day on which the letter counts as served, and finds that day anew when a year comes.
    """
    term = clock.begun(draft.policy.task(APPEAL), draft.now, after=PRESUMED_SERVICE)
    return term, clock.counted(draft.case, draft.policy, term).at
