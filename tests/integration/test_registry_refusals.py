"""What nobody may record: nothing is added, the attempt is kept, and an alarm names who sent it."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contracts.canonical import canonical, envelope_digest
from contracts.names import ATTEMPT_SUBJECT, LOOK_SUBJECT, record_subject
from contracts.record import RECORD_REFUSALS, Attempt, Declined, Recorded, Standing
from services.kit.errors import UnavailableError
from services.kit.signing import SigningKey
from services.registry.steps import LARGEST_STEP
from tests.claims import KeySet
from tests.record_steps import changed, claim, history, message, step
from tests.registry_rig import Rig, eventually, registry
from tests.servers import NatsServer
from tests.unfit_steps import OTHER, UNFIT, whole


@pytest.fixture
async def rig(database_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with registry(database_url, nats_server.url, tmp_path) as running:
        yield running


@pytest.mark.parametrize("name", UNFIT)
async def test_a_signed_step_that_is_unfit_is_declined_whatever_stands_there(rig: Rig, name: str) -> None:
    code, made = UNFIT[name]
    assert await rig.declined(message(made(rig.keys), rig.keys.step)) == code
    # And it is that which was at fault.
    assert isinstance(await rig.append(whole(rig.keys)), Recorded)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json at all",
        b"\xff\xfe\x00\n\n",
        b"[" * 5000,
        b'{"signature": {"key_id": "s1", "value": "x"}}',
        b'{"signature": {"key_id": "s1", "value": "x"}}\n{"id": "c9.1"}',
    ],
    ids=["nothing", "text", "not unicode", "nested deeply", "no event", "an event almost empty"],
)
async def test_what_cannot_be_read_is_declined_and_the_others_flow(rig: Rig, body: bytes) -> None:
    assert await rig.declined(body) == "unreadable"
    await rig.record(history(rig.keys, "c1"))


async def test_an_event_that_is_not_in_its_canonical_form_is_declined(rig: Rig) -> None:
    loose = message(whole(rig.keys), rig.keys.step).replace(b'"version":1', b'"version": 1')
    assert await rig.declined(loose) == "unreadable"


async def test_a_step_that_is_too_large_to_be_shown_again_is_declined(rig: Rig) -> None:
    filled = changed(step(rig.keys, "c1"), 0, payload={"task_id": "t", "person_id": "p" * LARGEST_STEP})
    assert await rig.declined(message(filled, rig.keys.step)) == "unreadable"


async def test_a_step_that_the_worker_did_not_sign_is_declined(rig: Rig, tmp_path: Path) -> None:
    strangers = KeySet.make(tmp_path / "strangers")
    events = whole(rig.keys)
    another_purpose = SigningKey(rig.keys.step._key, b"qingxuan entries v1\x00")
    for key in (strangers.step, rig.keys.claim, rig.keys.errand, rig.keys.entry, another_purpose):
        assert await rig.declined(message(events, key)) == "unsigned-step"
    # A signature over something else: over another step, and over this one before it was changed.
    signed = message(step(rig.keys, "c2"), rig.keys.step).split(b"\n")[0]
    assert await rig.declined(b"\n".join((signed, *(canonical(one) for one in events)))) == "unsigned-step"
    unsigned = b'{"signature":{"key_id":"none","value":""}}\n' + canonical(step(rig.keys, "c3")[0])
    assert await rig.declined(unsigned) == "unsigned-step"


async def test_a_step_behind_a_hole_or_another_past_is_declined(rig: Rig) -> None:
    first, second, third = history(rig.keys, "c1")
    await rig.record([first])
    assert await rig.declined(message(third, rig.keys.step)) == "gap"
    other = step(rig.keys, "c1", first=2, previous="b" * 64)
    assert await rig.declined(message(other, rig.keys.step)) == "other-past"
    assert await rig.declined(message(step(rig.keys, "c2", previous="b" * 64), rig.keys.step)) == "other-past"
    await rig.record([second, third])


async def test_a_key_makes_one_step_in_whatever_case(rig: Rig) -> None:
    first, second, third = history(rig.keys, "c1")
    await rig.record([first, second, third])
    elsewhere = step(rig.keys, "c2", command_id="k-c1-2")
    assert await rig.declined(message(elsewhere, rig.keys.step)) == "key-reused"
    # In the same case the step under the key is shown, wherever it stands, and nothing is added.
    again = step(rig.keys, "c1", first=4, previous=envelope_digest(third[-1]), command_id="k-c1-2")
    assert await rig.append(again) == Standing(indexes=(1,))
    rival = step(rig.keys, "c1", first=2, previous=envelope_digest(first[-1]), command_id="k-c1-3")
    assert await rig.append(rival) == Standing(indexes=(1, 2))
    assert (await rig.reading.head()).length == 3
    kept = [one.code for _, one in await rig.reading.attempts(after=-1, limit=10)]
    assert kept == ["key-reused", "key-reused"]


async def test_a_step_sent_again_by_somebody_else_adds_nothing(rig: Rig) -> None:
    steps = history(rig.keys, "c1")
    answers = await rig.record(steps)
    assert await rig.append(steps[1]) == answers[1]
    assert (await rig.reading.head()).length == 3


async def test_what_is_published_past_the_registry_is_not_recorded(rig: Rig) -> None:
    await rig.record(history(rig.keys, "c1"))
    (event,) = step(rig.keys, "c2")
    for subject in (record_subject("nomination", event.type, 1), "record.x", "registry.else"):
        await rig.bus.send(subject, message([event], rig.keys.step))
    with pytest.raises(UnavailableError):
        await rig.bus.request("registry.else", message([event], rig.keys.step), 1)
    assert isinstance(await rig.ask(message([event], rig.keys.step), LOOK_SUBJECT), Declined)
    await rig.bus.flush()
    assert (await rig.reading.head()).length == 3


async def test_the_alarm_names_key_and_account(rig: Rig, capsys: pytest.CaptureFixture[str]) -> None:
    unclaimed = changed(whole(rig.keys), 0, claim=claim("k-c1-1", "c1", rig.keys.step, OTHER))
    await rig.declined(message(unclaimed, rig.keys.step))

    async def alarm() -> dict[str, object]:
        lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
        return next((line for line in lines if str(line["event"]).startswith("alarm")), {})

    said = await eventually(alarm)
    assert (said["code"], said["key_id"], said["account_id"], said["case_id"], said["command_id"]) == (
        "claim-invalid",
        rig.keys.step.key_id,
        "a-2",
        "c1",
        "k-c1-1",
    )
    assert rig.keys.step.key_id in str(said["detail"])


async def test_an_attempt_that_a_service_tells_of_is_kept_and_told(
    rig: Rig, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Attempt(
        service="worker",
        target="c1",
        command_id="k-1",
        act="claim-task",
        code="claim-invalid",
        detail="x" * 9000,
    )
    for _ in range(2):
        assert await rig.bus.request(ATTEMPT_SUBJECT, told.model_dump_json().encode(), 5) == b"ok"
    ((_, kept),) = await rig.reading.attempts(after=-1, limit=10)
    assert (kept.service, kept.code, kept.case_id, kept.command_id) == (
        "worker",
        "claim-invalid",
        "c1",
        "k-1",
    )
    assert len(kept.detail) <= 500
    assert "alarm" in capsys.readouterr().err
    assert await rig.bus.request(ATTEMPT_SUBJECT, b"nonsense", 5) == b"ok"


async def test_an_attempt_is_kept_once_and_within_bounds(rig: Rig) -> None:
    body = b"x" * 100_000
    for _ in range(3):
        await rig.declined(body)
    ((_, kept),) = await rig.reading.attempts(after=-1, limit=10)
    assert (len(kept.body), kept.size) == (16 * 1024, 100_000)


async def test_a_bad_step_among_good_ones_takes_none_with_it(rig: Rig) -> None:

    good = [rig.append(step(rig.keys, f"c{number}")) for number in range(20)]
    bad = [rig.ask(message(step(None, f"d{number}", command_id="k"), rig.keys.step)) for number in range(20)]
    answers = await asyncio.gather(*(one for pair in zip(good, bad, strict=True) for one in pair))
    assert [type(one) for one in answers] == [Recorded, Declined] * 20


def test_every_code_of_the_contract_is_tried_here_or_with_what_is_owed() -> None:
    tried = {code for code, _ in UNFIT.values()} | {
        "unreadable",
        "unsigned-step",
        "gap",
        "other-past",
        "key-reused",
        "not-owed",
    }
    assert tried == set(RECORD_REFUSALS)
