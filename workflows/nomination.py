"""One nomination, from roster to file."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.case import CaseKind
    from contracts.commands.nomination import OpenNomination
    from contracts.commands.opening import Resume
    from workflows.casework import Carried, CaseWorkflow
    from workflows.kinds.nomination.case import Nomination
    from workflows.kinds.nomination.kind import DECIDER


@workflow.defn(name=CaseKind.NOMINATION.value)
class NominationWorkflow(CaseWorkflow[Nomination]):
    """Decides one nomination."""

    decider = DECIDER

    @workflow.init
    def __init__(self, given: OpenNomination | Resume | Carried) -> None:
        """Take up the case, so that an update may arrive before the main coroutine runs."""
        self.take_up(given)

    @workflow.run
    async def run(self, given: OpenNomination | Resume | Carried) -> str:
        """Live until the file is closed; the result is the case's end."""
        return await self.live()

    @workflow.query(name=names.STATE_QUERY)
    def known(self) -> Nomination:
        """What this workflow knows, for the operator; people read the read model."""
        return self.case.state
