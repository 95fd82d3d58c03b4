"""The office of the matrix: its cases, carried by the rules to where everything that is secret stands in one of them.

c1, c2, c3 are nominations by the chamber in d01: heard on a hit, with a report under check on the notice, held for an
investigation. c4 is nominated by the guild in d02. r1 is a removal in d01 that waits for the member's statement. Of the
other kinds tells `other_kinds`.
"""

from dataclasses import dataclass, field
from typing import Any

from contracts.actor import Actor, Grant
from contracts.commands.case import DeclareConflict
from contracts.commands.nomination import OpenNomination, RegisterReport
from contracts.matter import Lead, ReportContent
from contracts.nominee import Nominee
from tests.asking import ENTRY, opening, removal_opening
from tests.commission import Commission
from tests.office import Office, finding
from tests.officers_rig import Rig, batch_opened
from tests.person import Person
from tests.rights import needles, other_kinds
from tests.rights.carried import Carried, KeepingDesk, carried, desk
from workflows.kinds.nomination.kind import DECIDER as NOMINATIONS
from workflows.kinds.removal.kind import DECIDER as REMOVALS

CHAMBER, GUILD = "chamber", "guild"
HERE, THERE = "d01", "d02"
PLACES = {
    **dict.fromkeys(("c1", "c2", "c3"), ("nomination", "b1", HERE)),
    "c4": ("nomination", "b1", THERE),
    "r1": ("removal", "r1", HERE),
    "t1": ("tenure", "t1", HERE),
    "v1": ("review", "r1", HERE),
    "a1": ("award", "a1", HERE),
    "s1": ("screening", "s1", "all"),
    "d1": ("data-request", "c1", HERE),
}
"""By case its kind, to what it belongs, and where."""


@dataclass
class House:
    """The office, with whom the cases concern and who is kept from which."""

    rig: Rig
    concerned: dict[str, Person]
    """By case, the person whom it concerns, where it concerns one."""
    serials: dict[str, int]
    """By case, whose data stand in it."""
    cases: dict[str, Carried] = field(default_factory=dict)
    states: dict[str, Any] = field(default_factory=dict)
    """By case, what the rules have folded of it."""

    def needles(self, case_id: str) -> needles.Needles:
        """What is personal in the case."""
        return needles.of(self.serials[case_id])


async def built(rig: Rig, recused: Person) -> House:
    """All cases at their ends; `recused` declared in c1 that they may not act."""
    serials = {"c1": 1, "c2": 2, "c3": 3, "c4": 4, "r1": 5, "t1": 6, "v1": 5, "a1": 8, "s1": 9, "d1": 1}
    nominee, member = Grant(role="NOMINEE"), other_kinds.MEMBER
    people = {case: await rig.account(nominee, serial=serials[case]) for case in ("c1", "c2", "c3", "c4")}
    people |= {case: await rig.account(member, serial=serials[case]) for case in ("r1", "t1")}
    house = House(rig, {**people, "v1": people["r1"], "d1": people["c1"]}, serials)
    await rig.tell(rig.story("b1", "batch", "b1", "all"), batch_opened((HERE, THERE)))
    for case, steps in (
        ("c1", await _heard(house, recused)),
        ("c2", await _reported(house)),
        ("c3", await _paused(house)),
        ("c4", await _begun(house)),
        ("r1", await _stated(house)),
        ("t1", await other_kinds.seat(people["t1"].person_id, house.needles("t1"), 6)),
        ("v1", await other_kinds.review(people["r1"].person_id, house.needles("v1"), recused.person_id)),
        ("a1", other_kinds.application(recused.person_id)),
        ("d1", other_kinds.request(people["c1"].person_id)),
        ("s1", await other_kinds.book(people["c1"].person_id, house.needles("s1"))),
    ):
        kind, parent, district = PLACES[case]
        house.states[case] = steps.current
        house.cases[case] = carried(rig, kind, steps, parent, district)
    return house


def nomination(house: House, case_id: str, district: str = HERE, unit: str = CHAMBER) -> OpenNomination:
    """The opening of somebody's case."""
    who = needles.person(house.serials[case_id])
    entry = ENTRY.model_copy(
        update={
            "case_id": case_id,
            "person_id": house.concerned[case_id].person_id,
            "district": district,
            "nominating_unit": unit,
            "nominee": who,
        }
    )
    opened = opening(district=district, case_id=case_id)
    unclaimed = opened.model_copy(update={"entry": entry})
    return unclaimed.claimed_as(unclaimed.claim)


class Nominating(Office):
    """The people of one of these nominations."""

    def __init__(self, opened: KeepingDesk, concerned: str) -> None:
        super().__init__(opened)
        self.concerned = concerned


def found(item: str, who: Nominee, text: str) -> dict[str, object]:
    """The form of an answer that names one fact."""
    return finding(item, subject_id=who.id_number, text=text)


async def _office(house: House, case_id: str, **where: str) -> Nominating:
    opened = desk(NOMINATIONS, nomination(house, case_id, **where))
    return Nominating(opened, house.concerned[case_id].person_id)


async def _heard(house: House, recused: Person) -> KeepingDesk:
    """The tax office found something, the nominee has explained it, and two people are to rule; one is recused."""
    office, said = await _office(house, "c1"), house.needles("c1")
    desk_ = office.desk
    assert isinstance(desk_, KeepingDesk)
    screen = await office.task("screen")
    grants = (Grant(role="SCREENER", district=HERE),)
    actor = Actor(account_id=recused.account_id, person_id=recused.person_id, grants=grants)
    await office.asks(DeclareConflict, actor, task_id=screen.id, ground="kin", reason=needles.GROUND)
    await office.screened()
    form = found("NL-D01", needles.person(1), said.finding)
    await office.act("reply", "ISSUE", unit="tax", form=form, reason=said.reply)
    await office.act("reply-sign", "CONFIRM", unit="tax")
    await office.act("explain", "EXPLAINED", form={"text": said.explained})
    return desk_


async def _reported(house: House) -> KeepingDesk:
    """On public notice, and a report is being checked."""
    office = await _office(house, "c2")
    desk_ = office.desk
    assert isinstance(desk_, KeepingDesk)
    await office.to_integrity()
    await office.act("opinion-draft", "REMINDER", reason=needles.OPINION)
    await office.act("opinion-head", "REMINDER", reason=needles.OPINION)
    await office.act("opinion-leader", "REMINDER", reason=needles.OPINION)
    await office.approved()
    await office.act("post-notice", "POSTED")
    content = ReportContent(
        text=needles.REPORTED, reporter=needles.REPORTER, reporter_contact=needles.REACHED
    )
    officer = office.actor("NOTICE_OFFICER")
    await office.asks(RegisterReport, officer, signed=True, channel="letter", content=content)
    return desk_


async def _paused(house: House) -> KeepingDesk:
    """The police named an open investigation, two people have confirmed it, and the case is held."""
    office, said = await _office(house, "c3"), house.needles("c3")
    desk_ = office.desk
    assert isinstance(desk_, KeepingDesk)
    await office.screened()
    form = found("NL-C03", needles.person(3), said.finding)
    await office.act("reply", "ISSUE", unit="police", form=form, reason=said.reply)
    await office.act("reply-sign", "CONFIRM", unit="police")
    paper = {"issuer": "issuer", "document_no": "no. 1", "read_on": "2026-03-02"}
    await office.act("confirm-pause", "PAUSE", about="hit.1", form=paper)
    await office.act("confirm-pause-sign", "CONFIRM", about="hit.1")
    return desk_


async def _begun(house: House) -> KeepingDesk:
    """Another district's, in consultation."""
    office = await _office(house, "c4", district=THERE, unit=GUILD)
    desk_ = office.desk
    assert isinstance(desk_, KeepingDesk)
    await office.screened()
    await office.act("reply", "NO_ISSUE", unit="tax", reason=house.needles("c4").reply)
    return desk_


async def _stated(house: House) -> KeepingDesk:
    """A member is asked for a statement on a lead."""
    said, member = house.needles("r1"), house.concerned["r1"].person_id
    lead = Lead(name=needles.person(5).name, text=said.finding)
    opened = desk(REMOVALS, removal_opening(lead=lead, person_id=member))
    people = Commission(opened)
    people.concerned = member
    await people.looked()
    return opened
