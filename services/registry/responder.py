"""Answer whoever asks the record: requests that wait are written together, and answered after the commit."""

import asyncio
from collections.abc import Sequence

from pydantic import ValidationError

from contracts.names import APPEND_SUBJECT, ATTEMPT_SUBJECT, JOURNAL_SUBJECT, LOOK_SUBJECT
from contracts.record import Attempt, Declined, Look, Standing
from services.kit.errors import UnavailableError
from services.kit.jetstream import Bus, Listening, Message
from services.kit.logs import logger
from services.kit.waking import Waker
from services.registry.attempts import raise_alarm, refused_elsewhere, refused_here
from services.registry.proof import Proof
from services.registry.publisher import Publisher
from services.registry.steps import Sender, Submission, Unfit, read
from services.registry.store.appending import Answer, Appending, Shown

QUEUE = "registry"

MOST_WAITING = 1024
"""Requests that may wait; whoever finds no room gets no answer and asks again."""

PAUSE_SECONDS = 0.25
"""After the database did not answer."""

Waiting = tuple[Message, Submission | Unfit]


class Responder:
    """Takes requests while a batch is written, and writes what has come meanwhile as the next."""

    def __init__(
        self, bus: Bus, appending: Appending, proof: Proof, publisher: Publisher, batch: int
    ) -> None:
        self._bus = bus
        self._appending = appending
        self._proof = proof
        self._publisher = publisher
        self._batch = batch
        self._waiting: list[Waiting] = []
        self._waker = Waker()

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until `stop` is set; what came until then is written and answered first."""
        listening: list[Listening] = []
        try:
            for subject, receive in (
                (APPEND_SUBJECT, self._take),
                (JOURNAL_SUBJECT, self._take),
                (LOOK_SUBJECT, self._look),
                (ATTEMPT_SUBJECT, self._keep),
            ):
                listening.append(await self._bus.listen(subject, receive, QUEUE))
            with self._waker.until(stop):
                while not stop.is_set():
                    await self._waker.wait()
                    await self._write_waiting()
        finally:
            for one in listening:
                await one.end()
            await self._write_waiting()

    async def _take(self, message: Message) -> None:
        if len(self._waiting) >= MOST_WAITING:
            logger.warning("too many steps wait; this one is not taken", count=MOST_WAITING)
            return
        # Read now, while the batch before is still being written.
        self._waiting.append((message, read(message.body, self._proof)))
        self._waker.call()

    async def _write_waiting(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[: self._batch], self._waiting[self._batch :]
            try:
                await self._write(batch)
            except UnavailableError as error:
                logger.warning(
                    "steps are not recorded; they are sent again", count=len(batch), reason=str(error)
                )
                await asyncio.sleep(PAUSE_SECONDS)

    async def _write(self, batch: Sequence[Waiting]) -> None:
        try:
            outcome = await self._appending.append([step for _, step in batch])
        except UnavailableError:
            raise
        except Exception as error:
            if len(batch) == 1:
                logger.error("alarm: a step cannot be recorded", exc_info=error)
                return
            # One of them is at fault; the others must not suffer for it.
            for one in batch:
                await self._write([one])
            return
        for (message, _), answer in zip(batch, outcome.answers, strict=True):
            await message.answer(wire(answer))
        # Afterwards: whoever asked waits for the answer, and telling the others takes as long as recording did.
        await self._publisher.added(outcome.entries)
        for attempt in outcome.attempts:
            raise_alarm(attempt)

    async def _look(self, message: Message) -> None:
        try:
            look = Look.model_validate_json(message.body)
            shown: Answer = await self._appending.look(look.case_id, look.after)
        except ValidationError:
            shown = Declined(code="unreadable", detail="this asks for no case")
        except UnavailableError as error:
            logger.warning("the record cannot be shown", reason=str(error))
            return
        await message.answer(wire(shown))

    async def _keep(self, message: Message) -> None:
        try:
            told = refused_elsewhere(Attempt.model_validate_json(message.body), message.body)
        except ValidationError:
            told = refused_here(Sender(), message.body, Declined(code="unreadable", detail="no attempt"))
        try:
            await self._appending.keep(told)
        except UnavailableError as error:
            logger.warning("an attempt is not kept", reason=str(error))
            return
        finally:
            raise_alarm(told)
        await message.answer(b"ok")


def wire(answer: Answer) -> bytes:
    """The answer as it travels: a line of JSON, and behind `standing` the envelopes, one a line."""
    if isinstance(answer, Shown):
        head = Standing(indexes=answer.indexes).model_dump_json()
        return "\n".join((head, *answer.bodies)).encode()
    return answer.model_dump_json().encode()
