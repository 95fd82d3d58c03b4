"""Writes that no case decides: to our own tables, or to another service. Their answers are kept here, once per key."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from contracts.refusals import RefusalCode
from services.kit.db import Database, Session, Unit
from services.kit.sealing import Keyring
from services.officers.desk import kept, store
from services.officers.desk.ask import Ask, Reply
from services.officers.desk.known import Kept, Known
from services.officers.desk.refusing import Refusals
from services.officers.web.problems import RefusedError


def request_digest(secret: str, method: str, path: str, query: str, body: object) -> str:
    """What makes two requests the same one, as a keyed digest: a body may hold a password or an ID number."""
    text = json.dumps([method, path, query, body], sort_keys=True, separators=(",", ":"))
    return hmac.digest(secret.encode(), b"request:" + text.encode(), hashlib.sha256).hex()


class Keeps:
    """One such write: make it when it is `fresh`, and say what is answered."""

    def __init__(self, reply: Reply | None) -> None:
        self._reply = reply
        self.fresh = reply is None
        self.whose = ""

    @property
    def reply(self) -> Reply:
        """The answer, this time or the first time."""
        if self._reply is None:
            raise RuntimeError("the write said no answer")
        return self._reply

    def answer(self, reply: Reply, whose: str = "") -> None:
        """Say the answer; `whose` data it holds besides what the caller's own is."""
        self._reply = reply
        self.whose = whose


class KeepsHere(Keeps):
    """A write to our own tables, in `session`."""

    def __init__(self, reply: Reply | None, session: Session) -> None:
        super().__init__(reply)
        self.session = session


class Keeping:
    """Makes such writes once per key and records refused ones."""

    def __init__(self, database: Database, refusals: Refusals, keyring: Keyring) -> None:
        """`keyring` seals and opens the answers."""
        self._database = database
        self._refusals = refusals
        self._keyring = keyring

    @asynccontextmanager
    async def here(self, ask: Ask, digest: str) -> AsyncIterator[KeepsHere]:
        """A write to our own tables: key, effect and answer in one transaction. `digest` is the request's."""
        async with self.recording(ask), self._database.write() as session:
            # Claimed first, so that of two at once the second waits for the first one's answer.
            claimed = await store.claim(session, self._row(ask, digest, Reply(0, {})))
            connection = await session.connection()
            known = await connection.run_sync(partial(_recall, ident=ask.command_id, claimed=claimed))
            write = KeepsHere(self._repeated(known, digest), session)
            yield write
            if write.fresh:
                await store.keep_claimed(session, self._row(ask, digest, write.reply, write.whose))

    @asynccontextmanager
    async def elsewhere(self, ask: Ask, digest: str) -> AsyncIterator[Keeps]:
        """A write to another service, which makes it once however often it is asked."""
        async with self.recording(ask):
            known = await self._database.look(lambda unit: store.recall(unit, ask.command_id))
            write = Keeps(self._repeated(known, digest))
            yield write
            if write.fresh:
                row = self._row(ask, digest, write.reply, write.whose)
                await self._database.unit(lambda unit: store.keep(unit, row))

    @asynccontextmanager
    async def recording(self, ask: Ask) -> AsyncIterator[None]:
        """What is refused within is recorded before it is answered; for what changes nothing, and is kept nowhere."""
        try:
            yield
        except RefusedError as refusal:
            await self._refusals.record(ask, refusal, None)
            raise

    def _repeated(self, known: Known | None, digest: str) -> Reply | None:
        if known is None:
            return None
        if isinstance(known, Kept) and known.digest == digest:
            return kept.opened(known, self._keyring)
        raise RefusedError(RefusalCode.KEY_REUSED)

    def _row(self, ask: Ask, digest: str, reply: Reply, whose: str = "") -> dict[str, Any]:
        return {
            "command_id": ask.command_id,
            "account_id": ask.actor.account_id,
            "request_digest": digest,
            "status": reply.status,
            "answer": kept.sealed(ask.command_id, reply, self._keyring, (ask.actor.person_id, whose)),
            "location": reply.headers.get("Location", ""),
        }


def _recall(unit: Unit, ident: str, *, claimed: bool) -> Known | None:
    """What is known of the key, other than that it was claimed just now."""
    known = store.recall(unit, ident)
    return None if claimed and isinstance(known, Kept) else known
