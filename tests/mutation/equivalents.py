"""Mutants that no test can notice, because the changed rule gives every answer of the rule itself; each with why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from tests.mutation.operators import Mutant
from tests.mutation.trying import Tried


class Equivalent(BaseModel):
    """One that people have judged: the changed statement in its place, by text, because lines move."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str
    """`module.function`, or the module alone."""
    becomes: str
    why: str = Field(min_length=20)

    def is_of(self, mutant: Mutant) -> bool:
        """Whether this mutant is meant."""
        return (self.rule, self.becomes) == (_rule(mutant), mutant.becomes)


@dataclass(frozen=True)
class Score:
    """What came of a run."""

    tried: int
    noticed: int
    equivalent: int
    survived: tuple[Mutant, ...]
    stale: tuple[Equivalent, ...]
    """Judged equivalent, and yet noticed or not there any more."""

    def __str__(self) -> str:
        able = self.tried - self.equivalent
        percent = 100 * self.noticed / able if able else 100.0
        return (
            f"mutants: tried={self.tried} noticed={self.noticed} equivalent={self.equivalent} "
            f"survived={len(self.survived)} score={percent:.1f}%"
        )


def judged(file: Path) -> tuple[Equivalent, ...]:
    """The judgements of the file. Raises ValidationError for one without a reason."""
    return TypeAdapter(tuple[Equivalent, ...]).validate_python(
        yaml.safe_load(file.read_text(encoding="utf-8"))
    )


def scored(tried: Sequence[Tried], equivalents: Iterable[Equivalent], modules: Iterable[str]) -> Score:
    """The score over these modules. A mutant that is judged equivalent does not count, unless a test noticed it."""
    survivors = [one.mutant for one in tried if not one.noticed]
    ours = [one for one in equivalents if one.rule.partition(".")[0] in set(modules)]
    open_ones = tuple(mutant for mutant in survivors if not any(one.is_of(mutant) for one in ours))
    return Score(
        tried=len(tried),
        noticed=len(tried) - len(survivors),
        equivalent=len(survivors) - len(open_ones),
        survived=open_ones,
        stale=tuple(one for one in ours if not any(one.is_of(mutant) for mutant in survivors)),
    )


def _rule(mutant: Mutant) -> str:
    return f"{mutant.module}.{mutant.where}" if mutant.where else mutant.module
