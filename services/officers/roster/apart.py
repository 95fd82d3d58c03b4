"""Opens workbooks in processes of their own, a few at a time, so that a hostile one costs the service nothing."""

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import services
from services.officers.roster.archive import damaged
from services.officers.roster.cells import Book, WorkbookError
from services.officers.roster.child import REFUSED, TOO_MUCH, unpacked
from services.officers.roster.workbook import MAX_ROWS, check_length
from services.officers.web.throttling import too_many

AT_ONCE = 2
MOST_WAITING = 20
"""Who wait for a turn, or have one: a further one is told to come again, and holds no workbook in memory meanwhile."""
WAIT_SECONDS = 30.0
"""By the clock; processor time is limited in the process itself."""
_ROOT = Path(services.__file__).parents[1]
_SURROUNDINGS = {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "OPENPYXL_LXML": "False"}
"""All that the child is told. Its workbooks are read by one parser, whatever else is installed beside it."""
_CHILD = (sys.executable, "-P", "-m", "services.officers.roster.child")


class Reader:
    """Opens workbooks for one service. Raises WorkbookError for what is refused, and RefusedError `too-many-requests`
    while too many wait."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def book(self, body: bytes, most: int = MAX_ROWS) -> Book:
        """The workbook's visible sheets, with at most so many rows."""
        check_length(body)
        return unpacked(json.loads(await self._answer(("read", str(most)), body, {})))

    async def marked(self, body: bytes, marks: Sequence[tuple[str, str, str]]) -> bytes:
        """The workbook with these cells coloured: sheet, cell, what is said there."""
        check_length(body)
        with tempfile.TemporaryDirectory() as folder:
            given = json.dumps(list(marks)).encode() + b"\n" + body
            return await self._answer(("mark",), given, {"TMPDIR": folder})

    async def _answer(self, asked: Sequence[str], given: bytes, more: Mapping[str, str]) -> bytes:
        async with self._in_turn():
            child = await asyncio.create_subprocess_exec(
                *_CHILD,
                *asked,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={**_SURROUNDINGS, **more},
            )
            try:
                async with asyncio.timeout(WAIT_SECONDS):
                    answer, _ = await child.communicate(given)
            except TimeoutError:
                raise _too_costly() from None
            finally:
                if child.returncode is None:
                    child.kill()
                    await child.wait()
        if child.returncode == REFUSED:
            raise WorkbookError(**json.loads(answer))
        if child.returncode != 0:
            # A signal ended it, or memory did; anything else is a file that no line of ours foresaw.
            costly = child.returncode is None or child.returncode < 0 or child.returncode == TOO_MUCH
            raise _too_costly() if costly else damaged()
        return answer

    @asynccontextmanager
    async def _in_turn(self) -> AsyncIterator[None]:
        if self._waiting >= MOST_WAITING:
            raise too_many(WAIT_SECONDS)
        self._waiting += 1
        try:
            async with self._turn:
                yield
        finally:
            self._waiting -= 1


def _too_costly() -> WorkbookError:
    return WorkbookError(
        "workbook-unsafe",
        "工作簿被拒绝：读取它需要的时间或内存过多。请把名册单独复制到新的工作簿中再上传",
        "the workbook is refused: reading it takes too much time or memory. Copy the roster alone into a new workbook",
    )
