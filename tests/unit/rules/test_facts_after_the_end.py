"""A fact that a vetoed case is told is heard, and ruled on by two, once a re-check is granted (domain §8.1, SC-19)."""

import pytest

from contracts.causes import Cause
from contracts.commands.case import EndFact, ReportFact
from contracts.commands.nomination import DisputeHit
from contracts.events.review import FactDismissed, HitFound, HitRuled
from contracts.vocabulary import CaseState, Ruling
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import Office
from tests.prizes import owed
from tests.unit.rules.test_appeal import granted, ineligible, vetoed
from tests.unit.rules.test_hits_in_any_state import OFFICER, reported
from tests.unit.rules.test_told_after_the_end import answered, cleared, vetoed_again
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]
SECOND = "hit.2"
LISTED = reported("NL-E01", "court")


@pytest.mark.parametrize("end", [vetoed, ineligible])
async def test_it_is_kept_and_nobody_is_asked_until_then(end: object, desk: Work, office: Office) -> None:
    await end(office)  # type: ignore[operator]
    before, state = [task.id for task in desk.current.open_tasks()], desk.current.state
    for _ in range(2):
        await office.asks(ReportFact, OFFICER, **LISTED)
    kept = desk.of(HitFound)[-1]
    assert isinstance(kept, HitFound)
    assert (kept.private.fact.item, kept.private.source) == ("NL-E01", "court")
    assert [task.id for task in desk.current.open_tasks()] == before
    assert desk.current.state is state
    await granted(office)
    about = f"hit.{kept.hit}"
    assert [task.about for task in desk.current.open_tasks("explain")] == [about]
    await vetoed_again(office, about)
    assert desk.current.state is CaseState.VETOED


async def test_the_case_does_not_go_on_without_it(desk: Work, office: Office) -> None:
    await vetoed(office)
    await office.asks(ReportFact, OFFICER, **LISTED)
    await granted(office)
    await cleared(office)
    assert desk.current.state is CaseState.RULING
    assert not desk.current.open_tasks("confirm-fact"), "nobody rules before the person was heard"
    await desk.until(local("2026-03-10 00:00"))
    (asked,) = desk.current.open_tasks("confirm-fact")
    assert asked.about == SECOND, "who says nothing within five working days was heard"


async def test_so_it_is_when_the_first_was_anothers_fact(desk: Work, office: Office) -> None:
    await vetoed(office)
    await office.asks(ReportFact, OFFICER, **LISTED)
    await office.asks(DisputeHit, somebody("DEPT_OFFICER", "p-x", "tax"), hit=1, reason="another person's")
    await office.act("match", "MISMATCH")
    await office.act("match-sign", "CONFIRM")
    assert desk.current.state is CaseState.VETOED
    await granted(office)
    (asked,) = desk.current.open_tasks("explain")
    assert asked.about == SECOND
    assert desk.current.state is CaseState.RULING


async def test_two_people_rule_on_it(desk: Work, office: Office) -> None:
    await vetoed(office)
    await office.asks(ReportFact, OFFICER, **LISTED)
    await granted(office)
    await office.act("explain", "NOTHING_TO_ADD", about=SECOND)
    alone = somebody("EVALUATOR", "p-alone")
    await office.act("confirm-fact", "VETO", about=SECOND, actor=alone)
    again = somebody("PANEL_CHAIR", "p-alone")
    with pytest.raises(RefusedError, match="same-person"):
        await office.act("confirm-fact-sign", "CONFIRM", about=SECOND, actor=again)


async def test_of_an_investigation_the_person_is_told_nothing(desk: Work, office: Office) -> None:
    await vetoed(office)
    await office.asks(ReportFact, OFFICER, **reported("NL-C03", "police"))
    assert not desk.current.open_tasks("confirm-pause")
    await granted(office)
    assert not desk.current.open_tasks("explain")
    assert [task.about for task in desk.current.open_tasks("confirm-pause")] == [SECOND]
    await cleared(office)
    assert desk.current.state is CaseState.CONSULTING, "nor does its state tell of one"


async def test_one_that_is_over_before_that_is_asked_about_no_more(desk: Work, office: Office) -> None:
    await vetoed(office)
    await desk.send(owed(ReportFact, "c1", **LISTED))
    await desk.send(owed(EndFact, "c1", **LISTED, cause="delisted"))
    assert [(e.hit, e.ruling) for e in desk.of(HitRuled)] == [(1, Ruling.VETO), (2, Ruling.CLEARED)]
    await granted(office)
    assert not desk.current.open_tasks("explain")


async def test_nor_is_one_that_was_being_explained_when_the_veto_came(desk: Work, office: Office) -> None:
    await office.screened()
    await desk.send(owed(ReportFact, "c1", **LISTED))
    await office.asks(ReportFact, OFFICER, **reported())
    await vetoed_again(office, SECOND)
    await desk.send(owed(EndFact, "c1", **LISTED, cause="delisted"))
    await granted(office)
    assert not desk.current.open_tasks("explain")
    assert [(h.number, h.ruling) for h in desk.current.hits] == [(1, Ruling.CLEARED), (2, None)]


async def test_one_that_does_not_count_is_kept_as_what_it_is(desk: Work, office: Office) -> None:
    await vetoed(office)
    await office.asks(ReportFact, OFFICER, **reported("NL-D03", "tax", anchor="2020-01-10"))
    assert [event.cause for event in desk.of(FactDismissed)] == [Cause.LOOK_BACK_OVER]
    await granted(office)
    assert not desk.current.open_tasks("explain")


async def test_after_a_second_veto_it_still_stands_beside_the_first(desk: Work, office: Office) -> None:
    """The one re-check is used: what was kept stays attached to the person for later batches (SC-08)."""
    await vetoed(office)
    await office.asks(ReportFact, OFFICER, **LISTED)
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})
    await answered(office, "REFUSED")
    assert [(hit.number, hit.ruling) for hit in desk.current.hits] == [(1, Ruling.VETO), (2, None)]


async def test_once_the_file_is_closed_it_is_refused(desk: Work, office: Office) -> None:
    await vetoed(office)
    await office.act("appeal", "WAIVED")
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")
    asked = asks(ReportFact, OFFICER, "c1", **LISTED)  # type: ignore[arg-type]
    await refused(desk, asked, "case-ended")
