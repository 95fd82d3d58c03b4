"""One step at a time through the record: failures, lost answers, others' steps, repeats (D2, D3, SC-22)."""

import asyncio
import dataclasses
from datetime import timedelta

import pytest
from temporalio.client import WorkflowFailureError, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment

from contracts import names
from contracts.actor import SYSTEM, Signer
from contracts.canonical import digest_of
from contracts.commands.case import ClaimTask, CompleteTask
from contracts.commands.opening import Opening, Resume
from contracts.events.task import TaskClaimed, TaskReleased
from contracts.settling import EventDraft, Proposal
from contracts.vocabulary import CaseState
from tests.asking import asks, local, opening, somebody
from tests.desks import PureDesk, RefusedError
from tests.engine import Clock, resumption
from tests.fakes import FakeRecord
from tests.office import Office
from tests.waiting import PATIENCE
from tests.workflows.conftest import Open
from workflows import options
from workflows.kinds.nomination import kind
from workflows.kinds.nomination.kind import DECIDER

ONE, TWO = somebody("SCREENER", "p-one"), somebody("SCREENER", "p-two")
SCREEN = "c1.screen.1.1"


def proposal(*events: TaskClaimed | TaskReleased, by: str = "p-one") -> Proposal:
    """A step that somebody else brought to the record."""
    drafts = tuple(EventDraft(type=e.type, version=e.version, payload=e.plain()) for e in events)
    signer = Signer(account_id=f"a{by}", person_id=by, role="SCREENER")
    return Proposal(events=drafts, signer=signer, at=local("2026-03-02 09:30"))


CLAIMED = proposal(TaskClaimed(task_id=SCREEN, person_id="p-one"))
RELEASED = proposal(TaskReleased(task_id=SCREEN))


async def opened(clock: Clock, open_case: Open) -> Office:
    """A nomination opened on Monday 2 March 2026."""
    await clock.begin(local("2026-03-02 09:30"))
    return Office(await open_case(opening()))


async def test_the_same_reply_twice_is_one_reply_and_another_body_is_refused(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    office = await opened(clock, open_case)
    command = await office.act("screen", "PASS")
    answers = [await office.desk.send(command, f"again-{n}") for n in range(2)]
    assert answers == [await office.desk.send(command)] * 2
    other = asks(
        CompleteTask,
        command.actor,
        key=command.command_id,
        task_id=command.task_id,
        outcome="INELIGIBLE",
        reason="r",
        seen=command.seen,
    )
    with pytest.raises(RefusedError, match="idempotency-key-reused"):
        await office.desk.send(other)
    assert len(record.of("task-completed")) == 1


async def test_a_rung_fires_once_although_the_record_fails(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    office = await opened(clock, open_case)
    record.fail_local, record.fail_ordinary = 3, 6
    await office.desk.until(local("2026-03-16 10:00"))
    rungs = [e.payload["rung"] for e in record.of("rung-reached")]
    assert rungs == ["blue", "yellow", "red", "conference"], "late after an outage, but each once"
    assert (await office.desk.case()).tasks[SCREEN].fired == tuple(rungs)


async def test_a_command_is_not_answered_before_the_record_has_it(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    office = await opened(clock, open_case)
    record.fail_local, record.fail_ordinary = 1, 3
    await office.act("screen", "PASS")
    assert len(record.of("task-completed")) == 1
    assert [r.proposal for r in record.ordinary] == [record.ordinary[0].proposal] * 4, "the same request"


async def test_a_record_that_is_slow_is_asked_the_other_way(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    office = await opened(clock, open_case)
    record.slow_local = 30
    await office.act("screen", "PASS")
    assert (len(record.of("task-completed")), len(record.ordinary)) == (1, 1)


async def test_a_step_whose_answer_was_lost_is_recorded_once_and_answered(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    office = await opened(clock, open_case)
    record.lose_answers = 1
    command = await office.act("screen", "PASS")
    assert len(record.of("task-completed")) == 1
    accepted = await office.desk.send(command, "again")
    assert (accepted.sequence, accepted.index) == (record.steps["c1"][-1].until, record.steps["c1"][-1].index)


async def test_anothers_step_is_folded_and_the_command_is_decided_again_on_it(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    office = await opened(clock, open_case)
    record.stand("c1", CLAIMED, "elsewhere", digest_of("elsewhere"))
    with pytest.raises(RefusedError, match="claimed-by-other"):
        await office.desk.send(asks(ClaimTask, TWO, task_id=SCREEN))
    assert (await office.task("screen")).claimed_by == "p-one"
    await office.act("screen", "PASS", actor=ONE)
    assert [step.until for step in record.steps["c1"]] == [3, 4, 6]
    await office.desk.until(local("2026-03-17 10:00"))
    assert record.of("rung-reached"), "the case still wakes by itself"


async def test_a_command_that_turns_out_to_be_on_the_record_is_answered_and_not_repeated(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    office = await opened(clock, open_case)
    command = asks(ClaimTask, ONE, task_id=SCREEN)
    record.stand("c1", CLAIMED, command.command_id, command.body_digest)
    assert (await office.desk.send(command)).sequence == 4
    assert len(record.of("task-claimed")) == 1
    other = asks(ClaimTask, TWO, key=command.command_id, task_id="c1.declare.1.1")
    with pytest.raises(RefusedError, match="idempotency-key-reused"):
        await office.desk.send(other)


async def test_what_the_asker_has_seen_on_the_record_is_looked_at_before_refusing(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    office = await opened(clock, open_case)
    await office.desk.send(asks(ClaimTask, ONE, task_id=SCREEN))
    record.stand("c1", RELEASED, "elsewhere", digest_of("elsewhere"))
    late = asks(ClaimTask, TWO, task_id=SCREEN)
    with pytest.raises(RefusedError, match="claimed-by-other"):
        await office.desk.send(late)
    await office.desk.send(late.model_copy(update={"place": 5}))
    assert (await office.task("screen")).claimed_by == "p-two"
    ahead = asks(ClaimTask, ONE, task_id=SCREEN).model_copy(update={"place": 99})
    with pytest.raises(RefusedError, match="claimed-by-other"):
        await office.desk.send(ahead)


async def test_catching_up_folds_what_the_record_has_and_lets_time_go_on(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    office = await opened(clock, open_case)
    # Another worker decided, recorded, and was lost with the engine: the case does not know of its own next task.
    twin = PureDesk(DECIDER, office.desk.policy, local("2026-03-02 09:30"))
    twin.open(opening())
    command = await Office(twin).act("screen", "PASS")
    done = [event for _, event in twin.events[3:]]
    drafts = tuple(
        EventDraft(type=e.type, version=e.version, payload=e.plain(), private=e.personal()) for e in done
    )
    signer = Signer(account_id="a", person_id=command.actor.person_id, role="SCREENER")
    step = Proposal(events=drafts, signer=signer, at=twin.now)
    record.stand("c1", step, command.command_id, command.body_digest)
    handle = office.desk.handle  # type: ignore[attr-defined]
    assert await handle.execute_update(names.CATCH_UP_UPDATE, 5, id="up-1", result_type=int) == 5
    case = await office.desk.case()
    assert [t.kind for t in case.open_tasks()] == ["screen-sign"]
    assert case.open_tasks()[0].content_digest == case.tasks[SCREEN].answer_digest
    with pytest.raises(WorkflowUpdateFailedError) as caught:
        await handle.execute_update(names.CATCH_UP_UPDATE, 5, id="up-2", result_type=int)
    assert isinstance(caught.value.cause, ApplicationError)
    assert caught.value.cause.type == "known"
    await office.desk.until(local("2026-03-17 10:00"))
    assert {e.payload["kind"] for e in record.of("rung-reached")} == {"screen-sign"}


async def test_an_act_that_nobody_proves_to_have_asked_for_changes_nothing(
    clock: Clock, open_case: Open, record: FakeRecord
) -> None:
    office = await opened(clock, open_case)
    command = asks(ClaimTask, ONE, task_id=SCREEN)
    forged = command.model_copy(update={"act": "claim-task", "task_id": SCREEN, "claim": command.claim})
    stolen = forged.model_copy(
        update={"claim": command.claim.model_copy(update={"body_digest": digest_of("something else")})}
    )
    with pytest.raises(RefusedError, match="claim-invalid"):
        await office.desk.send(stolen)
    with pytest.raises(RefusedError, match="claim-invalid"):
        await office.desk.send(asks(ClaimTask, ONE, target="c2", task_id=SCREEN))
    assert len(record.steps["c1"]) == 1
    await office.desk.until(local("2026-03-17 10:00"))
    assert record.of("rung-reached"), "the case still wakes by itself"


async def test_a_record_that_says_again_and_has_nothing_is_not_asked_without_a_pause(
    clock: Clock, open_case: Open, record: FakeRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await opened(clock, open_case)
    monkeypatch.setattr(options, "PAUSE_BETWEEN_ROUNDS", timedelta(seconds=0.5))
    record.say_again = 3
    before = await clock.now()
    await office.act("screen", "PASS")
    assert len(record.of("task-completed")) == 1
    assert await clock.now() - before >= 2 * options.PAUSE_BETWEEN_ROUNDS


async def test_an_opening_that_nobody_proves_to_have_asked_for_begins_no_case(
    env: WorkflowEnvironment, worker: object, record: FakeRecord
) -> None:
    forged = opening().model_copy(update={"late": True})
    handle = await env.client.start_workflow(
        "nomination", forged, id="forged", task_queue=names.TASK_QUEUE, result_type=str
    )
    with pytest.raises(WorkflowFailureError) as caught:
        await handle.result()
    assert isinstance(caught.value.cause, ApplicationError)
    assert caught.value.cause.type == "claim-invalid"
    assert record.steps == {}


@pytest.mark.parametrize("given", [opening(), resumption(opening())], ids=["started-again", "taken-up"])
async def test_a_case_that_is_on_the_record_already_goes_on_from_there(
    clock: Clock, open_case: Open, record: FakeRecord, given: Opening | Resume
) -> None:
    office = await opened(clock, open_case)
    first = await office.act("screen", "PASS")
    known = await office.desk.case()
    again = Office(
        await open_case(opening())
    )  # the engine lost everything, and the case is started once more
    assert len(record.of("case-opened")) == 1
    async with asyncio.timeout(PATIENCE):
        while await again.desk.case() != known:
            await asyncio.sleep(0.02)
    await again.desk.send(first, "again")
    assert len(record.of("task-completed")) == 1, "used keys are known from the record"
    await office.desk.until(local("2026-03-17 10:00"))
    assert len(record.of("rung-reached")) == 4
    await again.withdraw()
    assert (await again.desk.case()).state is CaseState.WITHDRAWN


async def test_an_agenda_that_names_the_past_and_brings_nothing_does_not_spin(
    clock: Clock, open_case: Open, record: FakeRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    past = local("2026-03-01 09:00")
    spinning = dataclasses.replace(DECIDER, next_instant=lambda case, policy, now: past)
    monkeypatch.setattr(kind, "DECIDER", spinning)
    await opened(clock, open_case)
    before = len(record.local)
    await clock.until(local("2026-03-02 09:31"))
    wakes = record.local[before:]
    assert 0 < len(wakes) <= 65, "at most one a second"
    assert {r.proposal.signer for r in wakes if r.proposal} == {SYSTEM}
