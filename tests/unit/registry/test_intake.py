"""Judging a batch: repeats, holes, swapped neighbours and two histories, without a database."""

import hashlib
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from contracts.base import NO_DIGEST
from contracts.canonical import canonical, envelope_digest
from contracts.envelope import Envelope, Refusal
from services.registry.intake import Head, Intake, Parcel, Recorded, needed, parked, unreadable
from services.registry.ledger import Verified, verify
from tests.registry_rig import history

NOW = datetime(2026, 3, 2, tzinfo=UTC)
START = Head(0, NO_DIGEST)


def parcel(event: Envelope) -> Parcel:
    body = canonical(event)
    at = event.model_dump(mode="json")["at"]
    return Parcel("vetting.x", body, NOW, event, at, hashlib.sha256(body).hexdigest(), body.decode())


def parcels(*events: Envelope) -> list[Parcel]:
    return [parcel(event) for event in events]


def test_only_an_event_and_its_predecessor_are_looked_up() -> None:
    first, second, third = history("c1", 3)
    assert needed(parcels(first)) == [("c1", 1)]
    assert needed(parcels(third)) == [("c1", 3), ("c1", 2)]
    assert needed(parcels(first, second, first)) == [("c1", 1), ("c1", 2)]


def test_a_batch_is_recorded_in_the_order_in_which_it_came() -> None:
    intake = Intake(START, {})
    mine, other = history("c1", 2), history("c2", 2)
    events = [mine[0], other[0], other[1], mine[1]]
    answers = intake.judge_all(parcels(*events))
    assert answers == [Recorded(e.id, n, envelope_digest(e)) for n, e in enumerate(events)]
    assert verify(intake.entries) == Verified(4, intake.entries[-1].entry_hash)


def test_a_repeat_within_the_batch_gets_the_first_one_s_answer() -> None:
    intake = Intake(START, {})
    first = history("c1", 1)[0]
    answers = intake.judge_all(parcels(first, first))
    assert answers[0] == answers[1]
    assert len(intake.entries) == 1


def test_a_repeat_of_a_recorded_event_gets_the_recorded_answer() -> None:
    first, second = history("c1", 2)
    known = Recorded("c1.1", 41, envelope_digest(first))
    intake = Intake(Head(99, "a" * 64), {"c1.1": known})
    answers = intake.judge_all(parcels(first, second))
    assert answers == [known, Recorded("c1.2", 99, envelope_digest(second))]


def test_a_hole_refuses_what_follows_and_nothing_else() -> None:
    intake = Intake(START, {})
    first, _, third, fourth = history("c1", 4)
    other = history("c2", 1)[0]
    answers = intake.judge_all(parcels(first, third, fourth, other))
    assert [isinstance(a, Refusal) for a in answers] == [False, True, True, False]
    assert {a.code for a in answers if isinstance(a, Refusal)} == {"gap"}
    assert [e.event_id for e in intake.entries] == ["c1.1", "c2.1"]


@given(st.permutations(range(6)))
def test_whatever_order_a_whole_case_comes_in_all_of_it_is_recorded(order: list[int]) -> None:
    events = history("c1", 6)
    intake = Intake(START, {})
    answers = intake.judge_all(parcels(*(events[n] for n in order)))
    assert all(isinstance(answer, Recorded) for answer in answers)
    assert [e.sequence for e in intake.entries] == [1, 2, 3, 4, 5, 6]
    assert isinstance(verify(intake.entries), Verified)


def test_two_histories_of_a_case_in_one_batch_are_told_apart() -> None:
    intake = Intake(START, {})
    true, forged = history("c1", 1)[0], history("c1", 1, mark="forged")[0]
    answers = intake.judge_all(parcels(true, forged))
    assert isinstance(answers[0], Recorded)
    assert isinstance(answers[1], Refusal)
    assert answers[1].code == "other-content"
    assert len(intake.entries) == 1


def test_what_is_refused_is_kept_once_however_often_it_comes() -> None:
    event = history("c1", 1)[0]
    refusal = Refusal(event_id=event.id, code="gap", detail="d")
    assert parked(parcel(event), refusal).mark == parked(parcel(event), refusal).mark
    other = refusal.model_copy(update={"code": "other-past"})
    assert parked(parcel(event), refusal).mark != parked(parcel(event), other).mark
    kept = unreadable("vetting.x", b"\xff", NOW, None, "why")
    assert (kept.code, kept.event_id, kept.body) == ("unreadable", None, b"\xff")
