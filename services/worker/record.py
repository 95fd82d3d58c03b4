"""The way to the record: request and reply over the broker."""

from dataclasses import dataclass
from typing import Protocol

from pydantic import TypeAdapter

from contracts import names
from contracts.canonical import read_envelope
from contracts.events.case import CaseFiled
from contracts.record import Attempt, Look, RecordAnswer, Standing
from services.kit.errors import UnavailableError
from services.kit.logs import logger

ATTEMPT_SECONDS = 1.0
"""How long it is tried to tell the record of an attempt: whoever is refused does not wait for it longer."""
CHECK_SECONDS = 2.0
NO_CASE = "none"
"""The name of no case: what is asked to see that the record answers."""

MOST_BYTES = 1024 * 1024
"""What one look reads at most: a result of an activity may have 2 MiB."""

_ANSWER: TypeAdapter[RecordAnswer] = TypeAdapter(RecordAnswer)


class Asks(Protocol):
    """A connection to the broker."""

    async def request(self, subject: str, body: bytes, seconds: float, /) -> bytes:
        """The reply to one message. Raises UnavailableError when none came within `seconds`."""


class SilentError(RuntimeError):
    """The record's answer is none that was asked for; the message says which."""


@dataclass(frozen=True)
class Answer:
    """What the record says, and the envelopes that follow, as they stand there."""

    said: RecordAnswer
    bodies: tuple[bytes, ...]


class Record:
    """Speaks with the record. Every question may be asked again."""

    def __init__(self, bus: Asks, seconds: float) -> None:
        """`seconds` is how long one question waits for its answer."""
        self._bus = bus
        self._seconds = seconds

    async def append(self, message: bytes) -> Answer:
        """Ask that a step be recorded. Without an answer (UnavailableError) it may be recorded or not."""
        return _read(await self._bus.request(names.APPEND_SUBJECT, message, self._seconds))

    async def after(self, case_id: str, sequence: int) -> tuple[tuple[bytes, ...], tuple[int, ...]]:
        """The envelopes that stand on the record of the case after this sequence, with their indexes.

        All of them, unless they are more than MOST_BYTES: then whole steps from the first on.
        """
        bodies: list[bytes] = []
        indexes: list[int] = []
        while sum(map(len, bodies)) < MOST_BYTES:
            look = Look(case_id=case_id, after=sequence + len(bodies))
            asked = await self._bus.request(
                names.LOOK_SUBJECT, look.model_dump_json().encode(), self._seconds
            )
            answer = _read(asked)
            if not isinstance(answer.said, Standing):
                raise SilentError(f"a look at {case_id} is answered with {answer.said.answer}")
            if not answer.bodies:
                break
            bodies += answer.bodies
            indexes += answer.said.indexes
        return tuple(bodies), tuple(indexes)

    async def has_ended(self, case_id: str) -> bool:
        """Whether the case is closed on the record: then no workflow of it is missing."""
        bodies, _ = await self.after(case_id, 0)
        return any(read_envelope(body)[0].type == CaseFiled.type for body in bodies)

    async def check(self) -> None:
        """Ask the record about no case at all. Raises when it does not answer: then no act can be recorded."""
        look = Look(case_id=NO_CASE, after=0)
        _read(await self._bus.request(names.LOOK_SUBJECT, look.model_dump_json().encode(), CHECK_SECONDS))

    async def tell(self, attempt: Attempt) -> None:
        """Tell of an act that was refused because nobody proved to have asked. Best effort: the log has it too."""
        try:
            body = attempt.model_dump_json().encode()
            await self._bus.request(names.ATTEMPT_SUBJECT, body, ATTEMPT_SECONDS)
        except UnavailableError as error:
            logger.warning(
                "the record was not told of an attempt", command_id=attempt.command_id, exc_info=error
            )


def _read(reply: bytes) -> Answer:
    first, *bodies = reply.split(b"\n")
    return Answer(_ANSWER.validate_json(first), tuple(bodies))
