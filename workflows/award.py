"""One application for an award, from its arrival to the end of its title."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.case import CaseKind
    from contracts.commands.award import OpenAward
    from contracts.commands.opening import Resume
    from workflows.casework import Carried, CaseWorkflow
    from workflows.kinds.award.case import Award
    from workflows.kinds.award.kind import DECIDER


@workflow.defn(name=CaseKind.AWARD.value)
class AwardWorkflow(CaseWorkflow[Award]):
    """Decides on one application, and on its title."""

    decider = DECIDER

    @workflow.init
    def __init__(self, given: OpenAward | Resume | Carried) -> None:
        """Take up the case, so that an update may arrive before the main coroutine runs."""
        self.take_up(given)

    @workflow.run
    async def run(self, given: OpenAward | Resume | Carried) -> str:
        """Live until the file is closed; the result is the case's end."""
        return await self.live()

    @workflow.query(name=names.STATE_QUERY)
    def known(self) -> Award:
        """What this workflow knows, for the operator; people read the read model."""
        return self.case.state
