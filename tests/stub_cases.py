"""A case that takes down what it is told and decides nothing, for tests of those who start and tell cases."""

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from contracts import names
    from contracts.commands.base import Accepted
    from contracts.commands.every import AnyCommand, AnyOpening
    from contracts.commands.opening import Resume
    from contracts.refusals import RefusalCode


@workflow.defn(name="nomination")
class StubCase:
    """Answers by its district: one called like a refusal refuses with it, `fails` stumbles, others accept."""

    @workflow.init
    def __init__(self, given: AnyOpening | Resume) -> None:
        self._given = given
        self._told: list[str] = []
        self._over = False

    @workflow.run
    async def run(self, given: AnyOpening | Resume) -> None:
        """Wait until told that it is over."""
        await workflow.wait_condition(lambda: self._over)

    @workflow.update(name=names.ACT_UPDATE)
    async def act(self, command: AnyCommand) -> Accepted:
        """Take it down."""
        if self._given.district in set(RefusalCode):
            raise ApplicationError("no", type=self._given.district, non_retryable=True)
        if self._given.district == "fails":
            raise RuntimeError("a fault of this case's own")
        self._told.append(command.model_dump_json())
        return Accepted(case_id=command.target, sequence=len(self._told), index=0)

    @workflow.signal
    def end(self) -> None:
        """Be over."""
        self._over = True

    @workflow.query
    def given(self) -> str:
        """What it was begun with."""
        return self._given.model_dump_json()

    @workflow.query
    def told(self) -> list[str]:
        """What it was told, in order."""
        return self._told
