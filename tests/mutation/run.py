"""`make mutants`: change the rules one small thing at a time, and say which change no test notices."""

import fnmatch
import importlib.abc
import importlib.util
import os
import signal
import sys
import types
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from contracts.policy.loader import released
from tests.mutation.operators import Mutant, mutants

ROOT = Path(__file__).parents[2]
RULES, TESTS = ROOT / "workflows" / "rules", ROOT / "tests" / "unit" / "rules"
SECONDS = 120
"""A mutant that runs longer never ends, and was noticed."""
ASKED = {
    "calendar": "*calendar*",
    "calendars": "*calendar*",
    "deadlines": "*deadlines*",
    "election_day": "*ballot*",
    "grading": "*grading*",
    "identity": "*identity*",
    "negative_list": "*negative*",
    "opinions": "*opinion*",
    "panel": "*panel*",
    "re_evaluation": "*tenure_evaluation*",
    "readings": "*ballot*",
    "reminding": "*reminding*",
    "terms": "*extensions*",
    "voting": "*voting*",
}
"""By module the tests that are asked first; those that it does not name, and survivors, are shown to all."""


class Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the mutant in the place of the module."""

    def __init__(self, name: str, mutant: Mutant) -> None:
        self.name, self.mutant = name, mutant

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        """Of this module only."""
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module: types.ModuleType) -> None:
        """The changed code."""
        exec(compile(self.mutant.tree, self.name, "exec"), module.__dict__)  # noqa: S102


def noticed(module: str, mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether any of these tests fails over the mutant; in a process of its own."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        signal.alarm(SECONDS)
        sys.meta_path.insert(0, Mutated(f"workflows.rules.{module}", mutant))
        code = pytest.main(["-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly", *tests])
        os._exit(0 if code == pytest.ExitCode.OK else 1)
    _, status = os.waitpid(child, 0)
    return status != 0


def main(names: Sequence[str]) -> None:
    """Try these modules, or all; print what survives and the score."""
    released("2026.1")
    tried = survived = 0
    every = sorted(str(path) for path in TESTS.glob("test_*.py"))
    for path in sorted(RULES.glob("*.py")):
        if path.stem == "__init__" or (names and path.stem not in names):
            continue
        first = [one for one in every if fnmatch.fnmatch(Path(one).name, ASKED.get(path.stem, "-"))]
        for mutant in mutants(path.read_text(encoding="utf-8")):
            tried += 1
            if not (first and noticed(path.stem, mutant, first)) and not noticed(path.stem, mutant, every):
                survived += 1
                print(f"survived: {path.stem}:{mutant.line}: {mutant.change}", flush=True)
        print(f"{path.stem}: {tried - survived} of {tried} noticed so far", flush=True)


if __name__ == "__main__":
    assert not any(name.startswith("workflows") for name in sys.modules), "the rules are still to be imported"
    main(sys.argv[1:])
