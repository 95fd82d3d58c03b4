"""What people put off lasts no longer than the limit of a hold in all; then the final choice is due (domain §8.8.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic

from contracts.causes import Cause
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState
from workflows.procedure.case import RESUMPTION, C, Hold
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Kind


@dataclass(frozen=True)
class RunsOut(Generic[C]):
    """A hold that time ends."""

    kind: Kind[C]
    hold: Hold

    def bring(self, draft: Draft[C]) -> None:
        """The same people choose among the final outcomes, unless it is too late for any: then the case has lapsed."""
        if self.kind.too_late(draft.case, draft.now):
            draft.end(CaseState.LAPSED, Cause.ELECTION_PASSED)
            return
        tasks = [task for task in draft.case.open_tasks(*RESUMPTION) if task.about == self.hold.name]
        draft.lift(self.hold.cause, self.hold.about, Cause.HOLD_RAN_OUT)
        for task in tasks:
            self.kind.resumes[self.hold.cause](draft, task)


def running_out(kind: Kind[C], case: C, policy: Policy) -> Iterator[tuple[datetime, RunsOut[C]]]:
    """The holds that time will end, and when."""
    for hold in case.holds:
        if hold.until is not None and hold.cause in policy.deferrals:
            yield hold.until, RunsOut(kind, hold)
