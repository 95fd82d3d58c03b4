"""Commands and words that never get an answer, however many, keep no later one from its own."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from contracts.actor import Grant
from contracts.commands.base import Accepted, Command
from services.officers.desk import asking_again, letter_fates
from services.officers.desk.engine import Pending
from services.officers.desk.letter_fates import LetterFates
from services.officers.web.problems import RefusedError
from tests.officers_rig import START, Rig, officers
from tests.screening import PASS, TASK

FEW = 3
"""Of one round, in the place of two hundred."""


class Notices:
    """Holds what is still to be told, and gives it by pages."""

    def __init__(self) -> None:
        self.words: list[dict[str, Any]] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.method == "POST":
            told = request.url.path.split("/")[2]
            self.words = [one for one in self.words if one["id"] != told]
            return httpx2.Response(200, json={"fate": "undelivered"})
        asked = request.url.params
        behind = [one for one in self.words if one["position"] > int(asked["after"])]
        return httpx2.Response(200, json={"items": behind[: int(asked["limit"])]})


@pytest.fixture
def notices() -> Notices:
    return Notices()


@pytest.fixture
async def rig(tmp_path: Path, notices: Notices) -> AsyncIterator[Rig]:
    async with officers(tmp_path, neighbours=notices) as running:
        await running.batch()
        await running.case("c1")
        await running.case("c2")
        yield running


def word(position: int, case: str) -> dict[str, Any]:
    said = {"task_id": f"{case}.declare.1.1", "led_at": START.isoformat(), "type": "N04"}
    empty = {"at": None, "how": None, "document_digest": None}
    return {"id": f"l{position}", "case_id": case, "fate": "undelivered", "position": position} | said | empty


async def test_a_word_behind_many_that_no_case_takes_is_told(
    rig: Rig, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_fates, "MOST", FEW)

    def decide(command: Command) -> Accepted | RefusedError:
        taken = Accepted(case_id=command.target, sequence=3, index=-1)
        return RefusedError("try-again") if command.target == "c1" else taken

    rig.engine.answers = decide
    notices.words = [word(number, "c1") for number in range(1, 2 * FEW + 1)] + [word(99, "c2")]
    telling = LetterFates(rig.office.database, rig.office.notices, rig.office.desk)
    for _ in range(3):
        await telling.round()
    assert [one["id"] for one in notices.words] == [f"l{number}" for number in range(1, 2 * FEW + 1)]


async def test_a_command_behind_many_that_get_no_answer_is_asked_for_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking_again, "MOST", FEW)
    person = await rig.account(Grant(role="SCREENER", district="d01"))
    rig.engine.answers = lambda command: Pending()
    for number in range(2 * FEW + 1):
        asked = await person.post(f"{TASK}/outcome", PASS, key=f"k{number}")
        assert asked.status_code == 202
    sent = [command.command_id for command in rig.engine.sent]
    rig.engine.sent.clear()
    asking = asking_again.AskingAgain(rig.office.database, rig.office.desk)
    assert [await asking.round() for _ in range(4)] == [FEW, FEW, 1, 0]
    assert sorted(command.command_id for command in rig.engine.sent) == sorted(sent)
