"""Cases as the rules decide them, told to the API step by step: real events, real ids, every state on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contracts.actor import Signer
from contracts.commands.opening import Opening
from contracts.events.base import Event
from contracts.policy import loader
from tests.asking import local
from tests.desks import PureDesk
from tests.events import Asked, Story
from tests.officers_rig import Rig
from workflows.procedure.decider import Decider
from workflows.procedure.step import Step

BEGIN = local("2026-03-02 10:00")


@dataclass(frozen=True)
class Decided:
    """A step as it was decided: when, by whom, and what it says."""

    at: datetime
    signer: Signer
    events: tuple[Event, ...]


@dataclass
class KeepingDesk(PureDesk[Any]):
    """The rules alone; every step is kept as it was decided."""

    steps: list[Decided] = field(default_factory=list)

    def _take(self, step: Step[Any]) -> None:
        super()._take(step)
        if step.events:
            self.steps.append(Decided(self.now, step.signer, step.events))


def desk(decider: Decider[Any], opening: Opening) -> KeepingDesk:
    """A case that begins with this opening on Monday 2 March 2026."""
    begun = KeepingDesk(decider, loader.released(opening.policy), BEGIN)
    begun.open(opening)
    return begun


@dataclass
class Carried:
    """A case, and how much of it the API was told."""

    story: Story
    steps: list[Decided]
    told: int = 0

    @property
    def case_id(self) -> str:
        """Its id."""
        return self.story.case.case_id

    async def tell(self, rig: Rig, until: int | None = None) -> None:
        """Tell what was decided, up to this many steps."""
        for one in self.steps[self.told : until]:
            await rig.apply(self.story.then(*one.events, asked=Asked(one.signer, at=one.at)))
            self.told += 1

    def ahead(self) -> Iterator[int]:
        """The numbers of steps after which the case may be looked at, one by one."""
        return iter(range(self.told + 1, len(self.steps) + 1))


def carried(rig: Rig, kind: str, opened: KeepingDesk, parent: str, district: str) -> Carried:
    """The case as the API will be told of it; nothing is told yet."""
    return Carried(rig.story(opened.case_id, kind, parent, district), opened.steps)
