"""One request for accounts, from whoever asks to whoever decides."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.case import CaseKind
    from contracts.commands.access import AskAccess, AskEmergency
    from contracts.commands.opening import Resume
    from workflows.casework import Carried, CaseWorkflow
    from workflows.kinds.access.case import Access
    from workflows.kinds.access.kind import DECIDER


@workflow.defn(name=CaseKind.ACCESS.value)
class AccessWorkflow(CaseWorkflow[Access]):
    """Decides on one request."""

    decider = DECIDER

    @workflow.init
    def __init__(self, given: AskAccess | AskEmergency | Resume | Carried) -> None:
        """Take up the case, so that an update may arrive before the main coroutine runs."""
        self.take_up(given)

    @workflow.run
    async def run(self, given: AskAccess | AskEmergency | Resume | Carried) -> str:
        """Live until the file is closed; the result is the case's end."""
        return await self.live()

    @workflow.query(name=names.STATE_QUERY)
    def known(self) -> Access:
        """What this workflow knows, for the operator; people read the read model."""
        return self.case.state
