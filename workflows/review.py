"""One review of a removal, from the application to its file."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.case import CaseKind
    from contracts.commands.opening import Resume
    from contracts.commands.review import OpenReview
    from workflows.casework import Carried, CaseWorkflow
    from workflows.kinds.review.case import Review
    from workflows.kinds.review.kind import DECIDER


@workflow.defn(name=CaseKind.REVIEW.value)
class ReviewWorkflow(CaseWorkflow[Review]):
    """Decides one review."""

    decider = DECIDER

    @workflow.init
    def __init__(self, given: OpenReview | Resume | Carried) -> None:
        """Take up the case, so that an update may arrive before the main coroutine runs."""
        self.take_up(given)

    @workflow.run
    async def run(self, given: OpenReview | Resume | Carried) -> str:
        """Live until the file is closed; the result is the case's end."""
        return await self.live()

    @workflow.query(name=names.STATE_QUERY)
    def known(self) -> Review:
        """What this workflow knows, for the operator; people read the read model."""
        return self.case.state
