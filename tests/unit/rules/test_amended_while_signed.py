"""A dossier that changes while several sign over one draft: the draft is asked again, and asks each of them once."""

from contracts.commands.case import ReportFact
from contracts.commands.nomination import EnterFirm
from contracts.events.review import OpinionGiven
from contracts.nominee import Firm
from contracts.vocabulary import FirmPart
from services.ctl.demo.roster import credit_code
from tests.asking import asks
from tests.desks import PureDesk
from tests.office import INSPECTION, Office
from tests.unit.rules.test_appeal import granted
from tests.unit.rules.test_hits_in_any_state import OFFICER, reported
from tests.unit.rules.test_told_after_the_end import cleared

FIRM = Firm(name="虚构甲公司", credit_code=credit_code(7), part=FirmPart.ACTUAL_CONTROLLER)


async def test_of_an_opinion_that_one_has_signed_the_draft_alone_is_asked_again(
    desk: PureDesk, office: Office
) -> None:
    await office.to_integrity()
    await office.act("opinion-draft", "NO_OBJECTION")
    await office.act("opinion-head", "NO_OBJECTION")
    await office.asks(EnterFirm, office.actor("NOMINEE"), firm=FIRM)
    opinions = [t.kind for t in (await desk.case()).open_tasks() if t.kind.startswith("opinion")]
    assert opinions == ["opinion-draft"]
    await office.act("opinion-draft", "NO_OBJECTION")
    opinions = [t.kind for t in (await desk.case()).open_tasks() if t.kind.startswith("opinion")]
    assert sorted(opinions) == ["opinion-head", "opinion-leader"], "each once"
    await office.act("opinion-head", "REMINDER")
    await office.act("opinion-leader", "NO_OBJECTION")
    (given,) = desk.of(OpinionGiven)
    assert given.opinion == "REMINDER", "of the two the stricter holds (SC-14)"


async def test_whoever_signed_beside_one_who_was_asked_again_alone_is_asked_with_them(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.replies()
    await office.graded()
    await office.act("inspect", "SUITABLE", signature=1, form=INSPECTION)
    await desk.send(asks(ReportFact, OFFICER, **reported()))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")
    await granted(office)
    await cleared(office)
    assert await inspections(desk) == [(2, 2)], "the other has signed in the round before"
    await office.asks(EnterFirm, office.actor("NOMINEE"), firm=FIRM)
    assert await inspections(desk) == [(1, 2), (2, 3)], "both saw the dossier as it was"


async def inspections(desk: PureDesk) -> list[tuple[int, int]]:
    """Whose inspection is open, and in which round."""
    return sorted((t.signature, t.round) for t in (await desk.case()).open_tasks("inspect"))
