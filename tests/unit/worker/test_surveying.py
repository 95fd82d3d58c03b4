"""What has to run when Temporal was lost follows from the record alone."""

import pytest

from contracts.base import NO_DIGEST
from contracts.canonical import read_envelope
from contracts.commands.nomination import OpenNomination
from contracts.errand import Start
from contracts.events.base import Event
from contracts.events.batch import BatchOpened
from contracts.events.case import CaseFiled, StageEntered
from contracts.events.errand import ErrandOwed, Owed
from contracts.events.journal import ReadsNoted
from contracts.vocabulary import CaseState, Stage
from services.officers.journal.anchoring import NOTHING, message_of
from services.worker.record import Record
from services.worker.settling import Settling
from services.worker.surveying import Survey
from tests.asking import ENTRY
from tests.claims import AT, KeySet, claim
from tests.record_double import RecordDouble
from tests.settle_requests import by_itself, request

BATCH = BatchOpened(
    title="2026",
    districts=("d01",),
    policy="2026.1",
    policy_digest="a" * 64,
    opened=AT,
    nomination_closes=None,
    cut_off=AT.date(),
)
FILED = CaseFiled(retention="r10")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeySet:
    return KeySet.make(tmp_path_factory.mktemp("keys"))


async def survey(keys: KeySet, *steps: tuple[str, Event]) -> Survey:
    """Of a record on which these events stand, each a step of its case."""
    record = RecordDouble()
    settling = Settling(Record(record, 1.0), keys.checker, keys.record, keys.step)
    last: dict[str, tuple[int, str]] = {}
    for case_id, event in steps:
        sequence, previous = last.get(case_id, (0, NO_DIGEST))
        asked = request(None, by_itself((event,)), case_id=case_id, sequence=sequence, previous=previous)
        (step,) = (await settling.settle(asked)).steps
        last[case_id] = (step.until, step.digest)
    found = Survey(keys.record)
    for envelope in record.everything():
        found.take_in(envelope)
    return found


def owed(*targets: str, number: int = 1) -> ErrandOwed:
    """An errand that begins these cases."""
    openings = tuple(_opening(target) for target in targets)
    return ErrandOwed(number=number, private=Owed(errand=Start(number=number, openings=openings)))


async def test_an_open_case_is_taken_up_and_one_that_is_filed_is_not(keys: KeySet) -> None:
    found = await survey(keys, ("c1", BATCH), ("c2", BATCH), ("c1", FILED))
    (resume,) = found.resumptions(lambda _: "f" * 64)
    assert (resume.case_id, resume.kind, resume.parent, resume.district) == ("c2", "nomination", "b1", "d01")


async def test_what_the_record_holds_of_the_journal_is_nobodys_case(keys: KeySet) -> None:
    found = await survey(keys, ("c1", FILED))
    message, _ = message_of(keys.journal, NOTHING, ReadsNoted(first=1, until=3, head="a" * 64))
    found.take_in(read_envelope(message.split(b"\n")[1])[0])
    assert found.resumptions(lambda _: "f" * 64) == []


async def test_the_policy_is_that_under_which_the_batch_was_opened(keys: KeySet) -> None:
    found = await survey(keys, ("b1", BATCH), ("c1", FILED), ("c2", BATCH))
    digests = {one.case_id: one.policy_digest for one in found.resumptions(lambda _: "f" * 64)}
    assert digests == {"b1": "a" * 64, "c2": "a" * 64}


async def test_without_a_batch_it_is_the_released_version_here(keys: KeySet) -> None:
    found = await survey(keys, ("c1", StageEntered(stage=Stage.LEAD, state=CaseState.DRAFT, round=1)))
    (resume,) = found.resumptions({"2026.1": "f" * 64}.__getitem__)
    assert resume.policy_digest == "f" * 64
    with pytest.raises(KeyError):
        found.resumptions({}.__getitem__)


async def test_a_case_that_is_owed_and_has_not_begun_is_missing(keys: KeySet) -> None:
    found = await survey(keys, ("b1", BATCH), ("b1", owed("c1", "c2")), ("c1", BATCH))
    assert list(found.missing) == ["c2"]
    assert (found.missing["c2"].owing_case, found.missing["c2"].number) == ("b1", 1)


async def test_what_was_owed_by_a_case_that_has_ended_is_still_owed(keys: KeySet) -> None:
    found = await survey(keys, ("c1", BATCH), ("c1", owed("r1")), ("c1", FILED))
    assert list(found.missing) == ["r1"]
    assert found.open == {}


def _opening(case_id: str) -> OpenNomination:
    return OpenNomination.model_validate(
        {
            "claim": claim(case_id),
            "policy": "2026.1",
            "policy_digest": "a" * 64,
            "parent": "b1",
            "batch_opened": "2026-03-02T01:00:00Z",
            "cut_off": "2026-03-31",
            "late": False,
            "nominator_id": "p-nominator",
            "entry": ENTRY.model_copy(update={"case_id": case_id}),
        }
    )
