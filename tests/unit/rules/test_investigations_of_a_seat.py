"""R03 and R07 over all removals of one seat: an investigation is known to each, and put to the chair meeting once."""

import pytest

from contracts.causes import Cause
from contracts.commands.removal import ReportInvestigation, ReportRelease, Suspend, TenderResignation
from contracts.events.removal import DutySuspended
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState
from tests.asking import somebody
from tests.commission import CONSENTED, RESIGNED
from tests.desks import RefusedError
from tests.office import MINUTES
from tests.prizes import owed
from tests.raising import Raising
from tests.tenures import SeatOffice

CHAIR = somebody("LEADER_IN_CHARGE", "p-chair")
EVALUATOR = somebody("EVALUATOR")
PAPER = {"document_digest": "d" * 64}


@pytest.fixture
def seated(policy: Policy) -> Raising:
    return Raising(policy)


async def test_nobody_resigns_out_of_an_investigation_that_a_younger_removal_of_the_seat_was_told_of(
    seated: Raising,
) -> None:
    await seated.told("NL-D01")
    first, one = seated.removal(1)
    await one.looked("RESIGNATION_PATH")
    await seated.told("NL-C03")
    second, two = seated.removal(2)
    await seated.carried()
    assert first.current.investigations == second.current.investigations == (Cause.UNDER_INVESTIGATION,)
    assert not first.current.open_tasks("suspend-duty"), "the chair meeting is asked once"
    with pytest.raises(RefusedError, match="investigator"):
        await one.act("persuade", "RESIGNED", form=RESIGNED)
    await two.asks(ReportRelease, EVALUATOR, cause=Cause.UNDER_INVESTIGATION, **PAPER)
    await seated.carried()
    assert (first.current.investigations, second.current.investigations) == ((), ())
    await one.act("persuade", "RESIGNED", form=RESIGNED)


@pytest.mark.parametrize("known_by", ["paper", "chair", "desk"])
async def test_by_whatever_act_one_of_them_knows_it_the_others_do_and_those_that_come_later(
    seated: Raising, known_by: str
) -> None:
    await seated.told("NL-D01", "NL-C04")
    (first, one), (second, two) = seated.removal(1), seated.removal(2)
    if known_by == "paper":
        await two.asks(ReportInvestigation, EVALUATOR, cause=Cause.DETAINED, **PAPER)
    elif known_by == "chair":
        await two.asks(Suspend, CHAIR, cause=Cause.DETAINED, minutes_digest="a" * 64)
    else:
        seated.registers("r3", investigation="detained")
    await seated.carried()
    await seated.told("NL-B02")
    third, _ = seated.removal(3)
    await seated.carried()
    for desk in (first, second, third):
        assert desk.current.investigations == (Cause.DETAINED,)
    asked = [desk.current.open_tasks("suspend-duty") for desk in (first, third)]
    assert asked == [[], []], "asked where it became known"
    await one.asks(TenderResignation, somebody("MEMBER", "p-member"), document_digest="d" * 64)
    with pytest.raises(RefusedError, match="investigator"):
        await one.act("accept-resignation", "ACCEPTED", form=RESIGNED)
    await one.act("accept-resignation", "ACCEPTED", form=CONSENTED)


async def test_a_duplicate_that_asked_the_chair_meeting_hands_the_question_over_once(seated: Raising) -> None:
    await seated.told("NL-D01", "NL-C03")
    (first, _), (_, two) = seated.removal(1), seated.removal(2)
    await seated.carried()
    assert not first.current.open_tasks("suspend-duty")
    await two.act("lead", "DUPLICATE", form={"of": first.case_id})
    await seated.carried()
    assert len(first.current.open_tasks("suspend-duty")) == 1


async def test_the_chair_meeting_that_has_answered_is_not_asked_again_by_a_duplicate(seated: Raising) -> None:
    await seated.told("NL-D01", "NL-C03")
    (first, _), (_, two) = seated.removal(1), seated.removal(2)
    await two.act("suspend-duty", "NOT_SUSPENDED", form=MINUTES)
    await two.act("lead", "DUPLICATE", form={"of": first.case_id})
    await seated.carried()
    assert not first.current.open_tasks("suspend-duty")
    assert first.current.investigations == (Cause.UNDER_INVESTIGATION,)


@pytest.mark.parametrize("said", ["SUSPENDED", "NOT_SUSPENDED", "released"])
async def test_the_proposal_to_suspend_outlives_the_removal_in_which_it_was_made(
    seated: Raising, said: str
) -> None:
    """R03: it ends with its cause, not when the lead is found to be no case."""
    await seated.told("NL-C03")
    first, one = seated.removal(1)
    await one.looked("NO_CASE")
    await one.act("serve", "SERVED")
    await seated.carried()
    assert [task.kind for task in first.current.open_tasks()] == ["suspend-duty"], "the file waits"
    if said == "released":
        await one.asks(ReportRelease, EVALUATOR, cause=Cause.UNDER_INVESTIGATION, **PAPER)
    else:
        await one.act("suspend-duty", said, form=MINUTES)
    await seated.carried()
    assert [task.kind for task in first.current.open_tasks()] == ["file"]
    assert len(first.of(DutySuspended)) == len(seated.held.current.suspended) == (said == "SUSPENDED")
    assert seated.held.current.removals == (), "it is over all the same"


async def test_who_is_removed_is_asked_about_no_more(seated: Raising) -> None:
    await seated.told("NL-C03")
    first, one = seated.removal(1)
    await one.removed()
    assert first.current.state is CaseState.REMOVED
    assert not first.current.open_tasks("suspend-duty")


async def test_the_seat_is_told_by_its_removals_alone(seated: Raising) -> None:
    with pytest.raises(RefusedError, match="wrong-role"):
        await SeatOffice(seated.held).asks(ReportInvestigation, EVALUATOR, cause=Cause.DETAINED, **PAPER)
    for number in (1, 2):
        await seated.held.send(owed(ReportInvestigation, "t1", "r7", number, cause=Cause.DETAINED, **PAPER))
    assert seated.held.current.investigated == {"r7": (Cause.DETAINED,)}
