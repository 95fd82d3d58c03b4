"""R07: a member resigns before any decision or after an urgent one, and out of an investigation only with consent."""

from collections.abc import Awaitable, Callable

import pytest

from contracts.causes import Cause
from contracts.commands.removal import ReportInvestigation, Suspend, TenderResignation
from contracts.events.case import CaseEnded
from contracts.events.removal import VacancyOpened
from contracts.vocabulary import CaseState, Stage
from tests.acting import refused
from tests.asking import asks, somebody
from tests.commission import CONSENTED, RESIGNED, Commission
from tests.desks import PureDesk, RefusedError
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER

MEMBER = somebody("MEMBER", "p-member")


def tendered() -> TenderResignation:
    return asks(TenderResignation, MEMBER, "r1", document_digest="d" * 64)


async def test_who_is_persuaded_resigns_by_a_signed_paper(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.looked("RESIGNATION_PATH")
    assert removal.current.state is CaseState.PERSUADING
    with pytest.raises(RefusedError, match="document_digest"):
        await commission.act("persuade", "RESIGNED")
    await commission.act("persuade", "RESIGNED", form=RESIGNED)
    assert removal.current.state is CaseState.RESIGNED
    assert [e.cause for e in removal.of(CaseEnded)] == [Cause.PERSUADED]
    assert len(removal.of(VacancyOpened)) == 1


async def test_who_is_not_persuaded_is_heard(removal: PureDesk[Removal], commission: Commission) -> None:
    await commission.looked("RESIGNATION_PATH")
    await commission.act("persuade", "REFUSED")
    assert removal.current.stage is Stage.STATEMENT


@pytest.mark.parametrize("known_by", ["suspension", "report"])
async def test_nobody_resigns_out_of_an_investigation_without_the_investigators_paper(
    removal: PureDesk[Removal], commission: Commission, known_by: str
) -> None:
    await commission.looked("RESIGNATION_PATH")
    chair = somebody("LEADER_IN_CHARGE", "p-chair")
    if known_by == "suspension":
        await commission.asks(Suspend, chair, cause=Cause.UNDER_INVESTIGATION, minutes_digest="a" * 64)
    else:
        await commission.asks(ReportInvestigation, chair, cause=Cause.DETAINED, document_digest="a" * 64)
    with pytest.raises(RefusedError, match="consent"):
        await commission.act("persuade", "RESIGNED", form=RESIGNED)
    await commission.act("persuade", "RESIGNED", form=CONSENTED)
    assert removal.current.state is CaseState.RESIGNED


async def test_a_member_resigns_unasked_and_meanwhile_the_case_goes_on(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.heard()
    wrong = asks(TenderResignation, somebody("MEMBER", "p-other"), "r1", document_digest="d" * 64)
    await refused(removal, wrong, "wrong-role")
    await removal.send(tendered())
    await removal.send(tendered())
    assert len(removal.current.open_tasks("accept-resignation")) == 1
    await commission.act("accept-resignation", "NOT_ACCEPTED")
    assert removal.current.state is CaseState.VERIFYING
    await removal.send(tendered())
    await commission.act("accept-resignation", "ACCEPTED", form=RESIGNED)
    assert removal.current.state is CaseState.RESIGNED
    assert removal.current.open_tasks("verify") == []


async def test_a_member_resigns_while_an_urgent_decision_waits_for_the_plenary_and_not_after_the_end(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.planned("URGENT")
    await commission.decides("DECIDED")
    await removal.send(tendered())
    await commission.act("accept-resignation", "ACCEPTED", form=RESIGNED)
    assert removal.current.state is CaseState.RESIGNED
    assert removal.current.open_tasks("ratify") == []
    await refused(removal, tendered(), "case-ended")


async def deferred(commission: Commission) -> None:
    """The opinion is put off, and the case is on hold."""
    await commission.heard()
    await commission.verified()
    await commission.opinion("DEFER", "DEFER")


async def persuaded(commission: Commission) -> None:
    """The department tries to persuade."""
    await commission.looked("RESIGNATION_PATH")


STAGES: dict[Stage, Callable[[Commission], Awaitable[None]]] = {
    Stage.STATEMENT: Commission.looked,
    Stage.PERSUASION: persuaded,
    Stage.VERIFICATION: Commission.heard,
    Stage.REMOVAL_OPINION: deferred,
    Stage.VOTE: Commission.planned,
}


@pytest.mark.parametrize("stage", STAGES)
async def test_a_resignation_may_be_tendered_and_accepted_at_every_stage(
    removal: PureDesk[Removal], commission: Commission, stage: Stage
) -> None:
    await STAGES[stage](commission)
    assert removal.current.stage is stage
    await removal.send(tendered())
    await commission.act("accept-resignation", "ACCEPTED", form=RESIGNED)
    assert removal.current.state is CaseState.RESIGNED
    assert sorted(task.kind for task in removal.current.open_tasks()) == ["note-vacancy", "serve"]
    assert not removal.current.held
    await commission.closed()
    removal.carry_all()
    assert DECIDER.closed(removal.current) == "RESIGNED"
