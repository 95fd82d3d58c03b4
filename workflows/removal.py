"""One removal of a sitting member, from lead to file."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.case import CaseKind
    from contracts.commands.opening import Resume
    from contracts.commands.removal import OpenRemoval
    from workflows.casework import Carried, CaseWorkflow
    from workflows.kinds.removal.case import Removal
    from workflows.kinds.removal.kind import DECIDER


@workflow.defn(name=CaseKind.REMOVAL.value)
class RemovalWorkflow(CaseWorkflow[Removal]):
    """Decides one removal."""

    decider = DECIDER

    @workflow.init
    def __init__(self, given: OpenRemoval | Resume | Carried) -> None:
        """Take up the case, so that an update may arrive before the main coroutine runs."""
        self.take_up(given)

    @workflow.run
    async def run(self, given: OpenRemoval | Resume | Carried) -> str:
        """Live until the file is closed; the result is the case's end."""
        return await self.live()

    @workflow.query(name=names.STATE_QUERY)
    def known(self) -> Removal:
        """What this workflow knows, for the operator; people read the read model."""
        return self.case.state
