"""A seat and the removals that it raises, for tests: they hear of one another as they would."""

from dataclasses import dataclass
from typing import Any

from contracts.commands.base import Command
from contracts.commands.case import ReportFact
from contracts.commands.removal import OpenRemoval
from contracts.errand import Tell
from contracts.policy.model import Policy
from tests.asking import local, removal_opening, somebody
from tests.commission import Body, Commission, started
from tests.desks import PureDesk
from tests.prizes import as_owed
from tests.tenures import SeatOffice, fact, raised, seat
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER
from workflows.kinds.review.case import Review
from workflows.kinds.review.kind import DECIDER as REVIEWS


class Raising:
    """A seat and its removals, raised by it or by the desk; each word is carried once, as the worker would."""

    def __init__(self, policy: Policy) -> None:
        self.policy, self.held = policy, seat()
        self.office = SeatOffice(self.held)
        self.removals: dict[str, PureDesk[Removal]] = {}
        self.reviews: dict[str, PureDesk[Review]] = {}
        self._said: set[tuple[str, int, str]] = set()

    async def told(self, *items: str) -> None:
        """The discipline group reports a fact under each of these items."""
        for item in items:
            await self.office.asks(
                ReportFact, somebody("DISC_OFFICER", "p-disc"), fact=fact(item), source="police"
            )

    def removal(self, number: int) -> tuple[PureDesk[Removal], Commission]:
        """The removal that the seat raised as its so-manieth, from 1."""
        return self.begun(raised(self.held)[number - 1])

    def begun(self, opening: OpenRemoval) -> tuple[PureDesk[Removal], Commission]:
        """The removal that begins with this, which begins once."""
        if opening.target not in self.removals:
            desk = self.removals[opening.target] = PureDesk(DECIDER, self.policy, local("2026-03-02 10:00"))
            desk.open(opening)
        desk = self.removals[opening.target]
        return desk, Commission(desk)

    def registers(self, case_id: str, **changes: object) -> tuple[PureDesk[Removal], Commission]:
        """A removal of the seat is registered at the desk."""
        desk = self.removals[case_id] = PureDesk(DECIDER, self.policy, local("2026-03-02 10:00"))
        desk.open(removal_opening(case_id=case_id, **{"tenure": "t1", "parent": case_id, **changes}))
        return desk, Commission(desk)

    def review(self, of: PureDesk[Removal]) -> tuple[PureDesk[Review], Body]:
        """The review that this removal has begun last."""
        *_, opening = started(of.current.owed)
        desk = self.reviews[opening.target] = PureDesk(REVIEWS, self.policy, of.now)
        desk.open(opening)
        return desk, Body(desk)

    async def carried(self) -> None:
        """Whatever the cases owe one another is said, until nobody owes anything."""
        while words := [one for one in self.owed() if one.key not in self._said]:
            for one in words:
                self._said.add(one.key)
                await one.to.send(one.command)

    def owed(self) -> list["Word"]:
        desks: dict[str, PureDesk[Any]] = {"t1": self.held, **self.removals, **self.reviews}
        return [
            Word(desks[to], (owing, errand.number, to), as_owed(errand.command, to, owing, errand.number))
            for owing, desk in desks.items()
            for errand in desk.current.owed
            if isinstance(errand, Tell)
            for to in errand.case_ids
            if to in desks
        ]


@dataclass(frozen=True)
class Word:
    """What one case owes another."""

    to: PureDesk[Any]
    key: tuple[str, int, str]
    command: Command
