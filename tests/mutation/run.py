"""`make mutants`: change the rules one small thing at a time, and say which change no test notices.

Not mutmut: it changes the bodies of functions only, no table, default or constant, and takes a judgement "equivalent"
only as a mark in the rule's own code, without a reason. Not cosmic-ray: it runs all tests anew for every mutant.
"""

import argparse
import ast
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from contracts.policy.loader import released
from tests.mutation.equivalents import judged, scored
from tests.mutation.operators import Mutant, mutants
from tests.mutation.trying import AS_IT_IS, QUIET, Surveyed, Tried, Warm, cold

RULES, TESTS = Path("workflows/rules"), Path("tests/unit/rules")
EQUIVALENTS = Path("tests/mutation/equivalent.yaml")


def main(arguments: list[str] | None = None) -> int:
    """Try these modules, or all; print what survives and the score. 1 when a survivor is not judged equivalent."""
    asked = _options().parse_args(arguments)
    _settle_hypothesis()
    released("2026.1")
    paths = [path for path in sorted(asked.rules.glob("*.py")) if path.stem != "__init__"]
    sources = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    chosen = {module: sources[module] for module in asked.modules or sources}
    every = [mutant for module, source in chosen.items() for mutant in mutants(module, source)]
    equivalents, tried = judged(asked.equivalents), []
    for one in _all_tried(asked.rules, asked.tests, [*_controls(every, chosen), *every]):
        if one.mutant.becomes == AS_IT_IS and one.noticed:
            raise RuntimeError(f"{one.mutant.module}: its tests fail once it is planted as it is")
        if one.mutant.becomes == AS_IT_IS:
            continue
        tried.append(one)
        if not one.noticed and not any(judgement.is_of(one.mutant) for judgement in equivalents):
            print(f"survived: {one.mutant}", flush=True)
    score = scored(tried, equivalents, chosen)
    for judgement in score.stale:
        print(f"judged equivalent, but noticed or not there: {judgement.rule}: {judgement.becomes}")
    print(score)
    return 1 if score.survived or score.stale else 0


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="make mutants", description=main.__doc__)
    options.add_argument("modules", nargs="*", help="modules of the rules; all when none is named")
    options.add_argument("--rules", type=Path, default=RULES, help="the package that is changed")
    options.add_argument(
        "--tests", type=Path, nargs="+", default=[TESTS], help="the tests that must notice it"
    )
    options.add_argument("--equivalents", type=Path, default=EQUIVALENTS, help="what was judged equivalent")
    return options


def _settle_hypothesis() -> None:
    """The same examples for every mutant; a failing one need not become small, and no load notices a mutant."""
    settings.register_profile(
        "mutants",
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")


def _controls(every: Sequence[Mutant], sources: Mapping[str, str]) -> list[Mutant]:
    """One module planted as it is, in each of the two ways: what fails over it fails because of the planting."""
    inside = [mutant for mutant in every if mutant.where][:1]
    outside = [mutant for mutant in every if not mutant.where][:1]
    return [replace(one, becomes=AS_IT_IS, tree=ast.parse(sources[one.module])) for one in inside + outside]


def _all_tried(rules: Path, tests: Sequence[Path], every: Sequence[Mutant]) -> Iterator[Tried]:
    """First in a process that has imported the rules and collected the tests, then in such as have not."""
    package = ".".join(rules.parts)
    told, tell = Pipe(duplex=False)
    warm = get_context("fork").Process(target=_warm, args=(package, rules, tests, every, tell))
    warm.start()
    tell.close()
    surveyed = None
    while True:
        try:
            one = told.recv()
        except EOFError:
            break
        if isinstance(one, Surveyed):
            surveyed = one
        else:
            yield one
    warm.join()
    if surveyed is None or warm.exitcode:
        raise RuntimeError("the tests do not pass over the rules as they are, or a mutant could not be tried")
    yield from cold(package, surveyed)


def _warm(
    package: str, rules: Path, tests: Sequence[Path], every: Sequence[Mutant], tell: Connection
) -> None:
    with tell:
        # Not captured: pytest would give a child back the output that it has closed.
        code = pytest.main([*QUIET, "-s", *map(str, tests)], plugins=[Warm(package, rules, every, tell)])
    sys.exit(code)


if __name__ == "__main__":
    sys.exit(main())
