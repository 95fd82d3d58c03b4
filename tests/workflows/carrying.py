"""What a worker does with an errand, for tests: begin the case, or tell it, under a claim of the errand's own."""

import asyncio
from typing import Any, TypeVar

from contracts import names
from contracts.case import CaseKind
from contracts.commands.base import Command
from contracts.commands.integrity import OpenIntegrity
from contracts.errand import Errand, Start, Tell
from contracts.settling import CarryRequest
from tests.engine import WorkflowDesk
from tests.fakes import FakeCases
from tests.waiting import PATIENCE
from tests.workflows.conftest import Open

C = TypeVar("C", bound=Command)


def claimed(command: C, request: CarryRequest, target: str) -> C:
    """The command under the claim that the worker makes for this case."""
    ident = names.errand_id(request.case_id, request.errand.number, target)
    return command.claimed_as(command.claim.model_copy(update={"command_id": ident, "target": target}))


async def carried(cases: FakeCases, count: int) -> CarryRequest:
    """The latest errand, once so many were carried."""
    async with asyncio.timeout(PATIENCE):
        while len(beside_files(cases)) < count:
            await asyncio.sleep(0.02)
    return beside_files(cases)[count - 1]


def beside_files(cases: FakeCases) -> list[CarryRequest]:
    """What was carried, but for what the person's integrity file is told."""
    return [one for one in cases.carried if not _for_a_file(one.errand)]


def _for_a_file(errand: Errand) -> bool:
    if isinstance(errand, Tell):
        return errand.kind == CaseKind.INTEGRITY
    return all(isinstance(one, OpenIntegrity) for one in errand.openings)


async def begun(cases: FakeCases, open_case: Open, count: int = 1) -> WorkflowDesk[Any]:
    """The case that the errand of this number begins, begun."""
    request = await carried(cases, count)
    assert isinstance(request.errand, Start)
    (opening,) = request.errand.openings
    return await open_case(claimed(opening, request, opening.target))


async def told(cases: FakeCases, desk: WorkflowDesk[Any], count: int) -> None:
    """Tell this case what the errand of this number says."""
    request = await carried(cases, count)
    assert isinstance(request.errand, Tell)
    assert desk.case_id in request.errand.case_ids
    await desk.send(claimed(request.errand.command, request, desk.case_id))
