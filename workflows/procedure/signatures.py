"""How people sign: alone, one after the other over the same content, or side by side. What follows each outcome
stands in a table, so that an outcome nobody thought of is refused before anything follows from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeAlias

from contracts.commands.case import CompleteTask
from contracts.policy.model import Policy
from workflows.procedure.case import C, Case, Task
from workflows.procedure.consequences import Countersigned
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Check, Consequence, Signing
from workflows.rules.verdict import Refused

CONFIRM, SEND_BACK = "CONFIRM", "SEND_BACK"
EXTENDED = "EXTENDED"
"""Asks for more time. It leaves the task open, unless the task's own table names it."""

Settles: TypeAlias = Callable[[Sequence[str], Policy], str]
"""Makes one word of what several said."""


def anything(draft: Draft[C], task: Task, command: object) -> None:
    """No further check."""


@dataclass(frozen=True)
class Alone(Generic[C]):
    """One person signs."""

    then: Mapping[str, Consequence[C]]
    check: Check[C] = anything

    def outcomes(self) -> frozenset[str]:
        """Every outcome that has a consequence."""
        return frozenset(self.then)

    def follow(self, draft: Draft[C], task: Task) -> None:
        """Draw the consequence."""
        self.then[task.outcome](draft, task)

    def follows(self) -> Mapping[str, Consequence[C]]:
        """The table."""
        return self.then

    def needs(self) -> frozenset[str]:
        """Nobody else."""
        return frozenset()


@dataclass(frozen=True)
class First(Generic[C]):
    """The first of several signatures: the others sign over exactly what was answered, under the same deadline."""

    seconds: tuple[str, ...]
    of: frozenset[str]
    """The outcomes with which the seconds can carry on."""
    check: Check[C] = anything
    at_once: Mapping[str, Consequence[C]] = field(default_factory=dict)
    """What an outcome brings about before anybody has confirmed it; most bring nothing."""

    def outcomes(self) -> frozenset[str]:
        """Those that the seconds know."""
        return self.of

    def follow(self, draft: Draft[C], task: Task) -> None:
        """Ask the others."""
        if now := self.at_once.get(task.outcome):
            now(draft, task)
        Countersigned(self.seconds)(draft, task)

    def follows(self) -> Mapping[str, Consequence[C]]:
        """The others are asked, whatever the outcome."""
        return dict.fromkeys(sorted(self.of), Countersigned(self.seconds))

    def needs(self) -> frozenset[str]:
        """The others."""
        return frozenset(self.seconds)


@dataclass(frozen=True)
class Second(Generic[C]):
    """The second signature confirms the first, whose outcome then counts, or sends it back."""

    first: str
    then: Mapping[str, Consequence[C]]
    """By the first's outcome; drawn from the second's task."""
    check: Check[C] = anything

    def outcomes(self) -> frozenset[str]:
        """Only these two."""
        return frozenset({CONFIRM, SEND_BACK})

    def follow(self, draft: Draft[C], task: Task) -> None:
        """Let the first's outcome count, or open it again."""
        {CONFIRM: self._count, SEND_BACK: self._again}[task.outcome](draft, task)

    def follows(self) -> Mapping[str, Consequence[C]]:
        """The table."""
        return self.then

    def needs(self) -> frozenset[str]:
        """The first."""
        return frozenset({self.first})

    def _count(self, draft: Draft[C], task: Task) -> None:
        self.then[draft.case.signed_by_first(task).outcome](draft, task)

    def _again(self, draft: Draft[C], task: Task) -> None:
        content = draft.case.signed_by_first(task).content
        draft.open(self.first, unit=task.unit, like=task, digest=content, about=task.about)


def last_signatures(case: Case, task: Task, kinds: Sequence[str] = ()) -> tuple[Task, ...]:
    """Of each who signs about this, by tasks of these kinds or any, the last signature.

    Whoever is asked again alone stands beside the others, in whatever round they signed.
    """
    same = [t for t in case.acted(*kinds) if t.about == task.about]
    return tuple({(t.kind, t.unit, t.signature): t for t in same}.values())


@dataclass(frozen=True)
class Together(Generic[C]):
    """Several sign side by side; when none of them is still asked, one word is made of what each said last.

    Without `settles` the first outcome of the table that anybody gave decides.
    """

    kinds: tuple[str, ...]
    then: Mapping[str, Consequence[C]]
    settles: Settles | None = None
    unsaid: frozenset[str] = frozenset()
    """Words of the table that only `settles` can come to."""
    check: Check[C] = anything

    def outcomes(self) -> frozenset[str]:
        """What each may say."""
        return frozenset(self.then) - self.unsaid

    def follow(self, draft: Draft[C], task: Task) -> None:
        """Nothing until the last of them."""
        if any(t.about == task.about for t in draft.case.open_tasks(*self.kinds)):
            return
        said = [t.outcome for t in last_signatures(draft.case, task, self.kinds)]
        settles = self.settles or self._first_of_the_table
        self.then[settles(said, draft.policy)](draft, task)

    def follows(self) -> Mapping[str, Consequence[C]]:
        """The table."""
        return self.then

    def needs(self) -> frozenset[str]:
        """The others of them."""
        return frozenset(self.kinds)

    def _first_of_the_table(self, said: Sequence[str], policy: Policy) -> str:
        return next(outcome for outcome in self.then if outcome in said)


def two(
    first: str,
    second: str,
    then: Mapping[str, Consequence[C]],
    check: Check[C] = anything,
    at_once: Mapping[str, Consequence[C]] | None = None,
    *,
    still: bool = False,
) -> dict[str, Signing[C]]:
    """Two people, one after the other: what the first may say is what the second can let count.

    `still`: the check looks at what may change meanwhile, so the first's answer must pass it once more to be confirmed.
    """
    confirmed = _still(check) if still else anything
    return {
        first: First((second,), frozenset(then), check, at_once or {}),
        second: Second(first, then, confirmed),
    }


def _still(check: Check[C]) -> Check[C]:
    def holds(draft: Draft[C], task: Task, command: CompleteTask) -> Refused | None:
        if command.outcome != CONFIRM:
            return None
        said = draft.case.signed_by_first(task)
        return check(draft, task, command.model_copy(update={"outcome": said.outcome, "form": said.form}))

    return holds
