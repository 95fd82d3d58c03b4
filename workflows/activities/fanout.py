"""The activities by which a batch starts its cases and tells them something."""

from contracts.commands.fanout import StartCases, TellCases
from temporalio import activity

from contracts import names
from workflows.activities.ports import Cases


class CaseActivities:
    """Carries the port; the worker makes one."""

    def __init__(self, cases: Cases) -> None:
        """Take the way to the cases."""
        self._cases = cases

    @activity.defn(name=names.START_CASES_ACTIVITY)
    async def start(self, request: StartCases) -> None:
        """Start each case unless it was started before."""
        await self._cases.start(request)

    @activity.defn(name=names.TELL_CASES_ACTIVITY)
    async def tell(self, request: TellCases) -> None:
        """Give each case that still runs the command."""
        await self._cases.tell(request)
