"""One book of screening: takes lists, counts its runs, tells cases what the lists say of their people."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.case import CaseKind
    from contracts.commands.opening import Resume
    from contracts.commands.screening import OpenScreening
    from workflows.casework import Carried, CaseWorkflow
    from workflows.kinds.screening.book import Book
    from workflows.kinds.screening.kind import DECIDER


@workflow.defn(name=CaseKind.SCREENING.value)
class ScreeningWorkflow(CaseWorkflow[Book]):
    """Decides one book of screening."""

    decider = DECIDER

    @workflow.init
    def __init__(self, given: OpenScreening | Resume | Carried) -> None:
        """Take up the book, so that an update may arrive before the main coroutine runs."""
        self.take_up(given)

    @workflow.run
    async def run(self, given: OpenScreening | Resume | Carried) -> str:
        """Live on: a book never ends by itself."""
        return await self.live()

    @workflow.query(name=names.STATE_QUERY)
    def known(self) -> Book:
        """What this workflow knows, for the operator; people read the read model."""
        return self.case.state
