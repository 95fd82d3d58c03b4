"""The garbage collector is off while a process starts, and never for longer than that."""

import subprocess
import sys

import pytest

SERVICE = """
import asyncio, gc, sys
from fastapi import FastAPI
from services.kit import collector, http, process
{before}

async def main(stop):
    print(gc.isenabled())
    before = gc.get_threshold()
    if {serves}:
        serving = asyncio.create_task(http.serve_app(FastAPI(), "127.0.0.1", 0, stop))
    while not gc.isenabled():
        await asyncio.sleep(0.01)
    print(gc.get_threshold()[0] if gc.get_threshold() != before else "same", gc.get_freeze_count() > 10_000)
    stop.set()
    return 0

process.run(main)
"""


def told(before: str, serves: bool) -> list[str]:
    code = SERVICE.format(before=before, serves=serves)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.split()


def test_it_is_off_until_the_service_answers() -> None:
    assert told("collector.pause()", serves=True) == ["False", "20000", "True"]


def test_a_service_that_cannot_start_does_not_grow_for_ever() -> None:
    assert told("collector.pause(); collector.LONGEST_START = 0.2", serves=False) == [
        "False",
        "20000",
        "True",
    ]


def test_a_process_that_did_not_pause_it_keeps_its_own_ways() -> None:
    assert told("", serves=True) == ["True", "same", "False"]


@pytest.mark.parametrize("module", ["registry", "notices", "worker", "officers", "ctl.serve"])
def test_every_process_of_ours_pauses_it_before_it_imports(module: str) -> None:
    """The first import after the pause ends the process here, and says whether the collector was off."""
    code = f"""
import builtins, gc, runpy
real = builtins.__import__
def watched(name, *args, **kw):
    if name == "services.kit.process" or name == "services.ctl.together":
        raise SystemExit(0 if not gc.isenabled() else 3)
    return real(name, *args, **kw)
builtins.__import__ = watched
runpy.run_module("services.{module}", run_name="__main__", alter_sys=True)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
