"""Reading in an emergency: two people, one reader, an end that comes by itself, and somebody who looks back on it."""

from datetime import datetime, timedelta

import pytest

from contracts.commands.access import AskEmergency, ReadInEmergency
from contracts.commands.case import CompleteTask
from contracts.emergency import Addressed, EmergencyReading, Reach
from contracts.events.access import EmergencyEnded, EmergencyGranted, EmergencyRead
from contracts.names import access_id
from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Stage
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk
from workflows.kinds.access.case import Access
from workflows.kinds.access.kind import DECIDER

READER, SUBJECT = "p-reader", "p-nominee"
OF_A_CASE = Reach(case_id="c1", subject=SUBJECT)


def asked(policy: Policy, reach: Reach = OF_A_CASE, person: str = READER) -> PureDesk[Access]:
    """A request that waits for its second person."""
    target = access_id("k-1")
    desk = PureDesk(DECIDER, policy, local("2026-04-08 10:00"))
    wanted = EmergencyReading(
        account_id=somebody("EVALUATOR", READER).account_id,
        person_id=READER,
        purpose="stop-a-wrong",
        reach=reach,
    )
    pinned = {"policy": "2026.1", "policy_digest": loader.digest("2026.1")}
    who = somebody("EVALUATOR", person)
    desk.open(asks(AskEmergency, who, target, parent=target, request=wanted, reason="at once", **pinned))
    return desk


def done(desk: PureDesk[Access], kind: str, outcome: str, role: str, person: str) -> CompleteTask:
    (task,) = desk.current.open_tasks(kind)
    who = somebody(role, person)
    said = {"task_id": task.id, "outcome": outcome, "reason": "looked at", "seen": task.content_digest}
    return asks(CompleteTask, who, desk.case_id, **said)


def approval(desk: PureDesk[Access], person: str = "p-security") -> CompleteTask:
    return done(desk, "approve-access", "APPROVED", "SECURITY_ADMIN", person)


def reading(
    desk: PureDesk[Access],
    case: str = "c1",
    district: str = "d01",
    person: str = READER,
    subject: str = SUBJECT,
) -> ReadInEmergency:
    said = {"case_id": case, "district": district, "subject": subject, "addressed": Addressed(name="虚构人")}
    return asks(ReadInEmergency, somebody("EVALUATOR", person), desk.case_id, **said)


async def granted(policy: Policy, reach: Reach = OF_A_CASE) -> PureDesk[Access]:
    desk = asked(policy, reach)
    await desk.send(approval(desk))
    return desk


def until(desk: PureDesk[Access]) -> datetime:
    (event,) = desk.of(EmergencyGranted)
    assert isinstance(event, EmergencyGranted)
    return event.until


async def test_an_officer_asks_for_a_reading_of_their_own_and_another_person_grants_it(
    policy: Policy,
) -> None:
    desk = asked(policy)
    await refused(desk, reading(desk), "emergency-over")
    await refused(desk, approval(desk, READER), "same-person")
    await desk.send(approval(desk))
    assert until(desk) - desk.now == timedelta(minutes=60)
    await desk.send(reading(desk))
    (read,) = desk.of(EmergencyRead)
    assert isinstance(read, EmergencyRead)
    assert (read.reader, read.case, read.person_id) == (READER, "c1", SUBJECT)


async def test_whom_it_is_about_neither_asks_nor_grants_nor_reads(policy: Policy) -> None:
    await refused(desk := asked(policy), approval(desk, SUBJECT), "conflict-of-interest")
    own = asked(policy, person=SUBJECT)
    await refused(own, approval(own), "conflict-of-interest")
    district = await granted(policy, Reach(district="d01"))
    await refused(district, reading(district, subject=READER), "conflict-of-interest")


async def test_nobody_else_reads_by_it_and_nothing_else_is_read(policy: Policy) -> None:
    desk = await granted(policy)
    await refused(desk, reading(desk, person="p-other"), "wrong-role")
    await refused(desk, reading(desk, case="c2"), "wrong-district")
    district = await granted(policy, Reach(district="d01"))
    await district.send(reading(district, case="c2"))
    await refused(district, reading(district, case="c3", district="d02"), "wrong-district")


async def test_the_record_hears_of_each_case_once(policy: Policy) -> None:
    desk = await granted(policy, Reach(district="d01"))
    for case in ("c1", "c2", "c1"):
        await desk.send(reading(desk, case=case))
    assert [event.case for event in desk.of(EmergencyRead) if isinstance(event, EmergencyRead)] == [
        "c1",
        "c2",
    ]


async def test_from_the_instant_of_its_end_nobody_reads_whether_or_not_anybody_woke_it(
    policy: Policy,
) -> None:
    desk = await granted(policy)
    desk.now = until(desk) - timedelta(seconds=1)
    await desk.send(reading(desk))
    desk.now = until(desk)
    await refused(desk, reading(desk), "emergency-over")
    assert desk.current.stage is Stage.EMERGENCY


async def test_it_ends_by_itself_and_is_looked_back_on_by_somebody_who_had_no_part_in_it(
    policy: Policy,
) -> None:
    desk = await granted(policy)
    await desk.send(reading(desk))
    await desk.until(until(desk))
    assert desk.of(EmergencyEnded) == [EmergencyEnded(expired=True, cases=("c1",))]
    for person in (READER, SUBJECT, "p-security"):
        await refused(desk, done(desk, "review-emergency", "PROPER", "AUDITOR", person), "same-person")
    await refused(desk, done(desk, "review-emergency", "PROPER", "SECURITY_ADMIN", "p-x"), "wrong-role")
    await desk.send(done(desk, "review-emergency", "IMPROPER", "AUDITOR", "p-auditor"))
    assert (desk.current.state, desk.current.filed) == (CaseState.FOUND_IMPROPER, True)


async def test_it_is_ended_at_once(policy: Policy) -> None:
    desk = await granted(policy)
    await desk.send(done(desk, "end-emergency", "ENDED", "SECURITY_ADMIN", "p-security-2"))
    await refused(desk, reading(desk), "emergency-over")
    assert desk.of(EmergencyEnded) == [EmergencyEnded(expired=False, cases=())]
    await desk.until(until(desk) + timedelta(hours=1))
    assert len(desk.of(EmergencyEnded)) == 1


async def test_what_is_turned_down_lets_nobody_read(policy: Policy) -> None:
    desk = asked(policy)
    await desk.send(done(desk, "approve-access", "REFUSED", "SECURITY_ADMIN", "p-security"))
    assert (desk.current.state, desk.of(EmergencyGranted)) == (CaseState.TURNED_DOWN, [])


@pytest.mark.parametrize(
    "reach", [{}, {"case_id": "c1", "district": "d01"}, {"district": "d01", "subject": "p"}]
)
def test_it_reaches_one_case_or_one_district(reach: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"case or a district|about nobody"):
        Reach.model_validate(reach)
