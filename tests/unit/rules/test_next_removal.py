"""What an earlier removal of a seat leaves to the next: a lead that waited for it, an investigation (R01, R03, R07)."""

import pytest

from contracts.causes import Cause
from contracts.commands.removal import EarlierRemovalOver, ReportInvestigation, ReportRelease
from contracts.commands.tenure import Resign
from contracts.policy.model import Policy
from tests.asking import local, removal_opening, somebody
from tests.commission import CONSENTED, RESIGNED, Commission
from tests.desks import PureDesk, RefusedError
from tests.office import MINUTES
from tests.prizes import owed
from tests.raising import Raising
from tests.tenures import SeatOffice, raised, seat
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER

DISC = somebody("DISC_OFFICER", "p-disc")
PAPER = {"document_digest": "d" * 64}


@pytest.fixture
def seated(policy: Policy) -> Raising:
    return Raising(policy)


async def test_a_lead_that_waited_for_a_removal_is_opened_when_that_is_over(seated: Raising) -> None:
    await seated.told("NL-D01", "NL-C03")
    (first, one), (second, two) = seated.removal(1), seated.removal(2)
    with pytest.raises(RefusedError, match="Duplicate"):
        await two.act("lead", "OPENED")
    await one.looked("NO_CASE")
    await seated.carried()
    await two.act("lead", "OPENED")
    assert (first.current.ended, second.current.investigations) == (True, (Cause.UNDER_INVESTIGATION,))


async def test_of_two_leads_that_waited_the_later_waits_for_the_earlier(seated: Raising) -> None:
    await seated.told("NL-D01", "NL-C03")
    await seated.office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    (_, one), (second, two), (third, three) = (seated.removal(number) for number in (1, 2, 3))
    await one.looked("NO_CASE")
    await seated.carried()
    assert (second.current.open_removal, third.current.open_removal) == (None, second.case_id)
    with pytest.raises(RefusedError, match="Duplicate"):
        await three.act("lead", "OPENED")
    await two.looked("NO_CASE")
    await seated.carried()
    await three.looked("RESIGNATION_PATH")
    with pytest.raises(RefusedError, match="investigator"):
        await three.act("persuade", "RESIGNED", form=RESIGNED)


async def test_what_a_merged_lead_tells_of_an_investigation_outlasts_the_removal_that_it_names(
    seated: Raising,
) -> None:
    """The first is over before it hears of it: the seat knows it from the lead, and tells the next."""
    await seated.told("NL-D01", "NL-C03")
    (first, one), (_, two) = seated.removal(1), seated.removal(2)
    await one.looked("NO_CASE")
    await two.act("lead", "DUPLICATE", form={"of": first.case_id})
    seat_hears = [word for word in seated.owed() if word.to is seated.held]
    for word in seat_hears:
        await seated.held.send(word.command)
    await seated.office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    third, three = seated.removal(3)
    assert third.current.investigations == (Cause.UNDER_INVESTIGATION,)
    assert third.current.open_tasks("suspend-duty"), "the chair meeting never said anything to it"
    await three.looked("RESIGNATION_PATH")
    with pytest.raises(RefusedError, match="investigator"):
        await three.act("persuade", "RESIGNED", form=RESIGNED)


@pytest.mark.parametrize("said", ["SUSPENDED", "NOT_SUSPENDED"])
async def test_nobody_resigns_out_of_an_investigation_that_an_earlier_removal_left(
    seated: Raising, said: str
) -> None:
    await seated.told("NL-C03")
    _, one = seated.removal(1)
    await one.act("suspend-duty", said, form=MINUTES)
    await one.planned()
    await one.votes("KEPT", (131, 131, 20))
    await seated.carried()
    await seated.office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    second, two = seated.removal(2)
    assert bool(second.current.open_tasks("suspend-duty")) is (said == "NOT_SUSPENDED"), "asked once"
    await two.looked("RESIGNATION_PATH")
    with pytest.raises(RefusedError, match="investigator"):
        await two.act("persuade", "RESIGNED", form=RESIGNED)
    await two.act("persuade", "RESIGNED", form=CONSENTED)


@pytest.mark.parametrize("shown", [1, 2])
async def test_a_release_that_one_removal_was_shown_is_known_to_all(seated: Raising, shown: int) -> None:
    await seated.told("NL-C03")
    first, one = seated.removal(1)
    await one.act("suspend-duty", "SUSPENDED", form=MINUTES)
    await one.planned()
    await one.votes("KEPT", (131, 131, 20))
    await seated.carried()
    await seated.office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    second, two = seated.removal(2)
    told = seated.removal(shown)[1]
    await told.asks(ReportRelease, somebody("EVALUATOR"), cause=Cause.UNDER_INVESTIGATION, **PAPER)
    await seated.carried()
    assert (first.current.investigations, second.current.investigations) == ((), ())
    assert (seated.held.current.investigated, seated.held.current.suspended) == ({}, {})
    await two.looked("RESIGNATION_PATH")
    await two.act("persuade", "RESIGNED", form=RESIGNED)


async def test_a_seat_that_heard_of_a_suspension_only_knows_the_investigation_by_it(seated: Raising) -> None:
    """Removals that were over before they told of investigations told for what the duties rest."""
    held = seated.held
    held.current = held.current.but(suspended={"r0": Cause.DETAINED})
    await seated.office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
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
