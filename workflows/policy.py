"""One proposal for the policy, from its author to its file."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.case import CaseKind
    from contracts.commands.opening import Resume
    from contracts.commands.policy import ProposePolicy
    from workflows.casework import Carried, CaseWorkflow
    from workflows.kinds.policy.case import Proposal
    from workflows.kinds.policy.kind import DECIDER


@workflow.defn(name=CaseKind.POLICY.value)
class PolicyWorkflow(CaseWorkflow[Proposal]):
    """Decides on one proposal."""

    decider = DECIDER

    @workflow.init
    def __init__(self, given: ProposePolicy | Resume | Carried) -> None:
        """Take up the case, so that an update may arrive before the main coroutine runs."""
        self.take_up(given)

    @workflow.run
    async def run(self, given: ProposePolicy | Resume | Carried) -> str:
        """Live until the file is closed; the result is the case's end."""
        return await self.live()

    @workflow.query(name=names.STATE_QUERY)
    def known(self) -> Proposal:
        """What this workflow knows, for the operator; people read the read model."""
        return self.case.state
