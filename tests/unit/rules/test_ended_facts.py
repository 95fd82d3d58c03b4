"""A fact that ended where it came from is put before people, clears nobody, and may come again; pure."""

from typing import Any

from contracts.claim import Owing
from contracts.commands.case import EndFact, ReportFact
from contracts.events.review import FactEnded, HitFound, HitRuled
from contracts.nominee import Fact
from tests.asking import NOMINEE, asks, somebody
from tests.desks import PureDesk
from tests.office import Office
from tests.stories import FACT
from workflows.kinds.nomination.case import Nomination

KEEPER = somebody("EVALUATOR", "p-keeper")
OWN: Fact = FACT.model_copy(update={"subject_id": NOMINEE.id_number, "name": NOMINEE.name})


def told(cls: type[Any], **said: Any) -> Any:
    """What a book of screening tells the case, as the worker carries it."""
    command = asks(cls, KEEPER, "c1", **{"fact": OWN, "source": "tax", **said})
    owing = Owing(case_id="s1", number=1)
    return command.model_copy(update={"claim": command.claim.model_copy(update={"owed_by": owing})})


async def test_what_left_its_list_clears_nobody_and_counts_again_when_it_comes_back(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    desk.now = desk.now.replace(day=10)
    await desk.send(told(ReportFact))
    await desk.send(told(ReportFact))
    assert len(desk.of(HitFound)) == 1
    await desk.send(told(EndFact, cause="delisted"))
    assert len(desk.of(FactEnded)) == 1
    assert desk.of(HitRuled) == []
    assert desk.current.hits[0].ended
    assert desk.current.open_tasks("explain"), "people rule on it all the same"
    await desk.send(told(ReportFact))
    assert len(desk.of(HitFound)) == 2
