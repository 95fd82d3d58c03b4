"""Sends what bundles hold, item by item, across restarts: each by the path of a single answer, under a key of its own.

A process that was killed leaves items waiting. Sent again they are the same command, so none is taken twice; none is
passed over either: an item waits until it has its result.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.policy import loader
from contracts.policy.model import Policy
from services.kit.db import Database
from services.kit.errors import ServiceError
from services.kit.logs import logger
from services.kit.turning import Turn, Turns
from services.officers.bundles import store
from services.officers.bundles.bundles import Bundles
from services.officers.bundles.rules import ItemState, bundled
from services.officers.desk.ask import Ask, Reply, command_id
from services.officers.desk.completing import Completing
from services.officers.desk.desk import Desk
from services.officers.identity.scope import scope_of
from services.officers.identity.standing import Standings
from services.officers.readmodel.reading.acting import Seen
from services.officers.web.problems import PASSING, RefusedError

LOOK_SECONDS = 2.0
LONGEST_PAUSE = 60.0
AT_ONCE = 8
MOST = 100
"""Items of one round, in the order in which they were signed."""
KEPT = timedelta(days=30)
"""How long the results of a bundle are told."""


class Carrying:
    """Sends items in the name of who signed them, with what that account may do when it is their turn."""

    def __init__(
        self,
        database: Database,
        bundles: Bundles,
        completing: Completing,
        desk: Desk,
        standings: Standings,
        policy: Policy,
    ) -> None:
        """`policy` is the version whose roles hold for accounts."""
        self._database = database
        self._bundles = bundles
        self._completing = completing
        self._desk = desk
        self._standings = standings
        self._policy = policy
        self._turns = Turns(self._page, MOST, first=LOOK_SECONDS, longest=LONGEST_PAUSE)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set: at once what was just signed, and again what had no answer."""
        with self._bundles.waker.until(stop):
            while not stop.is_set():
                try:
                    if await self.round():
                        continue
                except ServiceError as error:
                    logger.warning("bundles wait", reason=str(error))
                await self._bundles.waker.wait(LOOK_SECONDS)

    async def round(self) -> int:
        """Send the items whose turn it is; how many they were."""
        turns, at_once = await self._turns.next(), asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._carry(turn.item, at_once) for turn in turns))
        if not turns:
            before = datetime.now(UTC) - KEPT
            await self._database.unit(lambda unit: store.forget(unit, before))
        return len(turns)

    async def _page(self, after: str | None, limit: int) -> list[Turn[str, Any]]:
        rows = await self._database.look(lambda unit: store.waiting(unit, limit, after or ""))
        return [Turn(row.item_id, row.item_id, row) for row in rows]

    async def _carry(self, row: Any, at_once: asyncio.Semaphore) -> None:
        async with at_once:
            try:
                values = await self._result(row)
                if values is not None:
                    await self._database.unit(lambda unit: store.settle(unit, row.item_id, values))
            except ServiceError as error:
                logger.info("an item of a bundle waits", item_id=row.item_id, code=error.code)
            except Exception as error:
                # One item that cannot be sent must not keep the others from it.
                logger.error("an item of a bundle cannot be sent", item_id=row.item_id, exc_info=error)
        self._turns.tried(row.item_id)

    async def _result(self, row: Any) -> Mapping[str, Any] | None:
        """What came of the item; None while there is no answer. ServiceError for what may pass by itself."""
        try:
            reply = await self._sent(row)
        except RefusedError as refusal:
            if refusal.code in PASSING:
                raise
            sentence = refusal.sentence.model_dump()
            return {"state": ItemState.REFUSED.value, "code": refusal.code, "sentence": sentence}
        if reply.status == 202:
            return None
        done = {"case_id": reply.body["case_id"], "entry_index": reply.body["index"]}
        return {"state": ItemState.DONE.value, **done}

    async def _sent(self, row: Any) -> Reply:
        said = self._bundles.said(row.item_id, row.task_id, row.sealed)
        ident = command_id(row.account_id, f"bundle:{row.item_id}")
        actor = await self._standings.actor(row.account_id)
        if actor is None:
            raise RefusedError("account-out-of-force")
        now, scope = datetime.now(UTC), scope_of(actor, self._policy)
        async with self._database.read() as session:
            asked = (await store.asked(session, scope, [row.task_id])).get(row.task_id)

        def insist(seen: Seen) -> None:
            if now > row.ends_at:
                raise RefusedError("bundle-over")
            if asked is not None and not bundled(loader.released(asked.policy), asked, said.outcome):
                raise RefusedError("not-bundled")

        ask = Ask(actor, ident, "complete", row.task_id)
        return await self._completing.complete(ask, scope, said, lambda: ask.claim(actor, now), insist)
