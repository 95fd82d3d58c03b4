"""Settle and fold (D2): what is proposed is recorded once, whole and in its place; what stands there comes back."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from contracts import names
from contracts.base import NO_DIGEST
from contracts.canonical import envelope_digest
from contracts.record import STEP_PURPOSE, Declined, Recorded
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.settling import Refusal, Settled, SettleRequest
from services.kit.errors import UnavailableError
from services.kit.sealing import SealError
from services.kit.signing import Verifier
from services.worker.record import Record
from services.worker.settling import DeclinedError, Settling
from services.worker.steps import BrokenRecordError
from tests.claims import AT, KeySet
from tests.record_double import RecordDouble
from tests.settle_requests import WITHDRAWN, WORDS, by_itself, proposal, request, withdraw


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeySet:
    return KeySet.make(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def record() -> RecordDouble:
    return RecordDouble()


def worker(keys: KeySet, record: RecordDouble) -> Settling:
    """A worker that knows nothing yet."""
    return Settling(Record(record, 1.0), keys.checker, keys.record, keys.step)


def asked(keys: KeySet, command_id: str = "k1") -> SettleRequest:
    """A withdrawal, at the beginning of its case."""
    return request(withdraw(keys.claim, command_id=command_id), proposal())


async def test_a_step_stands_whole_chained_signed_and_under_its_claim(
    keys: KeySet, record: RecordDouble
) -> None:
    settled = await worker(keys, record).settle(asked(keys))
    first, second = record.envelopes("c1")
    assert [first.id, second.id] == ["c1.1", "c1.2"]
    assert {(one.step, one.until, one.command_id) for one in (first, second)} == {(1, 2, "k1")}
    assert (first.previous, second.previous) == (NO_DIGEST, envelope_digest(first))
    assert first.claim == asked(keys).claim
    assert second.claim is None
    verifier = Verifier(keys.keys.public / "step", STEP_PURPOSE)
    assert verifier.holds(envelope_digest(second).encode(), record.heads[0].signature)
    (step,) = settled.steps
    assert (step.until, step.index, step.digest) == (2, 1, envelope_digest(second))
    assert [(one.type, one.private) for one in step.events] == [
        ("withdrawal-signed", {"reason": WORDS, "document_digest": None}),
        ("case-ended", None),
    ]
    assert not settled.again


async def test_no_personal_word_reaches_the_record_in_clear(keys: KeySet, record: RecordDouble) -> None:
    await worker(keys, record).settle(asked(keys))
    assert record.bodies("c1")
    assert all(WORDS.encode() not in body and WORDS not in body.decode() for body in record.bodies("c1"))


async def test_asked_again_it_is_the_same_step(keys: KeySet, record: RecordDouble) -> None:
    first = await worker(keys, record).settle(asked(keys))
    again = await worker(keys, record).settle(asked(keys))
    assert len(record.envelopes("c1")) == 2
    assert again == Settled(steps=first.steps, again=True), "another worker looks first, and finds it"


async def test_when_the_answer_was_lost_the_next_try_finds_the_step(
    keys: KeySet, record: RecordDouble
) -> None:
    one = worker(keys, record)
    assert (await one.settle(asked(keys))).steps
    following = request(
        withdraw(keys.claim, command_id="k2"),
        proposal(),
        sequence=2,
        previous=envelope_digest(record.envelopes("c1")[-1]),
    )
    record.lose_answers = 1
    with pytest.raises(UnavailableError):
        await one.settle(following)
    settled = await one.settle(following)
    assert [step.command_id for step in settled.steps] == ["k2"]
    assert len(record.envelopes("c1")) == 4


async def test_a_worker_that_recorded_the_last_step_itself_does_not_look(
    keys: KeySet, record: RecordDouble
) -> None:
    one = worker(keys, record)
    await one.settle(asked(keys))
    record.asked.clear()
    last = envelope_digest(record.envelopes("c1")[-1])
    await one.settle(request(withdraw(keys.claim, command_id="k2"), proposal(), sequence=2, previous=last))
    assert record.asked == [names.APPEND_SUBJECT]


async def test_where_another_step_stands_it_comes_back_opened_and_is_proposed_on_again(
    keys: KeySet, record: RecordDouble
) -> None:
    ahead = await worker(keys, record).settle(asked(keys, "k-ahead"))
    late = worker(keys, record)
    late._seen.saw("c1", NO_DIGEST)  # it looked before the other step came
    settled = await late.settle(asked(keys, "k-late"))
    assert settled == Settled(steps=ahead.steps, again=True)
    assert {one.command_id for one in record.envelopes("c1")} == {"k-ahead"}


async def test_a_look_proposes_nothing_and_finds_all_that_stands(keys: KeySet, record: RecordDouble) -> None:
    one = worker(keys, record)
    assert await one.settle(request(withdraw(keys.claim), None)) == Settled(again=True)
    made = await one.settle(asked(keys))
    assert await worker(keys, record).settle(request(None, None)) == Settled(steps=made.steps, again=True)


async def test_a_refusal_and_a_proposal_of_nothing_record_nothing(keys: KeySet, record: RecordDouble) -> None:
    refusal = Refusal(code=RefusalCode.CASE_ENDED, said=say("ended", state="LAPSED"))
    refused = proposal(()).model_copy(update={"refused": refusal, "wake_at": AT})
    command = withdraw(keys.claim)
    one = worker(keys, record)
    assert await one.settle(request(command, refused)) == Settled(refused=refusal, wake_at=AT)
    nothing = by_itself(()).model_copy(update={"wake_at": AT})
    assert await one.settle(request(None, nothing)) == Settled(wake_at=AT)
    assert record.asked == []


async def test_time_asks_by_itself_and_so_does_an_errand_that_was_carried(
    keys: KeySet, record: RecordDouble
) -> None:
    one = worker(keys, record)
    assert (await one.settle(request(None, by_itself(), command_id="timer.c1.0"))).steps
    last = envelope_digest(record.envelopes("c1")[-1])
    made = request(None, by_itself(), sequence=2, previous=last, command_id="carried.c1.1")
    assert (await one.settle(made)).steps
    assert [one.claim for one in record.envelopes("c1")] == [None] * 4


async def test_a_key_that_another_case_used_is_refused(keys: KeySet, record: RecordDouble) -> None:
    one = worker(keys, record)
    await one.settle(asked(keys))
    elsewhere = request(withdraw(keys.claim, case_id="c2"), proposal(), case_id="c2")
    settled = await one.settle(elsewhere)
    assert settled.refused is not None
    assert settled.refused.code == RefusalCode.KEY_REUSED
    assert settled.wake_at == AT, "the case reckons again: what it reckoned with did not happen"
    assert record.envelopes("c2") == []


async def test_a_repeat_that_the_workflow_has_forgotten_is_known_to_the_record(
    keys: KeySet, record: RecordDouble
) -> None:
    one = worker(keys, record)
    await one.settle(asked(keys))
    last = envelope_digest(record.envelopes("c1")[-1])
    repeat = request(withdraw(keys.claim), proposal(), sequence=2, previous=last)
    assert await one.settle(repeat) == Settled(wake_at=AT), "nothing changed, and the case reckons again"
    other = request(withdraw(keys.claim, reason="another"), proposal(), sequence=2, previous=last)
    settled = await one.settle(other)
    assert settled.refused is not None
    assert settled.refused.code == RefusalCode.KEY_REUSED
    assert len(record.envelopes("c1")) == 2


async def test_a_step_that_the_record_declines_raises_and_takes_no_effect(
    keys: KeySet, record: RecordDouble
) -> None:
    record.decline = Declined(code="other-past", detail="the past is another")
    with capture_logs() as lines, pytest.raises(DeclinedError, match="other-past"):
        await worker(keys, record).settle(asked(keys))
    (alarm,) = [line for line in lines if line["log_level"] == "error"]
    assert (alarm["case_id"], alarm["command_id"]) == ("c1", "k1")
    record.decline = None
    assert (await worker(keys, record).settle(asked(keys))).steps


async def test_a_silent_record_raises(keys: KeySet, record: RecordDouble) -> None:
    record.away = True
    with capture_logs() as lines, pytest.raises(UnavailableError):
        await worker(keys, record).settle(asked(keys))
    assert lines == [], "an outage is told by those whom it concerns, not by every act"


async def test_what_does_not_follow_the_known_past_is_not_folded(keys: KeySet, record: RecordDouble) -> None:
    await worker(keys, record).settle(asked(keys))
    with pytest.raises(BrokenRecordError, match=r"c1\.0"):
        await worker(keys, record).settle(request(withdraw(keys.claim), None, previous="1" * 64))


async def test_a_long_past_is_read_whole(keys: KeySet, record: RecordDouble) -> None:
    one, last, sequence = worker(keys, record), NO_DIGEST, 0
    for number in range(5):
        command = withdraw(keys.claim, command_id=f"k{number}")
        settled = await one.settle(request(command, proposal(WITHDRAWN), sequence=sequence, previous=last))
        last, sequence = settled.steps[-1].digest, settled.steps[-1].until
    found = (await worker(keys, record).settle(request(None, None))).steps
    assert [(step.command_id, step.until) for step in found] == [(f"k{n}", 2 * n + 2) for n in range(5)]


async def test_an_answer_for_other_bytes_is_none(keys: KeySet, record: RecordDouble) -> None:
    """R3: what was sent is on the record only when the record names its digest."""
    asking = record.request

    async def lying(subject: str, body: bytes, seconds: float) -> bytes:
        reply = await asking(subject, body, seconds)
        if subject != names.APPEND_SUBJECT:
            return reply
        said = Recorded.model_validate_json(reply)
        place = said.place.model_copy(update={"digest": "f" * 64})
        return said.model_copy(update={"place": place}).model_dump_json().encode()

    record.request = lying  # type: ignore[method-assign]
    with pytest.raises(BrokenRecordError, match="another step"):
        await worker(keys, record).settle(asked(keys))


async def test_half_a_step_is_not_folded(keys: KeySet, record: RecordDouble) -> None:
    await worker(keys, record).settle(asked(keys))
    record._cases["c1"].pop()
    with pytest.raises(BrokenRecordError, match="half a step"):
        await worker(keys, record).settle(request(None, None))


async def test_what_was_sealed_under_another_key_is_not_folded(
    keys: KeySet, record: RecordDouble, tmp_path: Path
) -> None:
    await worker(keys, record).settle(asked(keys))
    other = KeySet.make(tmp_path / "other")
    with pytest.raises(SealError):
        await worker(other, record).settle(request(None, None))
