"""A fact that ended where it came from: an open ruling is CLEARED, a veto may be re-checked (domain §8.1); pure."""

from typing import Any

import pytest

from contracts.causes import Cause
from contracts.claim import Owing
from contracts.commands.case import EndFact, ReportFact
from contracts.commands.nomination import DisputeHit
from contracts.events.nomination import RightRenewed
from contracts.events.review import FactEnded, HitCancelled, HitDisputed, HitFound, HitRuled
from contracts.nominee import Fact
from contracts.vocabulary import CaseState, Effect, Ruling, Stage
from tests.acting import completing, refused
from tests.asking import NOMINEE, asks, local, somebody
from tests.desks import PureDesk
from tests.office import Office, finding
from tests.stories import FACT
from workflows.kinds.nomination.case import Nomination

KEEPER = somebody("EVALUATOR", "p-keeper")
OWN: Fact = FACT.model_copy(update={"subject_id": NOMINEE.id_number, "name": NOMINEE.name})
"""Owes tax: a state."""
PAST: Fact = OWN.model_copy(update={"item": "NL-C04"})
"""Gave bribes: what was decided on some day."""
LISTED: Fact = OWN.model_copy(update={"item": "NL-G01"})
"""Stands on the environment's list; to have left it is an item of its own for five years."""
OTHERS = somebody("EVALUATOR", "p-other")


def told(cls: type[Any], fact: Fact = OWN, **said: Any) -> Any:
    """What a book of screening tells the case, as the worker carries it."""
    command = asks(cls, KEEPER, "c1", **{"fact": fact, "source": "tax", **said})
    owing = Owing(case_id="s1", number=1)
    return command.model_copy(update={"claim": command.claim.model_copy(update={"owed_by": owing})})


async def found(desk: PureDesk[Nomination], office: Office, fact: Fact = OWN) -> None:
    """The consultation runs, and a list has named the nominee on 10 March."""
    await office.screened()
    desk.now = desk.now.replace(day=10)
    await desk.send(told(ReportFact, fact))


async def vetoed(desk: PureDesk[Nomination], office: Office, fact: Fact = OWN) -> None:
    """Two people have confirmed it on 10 March, which ended the case."""
    await found(desk, office, fact)
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.state is CaseState.VETOED


def rulings(desk: PureDesk[Nomination]) -> list[Ruling]:
    return [event.ruling for event in desk.of(HitRuled) if isinstance(event, HitRuled)]


@pytest.mark.parametrize("asked", ["explain", "confirm-fact", "confirm-fact-sign", "match-sign"])
async def test_what_left_its_list_before_the_ruling_is_cleared(
    desk: PureDesk[Nomination], office: Office, asked: str
) -> None:
    await found(desk, office)
    if asked == "match-sign":
        await office.act("explain", "MISMATCH", form={"text": "a namesake"})
        await office.act("match", "MISMATCH")
    elif asked != "explain":
        await office.act("explain", "NOTHING_TO_ADD")
        if asked == "confirm-fact-sign":
            await office.act("confirm-fact", "VETO")
    assert desk.current.open_tasks(asked)
    await desk.send(told(EndFact, cause="delisted"))
    assert rulings(desk) == [Ruling.CLEARED]
    assert desk.current.state is CaseState.CONSULTING
    assert [t.cancelled for t in desk.current.tasks.values() if t.kind == asked] == [Cause.FACT_ENDED]
    await desk.send(told(EndFact, cause="delisted"))
    assert rulings(desk) == [Ruling.CLEARED]


async def test_what_comes_back_counts_again(desk: PureDesk[Nomination], office: Office) -> None:
    await found(desk, office)
    await desk.send(told(ReportFact))
    assert len(desk.of(HitFound)) == 1
    await desk.send(told(EndFact, cause="delisted"))
    await desk.send(told(ReportFact))
    assert len(desk.of(HitFound)) == 2
    assert desk.current.state is CaseState.RULING


async def test_on_what_was_decided_on_some_day_people_rule_all_the_same(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await found(desk, office, PAST)
    await desk.send(told(EndFact, PAST, cause="delisted"))
    assert desk.current.hits[0].ended
    assert rulings(desk) == []
    assert desk.current.open_tasks("explain")
    await desk.send(told(EndFact, PAST, cause="set-aside"))
    assert rulings(desk) == [Ruling.CLEARED], "it never meant the person"


async def test_to_have_left_a_list_is_an_item_from_that_day_on(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await found(desk, office, LISTED)
    await desk.send(told(EndFact, LISTED, cause="delisted"))
    listed, left = desk.current.hits
    assert listed.ruling is Ruling.CLEARED
    assert (left.fact.item, left.effect) == ("NL-G01-DELISTED", Effect.JUDGEMENT)
    assert left.fact.anchor == local("2026-03-10 09:00").date()
    assert [task.about for task in desk.current.open_tasks("explain")] == ["hit.2"]


async def test_a_pause_that_was_confirmed_is_lifted_by_two_people_only(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    await office.paused("police")
    await desk.send(told(EndFact, desk.current.hits[0].fact, cause="delisted"))
    assert desk.current.held_for(Cause.PAUSE_ITEM, "hit.1")
    assert rulings(desk) == [Ruling.PAUSE]


async def test_after_a_veto_the_person_may_ask_once_more(desk: PureDesk[Nomination], office: Office) -> None:
    await vetoed(desk, office)
    await desk.send(told(EndFact, cause="delisted"))
    assert desk.of(RightRenewed) == [], "the person may ask as it is"
    await office.act("appeal", "WAIVED")
    await office.act("serve", "SERVED")
    assert desk.current.open_tasks("file")
    await desk.send(told(EndFact, cause="delisted"))
    (renewed,) = desk.of(RightRenewed)
    assert isinstance(renewed, RightRenewed)
    # Sent on 10 March, served within three working days, asked for within five more: Friday the 20th.
    assert renewed.answer_by == local("2026-03-21 00:00")
    assert (await office.task("appeal")).due == renewed.answer_by
    assert not desk.current.open_tasks("file"), "the file waits for the right"
    await office.act("appeal", "APPEALED", form={"text": "paid"})
    await office.act("appeal-answer", "GRANTED", actor=OTHERS)
    await office.act("appeal-answer-sign", "CONFIRM")
    assert desk.current.state is CaseState.RULING
    await office.act("confirm-fact", "CLEARED", actor=somebody("EVALUATOR", "p-third"))
    await office.act("confirm-fact-sign", "CONFIRM", actor=somebody("PANEL_CHAIR", "p-fourth"))
    assert desk.current.stage is Stage.CONSULTATION
    assert len(desk.current.open_tasks("reply")) == len(desk.policy.departments)


async def test_a_right_that_is_renewed_and_over_closes_the_file_once(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await vetoed(desk, office)
    await office.act("appeal", "WAIVED")
    await office.act("serve", "SERVED")
    await desk.send(told(EndFact, cause="delisted"))
    await desk.until(local("2026-03-21 00:00"))
    assert len(desk.current.open_tasks("file")) == 1
    await office.act("file", "FILED")
    await refused(desk, told(EndFact, cause="delisted"), "case-ended")


async def test_what_a_second_end_cuts_short_is_asked_again_once(
    desk: PureDesk[Nomination], office: Office
) -> None:
    """A case that is reopened twice asks again what its latest end had cut short, and nothing else."""
    await vetoed(desk, office)
    for reader in ("p-third", "p-fifth"):
        await office.act("appeal", "APPEALED", form={"text": "paid"})
        await office.act("appeal-answer", "GRANTED", actor=somebody("EVALUATOR", f"{reader}-answer"))
        await office.act(
            "appeal-answer-sign", "CONFIRM", actor=somebody("LEADER_IN_CHARGE", f"{reader}-sign")
        )
        assert len(desk.current.open_tasks("reply")) == len(desk.policy.departments)
        await office.act("confirm-fact", "VETO", actor=somebody("EVALUATOR", reader))
        await office.act("confirm-fact-sign", "CONFIRM", actor=somebody("PANEL_CHAIR", f"{reader}-chair"))
        await desk.send(told(EndFact, cause="delisted"))
    assert len(desk.of(RightRenewed)) == 2


async def test_the_department_may_take_its_fact_back_before_and_after_the_ruling(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "EXPLAINED", form={"text": "paid yesterday"})
    tax = somebody("DEPT_OFFICER", "p-dept-officer-tax-1", "tax")
    await office.asks(DisputeHit, tax, hit=1, reason="paid since")
    await refused(desk, asks(DisputeHit, tax, "c1", hit=1, reason="again"), "unknown-hit")
    await office.act("match", "OVER")
    await office.act("match-sign", "CONFIRM")
    (ended,) = desk.of(FactEnded)
    assert isinstance(ended, FactEnded)
    assert (ended.cause, rulings(desk)) == ("over", [Ruling.CLEARED])
    assert desk.current.state is CaseState.CONSULTING


async def test_an_act_of_the_past_is_not_over(desk: PureDesk[Nomination], office: Office) -> None:
    await office.screened()
    await office.reply("discipline", "ISSUE", finding("NL-C04"))
    await office.act("explain", "MISMATCH", form={"text": "a namesake"})
    over = await completing(
        office, "match", somebody("DEPT_OFFICER", "p-d", "discipline"), outcome="OVER", reason="served"
    )
    await refused(desk, over, "outcome-not-allowed")


@pytest.mark.parametrize("outcome", ["OVER", "MISMATCH"])
async def test_a_fact_that_its_source_takes_back_after_a_veto_renews_the_right(
    desk: PureDesk[Nomination], office: Office, outcome: str
) -> None:
    await vetoed(desk, office)
    await office.act("appeal", "WAIVED")
    nominee = asks(DisputeHit, somebody("NOMINEE", "p-nominee"), "c1", hit=1, reason="not mine")
    await refused(desk, nominee, "case-ended")
    await office.asks(DisputeHit, somebody("DEPT_OFFICER", "p-tax", "tax"), hit=1, reason="taken back")
    await office.act("match", outcome)
    await office.act("match-sign", "CONFIRM")
    assert len(desk.of(HitCancelled)) == (outcome == "MISMATCH")
    assert len(desk.of(RightRenewed)) == 1
    await office.act("appeal", "APPEALED", form={"text": "it is over"})
    await office.act("appeal-answer", "GRANTED", actor=OTHERS)
    await office.act("appeal-answer-sign", "CONFIRM")
    asked = {task.kind for task in desk.current.open_tasks()}
    assert ("confirm-fact" in asked) == (outcome == "OVER"), "a fact of somebody else needs no ruling"
    assert "screen" not in asked
    assert desk.current.state is (CaseState.RULING if outcome == "OVER" else CaseState.CONSULTING)


async def test_what_was_ruled_on_and_never_meant_the_person_is_compared_where_it_came_from(
    desk: PureDesk[Nomination], office: Office
) -> None:
    fact = OWN.model_copy(
        update={"item": "NL-E05", "subject": "enterprise", "subject_id": NOMINEE.credit_code}
    )
    await office.screened()
    desk.now = desk.now.replace(day=10)
    await desk.send(told(ReportFact, fact, source="market"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("panel-chair", "MINOR")
    for signature in (2, 3):
        await office.act("panel-vote", "MINOR", signature=signature)
    await desk.send(told(EndFact, fact, source="market", cause="set-aside"))
    assert len(desk.of(HitDisputed)) == 1
    assert [task.unit for task in desk.current.open_tasks("match")] == ["market"]


async def test_nobody_but_the_case_that_told_of_it_ends_a_fact(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await found(desk, office)
    said = told(EndFact, cause="delisted")
    forged = said.model_copy(update={"claim": said.claim.model_copy(update={"owed_by": None})})
    await refused(desk, forged, "wrong-role")
