"""SC-11: the policy changes mid-batch (domain §9)."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from contracts.commands.case import CompleteTask
from contracts.commands.policy import ApplyPolicy, ProposePolicy
from contracts.commands.tenure import AnnouncePolicy
from contracts.errand import Tell
from contracts.names import transition_id
from contracts.policy import loader
from contracts.transition import Transition
from contracts.vocabulary import CaseState
from tests.asking import asks, batch_opening, local, opening, somebody
from tests.engine import Clock, WorkflowDesk
from tests.fakes import FakeCases, FakeRecord
from tests.instants import midnight_after
from tests.later_policy import ITEM, LATER, SOURCE, later_released
from tests.office import DECIDED, Office, finding
from tests.prizes import owed
from tests.tenures import tenure_opening
from tests.workflows.conftest import Open

OLD = "2026.1"
Walk = Callable[[Office], Awaitable[object]]


@pytest.fixture(autouse=True)
def _released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with later_released(tmp_path_factory.mktemp("policies")):
        yield


async def declaring(office: Office) -> None:
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")


async def ruling(office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))


async def grading(office: Office) -> None:
    await office.screened()
    await office.replies()


async def inspecting(office: Office) -> None:
    await grading(office)
    await office.graded()


async def deciding(office: Office) -> None:
    await office.to_proposal()
    await office.act("propose-department", "PROPOSE")
    await office.act("propose-party-group", "PROPOSE")


ASKED_ONCE_MORE: dict[CaseState | str, Walk] = {
    CaseState.CONSULTING: lambda office: office.screened(),
    CaseState.RULING: ruling,
    CaseState.GRADED: grading,
    CaseState.INSPECTING: inspecting,
    CaseState.INTEGRITY: lambda office: office.to_integrity(),
    CaseState.DECIDING: lambda office: office.to_proposal(),
    "the committee is asked": deciding,
}
UNTOUCHED: dict[CaseState, Walk] = {
    CaseState.ON_NOTICE: lambda office: office.posted(),
    CaseState.WITHDRAWN: lambda office: office.withdraw(),
}


async def approved(
    open_case: Open, record: FakeRecord, cases: FakeCases, version: str, batch: str
) -> ApplyPolicy:
    """Two policy administrators stand behind the rule; what the batch is told."""
    target = transition_id("k-rule")
    desk = await open_case(
        asks(
            ProposePolicy,
            somebody("POLICY_ADMIN", "p-author"),
            target,
            "k-rule",
            parent=target,
            policy=OLD,
            policy_digest=loader.digest(OLD),
            version=version,
            version_digest=loader.digest(version),
            transition=Transition(batches=(batch,), items=(ITEM,)),
        )
    )
    (task,) = (await desk.case()).open_tasks("approve-policy")
    await desk.send(
        asks(
            CompleteTask,
            somebody("POLICY_ADMIN", "p-approver"),
            target,
            task_id=task.id,
            outcome="APPROVED",
            reason="the item is law from today on",
            seen=task.content_digest,
        )
    )
    return await told(desk, record, cases, "batch")


async def told(desk: WorkflowDesk[Any], record: FakeRecord, cases: FakeCases, kind: str) -> ApplyPolicy:
    """What a case has told others of this kind, as it was carried."""
    while (await desk.case()).owed:
        await desk.clock.breathe()
    found = [one.errand for one in cases.carried if one.case_id == desk.case_id]
    (errand,) = [one for one in found if isinstance(one, Tell) and one.kind == kind]
    assert isinstance(errand.command, ApplyPolicy)
    return errand.command


async def apply(desk: WorkflowDesk[Any], word: ApplyPolicy, case_id: str) -> None:
    """The case takes what it is told, and goes on under the version that it shows then."""
    await desk.send(asks(ApplyPolicy, somebody("POLICY_ADMIN", "p-approver"), case_id, applied=word.applied))
    desk.policy = loader.released((await desk.case()).policy)
    await desk.until(await desk.clock.now())


async def test_sc_11_policy_changes_mid_batch(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> None:
    await clock.begin(local("2026-03-02 09:30"))
    batch = await open_case(batch_opening())
    await clock.until(local("2026-04-13 10:00"))
    walks = {**ASKED_ONCE_MORE, **UNTOUCHED, CaseState.AWAITING_CONSENT: declaring}
    offices: dict[CaseState | str, Office] = {}
    for number, (where, walk) in enumerate(walks.items()):
        desk = await open_case(opening(case_id=f"c{number}", cut_off="2026-03-23"))
        offices[where] = Office(desk)
        await walk(offices[where])
        state = (await desk.case()).state
        assert state == where or (where, state) == ("the committee is asked", CaseState.DECIDING)

    await clock.until(local("2026-04-15 10:00"))
    word = await approved(open_case, record, cases, LATER, "b1")
    await batch.send(asks(ApplyPolicy, somebody("POLICY_ADMIN"), "b1", applied=word.applied))
    assert (await batch.case()).policy == OLD, "the batch keeps its version"
    for number, (where, office) in enumerate(offices.items()):
        await apply(office.desk, word, f"c{number}")  # type: ignore[arg-type]
        case = await office.desk.case()
        asked = [(t.unit, t.due) for t in case.open_tasks("supplement")]
        if where in ASKED_ONCE_MORE:
            assert asked == [(SOURCE, midnight_after(4, 29))], where
        else:
            assert asked == [], where
        assert case.policy == (OLD if where in UNTOUCHED else LATER), where

    # The committee goes on when the source has answered; whoever had been decided on is elected under the old list.
    last = offices["the committee is asked"]
    await last.act("supplement", "NO_ISSUE", unit=SOURCE)
    await last.act("supplement-sign", "CONFIRM", unit=SOURCE)
    await last.reread("decision")
    await last.act("decide", "APPROVED", form=DECIDED)
    assert (await last.desk.case()).state is CaseState.ON_NOTICE
    # Whoever signs the declaration now is consulted about by the new version, source and all, and asked nothing twice.
    young = offices[CaseState.AWAITING_CONSENT]
    await young.act("declare", "SIGNED")
    case = await young.desk.case()
    assert len(case.open_tasks("reply")) == 14
    assert case.open_tasks("supplement") == []


async def test_sc_11_each_step_shows_the_version_that_decided_it(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> None:
    await clock.begin(local("2026-04-13 10:00"))
    office = Office(await open_case(opening()))
    await office.to_integrity()
    await clock.until(local("2026-04-15 10:00"))
    word = await approved(open_case, record, cases, LATER, "b1")
    before = {one.policy for one in _asked(record, "c1")}
    count = len(_asked(record, "c1"))
    await apply(office.desk, word, "c1")  # type: ignore[arg-type]
    await office.act("supplement", "NO_ISSUE", unit=SOURCE)
    (adopted, *later) = _asked(record, "c1")[count:]
    assert before == {OLD}
    assert adopted.policy == OLD
    assert later
    assert {one.policy for one in later} == {LATER}
    assert record.of("policy-adopted", "c1")[0].payload["policy_digest"] == loader.digest(LATER)


def _asked(record: FakeRecord, case_id: str) -> list[Any]:
    asked = [*record.local, *record.ordinary]
    return [one for one in asked if one.case_id == case_id and one.proposal and one.proposal.events]


async def test_sc_11_a_sitting_member_is_measured_anew_from_the_next_annual_re_evaluation(
    clock: Clock, open_case: Open
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    desk = await open_case(tenure_opening())
    await clock.until(local("2026-04-15 10:00"))
    later = {"policy": LATER, "policy_digest": loader.digest(LATER)}
    await desk.send(owed(AnnouncePolicy, "t1", "b1", **later))
    assert (await desk.case()).policy == OLD
    await desk.until(local("2027-03-01 23:59"))
    assert (await desk.case()).policy == OLD
    await clock.until(local("2027-03-02 00:01"))
    desk.policy = loader.released(LATER)
    await desk.until(local("2027-03-02 00:02"))
    assert (await desk.case()).policy == LATER
