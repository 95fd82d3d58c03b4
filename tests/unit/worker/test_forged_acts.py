"""Forged, copied, re-targeted, unsigned: nothing is recorded, an attempt is kept, the alarm names the sender."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from contracts.actor import BY_ITSELF, Actor
from contracts.claim import UNSIGNED, Claim
from contracts.commands.nomination import ScheduleElection
from contracts.refusals import RefusalCode
from contracts.settling import SettleRequest
from services.kit.claims import signed
from services.kit.signing import SigningKey
from services.worker.record import Record
from services.worker.settling import Settling
from tests.claims import AT, KeySet, claim, claimed, owed
from tests.record_double import RecordDouble
from tests.settle_requests import by_itself, proposal, request, withdraw


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeySet:
    return KeySet.make(tmp_path_factory.mktemp("keys"))


def _as_claimed(keys: KeySet, **changes: object) -> SettleRequest:
    """A genuine request of which the claim was changed after it was signed."""
    good = request(withdraw(keys.claim), proposal())
    assert good.claim is not None
    return good.model_copy(update={"claim": good.claim.model_copy(update=changes)})


def _for_another(keys: KeySet, **changes: object) -> SettleRequest:
    """A genuine claim of somebody's own, sent along with what it was not made for."""
    good = request(withdraw(keys.claim), proposal())
    own = withdraw(keys.claim).claim.model_copy(update=changes)
    return good.model_copy(update={"claim": signed(own, keys.claim)})


def _election(key: SigningKey) -> SettleRequest:
    command = ScheduleElection(claim=claim("c1"), election_at=AT)
    return request(owed(command, key), proposal())


def _owed_by_nobody(keys: KeySet) -> SettleRequest:
    command = ScheduleElection(claim=claim("c1"), election_at=AT)
    return request(claimed(command, keys.errand), proposal())


def _by_time(key: SigningKey) -> SettleRequest:
    """The word of a case whose time had come, in nobody's name."""
    command = ScheduleElection(claim=claim("c1", actor=BY_ITSELF), election_at=AT)
    return request(owed(command, key), proposal())


FORGERIES: dict[str, Callable[[KeySet], SettleRequest]] = {
    "no claim": lambda keys: request(None, proposal(), command_id="k1"),
    "no claim, as if the system did it": lambda keys: request(None, by_itself(), command_id="k1"),
    "no claim, as if another case's time had come": lambda keys: request(
        None, by_itself(), command_id="timer.c2.0"
    ),
    "a person's act as if time had come": lambda keys: request(None, proposal(), command_id="timer.c1.0"),
    "an unsigned claim": lambda keys: _as_claimed(keys, signature=UNSIGNED),
    "another account's name": lambda keys: _as_claimed(keys, actor=Actor(account_id="a9", person_id="p1")),
    "another person's name": lambda keys: _as_claimed(keys, actor=Actor(account_id="a1", person_id="p9")),
    "another instant": lambda keys: _as_claimed(keys, at=AT + timedelta(hours=1)),
    "another key's name": lambda keys: _as_claimed(
        keys, signature=withdraw(keys.claim).claim.signature.model_copy(update={"key_id": keys.step.key_id})
    ),
    "a claim for another case": lambda keys: _for_another(keys, target="c2"),
    "a claim for another command": lambda keys: _for_another(keys, command_id="k9"),
    "a claim for another act": lambda keys: _for_another(keys, act="claim-task"),
    "a claim for another body": lambda keys: _for_another(
        keys, body_digest=withdraw(keys.claim, reason="other words").claim.body_digest
    ),
    "a person's act under the key for errands": lambda keys: request(withdraw(keys.errand), proposal()),
    "a person's act under the key for steps": lambda keys: request(withdraw(keys.step), proposal()),
    "a batch's word under the key for people": lambda keys: _election(keys.claim),
    "a batch's word that no errand owes": _owed_by_nobody,
    "the word of time under the key for people": lambda keys: _by_time(keys.claim),
    "somebody else's command copied here": lambda keys: request(
        withdraw(keys.claim, case_id="c2"), proposal(), case_id="c1"
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_it_is_refused_before_anything_is_recorded(keys: KeySet, forgery: str) -> None:
    record = RecordDouble()
    settling = Settling(Record(record, 1.0), keys.checker, keys.record, keys.step)
    forged = FORGERIES[forgery](keys)
    with capture_logs() as lines:
        settled = await settling.settle(forged)
    assert settled.refused is not None
    assert settled.refused.code == RefusalCode.CLAIM_INVALID
    assert settled.steps == ()
    assert settled.wake_at == AT
    assert record.envelopes(forged.case_id) == []
    (attempt,) = record.attempts
    assert (attempt.target, attempt.command_id) == (forged.case_id, forged.command_id)
    (alarm,) = [line for line in lines if line["log_level"] == "error"]
    _names_the_sender(forged.claim, attempt.detail, alarm)


def _names_the_sender(said: Claim | None, detail: str, alarm: object) -> None:
    if said is None:
        assert detail.startswith("nobody: ")
        return
    assert detail.startswith(f"account {said.actor.account_id} under key {said.signature.key_id}: ")
    assert said.actor.account_id in str(alarm)
    assert said.signature.key_id in str(alarm)


async def test_it_is_refused_and_told_in_the_log_while_the_record_is_away(keys: KeySet) -> None:
    record = RecordDouble()
    record.away = True
    settling = Settling(Record(record, 1.0), keys.checker, keys.record, keys.step)
    with capture_logs() as lines:
        settled = await settling.settle(_as_claimed(keys, signature=UNSIGNED))
    assert settled.refused is not None
    assert [line["log_level"] for line in lines] == ["error", "warning"]


async def test_what_a_rule_refuses_is_an_attempt_as_well_when_nobody_asked(keys: KeySet) -> None:
    record = RecordDouble()
    settling = Settling(Record(record, 1.0), keys.checker, keys.record, keys.step)
    refused = proposal(()).model_copy(update={"wake_at": AT})
    settled = await settling.settle(request(withdraw(keys.step), refused))
    assert settled.refused is not None
    assert settled.refused.code == RefusalCode.CLAIM_INVALID, "a forger learns nothing of the case"
    assert len(record.attempts) == 1


async def test_a_batch_may_speak_in_the_name_of_whoever_acted_there(keys: KeySet) -> None:
    record = RecordDouble()
    settling = Settling(Record(record, 1.0), keys.checker, keys.record, keys.step)
    assert (await settling.settle(_election(keys.errand))).steps
    assert (await settling.settle(_by_time(keys.errand))).steps, "and where time owes it, in the system's"
    assert record.attempts == []
