"""Judging steps: what follows, what repeats, what stands there already, without a database."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.base import NO_DIGEST
from contracts.canonical import envelope_digest
from contracts.record import Declined, Place, Recorded
from services.registry.intake import Head, Intake, Judgement, Known, Stands, Tip, Used
from services.registry.ledger import Line, Verified, verify
from services.registry.proof import Proof
from services.registry.steps import Submission, read
from tests.claims import KeySet
from tests.record_steps import Step, history, message, step


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeySet:
    return KeySet.make(tmp_path_factory.mktemp("keys"))


def empty() -> Intake:
    return Intake(Known(Head(0, NO_DIGEST), {}, {}))


def judge(intake: Intake, keys: KeySet, *steps: Step) -> list[Judgement]:
    proof = Proof.load(keys.public)
    submissions = [read(message(one, keys.step), proof) for one in steps]
    fit = [one for one in submissions if isinstance(one, Submission)]
    assert len(fit) == len(steps), submissions
    return intake.judge_all(fit)


def lines(intake: Intake) -> list[Line]:
    ends = {(mark.case_id, mark.until): mark for mark in intake.steps}
    return [Line(entry, ends.get((entry.case_id, entry.sequence))) for entry in intake.entries]


def recorded(events: Step, index: int) -> Recorded:
    last = events[-1]
    return Recorded(place=Place(until=last.sequence, index=index, digest=envelope_digest(last)))


def test_steps_are_recorded_in_the_order_in_which_they_came(keys: KeySet) -> None:
    intake = empty()
    mine, other = history(keys, "c1", (1, 2)), history(keys, "c2", (3,))
    answers = judge(intake, keys, mine[0], *other, mine[1])
    assert answers == [recorded(mine[0], 0), recorded(other[0], 3), recorded(mine[1], 5)]
    head = intake.entries[-1].entry_hash
    assert verify(lines(intake), Proof.load(keys.public)) == Verified(6, head, proven=True)


def test_a_repeat_within_the_batch_and_of_a_recorded_step_gets_the_first_one_s_answer(keys: KeySet) -> None:
    first, second = history(keys, "c1", (2, 1))
    intake = empty()
    assert judge(intake, keys, first, first) == [recorded(first, 1)] * 2
    assert len(intake.entries) == 2
    digest = envelope_digest(first[-1])
    known = Known(Head(99, "a" * 64), {"c1": Tip(2, digest)}, {"k-c1-1": Used("c1", 1, 2, 41, digest)})
    assert judge(Intake(known), keys, first, second) == [recorded(first, 41), recorded(second, 99)]


def test_of_two_steps_for_one_place_the_second_is_shown_the_first(keys: KeySet) -> None:
    intake = empty()
    one, other = step(keys, "c1", command_id="k-1"), step(keys, "c1", command_id="k-2")
    answers = judge(intake, keys, one, other)
    assert answers == [recorded(one, 0), Stands("c1", 1)]


def test_a_hole_and_another_past_are_declined_and_nothing_else(keys: KeySet) -> None:
    intake = empty()
    first, second, third = history(keys, "c1")
    elsewhere = step(keys, "c2", previous="f" * 64)
    answers = judge(intake, keys, first, third, elsewhere, second)
    assert [one.code if isinstance(one, Declined) else "" for one in answers] == ["", "gap", "other-past", ""]
    assert [entry.sequence for entry in intake.entries] == [1, 2]


def test_a_key_that_was_used_is_declined_elsewhere_and_shown_in_its_case(keys: KeySet) -> None:
    intake = empty()
    first, second, third = history(keys, "c1", (1, 2, 1))
    judge(intake, keys, first, second, third)
    tip = envelope_digest(third[-1])
    elsewhere = step(keys, "c2", command_id="k-c1-2")
    later = step(keys, "c1", first=5, previous=tip, command_id="k-c1-2")
    rival = step(keys, "c1", first=2, previous=envelope_digest(first[-1]), command_id="k-c1-2", mark="p-9")
    answers = judge(intake, keys, elsewhere, later, rival)
    assert isinstance(answers[0], Declined)
    assert answers[0].code == "key-reused"
    assert answers[1:] == [Stands("c1", 2, 3, reused=True), Stands("c1", 2)]
    assert len(intake.entries) == 4


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=25))
def test_whatever_is_sent_the_record_holds(keys: KeySet, sent: list[tuple[int, int]]) -> None:
    cases = [history(keys, f"c{number}", (1, 2, 1, 3)) for number in range(3)]
    intake = empty()
    answers = judge(intake, keys, *(cases[case][number] for case, number in sent))
    assert isinstance(verify(lines(intake)), Verified)
    assert len(intake.steps) == len({one.place.index for one in answers if isinstance(one, Recorded)})


def test_the_public_keys_are_needed(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="holds no public key"):
        Proof.load(tmp_path)
