"""One evaluation for one person: the short round within its validity, and two levels that share (S1, §8.3)."""

from datetime import datetime, timedelta

import pytest

from contracts.commands.base import Command
from contracts.commands.nomination import KnowSister, ShareEvaluation
from contracts.errand import Tell
from contracts.nominee import Evaluation
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Grade, Stage
from tests.acting import refused
from tests.asking import ENTRY, asks, local, opening, somebody
from tests.desks import PureDesk
from tests.instants import midnight_after
from tests.office import Office, finding
from tests.prizes import owed
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.nomination.kind import DECIDER

START = local("2026-03-02 10:00")
OWNERS = {"discipline", "police", "court", "procuratorate", "tax", "market", "finance"}
"""Of dimensions 2, 3 and 4, as far as they are consulted."""
SCORES = {"D1": 140, "D2": 140, "D3": 140, "D4": 90, "D5": 90, "D6": 90, "D7": 40, "D8": 40}
LAST = midnight_after(3, 20)


UNTIL = midnight_after(4, 28, 2028)


def evaluation(valid_until: datetime = UNTIL, index: int = 800) -> Evaluation:
    return Evaluation(of="c0", valid_until=valid_until, scores=SCORES, index=index)


def case(policy: Policy, known: Evaluation | None = None, **entry: object) -> PureDesk[Nomination]:
    """A case whose roster knew of this evaluation."""
    begun = opening()
    fields = {"evaluation": known, **entry}
    desk = PureDesk(DECIDER, policy, START)
    desk.open(begun.model_copy(update={"entry": ENTRY.model_copy(update=fields)}))
    return desk


def asked(desk: PureDesk[Nomination]) -> set[str]:
    return {task.unit for task in desk.current.open_tasks("reply", "reply-sign")}


def told(desk: PureDesk[Nomination]) -> list[tuple[tuple[str, ...], Command]]:
    return [(one.case_ids, one.command) for one in desk.current.owed if isinstance(one, Tell)]


async def answered(desk: PureDesk[Nomination]) -> None:
    office = Office(desk)
    for unit in sorted(asked(desk)):
        await office.reply(unit)


async def test_within_its_validity_only_the_owners_of_three_dimensions_are_asked(policy: Policy) -> None:
    desk = case(policy, evaluation())
    await Office(desk).screened()
    assert asked(desk) == OWNERS
    assert {t.due for t in desk.current.open_tasks("reply")} == {midnight_after(3, 16)}, "10 WD"
    await answered(desk)
    assert (desk.current.stage, desk.current.grade) == (Stage.INSPECTION, Grade.A)
    assert desk.current.valid_until == midnight_after(4, 28, 2028), "valid no longer than it was"
    assert not desk.current.acted("score"), "nobody scores again"


@pytest.mark.parametrize(("signed", "short"), [(LAST - timedelta(microseconds=1), True), (LAST, False)])
async def test_it_is_valid_until_midnight_of_its_last_day(
    policy: Policy, signed: datetime, short: bool
) -> None:
    desk = case(policy, evaluation(LAST))
    office = Office(desk)
    await office.act("screen", "PASS")
    desk.now = local("2026-03-16 10:00")
    await office.act("screen-sign", "CONFIRM")
    desk.now = signed
    await office.act("declare", "SIGNED")
    assert asked(desk) == (OWNERS if short else {d.code for d in policy.departments})


async def test_one_that_runs_out_during_the_short_round_is_no_grade(policy: Policy) -> None:
    desk = case(policy, evaluation(midnight_after(3, 10)))
    office = Office(desk)
    await office.screened()
    desk.now = local("2026-03-11 10:00")
    await answered(desk)
    assert desk.current.grade is None
    assert asked(desk) == {d.code for d in policy.departments} - OWNERS, "now everybody is asked"
    await answered(desk)
    assert desk.current.stage is Stage.GRADING


async def test_what_the_short_round_finds_counts(policy: Policy) -> None:
    desk = case(policy, evaluation())
    office = Office(desk)
    await office.screened()
    await office.reply("police", "ISSUE", finding("NL-C07", "2026-01-10"))
    await answered(desk)
    assert desk.current.state is CaseState.RULING
    assert desk.current.grade is None
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("panel-chair", "MINOR")
    for signature in (2, 3):
        await office.act("panel-vote", "MINOR", signature=signature)
    assert desk.current.grade is Grade.B


async def test_scores_that_do_not_fit_the_policy_are_no_evaluation(policy: Policy) -> None:
    desk = case(policy, evaluation(index=1001))
    await Office(desk).screened()
    assert len(asked(desk)) == 14


async def test_two_levels_share_one_evaluation(policy: Policy) -> None:
    city, district = case(policy), case(policy, case_id="c2", sisters=("c1",))
    ((to, word),) = told(district)
    assert to == ("c1",)
    assert isinstance(word, KnowSister)
    await city.send(word)
    for desk in (city, district):
        await Office(desk).screened()
    await Office(district).reply("labour")
    assert len(asked(district)) == 13
    await Office(city).replies()
    await Office(city).graded(900)
    ((to, share),) = told(city)
    assert to == (word.case_id,)
    assert isinstance(share, ShareEvaluation)
    await district.send(share)
    assert asked(district) == OWNERS, "what the one was asked the other is asked no more"
    await answered(district)
    assert (district.current.grade, district.current.stage) == (Grade.A, Stage.INSPECTION)
    assert district.current.valid_until == city.current.valid_until


async def test_who_comes_later_gets_the_evaluation_that_there_is(policy: Policy) -> None:
    city = case(policy)
    office = Office(city)
    await office.screened()
    await office.replies()
    await office.graded()
    await city.send(asks(KnowSister, somebody("NOMINATOR"), "c1", case_id="c2"))
    assert [to for to, word in told(city) if isinstance(word, ShareEvaluation)] == [("c2",)]


async def test_scoring_under_way_ends_when_an_evaluation_is_shared(policy: Policy) -> None:
    desk = case(policy, sisters=("c0",))
    office = Office(desk)
    await office.screened()
    await office.replies()
    await office.act("score", "SCORED", form=office.scores())
    await desk.send(asks(ShareEvaluation, somebody("NOMINATOR"), "c1", evaluation=evaluation()))
    assert desk.current.stage is Stage.INSPECTION
    assert not desk.current.open_tasks("score-sign")


async def test_an_evaluation_of_whom_this_case_does_not_know_is_none_of_its_own(policy: Policy) -> None:
    """A case would be graded by what another person was found to be."""
    desk = case(policy, sisters=("c2",))
    await Office(desk).screened()
    stranger = owed(ShareEvaluation, "c1", "c0", evaluation=evaluation())
    await refused(desk, stranger, "not-this-person")
    forged = owed(ShareEvaluation, "c1", "c0", evaluation=evaluation().model_copy(update={"of": "c2"}))
    await refused(desk, forged, "wrong-role")
    assert len(asked(desk)) == 14


async def test_a_case_that_is_graded_already_keeps_its_own(policy: Policy) -> None:
    desk = case(policy, sisters=("c0",))
    office = Office(desk)
    await office.screened()
    await office.replies()
    await office.graded(720)
    await desk.send(asks(ShareEvaluation, somebody("NOMINATOR"), "c1", evaluation=evaluation()))
    assert desk.current.grade is Grade.B


@pytest.mark.parametrize("cap", ["minor", "unheard"])
async def test_what_capped_the_grade_there_caps_it_here(policy: Policy, cap: str) -> None:
    """One person at two levels has one grade: an item ruled minor at the one is no A at the other."""
    desk = case(policy, evaluation().model_copy(update={cap: True}))
    await Office(desk).screened()
    await answered(desk)
    assert desk.current.grade is Grade.B
    assert desk.current.scores is not None
    assert getattr(desk.current.scores, cap), "and wherever it is used next"


async def test_a_case_says_what_capped_its_grade_to_its_sisters(policy: Policy) -> None:
    city = case(policy, sisters=("c2",))
    office = Office(city)
    await office.screened()
    await office.replies("market")
    await office.reply("market", "ISSUE", finding("NL-E05", subject="enterprise"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("panel-chair", "MINOR")
    for signature in (2, 3):
        await office.act("panel-vote", "MINOR", signature=signature)
    await office.graded(900)
    (share,) = [word for _, word in told(city) if isinstance(word, ShareEvaluation)]
    assert (share.evaluation.minor, share.evaluation.unheard) == (True, False)
