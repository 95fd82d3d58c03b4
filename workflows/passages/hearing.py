"""The person is heard before something adverse (ST05, R04, domain §8.8.3): asked first, within a term of their own.

Silence ends the wait, never the right: the term is over, nothing is admitted, and people go on with what there is.
The ladder of the task says when it expires; whoever opens the task names in `about` and `digest` what the person is
heard on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic

from contracts.causes import Cause
from contracts.vocabulary import Rung
from workflows.procedure.case import C, Task
from workflows.procedure.consequences import Then
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Check, Consequence, Signing
from workflows.procedure.signatures import Alone, anything


@dataclass(frozen=True)
class Hearing(Generic[C]):
    """How a person is heard in task `task`: what follows each answer, and what follows silence."""

    task: str
    answered: Mapping[str, Consequence[C]]
    silent: Cause
    """Why the task is cancelled when its term is over."""
    unheard: Consequence[C]
    """What follows then; drawn from the cancelled task."""
    check: Check[C] = anything

    @property
    def signing(self) -> dict[str, Signing[C]]:
        """The person alone answers."""
        return {self.task: Alone(self.answered, self.check)}

    @property
    def reached(self) -> dict[tuple[str, Rung], Consequence[C]]:
        """The end of the term ends the wait."""
        return {(self.task, Rung.EXPIRED): Then(_TermOver(self.silent), self.unheard)}


@dataclass(frozen=True)
class _TermOver:
    """The term is over without an answer: silence is no admission."""

    cause: Cause

    def __call__(self, draft: Draft[Any], task: Task) -> None:
        draft.cancel([task], self.cause)
