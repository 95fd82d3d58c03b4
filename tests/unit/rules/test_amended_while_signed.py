"""A dossier that changes while several sign over one draft: the draft is asked again, and asks each of them once."""

from contracts.commands.case import ReportFact
from contracts.commands.nomination import EnterFirm
from contracts.events.review import OpinionGiven
from contracts.nominee import Firm
from contracts.vocabulary import FirmPart, Stage
from services.ctl.demo.roster import credit_code
from tests.asking import asks
from tests.desks import PureDesk
from tests.office import INSPECTION, Office
from tests.unit.rules.test_appeal import granted
from tests.unit.rules.test_hits_in_any_state import OFFICER, reported
from tests.unit.rules.test_told_after_the_end import cleared

FIRM = Firm(name="虚构甲公司", credit_code=credit_code(7), part=FirmPart.ACTUAL_CONTROLLER)
ANOTHER = Firm(name="虚构乙公司", credit_code=credit_code(8), part=FirmPart.OTHER)


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


async def test_of_a_round_that_is_made_anew_each_is_asked_once(desk: PureDesk, office: Office) -> None:
    """Who signed in the round before is asked already: two inspectors were four, and both bodies proposed twice."""
    await office.screened()
    await office.replies()
    await office.graded()
    await office.act("inspect", "RECHECK", signature=1, form=INSPECTION)
    await office.act("inspect", "SUITABLE", signature=2, form=INSPECTION)
    await office.asks(EnterFirm, office.actor("NOMINEE"), firm=FIRM)
    assert await inspections(desk) == [(1, 3), (2, 3)]
    await office.inspected()
    await office.opinion()
    await office.act("propose-department", "PROPOSE")
    await office.act("propose-party-group", "RETURN")
    await office.inspected()
    await office.opinion()
    await office.asks(EnterFirm, office.actor("NOMINEE"), firm=ANOTHER)
    assert await proposals(desk) == ["propose-department", "propose-party-group"]


async def test_a_notice_that_was_up_for_its_term_is_not_posted_again_and_closed_once(
    desk: PureDesk, office: Office
) -> None:
    await office.posted()
    window = desk.current.window
    assert window is not None
    await desk.until(window[1])
    await office.reread("notice")
    assert await closing(desk) == ["close-notice"]
    await office.asks(EnterFirm, office.actor("NOMINEE"), firm=FIRM)
    await desk.until(desk.now)
    assert await closing(desk) == ["close-notice", "reread-notice"], "of the new firm nobody read the states"
    await office.close_notice()
    assert (desk.current.stage, desk.current.window) == (Stage.RECHECK, window)


async def closing(desk: PureDesk) -> list[str]:
    """What is to be done at the end of the public notice."""
    return sorted(task.kind for task in (await desk.case()).open_tasks() if task.stage is Stage.NOTICE)


async def proposals(desk: PureDesk) -> list[str]:
    return sorted(task.kind for task in (await desk.case()).open_tasks() if task.kind.startswith("propose"))


async def inspections(desk: PureDesk) -> list[tuple[int, int]]:
    """Whose inspection is open, and in which round."""
    return sorted((t.signature, t.round) for t in (await desk.case()).open_tasks("inspect"))
