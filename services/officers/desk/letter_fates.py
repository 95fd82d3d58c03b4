"""Tells cases what became of letters whose mail died: once, in order, however long anybody is away.

What is still to be told stands with the notices. A word is noted there after its case has it or refused it for good, so
a crash between the two tells it again under the same command id, and the case answers as it did.
"""

import asyncio
from datetime import UTC, datetime
from typing import Any

from contracts.actor import LETTER_KEEPER
from contracts.commands.base import Command
from contracts.commands.letters import LetterDelivered, LetterUndelivered
from contracts.names import word_id
from contracts.refusals import RefusalCode
from services.kit.db import Database
from services.kit.errors import ServiceError
from services.kit.logs import logger
from services.kit.rounds import keep_on
from services.kit.turning import Turn, Turns
from services.officers.desk.ask import Ask
from services.officers.desk.desk import Desk
from services.officers.readmodel.reading import cases
from services.officers.web.neighbours import Neighbour
from services.officers.web.problems import RefusedError

LOOK_SECONDS = 5.0
LONGEST_PAUSE = 300.0
AT_ONCE = 8
MOST = 200
"""Words in one round, in the order in which their letters were issued."""
DONE = 200
FOR_GOOD = frozenset(RefusalCode) - {RefusalCode.TRY_AGAIN, RefusalCode.CLAIM_INVALID}
"""A rule's refusals; the two say nothing of the case."""
NO_NEED = frozenset({RefusalCode.CASE_ENDED})
"""Refusals by a case that has no need of the word: its file is closed."""
Word = dict[str, Any]
"""What the notices say of one letter."""


class LetterFates:
    """Looks again and again at what the notices have to tell."""

    def __init__(self, database: Database, notices: Neighbour, desk: Desk) -> None:
        self._database = database
        self._notices = notices
        self._desk = desk
        self._turns = Turns(self._page, MOST, first=LOOK_SECONDS, longest=LONGEST_PAUSE)

    async def run(self, stop: asyncio.Event) -> None:
        """Tell until `stop` is set."""
        await keep_on(stop, LOOK_SECONDS, self.round, "letters wait to be told of")

    async def round(self) -> int:
        """Tell each word whose turn it is; how many they were. Raises ServiceError while the notices are away.

        However many words no case takes, all have their turn.
        """
        turns, at_once = await self._turns.next(), asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._told(turn.item, at_once) for turn in turns))
        return len(turns)

    async def _page(self, after: int | None, limit: int) -> list[Turn[int, Word]]:
        page = await self._notices.get("/notices/untold", {"after": after or 0, "limit": limit})
        return [Turn(_ident(word), int(word["position"]), word) for word in page["items"]]

    async def _told(self, word: Word, at_once: asyncio.Semaphore) -> None:
        async with at_once:
            try:
                if await self._taken(word):
                    await self._notices.post(f"/notices/{word['id']}/told", {"fate": word["fate"]})
            except ServiceError as error:
                logger.info("a letter is told of later", case_id=word["case_id"], code=error.code)
            except Exception as error:
                # One word that cannot be told must not keep the others from being told.
                logger.error("a letter cannot be told of", case_id=word["case_id"], exc_info=error)
        self._turns.tried(_ident(word))

    async def _taken(self, word: Word) -> bool:
        """Whether the case has the word or refused it for good. Raises RefusedError while it says nothing."""
        kind = await self._kind(word["case_id"])
        if kind is None:
            # The read model is behind the notices: it comes.
            return False
        command = self._desk.claimed(_command(word), word["case_id"])
        ask = Ask(LETTER_KEEPER, command.command_id, command.act, word["case_id"])
        try:
            return (await self._desk.send(ask, kind, command)).status == DONE
        except RefusedError as refusal:
            if refusal.code not in FOR_GOOD:
                raise
            if refusal.code not in NO_NEED:
                logger.error(
                    "a case refuses what became of its letter", case_id=word["case_id"], code=refusal.code
                )
            return True

    async def _kind(self, case_id: str) -> str | None:
        return await self._database.look(lambda unit: cases.kind_of(unit, case_id))


def _ident(word: Word) -> str:
    return word_id(word["id"], word["fate"])


def _command(word: Word) -> Command:
    ask = Ask(LETTER_KEEPER, _ident(word), "", word["case_id"])
    claim, letter = ask.claim(LETTER_KEEPER, datetime.now(UTC)), word["id"]
    match word["fate"]:
        case "undelivered":
            asks = {"task_id": word["task_id"] or None, "led_at": word["led_at"]}
            return LetterUndelivered(claim=claim, letter=letter, notice=word["type"], **asks)
        case "delivered":
            said = {name: word[name] for name in ("at", "how", "document_digest")}
            return LetterDelivered(claim=claim, letter=letter, **said)
        case other:
            raise ValueError(f"{other!r} is nothing that becomes of a letter")
