"""The record in memory: what contracts/record.py promises of it, for tests of those who ask it."""

from collections import defaultdict
from hashlib import sha256

from pydantic import BaseModel

from contracts import names
from contracts.canonical import read_envelope
from contracts.envelope import Envelope
from contracts.record import Attempt, Declined, Look, Place, Recorded, Standing, StepHead
from services.kit.errors import UnavailableError


class RecordDouble:
    """Keeps steps whole and in order, knows a repeat, and tells what stands there. It checks no signature."""

    def __init__(self) -> None:
        self.attempts: list[Attempt] = []
        self.heads: list[StepHead] = []
        self.asked: list[str] = []
        self.away = False
        self.lose_answers = 0
        self.decline: Declined | None = None
        self._cases: dict[str, list[tuple[bytes, int]]] = defaultdict(list)
        self._commands: dict[str, tuple[str, int]] = {}
        self._count = 0

    async def request(self, subject: str, body: bytes, seconds: float) -> bytes:
        """Answer as the registry does."""
        self.asked.append(subject)
        if self.away:
            raise UnavailableError("away")
        answer = {names.APPEND_SUBJECT: self._append, names.LOOK_SUBJECT: self._look}.get(
            subject, self._attempt
        )
        reply = answer(body)
        if self.lose_answers:
            self.lose_answers -= 1
            raise UnavailableError("the answer was lost")
        return reply

    def envelopes(self, case_id: str) -> list[Envelope]:
        """What stands on the record of a case."""
        return [read_envelope(body)[0] for body, _ in self._cases[case_id]]

    def everything(self) -> list[Envelope]:
        """The whole record, in order."""
        every = [entry for case in self._cases.values() for entry in case]
        return [read_envelope(body)[0] for body, _ in sorted(every, key=lambda entry: entry[1])]

    def lose(self, case_id: str) -> None:
        """As if the case had never begun."""
        del self._cases[case_id]
        self._commands = {key: at for key, at in self._commands.items() if at[0] != case_id}

    def bodies(self, case_id: str) -> list[bytes]:
        """The same, as bytes."""
        return [body for body, _ in self._cases[case_id]]

    def _append(self, message: bytes) -> bytes:
        if self.decline is not None:
            return _said(self.decline)
        head, *bodies = message.split(b"\n")
        first = read_envelope(bodies[0])[0]
        case = self._cases[first.case_id]
        stands = [body for body, _ in case[first.step - 1 : first.until]]
        if stands == bodies:
            return _said(Recorded(place=_place(first.until, *case[first.until - 1])))
        known = self._commands.get(first.command_id)
        if known is not None and known[0] != first.case_id:
            return _said(Declined(code="key-reused", detail="the key is of another case"))
        if len(case) >= first.step:
            return self._standing(first.case_id, first.step - 1)
        if known is not None:
            return self._standing(first.case_id, known[1] - 1)
        self.heads.append(StepHead.model_validate_json(head))
        self._commands[first.command_id] = (first.case_id, first.step)
        for body in bodies:
            case.append((body, self._count))
            self._count += 1
        return _said(Recorded(place=_place(first.until, *case[-1])))

    def _look(self, body: bytes) -> bytes:
        look = Look.model_validate_json(body)
        return self._standing(look.case_id, look.after)

    def _attempt(self, body: bytes) -> bytes:
        self.attempts.append(Attempt.model_validate_json(body))
        return b"ok"

    def _standing(self, case_id: str, after: int) -> bytes:
        found = self._cases[case_id][after:]
        head = Standing(indexes=tuple(index for _, index in found))
        return b"\n".join([_said(head), *(body for body, _ in found)])


def _place(until: int, body: bytes, index: int) -> Place:
    return Place(until=until, index=index, digest=sha256(body).hexdigest())


def _said(answer: BaseModel) -> bytes:
    return answer.model_dump_json().encode()
