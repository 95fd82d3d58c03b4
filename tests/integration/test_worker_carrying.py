"""Errands over a real engine: every case is begun and told once, and one that cannot be told holds nobody up."""

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs
from temporalio.client import Client, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Worker

from contracts import names
from contracts.actor import SYSTEM
from contracts.commands.every import AnyCommand
from contracts.commands.nomination import OpenNomination, ScheduleElection
from contracts.errand import Start, Tell
from contracts.events.case import CaseFiled
from contracts.settling import CarryRequest
from services.kit.temporal import connect
from services.worker import telling
from services.worker.carrying import Carrying, NotCarriedError
from services.worker.record import Record
from services.worker.sandbox import runner
from services.worker.settling import Settling
from tests.asking import ENTRY
from tests.claims import AT, OFFICER, KeySet, claim
from tests.record_double import RecordDouble
from tests.servers import TemporalServer
from tests.settle_requests import proposal, request
from tests.stub_cases import StubCase
from tests.waiting import UNHURRIED

_numbers = itertools.count(1)


@dataclass
class Rig:
    """A worker that runs stubs, and what carries errands to them."""

    client: Client
    keys: KeySet
    record: RecordDouble
    carrying: Carrying

    def case(self, case_id: str) -> WorkflowHandle[object, object]:
        """The workflow of a case."""
        return self.client.get_workflow_handle(names.workflow_id("nomination", case_id))

    async def told(self, case_id: str) -> list[ScheduleElection]:
        """What a case was told."""
        said = await self.case(case_id).query("told", result_type=list[str])
        return [ScheduleElection.model_validate_json(one) for one in said]

    async def begun(self, case_id: str) -> OpenNomination:
        """What a case was begun with."""
        return OpenNomination.model_validate_json(await self.case(case_id).query("given", result_type=str))


@pytest.fixture
async def rig(
    temporal_server: TemporalServer, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Rig]:
    keys = KeySet.make(tmp_path_factory.mktemp("keys"))
    client = await connect(temporal_server.address, "default", keys.engine)
    record = RecordDouble()
    carrying = Carrying(client, Record(record, 1.0), keys.errand, tries=3)
    async with Worker(
        client,
        task_queue=names.TASK_QUEUE,
        workflows=[StubCase],
        workflow_runner=runner(),
        debug_mode=UNHURRIED,
    ):
        yield Rig(client, keys, record, carrying)
    # The server is shared: what still runs would come to the worker of another test.
    async for running in client.list_workflows("ExecutionStatus = 'Running'"):
        await _end(client, running.id)


async def _end(client: Client, workflow_id: str) -> None:
    """End what runs; the list may be behind, and name what has ended by itself."""
    try:
        await client.get_workflow_handle(workflow_id).terminate()
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise


def start(*districts: str) -> tuple[CarryRequest, list[str]]:
    """An errand that begins a case for each district, and their ids."""
    batch = f"b{next(_numbers)}"
    cases = [f"{batch}-c{number}" for number, _ in enumerate(districts)]
    openings = tuple(_opening(case, batch, name) for case, name in zip(cases, districts, strict=True))
    return CarryRequest(case_id=batch, errand=Start(number=1, openings=openings)), cases


def tell(batch: str, cases: list[str], number: int = 2) -> CarryRequest:
    """An errand that tells these cases when the election is."""
    said = ScheduleElection(claim=claim(batch, f"call-{number}"), election_at=AT)
    command: AnyCommand = said.claimed_as(said.claim)
    tuple_of = tuple(cases)
    errand = Tell(number=number, kind="nomination", case_ids=tuple_of, command=command)
    return CarryRequest(case_id=batch, errand=errand)


async def test_each_case_is_begun_once_under_a_claim_of_its_own(rig: Rig) -> None:
    errand, cases = start("d01", "d02")
    await rig.carrying.carry(errand)
    await rig.carrying.carry(errand)
    for case in cases:
        opening = await rig.begun(case)
        assert opening.claim.target == case
        assert opening.claim.command_id == names.errand_id(errand.case_id, 1, case)
        assert opening.claim.actor == OFFICER, "in the name of whoever submitted the roster"
        assert opening.fits_its_claim()
        assert rig.keys.checker.fault(opening.claim) is None


async def test_each_case_is_told_once_under_a_claim_of_its_own(rig: Rig) -> None:
    errand, cases = start("d01", "d02")
    await rig.carrying.carry(errand)
    word = tell(errand.case_id, cases)
    await rig.carrying.carry(word)
    await rig.carrying.carry(word)
    for case in cases:
        (command,) = await rig.told(case)
        assert command.claim.target == case
        assert command.fits_its_claim()
        assert rig.keys.checker.fault(command.claim) is None


async def test_a_case_that_has_ended_is_not_begun_again_and_needs_no_word(rig: Rig) -> None:
    errand, cases = start("d01", "d02")
    await rig.carrying.carry(errand)
    await rig.case(cases[0]).signal("end")
    await rig.case(cases[0]).result()
    await rig.carrying.carry(errand)
    await rig.carrying.carry(tell(errand.case_id, cases))
    assert len(await rig.told(cases[1])) == 1
    assert rig.record.asked == [], "the engine knows that it ended"


@pytest.mark.parametrize("refusal", ["case-ended", "calendar-known", "past-deadline"])
async def test_a_refusal_is_an_answer(rig: Rig, refusal: str) -> None:
    errand, cases = start(refusal, "d02")
    await rig.carrying.carry(errand)
    with capture_logs() as lines:
        await rig.carrying.carry(tell(errand.case_id, cases))
    assert len(await rig.told(cases[1])) == 1
    alarms = [line["code"] for line in lines if line["log_level"] == "error"]
    assert alarms == ([refusal] if refusal == "past-deadline" else [])


@pytest.mark.parametrize("trouble", ["try-again", "fails"])
async def test_a_case_that_does_not_take_a_word_is_passed_over_in_the_end_and_holds_nobody_up(
    rig: Rig, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "ANSWER_SECONDS", 3.0)
    errand, cases = start(trouble, "d02", "d03")
    await rig.carrying.carry(errand)
    word = tell(errand.case_id, cases)
    for _ in range(2):
        with pytest.raises(NotCarriedError, match="1 of 3"):
            await rig.carrying.carry(word)
        assert [len(await rig.told(case)) for case in cases[1:]] == [1, 1]
    with capture_logs() as lines:
        await rig.carrying.carry(word)
    assert [line["case_id"] for line in lines if line["log_level"] == "error"] == [cases[0]]
    await rig.carrying.carry(tell(errand.case_id, cases[1:], number=3))
    assert [len(await rig.told(case)) for case in cases[1:]] == [2, 2]


async def test_the_record_says_whether_a_case_without_a_workflow_has_ended(rig: Rig) -> None:
    errand, (case,) = start("d01")
    word = tell(errand.case_id, [case])
    with pytest.raises(NotCarriedError):
        await rig.carrying.carry(word)
    settling = Settling(Record(rig.record, 1.0), rig.keys.checker, rig.keys.record, rig.keys.step)
    filed = proposal((CaseFiled(retention="r10"),), SYSTEM)
    await settling.settle(request(None, filed, case_id=case))
    await rig.carrying.carry(word)


def _opening(case: str, batch: str, district: str) -> OpenNomination:
    opening = OpenNomination.model_validate(
        {
            "claim": claim(batch, "roster-1"),
            "district": district,
            "policy": "2026.1",
            "policy_digest": "0" * 64,
            "parent": batch,
            "batch_opened": AT,
            "nominator_id": OFFICER.person_id,
            "cut_off": "2026-03-31",
            "late": False,
            "entry": ENTRY.model_copy(update={"case_id": case}),
        }
    )
    return opening.claimed_as(claim(case, "roster-1"))
