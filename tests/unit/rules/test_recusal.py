"""Who steps back, who decides on it, and who acts instead (SOD-06, SOD-07). No ban is ever relaxed."""

from typing import Any

import pytest

from contracts.actor import Ties
from contracts.commands.case import CompleteTask, DeclareConflict, ReassignTask, ReportConflict
from contracts.nominee import firm_digest
from contracts.vocabulary import TaskState
from tests.acting import completing, refused
from tests.asking import NOMINEE, asks, somebody
from tests.desks import PureDesk
from tests.office import INSPECTION, Office


def holder(person: str, **ties: Any) -> Ties:
    return Ties(person_id=person, **ties)


async def steps_back(office: Office, kind: str, person: str, *holders: Ties, known: bool = True) -> str:
    """The person steps back from the open task of a kind; its id."""
    task = (await office.desk.case()).open_tasks(kind)[0]
    asked = asks(
        DeclareConflict,
        somebody(task.role, person),
        task_id=task.id,
        ground="kin",
        reason="my wife's brother",
    )
    claim = asked.claim.model_copy(update={"others": holders if known else None})
    await office.desk.send(asked.model_copy(update={"claim": claim}))
    return task.id


async def inspecting(office: Office) -> None:
    await office.screened()
    await office.replies()
    await office.graded()


async def test_the_next_who_may_is_given_the_task_under_its_own_deadline(
    desk: PureDesk, office: Office
) -> None:
    await inspecting(office)
    due = desk.current.open_tasks("inspect")[0].due
    firm = holder("p-firm", firms=(firm_digest(NOMINEE.credit_code),))
    task = await steps_back(
        office, "inspect", "p-kin", holder("p-kin"), holder("p-nominator"), firm, holder("p-next")
    )
    given = desk.current.tasks[task]
    assert (given.claimed_by, given.due, given.state) == ("p-next", due, TaskState.OPEN)
    assert desk.current.conflicted == {"p-kin"}
    asked = await completing_one(office, task, "p-kin")
    await refused(desk, asked, "conflict-of-interest")


async def completing_one(office: Office, task_id: str, person: str) -> Any:
    task = (await office.desk.case()).tasks[task_id]
    return asks(
        CompleteTask,
        somebody(task.role, person),
        task_id=task_id,
        outcome=task.outcomes[0],
        form=INSPECTION,
        reason="r",
        seen=task.content_digest,
    )


async def test_without_a_list_of_holders_the_task_is_free_for_all_who_hold_the_role(
    desk: PureDesk, office: Office
) -> None:
    await inspecting(office)
    task = await steps_back(office, "inspect", "p-kin", known=False)
    assert desk.current.tasks[task].claimed_by is None
    await desk.send(await completing_one(office, task, "p-anybody"))


async def test_where_nobody_is_left_the_level_above_names_somebody(desk: PureDesk, office: Office) -> None:
    await inspecting(office)
    task = await steps_back(office, "inspect", "p-kin", holder("p-kin"), holder("p-nominator"))
    naming = await office.task("name-signer")
    assert naming.role == "UFWD"
    assert naming.about == "conflict.1"
    banned = await completing(
        office, "name-signer", somebody("UFWD"), form={"signer": "p-nominator"}, reason="r"
    )
    await refused(desk, banned, "recommender")
    await office.act("name-signer", "NAMED", form={"signer": "p-from-elsewhere"})
    assert desk.current.tasks[task].claimed_by == "p-from-elsewhere"
    named = await completing_one(office, task, "p-from-elsewhere")
    elsewhere = named.claim.actor.model_copy(update={"grants": (somebody("CLERK").grants[0],)})
    await desk.send(asks(type(named), elsewhere, **named.model_dump(exclude={"claim", "act", "place"})))


async def test_nobody_is_to_be_named_any_more_once_somebody_who_may_has_acted(
    desk: PureDesk, office: Office
) -> None:
    await inspecting(office)
    task = await steps_back(office, "inspect", "p-kin", holder("p-kin"))
    await office.task("name-signer")
    await desk.send(await completing_one(office, task, "p-new-here"))
    assert not desk.current.open_tasks("name-signer")


async def test_a_head_steps_back_only_when_the_level_above_says_so(desk: PureDesk, office: Office) -> None:
    await office.to_integrity()
    await office.act("opinion-draft", "NO_OBJECTION")
    task = await steps_back(office, "opinion-head", "p-disc-head-1")
    deciding = await office.task("recusal")
    assert deciding.role == "LEADER_IN_CHARGE"
    waits = await completing(office, "opinion-head", somebody("DISC_HEAD", "p-disc-head-1"))
    await refused(desk, waits, "conflict-of-interest")
    unnamed = await completing(office, "recusal", somebody("LEADER_IN_CHARGE"), reason="r")
    await refused(desk, unnamed, "form-invalid")
    own = somebody("LEADER_IN_CHARGE", "p-disc-head-1")
    await refused(
        desk,
        await completing(office, "recusal", own, form={"signer": "p-x"}, reason="r"),
        "conflict-of-interest",
    )
    await office.act("recusal", "RECUSED", form={"signer": "p-deputy-head"})
    assert desk.current.tasks[task].claimed_by == "p-deputy-head"
    await office.act("opinion-head", "NO_OBJECTION", actor=somebody("DISC_OFFICER", "p-deputy-head"))
    await office.act("opinion-leader", "NO_OBJECTION")
    assert desk.current.open_tasks("propose-department")


async def test_the_level_above_may_find_that_there_is_no_conflict(desk: PureDesk, office: Office) -> None:
    await office.to_integrity()
    await office.act("opinion-draft", "NO_OBJECTION")
    await steps_back(office, "opinion-head", "p-disc-head-1")
    await office.act("recusal", "NO_CONFLICT")
    assert desk.current.conflicted == frozenset()
    await office.act("opinion-head", "NO_OBJECTION")


async def test_anyone_on_the_case_may_say_that_another_may_not(desk: PureDesk, office: Office) -> None:
    await office.act("screen", "PASS")
    said = {"person_id": "p-screener-1", "ground": "creditor", "reason": "he lent him money"}
    await office.asks(ReportConflict, somebody("NOMINEE", "p-nominee"), **said)
    assert desk.current.conflicted == frozenset(), "facts are supplied, nothing is decided yet"
    await refused(desk, asks(ReportConflict, somebody("CLERK"), **said), "conflict-known")
    await office.act("recusal", "RECUSED")
    assert desk.current.conflicted == {"p-screener-1"}


@pytest.mark.parametrize("role", ["AUDITOR", "SYS_ADMIN", "POLICY_ADMIN"])
async def test_who_does_not_act_on_cases_says_nothing_either(desk: PureDesk, role: str) -> None:
    asked = asks(ReportConflict, somebody(role), person_id="p-screener-1", ground="other", reason="hearsay")
    await refused(desk, asked, "wrong-role")


@pytest.mark.parametrize("person", ["p-kin", "p-nominee", "p-nominator"])
async def test_nobody_is_given_a_task_on_which_they_may_not_act(
    desk: PureDesk, office: Office, person: str
) -> None:
    await inspecting(office)
    task = await steps_back(office, "inspect", "p-kin", known=False)
    asked = asks(ReassignTask, somebody("UFWD"), task_id=task, person_id=person, reason="r")
    code = "recommender" if person == "p-nominator" else "conflict-of-interest"
    await refused(desk, asked, code)
