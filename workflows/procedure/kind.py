"""What one kind of case adds to the procedure that all share: tables, and the few questions no table answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeAlias

from contracts.case import KindName
from contracts.causes import Cause
from contracts.commands.base import Command
from contracts.commands.case import CompleteTask, LoadCaseCalendar
from contracts.events.conflict import Conflict
from contracts.policy.model import Policy
from contracts.vocabulary import Rung, Stage
from workflows.procedure.case import C, Task
from workflows.procedure.draft import Draft
from workflows.procedure.fold import CaseFolding
from workflows.procedure.hands import Hand
from workflows.rules.verdict import ALLOWED, Refused, Verdict

Consequence: TypeAlias = Callable[[Draft[C], Task], None]
"""Draws what follows from a task. It cannot refuse: what may be refused is asked before."""

Check: TypeAlias = Callable[[Draft[C], Task, CompleteTask], Refused | None]
"""Whether an answer can be taken at all; asked before anything of it is kept."""

Act: TypeAlias = Callable[[Draft[C], Any], Refused | None]
"""An act beside completing a task, or why it is refused."""


class Signing(Protocol[C]):
    """How a task is signed; `signatures.py` has the four shapes."""

    @property
    def check(self) -> Check[C]:
        """Whether the answer can be taken at all."""

    def outcomes(self) -> frozenset[str]:
        """What the task may be answered with."""

    def follow(self, draft: Draft[C], task: Task, /) -> None:
        """Draw the consequences of a completed task."""

    def follows(self) -> Mapping[str, Consequence[C]]:
        """What follows, by the outcome that comes to count."""

    def needs(self) -> frozenset[str]:
        """The other tasks without which this shape is not whole."""


Instant: TypeAlias = Callable[[C, Policy], datetime | None]
"""When something is to happen; None while nobody knows."""


@dataclass(frozen=True)
class Awaited(Generic[C]):
    """A task that time opens, at a stage where nothing stands in the way."""

    stage: Stage
    task: str
    at: Instant[C]

    def waits(self, case: C, free: bool) -> bool:
        """Whether the case waits for it."""
        return free and case.stage is self.stage and not case.open_tasks(self.task)

    def bring(self, draft: Draft[C]) -> None:
        """The instant has come."""
        draft.open(self.task)


@dataclass(frozen=True)
class Lapsing(Generic[C]):
    """What time brings about without a task. `then` must end the waiting."""

    here: Callable[[C], bool]
    at: Instant[C]
    then: Callable[[Draft[C]], None]
    task: str = ""

    def waits(self, case: C, free: bool) -> bool:
        """Whether the case waits for it."""
        return self.here(case)

    def bring(self, draft: Draft[C]) -> None:
        """The instant has come."""
        self.then(draft)


@dataclass(frozen=True)
class Again(Generic[C]):
    """How a decision is asked for again when its papers are void (SOD-08)."""

    ask: Consequence[C]
    """Drawn from a void task."""
    beside: bool = False
    """It stands beside the line of decisions: it rests on papers of the same unit and about the same thing only."""
    alone: bool = False
    """Nothing of the line of decisions rests on it, however late it comes."""
    after: frozenset[str] = frozenset()
    """Kinds of its own stage that come before it, and do not rest on it."""
    returns: bool = False
    """Once it is done the case stands at an earlier stage again, from which it does not come to it by itself."""


@dataclass(frozen=True)
class Kind(Generic[C]):
    """One kind of case. Whoever adds one writes this value and what it names, and changes nothing else."""

    name: KindName
    folding: CaseFolding[C]
    signing: Mapping[str, Signing[C]]
    """By kind of task: how many people sign, and what follows each outcome."""
    acts: Mapping[type[Command], Act[C]]
    """What may be asked beside the tasks."""
    reached: Mapping[tuple[str, Rung], Consequence[C]] = field(default_factory=dict)
    """What a rung of a task's ladder brings about besides being told; most bring nothing."""
    awaited: tuple[Awaited[C] | Lapsing[C], ...] = ()
    """What time brings besides rungs."""
    resumes: Mapping[Cause, Consequence[C]] = field(default_factory=dict)
    """For each cause of a hold, what is taken up again when people end it; drawn from the task that ended it."""
    again: Mapping[str, Again[C]] = field(default_factory=dict)
    """By kind of task, how it is asked for again; nothing rests on those that are not named."""
    retracts: Mapping[str, Callable[[Draft[C], Hand], None]] = field(default_factory=dict)
    """By type of an act beside the tasks, how it is taken back when whoever did it has a conflict (SOD-08).

    Those that are not named decide nothing: others decide on what they say.
    """
    may_leave: Callable[[C], Verdict] = lambda case: ALLOWED
    """Whether the case may have come where it stands now: asked when an answer has let it leave a stage."""
    too_late: Callable[[C, datetime], bool] = lambda case, now: False
    """Whether an answer that was put off comes too late at this instant for anything to follow from it."""
    goes_on: Callable[[Draft[C]], None] = lambda draft: None
    """What the case does by itself as soon as nothing stands in its way."""
    keeps: Callable[[Draft[C]], None] = lambda draft: None
    """What must hold after every step, whatever stands in the case's way."""
    calendar_came: Callable[[Draft[C], LoadCaseCalendar], None] = lambda draft, command: None
    """What a calendar year that came or was corrected brings besides recounted deadlines."""
    tie_came: Callable[[Draft[C], str, Conflict], None] = lambda draft, person, said: None
    """What it brings besides that somebody is kept from the case, by their own word or as the level above decided."""
    limits: frozenset[str] = frozenset()
    """Limits of the policy that the code names itself."""
    told: frozenset[type[Command]] = frozenset()
    """Acts that people ask of another kind, and of this one the case alone to which they were said."""

    def free(self, case: C) -> bool:
        """Whether nothing stands in the case's way: no end, no hold, no open fact."""
        return not (case.ended or case.held or self.folding.over(case))
