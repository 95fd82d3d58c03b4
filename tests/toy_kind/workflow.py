"""One memo, from its note to its file."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.commands.opening import Resume
    from tests.toy_kind.kind import DECIDER, Memo
    from tests.toy_kind.wire import KIND, OpenMemo
    from workflows.casework import Carried, CaseWorkflow


@workflow.defn(name=KIND)
class MemoWorkflow(CaseWorkflow[Memo]):
    """Decides one memo."""

    decider = DECIDER

    @workflow.init
    def __init__(self, given: OpenMemo | Resume | Carried) -> None:
        """Take up the case, so that an update may arrive before the main coroutine runs."""
        self.take_up(given)

    @workflow.run
    async def run(self, given: OpenMemo | Resume | Carried) -> str:
        """Live until the file is closed; the result is the case's end."""
        return await self.live()

    @workflow.query(name=names.STATE_QUERY)
    def known(self) -> Memo:
        """What this workflow knows, for the operator; people read the read model."""
        return self.case.state
