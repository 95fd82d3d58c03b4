"""A registry in this process, on a real broker and database, and somebody who sends steps to it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from contracts.names import APPEND_SUBJECT, LOOK_SUBJECT
from contracts.record import Declined, Look, RecordAnswer, Recorded, Standing
from services.kit import jetstream
from services.kit.db import Database
from services.kit.errors import UnavailableError
from services.registry.main import TABLES
from services.registry.proof import Proof
from services.registry.publisher import Publisher
from services.registry.responder import Responder
from services.registry.settings import Settings
from services.registry.store.appending import Appending
from services.registry.store.reading import Reading
from tests.claims import KeySet
from tests.record_steps import Step, message
from tests.waiting import PATIENCE

TOKEN = "only-for-tests"
Found = TypeVar("Found")
_ANSWER: TypeAdapter[RecordAnswer] = TypeAdapter(RecordAnswer)


def settings(database_url: str, nats_url: str, directory: Path, **more: object) -> Settings:
    """Settings of a registry whose files lie in `directory`."""
    token = directory / "token"
    token.write_text(TOKEN)
    keys = KeySet.make(directory / "keys")
    values: dict[str, object] = {
        "database_url": database_url,
        "nats_url": nats_url,
        "token_file": token,
        "public_keys_dir": keys.public,
        "entry_key_file": keys.keys.signing("entry"),
        **more,
    }
    return Settings(**values)  # type: ignore[arg-type]


async def eventually(look: Callable[[], Awaitable[Found]], seconds: float = PATIENCE) -> Found:
    """What `look` finds as soon as it finds something; its last answer when time is up."""
    found = await look()
    for _ in range(int(seconds / 0.02)):
        if found:
            break
        await asyncio.sleep(0.02)
        found = await look()
    return found


@dataclass
class Rig:
    """The parts of a running registry, within a test's reach."""

    settings: Settings
    keys: KeySet
    database: Database
    bus: jetstream.Bus
    reading: Reading
    proof: Proof
    publisher: Publisher | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Let the registry answer and publish."""
        self._stop = asyncio.Event()
        self._running = asyncio.create_task(self._serve(self._stop))

    async def stop(self) -> None:
        """Let it finish what it holds and end."""
        if self._running is not None:
            self._stop.set()
            await self._running
            self._running = None

    async def _serve(self, stop: asyncio.Event) -> None:
        self.publisher = publisher = Publisher(self.bus, self.database, self.reading, self.keys.entry)
        appending = Appending(self.database)
        responder = Responder(self.bus, appending, self.proof, publisher, self.settings.batch)
        async with asyncio.TaskGroup() as group:
            group.create_task(responder.run(stop))
            group.create_task(publisher.run(stop))

    async def ask(self, body: bytes, subject: str = APPEND_SUBJECT, seconds: float = 5) -> RecordAnswer:
        """Send something to the record; its answer without the envelopes behind it."""
        return read_answer(await self.bus.request(subject, body, seconds))[0]

    async def append(self, step: Step, seconds: float = PATIENCE) -> RecordAnswer:
        """Send a step as the worker does: signed, and the same again until there is an answer."""
        body = message(step, self.keys.step)
        async with asyncio.timeout(seconds):
            while True:
                with contextlib.suppress(UnavailableError):
                    return await self.ask(body, seconds=1)
                await asyncio.sleep(0.1)

    async def record(self, steps: Iterable[Step]) -> list[Recorded]:
        """Send steps one after the other, when none may be refused."""
        found = [await self.append(step) for step in steps]
        refused = [answer for answer in found if not isinstance(answer, Recorded)]
        assert not refused, refused
        return [answer for answer in found if isinstance(answer, Recorded)]

    async def look(self, case_id: str, after: int) -> tuple[RecordAnswer, list[str]]:
        """What stands on the record of a case, with the envelopes."""
        asked = Look(case_id=case_id, after=after).model_dump_json().encode()
        return read_answer(await self.bus.request(LOOK_SUBJECT, asked, 5))

    async def declined(self, body: bytes) -> str:
        """Send what must be declined; returns the code, once the attempt is kept."""
        before = (await self.reading.head()).length
        answer = await self.ask(body)
        assert isinstance(answer, Declined), answer
        assert (await self.reading.head()).length == before
        kept = [one for _, one in await self.reading.attempts(after=-1, limit=1000)]
        assert (answer.code, len(body)) in {(one.code, one.size) for one in kept}
        return answer.code


def read_answer(body: bytes) -> tuple[RecordAnswer, list[str]]:
    """The record's answer, and the envelopes that follow it."""
    head, *envelopes = body.decode().split("\n")
    answer = _ANSWER.validate_json(head)
    assert len(envelopes) == (len(answer.indexes) if isinstance(answer, Standing) else 0)
    return answer, envelopes


@contextlib.asynccontextmanager
async def registry(
    database_url: str, nats_url: str, directory: Path, *, migrated: bool = False, started: bool = True
) -> AsyncIterator[Rig]:
    """A registry with fresh tables, answering."""
    values = settings(database_url, nats_url, directory)
    if not migrated:
        await TABLES.migrate(values)
    database = Database(values.dsn())
    bus = await jetstream.connect(values, "test")
    keys = KeySet.make(directory / "keys")
    rig = Rig(values, keys, database, bus, Reading(database), Proof.load(keys.public))
    if started:
        rig.start()
        await bus.flush()
    try:
        yield rig
    finally:
        await rig.stop()
        await bus.close()
        await database.close()
