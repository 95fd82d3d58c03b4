"""Runs of screening: who was due, who was checked, which lists could not be relied on; pure."""

import pytest

from contracts.actor import LIST_KEEPER
from contracts.commands.base import Command
from contracts.commands.nomination import RegisterReport
from contracts.commands.screening import ImportList
from contracts.events.screening import ListImported, RunBegun, RunEnded
from contracts.matter import ReportContent
from contracts.policy.model import Policy
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk
from tests.screened import BOOK, COURT, OFFICE, begins, brought, fitting, opened, part
from workflows.kinds.screening.book import Book
from workflows.kinds.screening.kind import DECIDER, faults


@pytest.fixture
def book(policy: Policy) -> PureDesk[Book]:
    return opened(policy)


@pytest.fixture
async def running(book: PureDesk[Book]) -> PureDesk[Book]:
    await book.send(brought())
    return book


def all_lists(policy: Policy) -> list[str]:
    assert policy.screening is not None
    return [one.code for one in policy.screening.lists]


def ended(desk: PureDesk[Book]) -> RunEnded:
    last = desk.of(RunEnded)[-1]
    assert isinstance(last, RunEnded)
    return last


def begun(desk: PureDesk[Book]) -> RunBegun:
    last = desk.of(RunBegun)[-1]
    assert isinstance(last, RunBegun)
    return last


async def test_a_list_that_comes_is_a_version_and_begins_a_run(book: PureDesk[Book]) -> None:
    await book.send(brought())
    assert book.current.lists[COURT].content.version == 1
    assert begun(book).cause == "list"
    assert [one.version for one in begun(book).versions] == [1]
    assert COURT not in begun(book).missing
    assert "tax-arrears" in begun(book).missing


async def test_the_same_bytes_twice_are_the_same_list(running: PureDesk[Book]) -> None:
    before = len(running.events)
    await running.send(brought())
    assert len(running.events) == before


async def test_an_increment_stands_on_a_whole_list_and_a_whole_list_begins_anew(
    running: PureDesk[Book],
) -> None:
    await running.send(brought(file="b", mode="increment"))
    assert running.current.lists[COURT].content.files == ("a" * 64, "b" * 64)
    await running.send(brought(file="b", mode="increment"))
    assert len(running.of(ListImported)) == 2, "an increment twice would take off twice"
    await running.send(brought(file="c"))
    assert running.current.lists[COURT].content.files == ("c" * 64,)
    assert running.current.lists[COURT].content.version == 3


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (brought("no-such-list"), "unknown-list"),
        (brought("tax-arrears", mode="increment"), "list-incomplete"),
        (brought(file="b", as_of="2026-03-03"), "list-older"),
        (brought(file="b", as_of="2026-03-01"), "list-older"),
        (brought(file="b", actor=somebody("SCREENER")), "wrong-role"),
    ],
)
async def test_a_list_that_does_not_fit_is_refused(
    running: PureDesk[Book], command: Command, code: str
) -> None:
    await refused(running, command, code)


async def test_after_so_many_increments_the_list_is_given_whole(running: PureDesk[Book]) -> None:
    assert running.policy.screening is not None
    for number in range(running.policy.screening.increments_at_most):
        await running.send(increment(number))
    await refused(running, increment(999), "list-incomplete")


def increment(number: int) -> ImportList:
    command = brought(mode="increment")
    again = command.model_copy(
        update={"file": command.file.model_copy(update={"file_digest": f"{number:064d}"})}
    )
    return again.claimed_as(again.claim)


async def test_a_run_is_complete_when_everybody_due_met_every_list(book: PureDesk[Book]) -> None:
    for number, code in enumerate(all_lists(book.policy)):
        await book.send(brought(code, file=f"{number:x}"))
    await book.send(part(until="", cases=("c1",)))
    assert not ended(book).complete, "the first run had only one of the lists"
    assert begun(book).missing == (), "lists came meanwhile, so another run is under way"
    await book.send(part(run=2, cases=("c1", "c2")))
    assert (ended(book).due, ended(book).checked, ended(book).complete) == (2, 2, True)
    assert book.current.run is None


async def test_a_run_goes_on_where_its_last_part_ended(running: PureDesk[Book]) -> None:
    await running.send(part(until="c5", expected=3, cases=("c1", "c5")))
    assert running.current.run is not None
    assert (running.current.run.until, running.current.run.checked) == ("c5", 2)
    await refused(running, part(until="c9", cases=("c2",)), "run-elsewhere")
    await refused(running, part(after="c5", until="c5"), "run-elsewhere")
    await refused(running, part(run=2, after="c5"), "run-elsewhere")
    await running.send(part(after="c5", expected=3, cases=("c7",)))
    assert (ended(running).due, ended(running).checked) == (3, 3)
    await refused(running, part(after="c7"), "run-elsewhere")


async def test_a_run_that_falls_short_says_so(book: PureDesk[Book]) -> None:
    for number, code in enumerate(all_lists(book.policy)):
        await book.send(brought(code, file=f"{number:x}"))
    await book.send(part())
    await book.send(part(run=2, expected=3, cases=("c1",), missed=("c2",)))
    assert (ended(book).due, ended(book).checked, ended(book).complete) == (3, 1, False)


async def test_a_run_nobody_carries_out_ends_by_itself_and_says_so(running: PureDesk[Book]) -> None:
    await running.send(part(until="c5", expected=9, cases=("c1",)))
    await running.until(local("2026-03-02 13:59"))
    assert not running.of(RunEnded)
    await running.until(local("2026-03-02 14:00"))
    assert (ended(running).cause, ended(running).due, ended(running).checked) == ("out-of-time", 9, 1)
    assert not ended(running).complete


async def test_a_run_of_which_nobody_says_who_is_due_is_no_clean_run(running: PureDesk[Book]) -> None:
    await running.until(local("2026-03-02 14:00"))
    assert (ended(running).due, ended(running).checked, ended(running).complete) == (None, 0, False)


async def test_time_alone_begins_the_next_run_and_names_what_went_stale(running: PureDesk[Book]) -> None:
    await running.send(part())
    await running.until(local("2026-03-03 10:00"))
    assert (begun(running).cause, begun(running).run, begun(running).stale) == ("time", 2, ())
    await running.until(local("2026-03-09 11:00"))
    assert begun(running).stale == (), "seven days are fresh"
    await running.until(local("2026-03-10 11:00"))
    assert begun(running).stale == (COURT,)
    await running.send(part(run=begun(running).run))
    assert ended(running).stale == (COURT,)
    assert not ended(running).complete


async def test_a_list_that_comes_in_a_run_begins_another_at_its_end(running: PureDesk[Book]) -> None:
    await running.send(brought(file="b"))
    assert [one.files for one in begun(running).versions] == [("a" * 64,)], "a run keeps its versions"
    await running.send(part())
    assert (begun(running).run, begun(running).cause) == (2, "list")
    assert [one.files for one in begun(running).versions] == [("b" * 64,)]


async def test_a_run_is_asked_for_by_people_in_their_roles_and_by_the_service(
    running: PureDesk[Book],
) -> None:
    await refused(running, begins(), "run-under-way")
    await running.send(part())
    await refused(running, begins(somebody("CLERK")), "wrong-role")
    await running.send(begins())
    await running.send(part(run=2))
    await running.send(begins(LIST_KEEPER, "people"))
    assert begun(running).cause == "people"


async def test_nobody_but_the_service_says_what_stands_on_a_list(running: PureDesk[Book]) -> None:
    forged = part(fitting())
    for actor in (OFFICE, somebody("EVALUATOR")):
        claim = forged.claim.model_copy(update={"actor": actor})
        await refused(running, forged.model_copy(update={"claim": claim}), "wrong-role")


async def test_a_book_takes_no_act_of_another_kind_and_never_ends(running: PureDesk[Book]) -> None:
    report = asks(RegisterReport, OFFICE, BOOK, signed=False, channel="net", content=ReportContent(text="t"))
    await refused(running, report, "unknown-act")
    assert DECIDER.closed(running.current) is None


def test_policy_and_code_agree(policy: Policy) -> None:
    assert faults(policy) == []
    assert faults(policy.model_copy(update={"screening": None})) == ["screening: the policy watches no list"]


async def test_a_part_that_names_a_list_which_the_run_does_not_hold_is_refused(book: PureDesk[Book]) -> None:
    await book.send(begins())
    await refused(book, part(fitting()), "unknown-list")
