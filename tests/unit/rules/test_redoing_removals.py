"""What of a removal is done again after a conflict was found, and what does not rest on it (SOD-08)."""

import pytest

from contracts.causes import Cause
from contracts.commands.removal import ReportInvestigation, ReportRelease, TenderResignation
from contracts.events.conflict import PapersVoided
from contracts.vocabulary import Stage
from tests.asking import somebody
from tests.commission import RESIGNED, Commission
from tests.conflicts import found
from tests.desks import PureDesk
from tests.office import MINUTES
from workflows.kinds.removal.case import Removal

PAPER = {"document_digest": "d" * 64}


async def detained(commission: Commission, outcome: str = "SUSPENDED") -> None:
    """The member is detained, and the chair meeting has decided on the suspension."""
    await commission.asks(ReportInvestigation, somebody("EVALUATOR"), cause=Cause.DETAINED, **PAPER)
    await commission.act("suspend-duty", outcome, actor=somebody("LEADER_IN_CHARGE", "p-chair"), form=MINUTES)


@pytest.mark.parametrize("outcome", ["SUSPENDED", "NOT_SUSPENDED"])
async def test_another_writes_down_what_the_chair_meeting_says_of_the_duties(
    removal: PureDesk[Removal], commission: Commission, outcome: str
) -> None:
    await commission.heard()
    await commission.verified()
    await detained(commission, outcome)
    await found(commission, "p-chair")
    assert removal.current.suspended == ()
    assert [task.about for task in removal.current.open_tasks("suspend-duty")] == ["cause.1"]
    assert removal.current.stage is Stage.REMOVAL_OPINION, "nothing of the line of decisions rests on it"
    assert removal.current.finding == "PROVEN"
    (event,) = removal.of(PapersVoided)
    assert isinstance(event, PapersVoided)
    assert event.stage is None


async def test_nobody_is_asked_about_a_cause_that_has_ended(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await detained(commission)
    await commission.asks(ReportRelease, somebody("EVALUATOR"), cause=Cause.DETAINED, **PAPER)
    await found(commission, "p-chair")
    assert removal.current.open_tasks("suspend-duty") == []


async def test_somebody_else_decides_on_the_resignation(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.looked()
    await commission.asks(TenderResignation, somebody("MEMBER", "p-member"), document_digest="d" * 64)
    before = await commission.task("accept-resignation")
    await commission.act("accept-resignation", "NOT_ACCEPTED")
    await found(commission, "p-ufwd-1")
    again = await commission.task("accept-resignation")
    assert again.id != before.id
    assert again.content_digest == before.content_digest
    assert [task.kind for task in removal.current.open_tasks("statement")] == ["statement"]
    await commission.act("accept-resignation", "ACCEPTED", actor=somebody("UFWD", "p-else"), form=RESIGNED)
    assert removal.current.ended


@pytest.mark.parametrize(("outcome", "asked"), [("CASE", "statement"), ("RESIGNATION_PATH", "persuade")])
async def test_nobody_is_heard_or_persuaded_until_others_have_looked(
    removal: PureDesk[Removal], commission: Commission, outcome: str, asked: str
) -> None:
    await commission.looked(outcome)
    assert removal.current.open_tasks(asked)
    # Who looked first had registered the lead as well.
    await found(commission, "p-evaluator-1")
    assert [task.kind for task in removal.current.open_tasks()] == ["lead"]
    await commission.act("lead", "OPENED", actor=somebody("EVALUATOR", "p-registrar"))
    assert [task.kind for task in removal.current.open_tasks()] == ["first-look"]
    await commission.act("first-look", outcome, actor=somebody("EVALUATOR", "p-else"))
    await commission.act("first-look-sign", "CONFIRM", actor=somebody("EVALUATOR", "p-other"))
    assert [task.kind for task in removal.current.open_tasks()] == [asked]
