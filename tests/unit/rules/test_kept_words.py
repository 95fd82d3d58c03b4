"""What a vetoed case is told counts once a re-check is granted: places, nominators, ties (domain §8.1)."""

import pytest

from contracts.causes import Cause
from contracts.claim import Owing
from contracts.commands.base import Command
from contracts.commands.case import EndFact, ReportConflict, ReportFact
from contracts.commands.nomination import (
    JoinNomination,
    NominatedAgain,
    RejectForQuota,
)
from contracts.events.case import CaseEnded
from contracts.matter import Recommender
from contracts.vocabulary import CaseState, Stage
from tests.acting import completing, refused
from tests.asking import asks, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import INSPECTION, Office
from tests.prizes import owed, words_for
from tests.unit.rules.test_appeal import granted, vetoed
from tests.unit.rules.test_hits_in_any_state import OFFICER, reported
from tests.unit.rules.test_reports_after_a_veto import back, vetoed_now
from tests.unit.rules.test_told_after_the_end import cleared, vetoed_again
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]
CUT: Command = owed(RejectForQuota, "c1", "b1", minutes_digest="a" * 64)
ENDS = [(CaseState.VETOED, Cause.NEGATIVE_LIST), (CaseState.REJECTED, Cause.QUOTA)]


async def test_a_place_that_was_cut_is_none_for_the_case_that_is_open_again(
    desk: Work, office: Office
) -> None:
    await office.posted()
    await vetoed_now(desk, office)
    for _ in range(2):
        await desk.send(CUT)
    assert desk.current.state is CaseState.VETOED
    await granted(office)
    assert [(e.state, e.cause) for e in desk.of(CaseEnded) if isinstance(e, CaseEnded)] == ENDS


async def test_nobody_who_was_not_approved_loses_a_place(desk: Work, office: Office) -> None:
    await office.to_proposal()
    await vetoed_now(desk, office)
    await desk.send(CUT)
    await back(office)
    assert desk.current.state is CaseState.DECIDING


async def test_whoever_nominated_the_person_meanwhile_does_not_inspect(desk: Work, office: Office) -> None:
    await vetoed(office)
    joined = {"other": "c2", "nominator_id": "p-inspector-1", "nominating_unit": "guild-1"}
    await desk.send(owed(JoinNomination, "c1", "c2", **joined))
    await back(office)
    await office.replies("tax")
    await office.graded()
    with pytest.raises(RefusedError, match="recommender"):
        await office.act("inspect", "SUITABLE", signature=1, form=INSPECTION)


async def test_nor_do_they_answer_the_re_check(desk: Work, office: Office) -> None:
    await vetoed(office)
    other = (Recommender(person_id="p-other", unit="guild-1"),)
    await desk.send(owed(NominatedAgain, "c1", "b1", other="c2", recommended_by=other))
    assert desk.current.others == ("c2",)
    assert not words_for(desk, "nomination"), "it is vetoed, and keeps its place"
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})
    asked = await completing(
        office, "appeal-answer", somebody("EVALUATOR", "p-other"), outcome="GRANTED", reason="r"
    )
    await refused(desk, asked, "separation-of-duty")


def tied(role: str, person: str) -> Command:
    """The batch passes on that somebody declared a tie to the nominee."""
    by = somebody(role, person)
    asked = asks(ReportConflict, by, "c1", person_id=person, ground="kin", reason="a cousin")
    return asked.claimed_as(asked.claim.model_copy(update={"owed_by": Owing(case_id="b1", number=1)}))


async def test_whoever_declares_a_tie_meanwhile_does_not_act(desk: Work, office: Office) -> None:
    await office.to_proposal()
    await vetoed_now(desk, office)
    await desk.send(tied("INSPECTOR", "p-inspector-1"))
    await granted(office)
    assert desk.current.conflicted == {"p-inspector-1"}
    assert desk.current.stage is Stage.INSPECTION, "what they had done is done again by others (SOD-08)"


async def test_whether_a_head_is_tied_is_decided_also_after_the_return(desk: Work, office: Office) -> None:
    await vetoed(office)
    tie = {"person_id": "p-head", "ground": "kin", "reason": "a cousin"}
    await office.asks(ReportConflict, office.actor("CLERK"), **tie)
    (asked,) = desk.current.open_tasks("recusal")
    await granted(office)
    assert desk.current.open_tasks("recusal") == [asked]
    await office.act("recusal", "RECUSED")
    assert desk.current.conflicted == {"p-head"}


async def test_who_drafted_the_answer_and_is_tied_has_drafted_none(desk: Work, office: Office) -> None:
    await vetoed(office)
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})
    await office.act("appeal-answer", "REFUSED", actor=somebody("EVALUATOR", "p-other"))
    await desk.send(tied("EVALUATOR", "p-other"))
    assert not desk.current.open_tasks("appeal-answer-sign")
    assert desk.current.open_tasks("appeal-answer")


async def test_a_pause_that_the_desk_set_aside_is_compared(desk: Work, office: Office) -> None:
    await office.screened()
    await office.paused("police")
    fact = desk.current.hits[0].fact
    await office.asks(ReportFact, OFFICER, **reported())
    await vetoed_again(office, "hit.2")
    await desk.send(owed(EndFact, "c1", "s1", fact=fact, source="police", cause="set-aside"))
    assert not desk.current.open_tasks("match")
    await granted(office)
    assert [task.about for task in desk.current.open_tasks("match")] == ["hit.1"]
    await office.act("match", "MISMATCH")
    await office.act("match-sign", "CONFIRM")
    await cleared(office, "hit.2")
    assert (desk.current.held, desk.current.state) == (False, CaseState.CONSULTING)


async def test_a_case_that_is_over_for_good_keeps_nothing(desk: Work, office: Office) -> None:
    await office.posted()
    await office.withdraw()
    await desk.send(CUT)
    assert desk.current.kept == ()
