"""An absent officer's task moves on, once, and stays with nobody in silence (domain §8.5, SOD-12)."""

import pytest

from contracts.actor import ACCOUNT_KEEPER, Ties
from contracts.commands.case import ClaimTask, PassOn
from contracts.events.task import Handing, TaskReassigned, TaskReleased
from contracts.vocabulary import Rung, TaskState
from tests.acting import completing, refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk
from tests.office import Office
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]
ABSENT = somebody("SCREENER", "p-absent")


def passes(desk: Work, *holders: str, known: bool = True) -> PassOn:
    """The absent screener passes the eligibility check on."""
    (task,) = desk.current.open_tasks("screen")
    asked = asks(PassOn, ABSENT, task_id=task.id, reason="on leave")
    others = tuple(Ties(person_id=person) for person in holders)
    claim = asked.claim.model_copy(update={"others": others if known else None})
    return asked.model_copy(update={"claim": claim})


async def claimed(desk: Work, office: Office) -> str:
    task = await office.task("screen")
    await desk.send(asks(ClaimTask, ABSENT, task_id=task.id))
    return task.id


async def test_the_next_who_may_is_given_it_under_its_own_deadline_and_the_absent_may_come_back(
    desk: Work, office: Office
) -> None:
    task = await claimed(desk, office)
    due = desk.current.tasks[task].due
    await desk.send(passes(desk, "p-nominator", "p-next"))
    given = desk.current.tasks[task]
    assert (given.claimed_by, given.due, given.state) == ("p-next", due, TaskState.OPEN)
    assert desk.current.conflicted == frozenset(), "nothing keeps the absent from the case"
    await refused(desk, passes(desk, "p-third"), "claimed-by-other")
    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-next"))


async def test_where_nobody_is_left_the_level_above_names_somebody(desk: Work, office: Office) -> None:
    task = await claimed(desk, office)
    await desk.send(passes(desk, "p-nominator"))
    naming = await office.task("name-signer")
    assert naming.about == f"task:{task}"
    await desk.send(passes(desk, "p-nominator"))
    assert len(desk.current.open_tasks("name-signer")) == 1
    banned = somebody(naming.role)
    asked = await completing(office, "name-signer", banned, form={"signer": "p-nominator"}, reason="r")
    await refused(desk, asked, "recommender")
    await office.act("name-signer", "NAMED", form={"signer": "p-elsewhere"})
    assert desk.current.tasks[task].claimed_by == "p-elsewhere"


def by_the_keeper(desk: Work, *holders: str, of: str = "p-absent") -> PassOn:
    """The keeper of accounts says it of a person who stands in the register of the absent."""
    passed = passes(desk, *holders)
    claim = passed.claim.model_copy(update={"actor": ACCOUNT_KEEPER})
    return passed.model_copy(update={"claim": claim, "of": of})


async def test_of_whoever_is_on_the_register_the_keeper_of_accounts_passes_on_what_they_have_claimed(
    desk: Work, office: Office
) -> None:
    task = await claimed(desk, office)
    await refused(desk, by_the_keeper(desk, "p-next", of="p-other"), "not-claimed")
    await desk.send(by_the_keeper(desk, "p-nominator", "p-next"))
    assert desk.current.tasks[task].claimed_by == "p-next"
    released, given = desk.of(TaskReleased)[-1], desk.of(TaskReassigned)[-1]
    assert [released.private, given.private] == [Handing(reason="on leave")] * 2, "the record says why"
    await refused(desk, by_the_keeper(desk, "p-third"), "not-claimed")


async def test_what_nobody_claimed_and_nobody_else_is_there_for_is_put_to_the_level_above(
    desk: Work, office: Office
) -> None:
    (task,) = desk.current.open_tasks("screen")
    await refused(desk, by_the_keeper(desk, "p-next"), "not-claimed")
    assert desk.current.tasks[task.id].claimed_by is None, "a colleague who is there may take it"
    await desk.send(by_the_keeper(desk))
    assert [one.about for one in desk.current.open_tasks("name-signer")] == [f"task:{task.id}"]


async def test_a_colleague_who_is_there_and_may_not_is_nobody_who_could_do_it(
    desk: Work, office: Office
) -> None:
    (task,) = desk.current.open_tasks("screen")
    await refused(desk, by_the_keeper(desk, "p-nominator", "p-next"), "not-claimed")
    await desk.send(by_the_keeper(desk, "p-nominator"))
    assert [one.about for one in desk.current.open_tasks("name-signer")] == [f"task:{task.id}"]


async def test_nobody_else_passes_on_what_is_another_s(desk: Work, office: Office) -> None:
    await claimed(desk, office)
    asked = passes(desk, "p-next").model_copy(update={"of": "p-absent"})
    await refused(desk, asked, "wrong-role")


async def test_nobody_is_to_be_named_for_what_was_done_meanwhile(desk: Work, office: Office) -> None:
    await claimed(desk, office)
    await desk.send(passes(desk))
    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-back"))
    assert desk.current.open_tasks("name-signer") == []


async def test_without_knowing_who_else_holds_the_role_it_is_free_for_all_of_them(
    desk: Work, office: Office
) -> None:
    task = await claimed(desk, office)
    await desk.send(passes(desk, known=False))
    assert desk.current.tasks[task].claimed_by is None


async def test_whoever_may_not_act_passes_nothing_on(desk: Work, office: Office) -> None:
    (task,) = desk.current.open_tasks("screen")
    stranger = asks(PassOn, somebody("CLERK", "p-clerk"), task_id=task.id, reason="r")
    await refused(desk, stranger, "wrong-role")


async def test_what_was_claimed_and_is_late_is_free_for_others_once(desk: Work, office: Office) -> None:
    task = await claimed(desk, office)
    await desk.until(local("2026-03-10 08:59"))
    assert desk.current.tasks[task].claimed_by == "p-absent"
    await desk.until(local("2026-03-10 09:00"))
    assert Rung.YELLOW in desk.current.tasks[task].fired
    assert desk.current.tasks[task].claimed_by is None
    await desk.send(asks(ClaimTask, somebody("SCREENER", "p-other"), task_id=task))
    await desk.until(local("2026-03-20 10:00"))
    assert desk.current.tasks[task].claimed_by == "p-other"
    assert len(desk.of(TaskReleased)) == 1


@pytest.mark.parametrize("named", [True, False])
async def test_what_the_level_above_gave_to_somebody_by_name_stays_theirs(
    desk: Work, office: Office, named: bool
) -> None:
    task = await claimed(desk, office)
    if named:
        await desk.send(passes(desk))
        await office.act("name-signer", "NAMED", form={"signer": "p-elsewhere"})
        assert desk.of(TaskReassigned)
    await desk.until(local("2026-03-10 10:00"))
    assert desk.current.tasks[task].claimed_by == ("p-elsewhere" if named else None)
