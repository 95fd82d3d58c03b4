"""Work in processes of its own, as many at a time as there are processors: a mutant spoils nobody but itself."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import TypeVar

J = TypeVar("J")

WIDTH = os.cpu_count() or 1
UNFIT = 70
"""How a process ends that could not do its work."""


def ended(
    jobs: Iterable[J], work: Callable[[J], int], seconds: Callable[[J], float]
) -> Iterator[tuple[J, int]]:
    """Each job with how its process ended, in the order in which they end: below zero by a signal.

    One that uses more than its seconds of a processor is ended by SIGPROF: a machine under load changes no answer.
    """
    forked = get_context("fork")
    running: dict[int, tuple[BaseProcess, J]] = {}
    for job in jobs:
        if len(running) == WIDTH:
            yield from _ended(running)
        process = forked.Process(target=_alone, args=(job, work, seconds(job)))
        process.start()
        running[process.sentinel] = process, job
    while running:
        yield from _ended(running)


def _ended(running: dict[int, tuple[BaseProcess, J]]) -> Iterator[tuple[J, int]]:
    for sentinel in wait(list(running)):
        assert isinstance(sentinel, int)
        process, job = running.pop(sentinel)
        process.join()
        assert process.exitcode is not None
        yield job, process.exitcode


def _alone(job: J, work: Callable[[J], int], seconds: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, seconds)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    code = UNFIT
    try:
        code = work(job)
    finally:
        os._exit(code)
