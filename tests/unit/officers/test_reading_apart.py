"""A workbook is opened in a process of its own: what it does there costs the service nothing."""

import asyncio
import contextlib
import gc
import resource
import sys
from collections.abc import Callable, Iterator

import pytest

from services.officers.roster import apart
from services.officers.roster.apart import Reader
from services.officers.roster.cells import WorkbookError
from services.officers.web.problems import RefusedError
from tests.unit.officers.sheets import row, sheet
from tests.unit.officers.test_workbook import HOSTILE
from tests.waiting import PATIENCE
from tests.workbooks import book

BODY = sheet([row(1), row(2)])
WHOSE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def child(code: str) -> tuple[str, ...]:
    """A process that begins like the reader's, with less time of a processor, and then does this."""
    limits = "from services.officers.roster import child; child.CPU_SECONDS = 2; child._limit(0);"
    return (sys.executable, "-P", "-c", limits + code)


@contextlib.contextmanager
def the_other_pays() -> Iterator[None]:
    """What is done meanwhile costs the process that is begun more of a processor than this one."""
    # This process is full of other tests, whose garbage is none of the reader's.
    gc.disable()
    try:
        own, begun = (resource.getrusage(whose).ru_utime for whose in WHOSE)
        yield
        assert resource.getrusage(WHOSE[0]).ru_utime - own < resource.getrusage(WHOSE[1]).ru_utime - begun
    finally:
        gc.enable()


async def test_the_rows_come_back_as_they_stand() -> None:
    [page] = (await Reader().book(BODY)).sheets
    assert [[cell.text for cell in line.cells] for line in page.rows][1:] == [row(1), row(2)]


async def test_it_is_read_by_one_parser_whatever_is_installed_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code = "import openpyxl, sys; sys.stdout.write(f'[{openpyxl.LXML}, {openpyxl.DEFUSEDXML}]')"
    monkeypatch.setattr(apart, "_CHILD", child(code))
    assert await Reader()._answer((), b"", {}) == b"[False, True]"


@pytest.mark.parametrize(
    ("code", "wait"),
    [
        pytest.param("\nwhile True: pass", PATIENCE, id="it counts for ever"),
        pytest.param(
            "\nx = [bytes(2**20)]\nwhile True: x.append(bytes(2**24))", PATIENCE, id="it takes all memory"
        ),
        pytest.param("import os; os.kill(os.getpid(), 11)", PATIENCE, id="it crashes"),
        pytest.param(
            "open('/tmp/roster-child', 'wb', buffering=0).write(b'x')", PATIENCE, id="it writes a file"
        ),
        pytest.param("import time; time.sleep(600)", 2.0, id="it never answers"),
    ],
)
async def test_a_reader_that_runs_wild_is_ended_and_its_workbook_refused(
    code: str, wait: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_CHILD", child(code))
    monkeypatch.setattr(apart, "WAIT_SECONDS", wait)
    with the_other_pays(), pytest.raises(WorkbookError):
        await Reader().book(BODY)


def _deep() -> bytes:
    return book.pack({"名册": book.page("<row>" * 100_000)})


def _wide() -> bytes:
    return book.pack({"名册": book.page('<row r="1">' + "<c/>" * 300_000 + "</row>")})


def _merged() -> bytes:
    areas = '<mergeCell ref="A1:XFD1048576"/>' * 60_000
    return book.pack({"名册": book.page(book.line(1, ["甲"]), after=f"<mergeCells>{areas}</mergeCells>")})


def _long() -> bytes:
    return book.pack({"名册": book.page(book.line(1, ["长" * 6_000_000]))})


COSTLY: dict[str, Callable[[], bytes]] = {"deep": _deep, "wide": _wide, "merged": _merged, "long": _long}


@pytest.mark.parametrize("name", COSTLY)
async def test_a_costly_workbook_costs_the_service_little(name: str) -> None:
    body, reader = COSTLY[name](), Reader()
    # It may be read, or be refused: what counts is who pays.
    for ask in (reader.book(body), reader.marked(body, [("名册", "A1", "x")])):
        with the_other_pays(), contextlib.suppress(WorkbookError):
            await ask


@pytest.mark.parametrize("name", HOSTILE)
async def test_the_process_refuses_as_the_reader_does(name: str) -> None:
    body, code = HOSTILE[name]
    with pytest.raises(WorkbookError) as refused:
        await Reader().book(body)
    assert refused.value.code == code
    assert refused.value.zh != refused.value.en


async def test_no_more_than_a_few_are_opened_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = 0, 0
    real = asyncio.create_subprocess_exec

    async def counted(*args: object, **more: object) -> object:
        nonlocal running, most
        running += 1
        most = max(most, running)
        made = await real(*args, **more)  # type: ignore[arg-type]
        whole = made.communicate

        async def communicate(given: bytes) -> tuple[bytes, bytes]:
            nonlocal running
            try:
                return await whole(given)
            finally:
                running -= 1

        made.communicate = communicate  # type: ignore[method-assign,assignment]
        return made

    monkeypatch.setattr(asyncio, "create_subprocess_exec", counted)
    reader = Reader()
    await asyncio.gather(*(reader.book(BODY) for _ in range(6)))
    assert most == apart.AT_ONCE


async def test_no_more_than_some_wait_and_a_further_one_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "MOST_WAITING", 3)
    reader = Reader()
    came = await asyncio.gather(*(reader.book(BODY) for _ in range(5)), return_exceptions=True)
    refused = [one for one in came if isinstance(one, RefusedError)]
    assert [one.code for one in refused] == ["too-many-requests"] * 2
    assert len((await reader.book(BODY)).sheets) == 1, "a place is free again"
