"""A whole system under the production broker's logins, with cases to speak about; and all it knows, as one value."""

import itertools
import json
import sqlite3
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError

from contracts import names
from contracts.actor import Actor, Grant
from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.base import Accepted, C, Command
from contracts.commands.case import CompleteTask
from contracts.commands.removal import LiftSuspension, Suspend
from services.kit.beginning import begin
from services.kit.db import Database
from services.kit.temporal import connect
from services.registry.attempts import Attempted
from services.registry.store.reading import Reading
from tests.asking import removal_opening
from tests.claims import KeySet, claim, claimed
from tests.production_broker import start
from tests.servers import NatsServer, start_temporal
from tests.waiting import until
from tests.whole_parts import Ground
from tests.whole_rig import on

CASE, OTHER, BYSTANDER = "r-case", "r-other", "r-bystander"
"""The case that is spoken to, another one, and a third on which somebody acts in order after each forgery."""
CHAIR = Actor(account_id="a-chair", person_id="p-chair", grants=(Grant(role="LEADER_IN_CHARGE"),))
USED = f"{CASE}.used"
"""A key under which something was asked of CASE, and accepted."""
REGISTRAR = Actor(account_id="a-registrar", person_id="p-of-leads", grants=(Grant(role="EVALUATOR"),))
ONCE = WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY

READ_MODEL = ("events", "cases", "tasks", "answers", "conflicts", "stuck")
LETTERS = ("notice_letters", "notice_files", "stuck")


class Known(NamedTuple):
    """What stands on the record, in the read model, in the letters and in the workflows, but for the bystander's."""

    record: list[Any]
    read_model: list[Any]
    letters: list[Any]
    cases: list[Any]


@dataclass
class House:
    """The running system, within a forger's reach."""

    ground: Ground
    nats: NatsServer
    client: Client
    reading: Reading
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def keys(self) -> KeySet:
        """Every key: a forger has some of them."""
        return self.ground.keys

    def case(self, case_id: str = CASE) -> WorkflowHandle[Any, Any]:
        """A case's workflow."""
        return self.client.get_workflow_handle(names.workflow_id(CaseKind.REMOVAL, case_id))

    def key(self, case_id: str = CASE) -> str:
        """An idempotency key that nobody has used."""
        return f"{case_id}.k{next(self._numbers)}"

    def asked(self, case_id: str = CASE, key: str = "", minutes: str = "1" * 64) -> Suspend:
        """What the chair meeting may decide about the member of a case at any time, still to be signed."""
        said = claim(case_id, key or self.key(case_id), CHAIR)
        return Suspend(claim=said, cause=Cause.CHAIR_DECISION, minutes_digest=minutes)

    def genuine(self, command: C) -> C:
        """The command as the officers' service claims it."""
        return claimed(command, self.keys.claim)

    async def send(self, command: Command, case_id: str = CASE, update_id: str = "") -> str:
        """Send a command as it is to a case; what came of it."""
        ident = update_id or names.update_id(command.command_id, command.body_digest)
        return await self.send_raw(command, case_id, ident)

    async def send_raw(
        self, said: object, case_id: str = CASE, update_id: str = "", client: Client | None = None
    ) -> str:
        """Send whatever it is, through a client of one's own if need be; what came of it."""
        handle = (client or self.client).get_workflow_handle(self.case(case_id).id)
        sent = handle.execute_update(
            names.ACT_UPDATE,
            said,
            id=update_id or self.key(),
            result_type=Accepted,
            rpc_timeout=timedelta(seconds=20),
        )
        try:
            await sent
        except WorkflowUpdateFailedError as error:
            cause = error.cause
            return (cause.type or "") if isinstance(cause, ApplicationError) else type(cause).__name__
        return "accepted"

    async def journal_told(self) -> bool:
        """Whether the record knows of all that the journal noted when the system began: nobody reads anything later."""
        return bool(await self.reading.entries(case_id=names.JOURNAL, after=-1, limit=1))

    async def registered(self, case_id: str) -> None:
        """Somebody opens the lead of a case, so that nothing is due for days: no reminder sounds among the forgeries,
        at whatever hour they are tried.
        """
        opened = json.loads((await self.reading.entries(case_id=case_id, after=-1, limit=3))[-1].entry.body)
        told = opened["payload"]
        said = claim(case_id, self.key(case_id), REGISTRAR)
        command = CompleteTask(
            claim=said, task_id=told["task_id"], outcome="OPENED", seen=told["content_digest"]
        )
        assert await self.send(self.genuine(command), case_id) == "accepted"

    async def goes_on(self) -> None:
        """Somebody who may acts on the bystander; returns when everybody knows, and so all that came before."""
        said = claim(BYSTANDER, self.key(BYSTANDER), CHAIR)
        command: Command = Suspend(claim=said, cause=Cause.DETAINED, minutes_digest="2" * 64)
        if await self._suspended(BYSTANDER):
            command = LiftSuspension(claim=said, cause=Cause.DETAINED, minutes_digest="2" * 64)
        assert await self.send(self.genuine(command), BYSTANDER) == "accepted"
        await until(self._followed)

    async def known(self) -> Known:
        """Everything that a forgery must leave as it is."""
        states = [
            await self.case(one).query(names.STATE_QUERY, result_type=dict[str, Any]) for one in (CASE, OTHER)
        ]
        return Known(
            self._rows("record", ["entries", "steps"]),
            self._rows("officers", READ_MODEL),
            self._rows("notices", LETTERS),
            states,
        )

    async def attempts(self) -> list[Attempted]:
        """What the record keeps of refused acts."""
        return [one for _, one in await self.reading.attempts(after=-1, limit=1000)]

    async def carried(self, case_id: str) -> bool:
        """Whether the case owes nobody anything: whoever it told of itself has answered by then, or answers now."""
        state = await self.case(case_id).query(names.STATE_QUERY, result_type=dict[str, Any])
        return not state["owed"]

    async def _suspended(self, case_id: str) -> bool:
        state = await self.case(case_id).query(names.STATE_QUERY, result_type=dict[str, Any])
        return state["suspended"] is not None

    async def _followed(self) -> bool:
        last = (await self.reading.head()).length - 1
        places = [self._rows(name, ["followed"], "1")[0][1] for name in ("officers", "notices")]
        return places == [last, last]

    def _rows(
        self, database: str, tables: Iterable[str], where: str = f"case_id <> '{BYSTANDER}'"
    ) -> list[Any]:
        path = self.ground.directory / f"{database}.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return [
                row[1:] if table == "entries" else row
                for table in tables
                for row in connection.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY 1, 2").fetchall()
            ]


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    """Start everything, and three removals of which one has a used key."""
    for name in ("nats", "temporal", "system"):
        (folder / name).mkdir()
    nats, temporal = start(folder / "nats"), start_temporal(folder / "temporal")
    ground = Ground(nats.url, temporal.address, folder / "system", nats.directory, journal_seconds=0.1)
    database = Database(ground.database("record"))
    try:
        async with on(ground, ground.database("officers"), letters=True):
            client = await connect(temporal.address, "default", ground.keys.engine)
            made = House(ground, nats, client, Reading(database))
            await until(made.journal_told)
            for case_id in (CASE, OTHER, BYSTANDER):
                # The bystander's file goes on with it, so it is another's.
                person = "p-bystander" if case_id == BYSTANDER else "p-member"
                opening = made.genuine(removal_opening(case_id=case_id, person_id=person))
                made.keys.introduce(opening)
                assert await begin(client, CaseKind.REMOVAL, case_id, opening, ONCE)
                await made.case(case_id).execute_update(names.CATCH_UP_UPDATE, 1000)
                await made.registered(case_id)
                await until(partial(made.carried, case_id))
            assert await made.send(made.genuine(made.asked(key=USED))) == "accepted"
            await made.goes_on()
            yield made
    finally:
        await database.close()
        temporal.kill()
        nats.kill()
