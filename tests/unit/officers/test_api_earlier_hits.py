"""SC-08: a hit of a nomination that was withdrawn is shown to the screeners of later ones, until its look-back ends."""

from datetime import date
from typing import Any

from contracts.actor import Grant
from contracts.causes import Cause
from contracts.events.base import Event
from contracts.events.case import CaseEnded
from contracts.events.review import Correction, HitCancelled, HitFacts, HitFound, HitRuled
from contracts.vocabulary import CaseState, Effect, Ruling
from tests.consulted import screener
from tests.officers_rig import Rig, task_opened
from tests.stories import FACT

WITHDRAWN = CaseEnded(state=CaseState.WITHDRAWN, cause=Cause.WITHDRAWN)
CORRECTION = Correction(reason="another number", checked_by="p1", confirmed_by="p2")


def found(number: int, until: date | None = None, effect: Effect = Effect.HARD) -> HitFound:
    """A hit of the withdrawn case."""
    facts = HitFacts(fact=FACT, source="tax", reported_by="p-tax")
    return HitFound(hit=number, effect=effect, until=until, private=facts)


async def shown(rig: Rig, *events: Event, role: str = "SCREENER", task: str = "screen") -> Any:
    """What the task of a later case of the same person shows of the events of an earlier one."""
    await rig.batch()
    earlier = await rig.case("c1", person="p-nominee")
    await rig.tell(earlier, *events, WITHDRAWN)
    later = await rig.case("c2", person="p-nominee")
    if task != "screen":
        await rig.tell(later, task_opened("c2", task, "chamber"))
    grant = screener() if role == "SCREENER" else Grant(role=role, unit="chamber", district="d01")
    person = await rig.account(grant)
    return (await person.get(f"/v1/tasks/c2.{task}.1.{'chamber.' if task != 'screen' else ''}1")).json()[
        "content"
    ]


async def test_a_hit_in_explanation_stays_attached(rig: Rig) -> None:
    content = await shown(rig, found(1), found(2, until=date(2026, 3, 17)))
    assert [(one["case_id"], one["hit"]) for one in content["earlier_hits"]] == [("c1", 1), ("c1", 2)]
    assert content["earlier_hits"][0]["fact"]["document_no"] == FACT.document_no


async def test_on_the_anniversary_it_is_shown_no_more(rig: Rig) -> None:
    content = await shown(rig, found(1, until=date(2026, 3, 16)))
    assert content["earlier_hits"] == []


async def test_what_was_cleared_or_anothers_or_an_investigation_leaves_nothing(rig: Rig) -> None:
    content = await shown(
        rig,
        found(1),
        HitRuled(hit=1, effect=Effect.HARD, ruling=Ruling.CLEARED),
        found(2),
        HitCancelled(hit=2, effect=Effect.HARD, private=CORRECTION),
        found(3, effect=Effect.PAUSE),
    )
    assert content["earlier_hits"] == []


async def test_the_nominating_unit_is_shown_none_of_it(rig: Rig) -> None:
    content = await shown(rig, found(1), role="NOMINATOR", task="repair")
    assert "earlier_hits" not in content
