"""Where no case follows a seat it has one open removal all the same: the member's file knows which (§8.4, R01)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.integrity import OpenIntegrity
from contracts.commands.removal import OpenRemoval
from contracts.commands.tenure import RemovalBegun, SeatEnded, SeatKept, SeatRestored
from contracts.errand import Tell
from contracts.events.integrity import RemovalEntered
from contracts.matter import OtherSeat
from contracts.names import integrity_id, linked_removal_id
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Seat, Subject
from tests.asking import local, removal_opening
from tests.commission import Commission, started
from tests.desks import PureDesk, RefusedError
from tests.prizes import as_owed, file_opening, owed
from workflows.kinds.integrity.kind import DECIDER as FILES
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER

FILE = integrity_id(Subject.PERSON, "p-member")
HERE = {"district": "d01", "seat": Seat.EXECUTIVE}
THERE = OtherSeat(owner="federation", district="d01", seat=Seat.EXECUTIVE)


@dataclass
class Unfollowed:
    """Removals of one member from seats that no case follows; each word is carried once."""

    policy: Policy
    desks: dict[str, PureDesk[Any]] = field(default_factory=dict)
    said: set[tuple[str, int, str]] = field(default_factory=set)

    def registers(self, opening: OpenRemoval) -> tuple[PureDesk[Removal], Commission]:
        desk = self.desks[opening.target] = PureDesk(DECIDER, self.policy, local("2026-03-02 10:00"))
        desk.open(opening)
        return desk, Commission(desk)

    def desk_registers(self, case_id: str, **changes: object) -> tuple[PureDesk[Removal], Commission]:
        return self.registers(removal_opening(case_id=case_id, **changes))

    @property
    def file(self) -> PureDesk[Any]:
        return self.desks[FILE]

    def begin_file(self) -> None:
        self.desks[FILE] = PureDesk(FILES, self.policy, local("2026-03-02 10:00"))
        opening = file_opening().model_copy(update={"person_id": "p-member"})
        self.desks[FILE].open(opening.claimed_as(opening.claim.model_copy(update={"target": FILE})))

    async def carried(self) -> None:
        """Whatever the cases owe one another is said, until nobody owes anything."""
        while words := [one for one in self._owed() if one[:3] not in self.said]:
            for owing, number, to, word in words:
                self.said.add((owing, number, to))
                await self.desks[to].send(as_owed(word, to, owing, number))

    def _owed(self) -> list[tuple[str, int, str, Any]]:
        return [
            (owing, errand.number, to, errand.command)
            for owing, desk in self.desks.items()
            for errand in desk.current.owed
            if isinstance(errand, Tell)
            for to in errand.case_ids
            if to in self.desks
        ]


@pytest.fixture
def member(policy: Policy) -> Unfollowed:
    found = Unfollowed(policy)
    found.begin_file()
    return found


def test_the_file_begins_with_the_first_removal_that_has_to_tell_it_anything(policy: Policy) -> None:
    desk, _ = Unfollowed(policy).desk_registers("r1")
    first, tell = desk.current.owed
    assert [one.target for one in first.openings if isinstance(one, OpenIntegrity)] == [FILE]
    assert isinstance(tell, Tell)
    assert (tell.kind, tell.case_ids, tell.command.act) == (CaseKind.INTEGRITY, (FILE,), "removal-begun")


@pytest.mark.parametrize("linked_first", [True, False])
async def test_a_seat_that_is_looked_at_because_another_was_lost_has_one_open_removal(
    member: Unfollowed, linked_first: bool
) -> None:
    """The seat at the other level is followed by nobody, and a lead was registered against it there as well."""
    _, city = member.desk_registers("r-city", district="d02", other_seats=(THERE,))
    await member.carried()
    await city.removed()
    (linked,) = started((await city.desk.case()).owed)
    assert linked.target == linked_removal_id("r-city", "d01", Seat.EXECUTIVE)
    by_hand = removal_opening(case_id="r2", investigation="detained")
    first, second = (linked, by_hand) if linked_first else (by_hand, linked)
    one, _ = member.registers(first)
    await member.carried()
    two, people = member.registers(second)
    await member.carried()
    assert (one.current.open_removal, two.current.open_removal) == (None, one.case_id)
    with pytest.raises(RefusedError, match="Duplicate"):
        await people.act("lead", "OPENED")
    await people.act("lead", "DUPLICATE", form={"of": one.case_id})
    await member.carried()
    assert two.current.state is CaseState.MERGED
    assert one.current.investigations == (Cause.DETAINED,), "what was told of either is known in the open one"


async def test_two_levels_that_lost_raise_one_removal_at_the_third(member: Unfollowed) -> None:
    opened = []
    for level in ("d02", "d03"):
        _, people = member.desk_registers(f"r-{level}", district=level, other_seats=(THERE,))
        await member.carried()
        await people.removed()
        (linked,) = started((await people.desk.case()).owed)
        opened.append(member.registers(linked)[0])
    await member.carried()
    first, second = opened
    assert (first.current.open_removal, second.current.open_removal) == (None, first.case_id)


async def test_other_seats_and_other_people_are_none_of_it(member: Unfollowed) -> None:
    member.desk_registers("r1")
    elsewhere, _ = member.desk_registers("r2", district="d02")
    standing, _ = member.desk_registers("r3", seat=Seat.STANDING)
    await member.carried()
    assert (elsewhere.current.open_removal, standing.current.open_removal) == (None, None)


async def test_a_lead_that_waited_is_opened_when_the_first_is_over(member: Unfollowed) -> None:
    _, one = member.desk_registers("r1", investigation="detained")
    second, two = member.desk_registers("r2")
    third, three = member.desk_registers("r3")
    await member.carried()
    assert (second.current.open_removal, third.current.open_removal) == ("r1", "r1")
    await one.looked("NO_CASE")
    await member.carried()
    assert (second.current.open_removal, third.current.open_removal) == (None, "r2")
    assert second.current.investigations == (Cause.DETAINED,), "it lasts, and nobody resigns out of it"
    await two.act("lead", "OPENED")
    with pytest.raises(RefusedError, match="Duplicate"):
        await three.act("lead", "OPENED")


async def test_one_that_waited_goes_on_when_a_lost_seat_is_had_again(member: Unfollowed) -> None:
    _, one = member.desk_registers("r1")
    two, _ = member.desk_registers("r2")
    await member.carried()
    await one.removed()
    await member.carried()
    assert two.current.open_removal == "r1", "nobody holds the seat: people say that it is a duplicate"
    later, _ = member.desk_registers("r3")
    await member.carried()
    assert later.current.open_removal == "r2"
    await member.file.send(owed(SeatRestored, FILE, "r1", removal="r1", since=date(2026, 3, 2)))
    await member.carried()
    assert (two.current.open_removal, later.current.open_removal) == (None, "r2")


async def test_one_that_was_over_before_the_word_came_holds_nobody_up(member: Unfollowed) -> None:
    first, one = member.desk_registers("r1")
    await one.looked("NO_CASE")
    with pytest.raises(RefusedError, match="case-ended"):
        await member.carried()
    await member.carried()
    second, two = member.desk_registers("r2", open_removal="r1")
    await member.carried()
    assert (first.current.state, second.current.open_removal) == (CaseState.NO_CASE, None)
    await two.act("lead", "OPENED")


async def test_said_again_and_of_a_removal_that_it_never_heard_of_it_changes_nothing(
    member: Unfollowed,
) -> None:
    for number in (1, 2):
        await member.file.send(owed(RemovalBegun, FILE, "r1", number, removal="r1", **HERE))
    await member.file.send(owed(SeatKept, FILE, "r0", removal="r0"))
    await member.file.send(
        owed(SeatEnded, FILE, "r0", removal="r0", reason="REMOVED", since=date(2026, 3, 2))
    )
    await member.file.send(owed(SeatRestored, FILE, "r0", removal="r0", since=date(2026, 3, 2)))
    assert len(member.file.of(RemovalEntered)) == 1
    assert [errand.case_ids for errand in member.file.current.owed] == [("r1",)]
    with pytest.raises(RefusedError, match="wrong-role"):
        await member.file.send(owed(RemovalBegun, FILE, "r2", removal="r1", **HERE))
