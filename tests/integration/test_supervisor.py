"""The supervisor over real processes: order, restarts, a clean end, and nothing left behind."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from services.ctl.child import Program
from services.ctl.errors import OperatorError
from services.ctl.supervisor import Supervisor
from tests.waiting import until

WORKS = "import sys, time, pathlib; pathlib.Path(sys.argv[1]).touch(); time.sleep(60)"
STUBBORN = "import signal, sys, time, pathlib; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + (
    "pathlib.Path(sys.argv[1]).touch(); time.sleep(60)"
)


def appears(path: Path) -> Callable[[], Awaitable[bool]]:
    async def ready() -> bool:
        return os.access(path, os.F_OK)

    return ready


def program(folder: Path, name: str, code: str = WORKS, **limits: float) -> Program:
    mark = folder / f"{name}.mark"
    return Program(name, (sys.executable, "-c", code, str(mark)), dict(os.environ), appears(mark), **limits)


def pid_of(folder: Path, name: str) -> int:
    return int((folder / f"{name}.pid").read_text())


def pid_files(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*.pid")]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@asynccontextmanager
async def supervising(folder: Path, *programs: Program) -> AsyncIterator[list[str]]:
    said: list[str] = []
    supervisor = Supervisor(programs, folder, folder, said.append)
    try:
        await supervisor.start()
        yield said
    finally:
        await supervisor.stop()


async def test_programs_start_side_by_side(tmp_path: Path) -> None:
    first = replace(program(tmp_path, "first"), ready=appears(tmp_path / "second.mark"))
    async with supervising(tmp_path, first, program(tmp_path, "second")) as said:
        assert {line.split()[0] for line in said} == {"first", "second"}


async def test_the_last_named_ends_first(tmp_path: Path) -> None:
    code = "import os, signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: ({}, os._exit(0)));" + (
        "open(sys.argv[1], 'w'); time.sleep(60)"
    )
    ends = code.format("open(sys.argv[1] + '.ended', 'w')")
    # The engine tells by its exit code whether the service was still there when it was told to stop.
    last = tmp_path / "service.mark.ended"
    looks = code.format(
        f"open(sys.argv[1] + ('.after' if os.path.exists({str(last)!r}) else '.before'), 'w')"
    )
    async with supervising(tmp_path, program(tmp_path, "engine", looks), program(tmp_path, "service", ends)):
        pass
    assert (tmp_path / "engine.mark.after").exists()


async def test_a_program_runs_in_its_own_folder(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    code = "import time, pathlib; pathlib.Path('here').touch(); time.sleep(60)"
    here = replace(program(tmp_path, "one", code), folder=own, ready=appears(own / "here"))
    async with supervising(tmp_path, here):
        assert (own / "here").exists()


async def test_a_killed_program_is_started_again_and_it_is_said(tmp_path: Path) -> None:
    async with supervising(tmp_path, program(tmp_path, "one")) as said:
        before = pid_of(tmp_path, "one")
        os.kill(before, signal.SIGKILL)
        await until(lambda: "one is ready again" in said)
        assert pid_of(tmp_path, "one") != before
        assert "one ended with signal SIGKILL; it is started again in 0.2 s" in said


async def test_stopping_leaves_no_child(tmp_path: Path) -> None:
    async with supervising(tmp_path, program(tmp_path, "one"), program(tmp_path, "two")):
        pids = [pid_of(tmp_path, "one"), pid_of(tmp_path, "two")]
        assert all(alive(pid) for pid in pids)
    assert not any(alive(pid) for pid in pids)
    assert pid_files(tmp_path) == []


async def test_a_program_that_does_not_stop_is_killed_and_it_is_said(tmp_path: Path) -> None:
    async with supervising(tmp_path, program(tmp_path, "one", STUBBORN, stop_within=0.3)) as said:
        pid = pid_of(tmp_path, "one")
    assert not alive(pid)
    assert said[-1] == "one was killed: it did not stop when asked to"


async def test_a_program_that_ends_at_once_fails_the_start_with_its_last_words(tmp_path: Path) -> None:
    broken = program(tmp_path, "broken", "import sys; sys.exit('no such database')")
    # Nobody waits for one that may never be ready without the broken one.
    waits = replace(program(tmp_path, "waits"), ready=appears(tmp_path / "never"), ready_within=3600)
    with pytest.raises(OperatorError, match=r"broken ended with code 1(.|\n)*no such database"):
        async with supervising(tmp_path, program(tmp_path, "fine"), waits, broken):
            pass
    assert pid_files(tmp_path) == []


async def test_a_program_that_stays_silent_fails_the_start(tmp_path: Path) -> None:
    silent = program(tmp_path, "silent", "import time; time.sleep(60)", ready_within=0.3)
    with pytest.raises(OperatorError, match="silent was not ready after"):
        async with supervising(tmp_path, silent):
            pass


async def test_a_missing_program_gets_a_sentence(tmp_path: Path) -> None:
    missing = Program("gone", (str(tmp_path / "gone"),), {}, appears(tmp_path / "never"))
    with pytest.raises(OperatorError, match=r"gone cannot be run .* `make setup` installs it"):
        async with supervising(tmp_path, missing):
            pass


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a child die with its parent")
async def test_children_die_with_a_killed_supervisor(tmp_path: Path) -> None:
    code = f"""
import asyncio, sys
sys.path.insert(0, {str(Path.cwd())!r}); sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from test_supervisor import program, supervising
async def main():
    folder = Path({str(tmp_path)!r})
    async with supervising(folder, program(folder, "one")):
        print("up", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    try:
        assert parent.stdout is not None
        assert await parent.stdout.readline() == b"up\n"
        child = pid_of(tmp_path, "one")
        assert alive(child)
    finally:
        parent.kill()
        await parent.communicate()
    await until(lambda: not alive(child))
