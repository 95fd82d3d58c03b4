"""One request about one's own data, from its arrival to its file."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.case import CaseKind
    from contracts.commands.data_request import AskAboutData
    from contracts.commands.opening import Resume
    from workflows.casework import Carried, CaseWorkflow
    from workflows.kinds.data_request.case import DataRequest
    from workflows.kinds.data_request.kind import DECIDER


@workflow.defn(name=CaseKind.DATA_REQUEST.value)
class DataRequestWorkflow(CaseWorkflow[DataRequest]):
    """Decides on one request."""

    decider = DECIDER

    @workflow.init
    def __init__(self, given: AskAboutData | Resume | Carried) -> None:
        """Take up the case, so that an update may arrive before the main coroutine runs."""
        self.take_up(given)

    @workflow.run
    async def run(self, given: AskAboutData | Resume | Carried) -> str:
        """Live until the file is closed; the result is the case's end."""
        return await self.live()

    @workflow.query(name=names.STATE_QUERY)
    def known(self) -> DataRequest:
        """What this workflow knows, for the operator; people read the read model."""
        return self.case.state
