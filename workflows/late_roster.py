"""The approval of one late roster, from its arrival to its file."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.case import CaseKind
    from contracts.commands.late_roster import OpenLateRoster
    from contracts.commands.opening import Resume
    from workflows.casework import Carried, CaseWorkflow
    from workflows.kinds.late_roster.case import LateRoster
    from workflows.kinds.late_roster.kind import DECIDER


@workflow.defn(name=CaseKind.LATE_ROSTER.value)
class LateRosterWorkflow(CaseWorkflow[LateRoster]):
    """Decides on one late roster."""

    decider = DECIDER

    @workflow.init
    def __init__(self, given: OpenLateRoster | Resume | Carried) -> None:
        """Take up the case, so that an update may arrive before the main coroutine runs."""
        self.take_up(given)

    @workflow.run
    async def run(self, given: OpenLateRoster | Resume | Carried) -> str:
        """Live until the file is closed; the result is the case's end."""
        return await self.live()

    @workflow.query(name=names.STATE_QUERY)
    def known(self) -> LateRoster:
        """What this workflow knows, for the operator; people read the read model."""
        return self.case.state
