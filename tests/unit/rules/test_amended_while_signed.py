"""A dossier that changes while several sign over one draft: the draft is asked again, and asks each of them once."""

from contracts.commands.nomination import EnterFirm
from contracts.events.review import OpinionGiven
from contracts.nominee import Firm
from contracts.vocabulary import FirmPart
from services.ctl.demo.roster import credit_code
from tests.desks import PureDesk
from tests.office import Office

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
