"""What cases owe one another on a real engine, carried when a test says so: begun once, told in order."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from contracts.claim import Owing
from contracts.commands.base import Command
from contracts.commands.opening import Opening, Resume
from contracts.errand import Errand, Start
from contracts.names import errand_id
from contracts.settling import CarryRequest
from tests.desks import RefusedError
from tests.engine import WorkflowDesk
from tests.fakes import FakeCases

Open = Callable[[Opening | Resume], Awaitable[WorkflowDesk[Any]]]


@dataclass
class Carrier:
    """Carries to the desks that it knows, and begins the others; what a case refuses it has heard."""

    cases: FakeCases
    open_case: Open
    desks: dict[str, WorkflowDesk[Any]] = field(default_factory=dict)
    done: int = 0
    """How many requests were carried."""

    async def begin(self, opening: Opening) -> WorkflowDesk[Any]:
        """A case that a person opens."""
        desk = self.desks[opening.target] = await self.open_case(opening)
        return desk

    async def carry(self) -> None:
        """Carry what is owed, and what is owed by that."""
        while self.done < len(self.cases.carried):
            request = self.cases.carried[self.done]
            self.done += 1
            await self._carry(request, request.errand)

    async def _carry(self, request: CarryRequest, errand: Errand) -> None:
        if isinstance(errand, Start):
            for opening in errand.openings:
                if opening.target not in self.desks:
                    await self.begin(_claimed(opening, request, errand.number, opening.target))
            return
        for case_id in errand.case_ids:
            try:
                await self.desks[case_id].send(_claimed(errand.command, request, errand.number, case_id))
            except RefusedError:
                continue


def _claimed(command: Any, request: CarryRequest, number: int, target: str) -> Any:
    own = {
        "target": target,
        "command_id": errand_id(request.case_id, number, target),
        "owed_by": Owing(case_id=request.case_id, number=number),
    }
    asked: Command = command.claimed_as(command.claim.model_copy(update=own))
    return asked
