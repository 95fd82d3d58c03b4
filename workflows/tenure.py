"""One tenure, from the beginning of the seat to the end of its term."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.case import CaseKind
    from contracts.commands.opening import Resume
    from contracts.commands.tenure import OpenTenure
    from workflows.casework import Carried, CaseWorkflow
    from workflows.kinds.tenure.case import Tenure
    from workflows.kinds.tenure.kind import DECIDER


@workflow.defn(name=CaseKind.TENURE.value)
class TenureWorkflow(CaseWorkflow[Tenure]):
    """Decides one tenure."""

    decider = DECIDER

    @workflow.init
    def __init__(self, given: OpenTenure | Resume | Carried) -> None:
        """Take up the case, so that an update may arrive before the main coroutine runs."""
        self.take_up(given)

    @workflow.run
    async def run(self, given: OpenTenure | Resume | Carried) -> str:
        """Live until the file is closed; the result is the case's end."""
        return await self.live()

    @workflow.query(name=names.STATE_QUERY)
    def known(self) -> Tenure:
        """What this workflow knows, for the operator; people read the read model."""
        return self.case.state
