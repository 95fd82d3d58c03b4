"""One enquiry: whether what an authority says means a person."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.case import CaseKind
    from contracts.commands.enquiry import OpenEnquiry
    from contracts.commands.opening import Resume
    from workflows.casework import Carried, CaseWorkflow
    from workflows.kinds.enquiry.case import Enquiry
    from workflows.kinds.enquiry.kind import DECIDER


@workflow.defn(name=CaseKind.ENQUIRY.value)
class EnquiryWorkflow(CaseWorkflow[Enquiry]):
    """Decides one enquiry."""

    decider = DECIDER

    @workflow.init
    def __init__(self, given: OpenEnquiry | Resume | Carried) -> None:
        """Take up the case, so that an update may arrive before the main coroutine runs."""
        self.take_up(given)

    @workflow.run
    async def run(self, given: OpenEnquiry | Resume | Carried) -> str:
        """Live until the file is closed; the result is the case's end."""
        return await self.live()

    @workflow.query(name=names.STATE_QUERY)
    def known(self) -> Enquiry:
        """What this workflow knows, for the operator; people read the read model."""
        return self.case.state
