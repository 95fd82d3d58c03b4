"""A kind that the product has never heard of is decided by its own tables, and held against its policy."""

import dataclasses

import pytest
from pydantic import TypeAdapter

from contracts.commands.opening import Resume
from contracts.events.task import TaskOpened
from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState
from services.worker import agreement
from tests.asking import local
from tests.desks import PureDesk, RefusedError
from tests.office import People
from tests.toy_kind.asking import ARCHIVIST, opening
from tests.toy_kind.kind import DECIDER, MEMO, Memo
from tests.toy_kind.wire import MemoNoted, OpenMemo
from workflows.casework import Carried
from workflows.kinds import every
from workflows.procedure.agreement import faults
from workflows.shell import Ledger


@pytest.fixture
def desk(added: Policy) -> PureDesk[Memo]:
    desk = PureDesk(DECIDER, added, local("2026-03-02 10:00"))
    desk.open(opening(added))
    return desk


async def test_it_lives_from_its_note_to_its_file(desk: PureDesk[Memo]) -> None:
    people = People(desk)
    (noted,) = desk.of(MemoNoted)
    assert isinstance(noted, MemoNoted)
    assert (await people.task("settle-memo")).content_digest == noted.content_digest
    await people.act("settle-memo", "SIGNED")
    await people.act("serve", "SERVED")
    await people.act("file", "FILED")
    assert DECIDER.closed(desk.current) == CaseState.LAPSED
    assert [task.kind for task in desk.of(TaskOpened) if isinstance(task, TaskOpened)] == [
        "settle-memo",
        "serve",
        "file",
    ]


async def test_the_rules_that_all_kinds_share_hold_for_it(desk: PureDesk[Memo]) -> None:
    people = People(desk)
    with pytest.raises(RefusedError, match="wrong-role"):
        await people.act("settle-memo", "SIGNED", actor=ARCHIVIST)
    with pytest.raises(RefusedError, match="stale-digest"):
        await people.act("settle-memo", "SIGNED", seen="0" * 64)
    with pytest.raises(RefusedError, match="reason-required"):
        await people.act("settle-memo", "SIGNED", reason=" ")


def test_policy_and_code_agree_in_every_version_also_in_the_one_before_it(added: Policy) -> None:
    assert len(loader.versions()) == 2
    assert agreement.disagreements() == []


def test_a_task_that_its_code_does_not_handle_is_named(added: Policy) -> None:
    without = {code: signing for code, signing in MEMO.signing.items() if code != "settle-memo"}
    assert faults(dataclasses.replace(MEMO, signing=without), added) == [
        "memo: task settle-memo: nothing says what follows it"
    ]


def test_a_folder_of_a_kind_that_nothing_decides_is_named(policy: Policy) -> None:
    assert every.faults(policy) == ["memo: the policy has such a procedure, and nothing decides it"]


def test_what_it_carries_over_to_its_next_run_reads_back(desk: PureDesk[Memo]) -> None:
    given: TypeAdapter[OpenMemo | Resume | Carried] = TypeAdapter(OpenMemo | Resume | Carried)
    carried = Carried(state=desk.current.model_dump(mode="json"), ledger=Ledger(), wake_at=None)
    read = given.validate_json(carried.model_dump_json())
    assert read == carried
    assert isinstance(read, Carried)
    assert Memo.model_validate(read.state) == desk.current
