"""What can follow a task, as values: so that a policy can be held against the code, and printed with what follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contracts.case import question_to
from contracts.causes import Cause
from contracts.vocabulary import CaseState, Stage
from workflows.procedure.case import C, Task
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Consequence
from workflows.procedure.letters import PRESUMED_SERVICE


@dataclass(frozen=True)
class Enters:
    """Go to a stage and ask for these tasks."""

    stage: Stage
    tasks: tuple[str, ...] = ()

    def __call__(self, draft: Draft[Any], task: Task | None = None) -> None:
        """Draw it."""
        draft.enter(self.stage)
        for code in self.tasks:
            draft.ask(code)


@dataclass(frozen=True)
class EntersByLetter(Enters):
    """Go to a stage and ask the person by a letter: the terms begin once it counts as served (§8.4, §8.8.15)."""

    def __call__(self, draft: Draft[Any], task: Task | None = None) -> None:
        """Draw it."""
        draft.enter(self.stage)
        for code in self.tasks:
            draft.ask(code, after=PRESUMED_SERVICE)


@dataclass(frozen=True)
class Opens:
    """Ask for this task."""

    task: str

    def __call__(self, draft: Draft[Any], task: Task | None = None) -> None:
        """Draw it."""
        draft.ask(self.task)


@dataclass(frozen=True)
class Countersigned:
    """Others sign over exactly what was answered, under the same deadline."""

    by: tuple[str, ...]

    def __call__(self, draft: Draft[Any], task: Task) -> None:
        """Draw it."""
        for code in self.by:
            draft.open(code, unit=task.unit, like=task, digest=task.answer_digest, about=task.about)


@dataclass(frozen=True)
class Ends:
    """The case has its outcome."""

    state: CaseState
    cause: Cause

    def __call__(self, draft: Draft[Any], task: Task | None = None) -> None:
        """Draw it."""
        draft.end(self.state, self.cause)


@dataclass(frozen=True)
class Holds:
    """The case is put on hold, for what the task is about or for its unit; `question`: what that is asked besides."""

    cause: Cause
    question: str = ""

    def __call__(self, draft: Draft[Any], task: Task) -> None:
        """Draw it."""
        draft.hold(self.cause, question_to(task.about or task.unit, self.question))


@dataclass(frozen=True)
class Then:
    """One after the other."""

    first: Consequence[Any]
    second: Consequence[Any]

    def __call__(self, draft: Draft[Any], task: Task) -> None:
        """Draw both."""
        self.first(draft, task)
        self.second(draft, task)


def enters(stage: Stage, *tasks: str) -> Enters:
    """Go to a stage and ask for these tasks."""
    return Enters(stage, tasks)


def parts(consequence: Consequence[C]) -> Iterator[Consequence[C]]:
    """The single consequences of which this one is made, in order."""
    if isinstance(consequence, Then):
        yield from parts(consequence.first)
        yield from parts(consequence.second)
    else:
        yield consequence
