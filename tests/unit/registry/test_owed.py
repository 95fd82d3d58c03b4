"""What one case asks of another is what it owes, to the last field: held against the owing step's promises."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from contracts.actor import BY_ITSELF, Actor, Grant
from contracts.base import NO_DIGEST
from contracts.claim import Claim, Owing
from contracts.names import errand_id
from contracts.record import Declined, Recorded
from services.registry import owed
from services.registry.intake import Head, Intake, Known
from services.registry.proof import Proof
from services.registry.steps import Submission, read
from tests.claims import AT, OFFICER, KeySet
from tests.owing import FIRST, OWING, SECOND, asked, forged, owing, taking, word
from tests.record_steps import Step, message

CHIEF = OFFICER.model_copy(update={"grants": (Grant(role="EVALUATOR"),)})
ELSEWHERE = {"target": "c3", "command_id": errand_id(OWING, 1, "c3")}
ANOTHER = {"owed_by": Owing(case_id=OWING, number=2), "command_id": errand_id(OWING, 2, FIRST)}
FORGED: dict[str, Callable[[KeySet], Claim]] = {
    "something else": lambda keys: asked(keys, command=word(at="2027-06-01T01:00:00Z")),
    "another body under the same act": lambda keys: forged(keys, asked(keys), body_digest="9" * 64),
    "another act": lambda keys: forged(keys, asked(keys), act="record-death"),
    "in another person's name": lambda keys: asked(
        keys, command=word(Actor(account_id="a2", person_id="p2"))
    ),
    "in the system's name": lambda keys: asked(keys, command=word(BY_ITSELF)),
    "with a grant more": lambda keys: asked(keys, command=word(CHIEF)),
    "at another instant": lambda keys: forged(keys, asked(keys), at=AT + timedelta(seconds=1)),
    "of a case that it is not owed to": lambda keys: forged(keys, asked(keys), **ELSEWHERE),
    "with people who were never looked up": lambda keys: forged(keys, asked(keys), others=()),
    "under the number of another errand": lambda keys: forged(keys, asked(keys), **ANOTHER),
}
forgeries = pytest.mark.parametrize("said", FORGED.values(), ids=FORGED)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeySet:
    return KeySet.make(tmp_path_factory.mktemp("keys"))


def standing(*steps: Step) -> dict[owed.Errand, owed.Promised]:
    found = [owed.owed(event) for step in steps for event in step]
    return dict(one for one in found if one is not None)


@pytest.mark.parametrize("target", [FIRST, SECOND])
def test_each_case_is_asked_what_is_owed_to_it(keys: KeySet, target: str) -> None:
    assert owed.fault(asked(keys, target), standing(owing(keys))) is None


@forgeries
def test_anything_else_is_found(keys: KeySet, said: Callable[[KeySet], Claim]) -> None:
    assert owed.fault(said(keys), standing(owing(keys))) is not None


def test_what_stands_nowhere_is_owed_by_nobody(keys: KeySet) -> None:
    assert "nowhere" in str(owed.fault(asked(keys), {}))
    assert "nowhere" in str(owed.fault(asked(keys, number=2), standing(owing(keys))))
    assert owed.fault(None, {}) is None, "what time brings about answers to no errand"


def test_what_was_owed_before_promises_were_kept_counts_by_its_number(keys: KeySet) -> None:
    before = standing(owing(keys, kept=False))
    assert owed.fault(asked(keys), before) is None
    assert "nowhere" in str(owed.fault(asked(keys, number=2), before))


@pytest.mark.parametrize(
    "payload",
    [{}, {"number": "1"}, *({"number": 1, "promises": one} for one in (7, None, {}, "", [7], [None]))],
    ids=str,
)
def test_what_owes_nothing_that_can_be_read_is_kept_by_no_claim(
    keys: KeySet, payload: dict[str, object]
) -> None:
    (event,) = owing(keys)
    (other,) = taking(asked(keys))
    assert owed.owed(other) is None
    broken = event.model_copy(update={"payload": payload})
    assert owed.fault(asked(keys), standing([broken])) is not None


@forgeries
def test_the_record_declines_it_and_takes_what_is_owed_afterwards(
    keys: KeySet, said: Callable[[KeySet], Claim], tmp_path: Path
) -> None:
    proof = Proof.load(keys.public)
    intake = Intake(Known(Head(0, NO_DIGEST), {}, {}, standing(owing(keys))))
    submissions = [read(message(taking(one), keys.step), proof) for one in (said(keys), asked(keys))]
    judged = intake.judge_all([one for one in submissions if isinstance(one, Submission)])
    # A forged act that no case may ask, or an id that does not follow, does not even come that far.
    assert [one.code for one in judged[:-1] if isinstance(one, Declined)] == ["not-owed"] * (len(judged) - 1)
    assert isinstance(judged[-1], Recorded)
