"""Ends with a right to one re-check: a veto (N08) and ineligibility (N03) (domain §8.1, §8.8.15)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends
from workflows.procedure.draft import Draft

APPEAL = "appeal"
"""The task in which the person asks for it, and the limit within which they may, from service."""
SERVICE = "presumed_service"
"""The limit after which a letter that was sent counts as served."""
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class EndsWithRight(Ends):
    """The case ends, and the person may ask for one re-check within a term from service."""

    def __call__(self, draft: Draft[Any], task: Task | None = None) -> None:
        """Draw it. Whoever was heard once has no second right."""
        if any(one.kind == APPEAL for one in draft.case.tasks.values()):
            draft.end(self.state, self.cause)
            return
        since, until = term_of_right(draft)
        draft.end(self.state, self.cause, right=True, answer_by=until)
        draft.open(APPEAL, since=since)


def term_of_right(draft: Draft[Any]) -> tuple[datetime, datetime | None]:
    """From when the right runs whose letter goes out now, and until when; None while a year is not published."""
    served = draft.due(draft.now, draft.policy.limits[SERVICE]).at
    # Served on the last day, whose 24:00 belongs to the next one already.
    since = served - MOMENT if served else draft.now
    return since, draft.due(since, draft.policy.limits[APPEAL]).at if served else None
