"""The record answers the worker with an error, too late, in part, or with something else: nothing takes effect.

Every fault, and then its repair: what was proposed is recorded once and answered.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from contracts import names
from contracts.record import Declined
from services.kit.errors import UnavailableError
from services.worker.record import Record
from services.worker.settling import Settling
from tests.claims import KeySet
from tests.record_double import RecordDouble
from tests.settle_requests import proposal, request, withdraw

Answer = Callable[[RecordDouble, str, bytes], Awaitable[bytes]]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeySet:
    return KeySet.make(Path(tmp_path_factory.mktemp("keys")))


class FaultyRecord(RecordDouble):
    """Answers one subject falsely until it is repaired."""

    subject = ""
    answer: Answer | None = None

    async def request(self, subject: str, body: bytes, seconds: float) -> bytes:
        """Falsely where a fault is planted."""
        if self.answer is None or subject != self.subject:
            return await super().request(subject, body, seconds)
        return await self.answer(self, subject, body)


async def error(record: RecordDouble, subject: str, body: bytes) -> bytes:
    raise ConnectionError("refused")


async def timeout(record: RecordDouble, subject: str, body: bytes) -> bytes:
    raise UnavailableError("no answer came in time")


async def nothing(record: RecordDouble, subject: str, body: bytes) -> bytes:
    return b""


async def partial(record: RecordDouble, subject: str, body: bytes) -> bytes:
    """The first half of what a healthy record says."""
    whole = await RecordDouble.request(record, subject, body, 1.0)
    return whole[: len(whole) // 2]


async def wrong(record: RecordDouble, subject: str, body: bytes) -> bytes:
    """Well-formed, and no answer to this question."""
    return b'{"verdict": "yes", "state": "ELECTED"}'


async def declined(record: RecordDouble, subject: str, body: bytes) -> bytes:
    return Declined(code="other-past", detail="the past is another").model_dump_json().encode()


@pytest.mark.parametrize("subject", [names.LOOK_SUBJECT, names.APPEND_SUBJECT])
@pytest.mark.parametrize("fault", [error, timeout, nothing, partial, wrong, declined])
async def test_no_answer_of_the_record_but_the_right_one_lets_anything_take_effect(
    keys: KeySet, subject: str, fault: Answer
) -> None:
    record = FaultyRecord()
    record.subject, record.answer = subject, fault
    worker = Settling(Record(record, 1.0), keys.checker, keys.record, keys.step)
    asked = request(withdraw(keys.claim), proposal())
    with capture_logs(), pytest.raises(Exception, match=r".") as caught:
        await worker.settle(asked)
    assert caught.type.__name__ != "AssertionError"
    record.answer = None
    steps = (await worker.settle(asked)).steps
    assert [step.command_id for step in steps] == ["k1"]
    assert len(record.envelopes("c1")) == 2, "once, although its answer may have been lost before"
