"""What became of letters is told to their cases: once, later if anybody was away, and nobody keeps another from it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from contracts.actor import LETTER_KEEPER, Grant
from contracts.commands.base import Accepted, Command
from contracts.commands.letters import LetterDelivered, LetterUndelivered
from contracts.events.letters import LetterServed, LetterUnserved
from services.kit.claims import ClaimChecker
from services.officers.desk.letter_fates import LetterFates
from services.officers.web.problems import RefusedError
from tests.officers_rig import START, Rig, officers
from tests.stories import task_opened

AT = START.isoformat()


def word(letter: str, fate: str = "undelivered", case: str = "c1", **said: Any) -> dict[str, Any]:
    fields = {"at": None, "how": None, "document_digest": None, "task_id": f"{case}.declare.1.1", **said}
    fields["position"] = int(letter.removeprefix("l"))
    return {"id": letter, "case_id": case, "type": "N04", "led_at": AT, "fate": fate, **fields}


class Notices:
    """Holds what is still to be told, as the notices do."""

    def __init__(self) -> None:
        self.words: list[dict[str, Any]] = []
        self.away = False

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if self.away:
            raise httpx2.ConnectError("gone")
        if request.method == "POST":
            told = request.url.path.split("/")[2]
            self.words = [one for one in self.words if one["id"] != told]
        return httpx2.Response(200, json={"items": self.words})


@pytest.fixture
def notices() -> Notices:
    return Notices()


@pytest.fixture
async def rig(tmp_path: Path, notices: Notices) -> AsyncIterator[Rig]:
    async with officers(tmp_path, neighbours=notices) as running:
        await running.case("c1")
        await running.case("c2")
        yield running


def fates(rig: Rig) -> LetterFates:
    return LetterFates(rig.office.database, rig.office.notices, rig.office.desk)


def taking(rig: Rig) -> None:
    """Each case notes what it is told."""

    async def decide(command: Command) -> Accepted:
        match command:
            case LetterUndelivered(letter=letter, notice=notice, led_at=led_at, task_id=task):
                event = LetterUnserved(letter=letter, notice=notice, led_at=led_at, task_id=task)
                return await rig.record(command, event)
            case LetterDelivered(letter=letter, at=at):
                return await rig.record(command, LetterServed(letter=letter, at=at))
            case _:
                raise AssertionError(command)

    rig.engine.answers = decide


async def test_a_case_is_told_once_in_the_name_of_the_service_and_can_prove_it(
    rig: Rig, notices: Notices, tmp_path: Path
) -> None:
    taking(rig)
    notices.words = [
        word("l1"),
        word("l2", "delivered", "c2", at=AT, how="household", document_digest="a" * 64),
    ]
    telling = fates(rig)
    assert await telling.round() == 2
    assert await telling.round() == 0
    first, second = sorted(rig.engine.sent, key=lambda command: command.target)
    assert (first.target, first.act, first.actor) == ("c1", "letter-undelivered", LETTER_KEEPER)
    assert isinstance(second, LetterDelivered)
    assert (second.target, second.how, second.document_digest) == ("c2", "household", "a" * 64)
    checker = ClaimChecker.load(tmp_path / "keys" / "public")
    assert [checker.fault(one.claim) for one in rig.engine.sent] == [None, None]


async def test_while_the_notices_are_away_nothing_is_lost_and_then_it_is_told(
    rig: Rig, notices: Notices
) -> None:
    taking(rig)
    notices.words, notices.away = [word("l1")], True
    telling = fates(rig)
    with pytest.raises(RefusedError):
        await telling.round()
    notices.away = False
    await telling.round()
    assert [one.target for one in rig.engine.sent] == ["c1"]


async def test_a_word_whose_answer_was_lost_is_told_again_as_the_same_command(
    rig: Rig, notices: Notices
) -> None:
    taking(rig)
    notices.words = [word("l1")]
    await fates(rig).round()
    notices.words = [word("l1")]
    await fates(rig).round()
    first, again = rig.engine.sent
    assert (first.command_id, first.body_digest) == (again.command_id, again.body_digest)


@pytest.mark.parametrize(
    ("code", "left"), [("case-ended", 0), ("unknown-act", 0), ("try-again", 1), ("claim-invalid", 1)]
)
async def test_a_case_that_refuses_for_good_is_not_asked_again_and_keeps_no_other_from_its_word(
    rig: Rig, notices: Notices, code: str, left: int
) -> None:
    taking(rig)
    takes = rig.engine.answers

    async def decide(command: Command) -> Accepted | RefusedError:
        return RefusedError(code) if command.target == "c1" else await takes(command)

    rig.engine.answers = decide
    notices.words = [word("l1"), word("l2", case="c2")]
    await fates(rig).round()
    assert [one["id"] for one in notices.words] == ["l1"] * left


async def test_a_case_of_which_nothing_is_known_yet_is_told_later(rig: Rig, notices: Notices) -> None:
    taking(rig)
    notices.words = [word("l1", case="c9")]
    telling = fates(rig)
    await telling.round()
    assert (rig.engine.sent, len(notices.words)) == ([], 1)


async def test_the_person_s_own_task_says_that_its_letter_reached_nobody_until_it_did(
    rig: Rig, notices: Notices
) -> None:
    taking(rig)
    person = await rig.account(Grant(role="NOMINEE"))
    await rig.case("c3", person=person.person_id)
    await rig.tell(rig.stories["c3"], task_opened("c3", "declare"))

    async def said() -> bool:
        answer = await person.get("/v1/tasks/c3.declare.1.1")
        assert answer.status_code == 200, answer.text
        return bool(answer.json()["unserved"])

    assert not await said()
    notices.words = [word("l1", case="c3")]
    await fates(rig).round()
    assert await said()
    notices.words = [word("l1", "delivered", "c3", at=AT)]
    served = LetterServed(letter="l1", at=START, task_id="c3.declare.1.1")
    rig.engine.answers = lambda command: rig.record(command, served)
    await fates(rig).round()
    assert not await said()
