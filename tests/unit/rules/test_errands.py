"""What a case with tasks owes to other cases: recorded with the step, carried after it, by whatever kind."""

import dataclasses

from contracts.catalogue import build
from contracts.commands.nomination import ScheduleElection
from contracts.commands.removal import Suspend
from contracts.errand import Start, Tell, promises
from contracts.events.errand import ErrandCarried, ErrandOwed
from contracts.policy.model import Policy
from tests.asking import asks, local, removal_opening, somebody
from tests.commission import Commission
from tests.desks import PureDesk
from workflows.kinds.removal.case import Removal, Work
from workflows.kinds.removal.entry import open_removal
from workflows.kinds.removal.kind import REMOVAL
from workflows.procedure.decider import errand, of_kind

LATER = local("2026-06-01 09:00")


def owes(draft: Work, command: Suspend) -> None:
    """Start the linked case at the other level, and tell two nominations something."""
    draft.owe_start({"r2": removal_opening(case_id="r2")})
    word = ScheduleElection(claim=command.claim, election_at=LATER)
    draft.owe_tell("nomination", ("c1", "c2"), word)
    draft.owe_tell("nomination", (), word)


def owing(policy: Policy) -> PureDesk[Removal]:
    """A removal whose suspension brings errands with it."""
    kind = dataclasses.replace(REMOVAL, acts={Suspend: owes})
    desk = PureDesk(of_kind(kind, open_removal), policy, local("2026-03-02 10:00"))
    desk.open(removal_opening(tenure="t1"))
    return desk


async def test_a_step_owes_errands_and_the_case_carries_them_in_order(policy: Policy) -> None:
    desk = owing(policy)
    chair = somebody("LEADER_IN_CHARGE", "p-chair")
    await desk.send(asks(Suspend, chair, "r1", cause="detained", minutes_digest="a" * 64))
    start, tell = (event.private.errand for event in desk.of(ErrandOwed))
    assert isinstance(start, Start)
    assert isinstance(tell, Tell)
    assert [opening.target for opening in start.openings] == ["r2"]
    assert (tell.kind, tell.case_ids, tell.command.actor) == ("nomination", ("c1", "c2"), chair)
    assert tell.command.fits_its_claim()
    assert all(LATER.isoformat()[:10] not in str(event.plain()) for event in desk.of(ErrandOwed)), (
        "it is sealed"
    )
    assert errand(desk.current) == start
    desk.carry()
    assert errand(desk.current) == tell
    desk.carry()
    assert errand(desk.current) is None
    assert [event.number for event in desk.of(ErrandCarried)] == [1, 2]


async def test_a_step_that_owes_promises_what_carrying_it_asks_as_it_is_read_back(policy: Policy) -> None:
    desk = owing(policy)
    chair = somebody("LEADER_IN_CHARGE", "p-chair")
    await desk.send(asks(Suspend, chair, "r1", cause="detained", minutes_digest="a" * 64))
    for event in desk.of(ErrandOwed):
        back = build(event.type, event.version, event.plain(), event.personal())
        assert isinstance(back, ErrandOwed)
        assert back.promises == event.promises == promises(back.private.errand, "r1")
    assert [len(event.promises) for event in desk.of(ErrandOwed)] == [1, 2]


async def test_a_case_that_still_owes_an_errand_lives_on_after_its_file_is_closed(policy: Policy) -> None:
    desk = owing(policy)
    commission = Commission(desk)
    await commission.act("lead", "OPENED")
    await commission.act("first-look", "NO_CASE")
    await commission.act("first-look-sign", "CONFIRM")
    chair = somebody("LEADER_IN_CHARGE", "p-chair")
    await desk.send(asks(Suspend, chair, "r1", cause="detained", minutes_digest="a" * 64))
    await commission.closed()
    assert desk.current.filed
    assert desk.decider.closed(desk.current) is None
    desk.carry_all()
    assert desk.decider.closed(desk.current) == "NO_CASE"
