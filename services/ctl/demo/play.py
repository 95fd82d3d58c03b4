"""The shared state of a running demonstration: whose case has which story, what was done, what went wrong."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from contracts.vocabulary import CaseState
from services.ctl.demo.client import Account, ProblemError
from services.ctl.demo.roster import Nomination
from services.ctl.demo.story import NO_NOMINEES, Story
from services.ctl.demo.turns import Turns


@dataclass(frozen=True)
class Part:
    """A case of the demonstration: whom it is about, and the story that it tells."""

    case_id: str
    row: Nomination
    story: Story


@dataclass(frozen=True)
class Done:
    """A task that somebody completed."""

    case_id: str
    kind: str
    unit: str
    round: int


Before = Callable[[Account, dict[str, Any]], Awaitable[None]]
"""Given whoever is about to complete the task, and the task as they read it."""


ON_ONE_CASE = 5
"""How many act on one case at the same instant; it decides one step at a time anyway."""


@dataclass
class Play:
    """What everybody on stage knows of each other. `fault` ends the demonstration with its sentence."""

    parts: dict[str, Part]
    at_once: int = 12
    done: list[Done] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    """Refusals by their code, the expected ones included."""
    notes: dict[str, object] = field(default_factory=dict)
    """What the stories left to be checked at the end."""
    states: dict[str, CaseState] = field(default_factory=dict)
    """Where the cases stood when somebody last looked."""
    before: dict[tuple[str, str, str], Before] = field(default_factory=dict)
    """What a story has happen, once, just before a task of this case, kind and unit is completed."""
    listeners: list[Callable[[Done], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.turns = Turns(self.at_once)
        self.failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._news = asyncio.Event()
        self._look = asyncio.Event()
        self._per_case = {case: Turns(ON_ONE_CASE) for case in self.parts}

    def case_turns(self, case_id: str) -> Turns:
        """Bounds how many act on one case at the same instant; a case decides one step at a time anyway."""
        return self._per_case[case_id]

    def one(self, story: Story) -> Part | None:
        """The case that tells this story; None when the roster is too short for it."""
        return next((part for part in self.parts.values() if part.story is story), None)

    def record(self, done: Done) -> None:
        """A task is completed: remember it and tell whoever waits for such a thing."""
        self.done.append(done)
        for listener in self.listeners:
            listener(done)
        self._news.set()
        self._news = asyncio.Event()

    def nominations(self) -> list[str]:
        """The cases of the batch."""
        return [case_id for case_id, part in self.parts.items() if part.story not in NO_NOMINEES]

    def all_filed(self) -> bool:
        """Whether every case's file is closed."""
        return all(self.count(case_id, "file") for case_id in self.parts)

    async def completed(self, case_id: str, kind: str, times: int = 1) -> None:
        """Wait until so many tasks of this kind are completed on the case."""
        while self.count(case_id, kind) < times:
            await self._news.wait()

    def see(self, states: dict[str, CaseState]) -> None:
        """Somebody looked where the cases stand."""
        self.states = states
        self._look.set()
        self._look = asyncio.Event()

    async def looked(self) -> None:
        """Wait until somebody has looked again."""
        await self._look.wait()

    def count(self, case_id: str, kind: str) -> int:
        """How many tasks of this kind were completed on the case."""
        return sum(one.case_id == case_id and one.kind == kind for one in self.done)

    def fault(self, sentence: str) -> None:
        """Something happened that belongs to no story: the demonstration ends with this sentence."""
        if not self.failed.done():
            self.failed.set_exception(UnexpectedError(sentence))

    async def trouble(self) -> None:
        """Raise the first fault; until then wait."""
        await self.failed

    def refusal(self, part: Part, task: dict[str, Any], problem: ProblemError) -> None:
        """A refused act: counted; a fault unless the case moved on between reading and acting."""
        self.refused[problem.code] += 1
        if problem.code not in OVERTAKEN:
            who = f"{part.story} ({part.case_id}), task {task['kind']} {task['unit']}"
            self.fault(f"{who}: {problem}")


NOT_YET = frozenset({"state-not-read"})
"""Refusals of what waits for somebody else's act."""
OVERTAKEN = frozenset({"task-closed", "case-ended", "stale-digest", *NOT_YET})
"""Refusals that tell a colleague was quicker, or is not done yet; the task list is read again then."""


class UnexpectedError(Exception):
    """The demonstration did not go as its stories say."""
