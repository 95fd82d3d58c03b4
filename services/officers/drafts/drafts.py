"""Drafts: sealed for their writer, and gone with whatever they were written for."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.actor import Actor
from contracts.sealed import Sealed
from services.kit.db import Database, Session
from services.kit.rounds import keep_on
from services.kit.sealing import Keyring, open_sealed, seal
from services.officers.drafts import store
from services.officers.drafts.tables import DraftRow
from services.officers.readmodel.tables import CaseRow, TaskRow
from services.officers.web.problems import RefusedError

LARGEST = 64 * 1024
"""Bytes of a draft as JSON: what a browser still sends while its page closes."""
MOST = 200
"""Drafts of one account."""
LOOK_SECONDS = 5.0


@dataclass(frozen=True)
class Draft:
    """What somebody had written by `saved_at`, having seen `seen`; it is kept until `ends_at` at most."""

    content: dict[str, Any]
    seen: str
    saved_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Written:
    """What is written, having seen `seen`; `place`: in whose place, empty for oneself (SOD-12)."""

    seen: str
    content: dict[str, Any]
    place: str = ""


class Drafts:
    """Keeps drafts, each for one account. Nothing of them is logged, noted or recorded."""

    def __init__(self, database: Database, keyring: Keyring, days: int) -> None:
        """`days`: how long a draft that nobody writes on is kept at most."""
        self._database = database
        self._keyring = keyring
        self._lasting = timedelta(days=days)

    async def save(
        self, session: Session, actor: Actor, case: CaseRow, task: TaskRow, said: Written
    ) -> Draft:
        """Keep what is written in place of what was. RefusedError `draft-too-large` or `too-many-drafts`."""
        if len(json.dumps(said.content, ensure_ascii=False).encode()) > LARGEST:
            raise RefusedError("draft-too-large")
        ident = _ident(actor.account_id, task.task_id)
        if await store.others(session, actor.account_id, ident) >= MOST:
            raise RefusedError("too-many-drafts")
        owners = {actor.person_id, case.person_id} - {""}
        now = datetime.now(UTC)
        row = {
            "draft_id": ident,
            "account_id": actor.account_id,
            "person_id": actor.person_id,
            "task_id": task.task_id,
            "case_id": case.case_id,
            "deputy_for": said.place,
            "claimed": task.claimed_by in {actor.person_id, said.place},
            "seen": said.seen,
            "sealed": seal(said.content, _place(ident), self._keyring, owners).model_dump(),
            "saved_at": now,
        }
        await store.keep(session, row)
        return Draft(said.content, said.seen, now, now + self._lasting)

    async def of(self, session: Session, actor: Actor, task: TaskRow, place: str = "") -> Draft | None:
        """The account's draft at this task; None when there is none, or its time is over. `place` as in Written."""
        row = await store.draft(session, _ident(actor.account_id, task.task_id))
        if row is None or not self._lasts(row, {actor.person_id, place}, task):
            return None
        sealed = Sealed.model_validate(row.sealed)
        content = open_sealed(sealed, _place(row.draft_id), self._keyring)
        return Draft(content, row.seen, row.saved_at, row.saved_at + self._lasting)

    async def forget(self, session: Session, actor: Actor, task_id: str) -> None:
        """Forget the account's draft at this task, if there is one."""
        await store.forget(session, _ident(actor.account_id, task_id))

    async def run(self, stop: asyncio.Event) -> None:
        """Forget again and again what nobody needs, until `stop` is set."""
        await keep_on(stop, LOOK_SECONDS, self.round, "drafts wait to be forgotten")

    async def round(self) -> int:
        """Forget what is too old or has no task any more; how many drafts these were."""
        if not await self._database.look(store.any_kept):
            return 0
        before = datetime.now(UTC) - self._lasting
        return await self._database.unit(lambda unit: store.end(unit, before))

    def _lasts(self, row: DraftRow, holders: set[str], task: TaskRow) -> bool:
        """Also before the next round nobody is shown what is over."""
        theirs = task.claimed_by in holders or (task.claimed_by is None and not row.claimed)
        return theirs and row.saved_at >= datetime.now(UTC) - self._lasting


def _ident(account_id: str, task_id: str) -> str:
    return f"{account_id}:{task_id}"


def _place(draft_id: str) -> str:
    return f"draft:{draft_id}"
