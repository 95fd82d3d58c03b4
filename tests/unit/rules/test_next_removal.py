"""What an earlier removal of a seat leaves to the next: a lead that waited for it, an investigation (R01, R03, R07)."""

from dataclasses import dataclass
from typing import Any

import pytest

from contracts.causes import Cause
from contracts.commands.base import Command
from contracts.commands.case import ReportFact
from contracts.commands.removal import EarlierRemovalOver, ReportInvestigation, ReportRelease
from contracts.commands.tenure import Resign
from contracts.errand import Tell
from contracts.policy.model import Policy
from tests.asking import local, removal_opening, somebody
from tests.commission import CONSENTED, RESIGNED, Commission
from tests.desks import PureDesk, RefusedError
from tests.office import MINUTES
from tests.prizes import as_owed, owed
from tests.tenures import SeatOffice, fact, raised, seat
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER

DISC = somebody("DISC_OFFICER", "p-disc")
PAPER = {"document_digest": "d" * 64}


class Shelf:
    """A seat and the removals that it raises; each word is carried once, as the worker would."""

    def __init__(self, policy: Policy) -> None:
        self.policy, self.held = policy, seat()
        self.office = SeatOffice(self.held)
        self.removals: dict[str, PureDesk[Removal]] = {}
        self._said: set[tuple[str, int, str]] = set()

    async def told(self, *items: str) -> None:
        """The discipline group reports a fact under each of these items."""
        for item in items:
            await self.office.asks(ReportFact, DISC, fact=fact(item), source="police")

    def removal(self, number: int) -> tuple[PureDesk[Removal], Commission]:
        """The removal that the seat raised as its so-manieth, from 1."""
        opening = raised(self.held)[number - 1]
        if opening.target not in self.removals:
            desk = self.removals[opening.target] = PureDesk(DECIDER, self.policy, local("2026-03-02 10:00"))
            desk.open(opening)
        desk = self.removals[opening.target]
        return desk, Commission(desk)

    async def carried(self) -> None:
        """Whatever the cases owe one another is said, until nobody owes anything."""
        while words := [one for one in self.owed() if one.key not in self._said]:
            for one in words:
                self._said.add(one.key)
                await one.to.send(one.command)

    def owed(self) -> list["Word"]:
        desks: dict[str, PureDesk[Any]] = {"t1": self.held, **self.removals}
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


@pytest.fixture
def shelf(policy: Policy) -> Shelf:
    return Shelf(policy)


async def test_a_lead_that_waited_for_a_removal_is_opened_when_that_is_over(shelf: Shelf) -> None:
    await shelf.told("NL-D01", "NL-C03")
    (first, one), (second, two) = shelf.removal(1), shelf.removal(2)
    with pytest.raises(RefusedError, match="Duplicate"):
        await two.act("lead", "OPENED")
    await one.looked("NO_CASE")
    await shelf.carried()
    await two.act("lead", "OPENED")
    assert (first.current.ended, second.current.investigations) == (True, (Cause.UNDER_INVESTIGATION,))


async def test_of_two_leads_that_waited_the_later_waits_for_the_earlier(shelf: Shelf) -> None:
    await shelf.told("NL-D01", "NL-C03")
    await shelf.office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    (_, one), (second, two), (third, three) = (shelf.removal(number) for number in (1, 2, 3))
    await one.looked("NO_CASE")
    await shelf.carried()
    assert (second.current.open_removal, third.current.open_removal) == (None, second.case_id)
    with pytest.raises(RefusedError, match="Duplicate"):
        await three.act("lead", "OPENED")
    await two.looked("NO_CASE")
    await shelf.carried()
    await three.looked("RESIGNATION_PATH")
    with pytest.raises(RefusedError, match="investigator"):
        await three.act("persuade", "RESIGNED", form=RESIGNED)


async def test_what_a_merged_lead_tells_of_an_investigation_outlasts_the_removal_that_it_names(
    shelf: Shelf,
) -> None:
    """The first is over before it hears of it: the seat knows it from the lead, and tells the next."""
    await shelf.told("NL-D01", "NL-C03")
    (first, one), (_, two) = shelf.removal(1), shelf.removal(2)
    await one.looked("NO_CASE")
    await two.act("lead", "DUPLICATE", form={"of": first.case_id})
    seat_hears = [word for word in shelf.owed() if word.to is shelf.held]
    for word in seat_hears:
        await shelf.held.send(word.command)
    await shelf.office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    third, three = shelf.removal(3)
    assert third.current.investigations == (Cause.UNDER_INVESTIGATION,)
    assert third.current.open_tasks("suspend-duty"), "the chair meeting never said anything to it"
    await three.looked("RESIGNATION_PATH")
    with pytest.raises(RefusedError, match="investigator"):
        await three.act("persuade", "RESIGNED", form=RESIGNED)


@pytest.mark.parametrize("said", ["SUSPENDED", "NOT_SUSPENDED"])
async def test_nobody_resigns_out_of_an_investigation_that_an_earlier_removal_left(
    shelf: Shelf, said: str
) -> None:
    await shelf.told("NL-C03")
    _, one = shelf.removal(1)
    await one.act("suspend-duty", said, form=MINUTES)
    await one.planned()
    await one.votes("KEPT", (131, 131, 20))
    await shelf.carried()
    await shelf.office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    second, two = shelf.removal(2)
    assert bool(second.current.open_tasks("suspend-duty")) is (said == "NOT_SUSPENDED"), "asked once"
    await two.looked("RESIGNATION_PATH")
    with pytest.raises(RefusedError, match="investigator"):
        await two.act("persuade", "RESIGNED", form=RESIGNED)
    await two.act("persuade", "RESIGNED", form=CONSENTED)


@pytest.mark.parametrize("shown", [1, 2])
async def test_a_release_that_one_removal_was_shown_is_known_to_all(shelf: Shelf, shown: int) -> None:
    await shelf.told("NL-C03")
    first, one = shelf.removal(1)
    await one.act("suspend-duty", "SUSPENDED", form=MINUTES)
    await one.planned()
    await one.votes("KEPT", (131, 131, 20))
    await shelf.carried()
    await shelf.office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    second, two = shelf.removal(2)
    told = shelf.removal(shown)[1]
    await told.asks(ReportRelease, somebody("EVALUATOR"), cause=Cause.UNDER_INVESTIGATION, **PAPER)
    await shelf.carried()
    assert (first.current.investigations, second.current.investigations) == ((), ())
    assert (shelf.held.current.investigated, shelf.held.current.suspended) == ({}, {})
    await two.looked("RESIGNATION_PATH")
    await two.act("persuade", "RESIGNED", form=RESIGNED)


async def test_a_seat_that_heard_of_a_suspension_only_knows_the_investigation_by_it(shelf: Shelf) -> None:
    """Removals that were over before they told of investigations told for what the duties rest."""
    held = shelf.held
    held.current = held.current.but(suspended={"r0": Cause.DETAINED})
    await shelf.office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    (opening,) = raised(held)
    assert (opening.investigated, opening.resting) == ((Cause.DETAINED,), (Cause.DETAINED,))


async def test_what_no_case_told_is_taken_from_nobody(policy: Policy) -> None:
    desk: PureDesk[Removal] = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(removal_opening(open_removal="r0", tenure="t1"))
    await desk.send(owed(EarlierRemovalOver, "r1", "t1", removal="another"))
    assert desk.current.open_removal == "r0", "it waits for another"
    await desk.send(owed(ReportInvestigation, "r1", "r2", cause=Cause.DETAINED, **PAPER))
    with pytest.raises(RefusedError, match="wrong-role"):
        await Commission(desk).asks(ReportRelease, somebody("MEMBER"), cause=Cause.DETAINED, **PAPER)
    with pytest.raises(RefusedError, match="wrong-role"):
        await SeatOffice(seat()).asks(ReportRelease, somebody("EVALUATOR"), cause=Cause.DETAINED, **PAPER)
