"""Which tests execute which lines of the rules, and how long each takes: measured once, over unchanged rules."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

# Comes with pytest-cov.
import coverage
import pytest


@dataclass(frozen=True)
class Reach:
    """Tests by the lines that they execute."""

    seconds: dict[str, float]
    """By test how long it took, measuring included."""
    by_line: dict[str, dict[int, frozenset[str]]]
    """By module and line the tests that execute the line. What runs at import is executed by none."""

    def of_lines(self, module: str, lines: Iterable[int]) -> list[str]:
        """The tests that execute any of these lines, the fastest first."""
        known = self.by_line.get(module, {})
        return self._fastest({test for line in lines for test in known.get(line, ())})

    def of_module(self, module: str) -> list[str]:
        """The tests that execute anything of the module, or all when none does; the fastest first."""
        return self.of_lines(module, self.by_line.get(module, {})) or self.every

    @property
    def every(self) -> list[str]:
        """All tests, the fastest first."""
        return self._fastest(set(self.seconds))

    def budget(self, tests: Iterable[str]) -> float:
        """Seconds of its processor that these tests may take before a mutant counts as one that never ends."""
        return 2 + 10 * sum(self.seconds[test] for test in tests)

    def _fastest(self, tests: set[str]) -> list[str]:
        return sorted(tests, key=lambda test: (self.seconds[test], test))


def measured(session: pytest.Session, rules: Path) -> Reach:
    """Run every test of the session once. Raises ValueError when one fails: its failures would say nothing."""
    gauge = coverage.Coverage(data_file=None, include=[f"{rules.resolve()}/*"], config_file=False)
    seconds = {}
    gauge.start()
    for item, following in in_turn(session.items):
        gauge.switch_context(item.nodeid)
        before = time.perf_counter()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        seconds[item.nodeid] = time.perf_counter() - before
        if session.testsfailed:
            raise ValueError(f"{item.nodeid} fails over the rules as they are")
    gauge.stop()
    data = gauge.get_data()
    return Reach(
        seconds,
        {
            Path(file).stem: {
                line: frozenset(contexts) & seconds.keys()
                for line, contexts in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        },
    )


def in_turn(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Each test with the one after it, which says what may be torn down between them."""
    yield from zip_longest(items, items[1:])
