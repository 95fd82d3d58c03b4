"""One case with its first task, and the officer who may act on it: what most tests of acting begin with."""

from typing import Any

from contracts.actor import Grant
from contracts.commands.base import Accepted, Command
from contracts.events.task import TaskCompleted
from contracts.vocabulary import Stage
from services.officers.web.problems import RefusedError
from tests.officers_rig import DIGEST, Person, Rig

SCREENER = Grant(role="SCREENER", district="d01")
PASS = {"outcome": "PASS", "seen": DIGEST}
TASK = "/v1/tasks/c1.screen.1.1"


async def screener(rig: Rig) -> Person:
    """The officer; batch b1 and case c1 are there."""
    await rig.batch()
    await rig.case("c1")
    return await rig.account(SCREENER)


def screened(outcome: str = "PASS", *, case_id: str = "c1") -> TaskCompleted:
    """What the case records of the act."""
    return TaskCompleted(
        task_id=f"{case_id}.screen.1.1",
        kind="screen",
        stage=Stage.SCREENING,
        unit="",
        outcome=outcome,
        answer_digest="a" * 64,
        private={"form": {}, "reason": ""},
    )


def recording(rig: Rig) -> Any:
    """The case accepts every command and records it."""

    async def accept(command: Command) -> Accepted:
        return await rig.record(command, screened())

    return accept


def refusing(code: str, sentence: str = "because") -> Any:
    """The case refuses every command."""
    return lambda command: RefusedError(code, sentence)


async def refusals(rig: Rig) -> list[dict[str, Any]]:
    """The refused acts, as the auditor reads them."""
    auditor = await rig.account(Grant(role="AUDITOR"))
    items: list[dict[str, Any]] = (await auditor.get("/v1/record/refusals")).json()["items"]
    return items
