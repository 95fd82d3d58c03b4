"""A book of screening on the engine: it runs by time, tells cases, and carries what stands over to its next run."""

import pytest
from temporalio.worker import Replayer

from contracts.commands.screening import OpenScreening
from contracts.errand import Tell
from contracts.policy import loader
from services.worker.catalogue import WORKFLOWS
from tests.asking import asks, local
from tests.engine import Clock, WorkflowDesk
from tests.fakes import FakeCases, FakeRecord
from tests.screened import BOOK, OFFICE, brought, fitting, part
from tests.workflows.conftest import Open
from workflows import options
from workflows.kinds.screening.book import Book


async def opened(clock: Clock, open_case: Open) -> WorkflowDesk[Book]:
    await clock.begin(local("2026-03-02 10:00"))
    digest = loader.digest("2026.1")
    return await open_case(asks(OpenScreening, OFFICE, BOOK, policy="2026.1", policy_digest=digest))


async def test_a_book_runs_by_itself_day_after_day_and_says_who_was_missed(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> None:
    desk = await opened(clock, open_case)
    await desk.send(brought())
    await desk.send(part(fitting()))
    await desk.until(local("2026-03-04 18:00"))
    begun = [event.payload["cause"] for event in record.of("run-begun")]
    assert begun == ["list", "time", "time"]
    assert [event.payload["cause"] for event in record.of("run-ended")] == [
        "done",
        "out-of-time",
        "out-of-time",
    ]
    assert (await desk.case()).matches[0].fitting.case_id == "c1", (
        "a run that nobody carried out clears nobody"
    )
    (told,) = [request.errand for request in cases.carried]
    assert isinstance(told, Tell)
    assert told.case_ids == ("c1",)
    replayer = Replayer(workflows=list(WORKFLOWS), data_converter=desk.handle._client.data_converter)
    await replayer.replay_workflow(await desk.handle.fetch_history())


async def test_a_book_of_many_months_forgets_nothing_that_stands(
    clock: Clock, open_case: Open, record: FakeRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "CONTINUE_AFTER", 60)
    desk = await opened(clock, open_case)
    await desk.send(brought())
    await desk.send(part(fitting(), until="c5", expected=2))
    await desk.until(local("2026-03-20 18:00"))
    assert (await desk.handle.describe()).run_id != desk.handle.first_execution_run_id
    book = await desk.case()
    assert (len(book.matches), book.lists["court-dishonest"].content.version) == (1, 1)
    assert book.runs == len(record.of("run-begun")) == 19
