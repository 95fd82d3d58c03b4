"""Each mutant shown to the tests that execute the changed statement, the fastest first, until one fails."""

import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.mutation.children import ended
from tests.mutation.operators import Mutant
from tests.mutation.planting import fits, give_at_import, put_in
from tests.mutation.reach import Reach, in_turn, measured

# Hypothesis is imported before pytest could rewrite its assertions, which nobody looks at here.
QUIET = ("-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
IMPORTING = 60.0
"""Seconds more for a process that has to import everything first."""
AS_IT_IS = "as it is"
"""What a control becomes: a module planted unchanged, over which no test may fail."""
FEW = 50
"""The tests that a control is shown, and that are asked first where asking means importing."""
SURVIVED = int(pytest.ExitCode.OK)
NOTICED = {
    int(pytest.ExitCode.TESTS_FAILED),
    # A test could not even be imported, or a conftest.
    int(pytest.ExitCode.INTERRUPTED),
    int(pytest.ExitCode.USAGE_ERROR),
    -signal.SIGPROF,
}


@dataclass(frozen=True)
class Tried:
    """A mutant, and whether a test noticed it."""

    mutant: Mutant
    noticed: bool


@dataclass(frozen=True)
class Surveyed:
    """What is known once the tests ran over the rules as they are."""

    reach: Reach
    unfit: list[Mutant]
    """Mutants that have to be planted at the import, in a process that has not imported the rules."""


class Warm:
    """A pytest plugin that runs no tests for themselves: it shows them mutants, everything being imported already.

    It tells first what it Surveyed, then what it Tried, one after the other.
    """

    def __init__(self, package: str, rules: Path, mutants: Sequence[Mutant], tell: Connection) -> None:
        self.package, self.rules, self.mutants, self.tell = package, rules, mutants, tell

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """In the place of the loop over the tests; a test that cannot be collected is left to pytest to report."""
        if session.testsfailed:
            return None
        reach = measured(session, self.rules)
        print(f"\n{len(reach.seconds)} tests pass over the rules as they are", flush=True)
        fit: dict[bool, list[Mutant]] = {True: [], False: []}
        for mutant in self.mutants:
            fit[fits(self.package, mutant)].append(mutant)
        self.tell.send(Surveyed(reach, fit[False]))
        items = {item.nodeid: item for item in session.items}

        def show(mutant: Mutant, tests: list[str]) -> int:
            put_in(self.package, mutant)
            for item, following in in_turn([items[test] for test in tests]):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if session.testsfailed:
                    return int(pytest.ExitCode.TESTS_FAILED)
            return SURVIVED

        for tried in _tried(fit[True], show, reach, lambda one: _of_statement(one, reach)):
            self.tell.send(tried)
        return True


def cold(package: str, surveyed: Surveyed) -> Iterator[Tried]:
    """The mutants that must be there when the rules are imported. Not for a process that has imported them.

    They are shown to a few tests of their module, and what survives, to all: a table is used from elsewhere too.
    """
    reach, left = surveyed.reach, surveyed.unfit

    def show(mutant: Mutant, tests: list[str]) -> int:
        give_at_import(package, mutant)
        files = dict.fromkeys(test.partition("::")[0] for test in tests)
        return int(pytest.main([*QUIET, "-x", *files]))

    for choose in (lambda one: reach.of_module(one.module)[:FEW], lambda _: reach.every):
        survivors = []
        for tried in _tried(left, show, reach, choose, IMPORTING):
            if tried.noticed:
                yield tried
            elif tried.mutant.becomes != AS_IT_IS:
                survivors.append(tried.mutant)
        left = survivors
    yield from (Tried(mutant, noticed=False) for mutant in left)


def _of_statement(mutant: Mutant, reach: Reach) -> list[str]:
    tests = reach.of_lines(mutant.module, mutant.lines)
    return tests[:FEW] if mutant.becomes == AS_IT_IS else tests


def _tried(
    mutants: Sequence[Mutant],
    show: Callable[[Mutant, list[str]], int],
    reach: Reach,
    choose: Callable[[Mutant], list[str]],
    more: float = 0,
) -> Iterator[Tried]:
    for mutant, code in ended(
        mutants,
        lambda one: show(one, choose(one)),
        lambda one: reach.budget(choose(one)) + more,
    ):
        if code != SURVIVED and code not in NOTICED:
            raise RuntimeError(f"{mutant}: could not be tried, its process ended with {code}")
        yield Tried(mutant, noticed=code in NOTICED)
