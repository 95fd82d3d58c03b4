"""What an absent person has claimed moves to the next by itself, once for each absence (domain §8.5)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.actor import ACCOUNT_KEEPER, Grant, Signer
from contracts.commands.base import Accepted, Command
from contracts.commands.case import PassOn
from contracts.events.conflict import Conflict, ConflictDeclared
from contracts.events.task import Answer, TaskClaimed, TaskCompleted, TaskReassigned, TaskReleased
from contracts.vocabulary import Stage
from services.kit.claims import ClaimChecker
from services.officers.desk.moving import LeftAlone, Moving
from services.officers.identity.scope import SYS_ADMIN
from tests.officers_rig import Person, Rig, task_opened

TASK = "c1.screen.1.1"
SCREENER = Grant(role="SCREENER", district="d01")
NOW = datetime.now(UTC)


def away(days: int = 3, since: int = -1, **more: Any) -> dict[str, Any]:
    starts, ends = NOW + timedelta(days=since), NOW + timedelta(days=days)
    return {"starts": starts.isoformat(), "ends": ends.isoformat(), "reason": "on leave", **more}


async def claims(rig: Rig, person: Person, case: str = "c1", serial: int = 1) -> None:
    """The case's first task is the person's."""
    story = await rig.case(case, serial=serial)
    await rig.tell(story, TaskClaimed(task_id=f"{case}.screen.1.1", person_id=person.person_id))


def moving(rig: Rig) -> Moving:
    return Moving(rig.office.database, rig.office.desk, rig.office.policy, rig.office.own_keys)


def passed(rig: Rig) -> list[PassOn]:
    return [one for one in rig.engine.sent if isinstance(one, PassOn)]


async def entered(person: Person, **said: Any) -> str:
    answer = await person.post("/v1/absences", away(**said))
    assert answer.status_code == 201, answer.text
    ident: str = answer.json()["absence_id"]
    return ident


async def test_all_that_an_absent_person_claimed_goes_to_the_next_who_is_there(
    rig: Rig, tmp_path: Path
) -> None:
    person, other, third = [await rig.account(SCREENER) for _ in range(3)]
    await rig.batch()
    await claims(rig, person)
    await claims(rig, person, "c2", serial=2)
    assert await moving(rig).round() == 0, "whoever is there keeps what they claimed"
    await entered(person)
    await entered(third)
    assert await moving(rig).round() == 2
    first, second = passed(rig)
    assert [first.task_id, second.task_id] == [TASK, "c2.screen.1.1"]
    for one in (first, second):
        assert (one.of, one.reason, one.actor) == (person.person_id, "on leave", ACCOUNT_KEEPER)
        assert [tied.person_id for tied in one.claim.others or ()] == [other.person_id]
        assert ClaimChecker.load(tmp_path / "keys" / "public").fault(one.claim) is None


async def test_it_moves_once_for_the_absence_and_what_moved_is_looked_for_no_more(rig: Rig) -> None:
    person, other = await rig.account(SCREENER), await rig.account(SCREENER)
    await rig.batch()
    await claims(rig, person)
    await entered(person)
    going = moving(rig)
    await going.round()
    await moving(rig).round()
    first, again = passed(rig)
    assert (first.command_id, first.body_digest) == (again.command_id, again.body_digest)
    given = TaskReassigned(task_id=TASK, person_id=other.person_id)
    await rig.tell(rig.stories["c1"], TaskReleased(task_id=TASK), given)
    assert await moving(rig).round() == 0


async def test_what_a_deputy_may_do_meanwhile_stays_and_so_does_what_is_asked_of_the_person(rig: Rig) -> None:
    person, deputy = await rig.account(SCREENER), await rig.account(Grant(role="CLERK", district="d01"))
    await rig.batch()
    await claims(rig, person)
    deputising = {"deputy": deputy.person_id, **away()}
    assert (await person.post("/v1/deputies", deputising)).status_code == 201
    await entered(person)
    assert await moving(rig).round() == 0


def alone(rig: Rig) -> LeftAlone:
    return LeftAlone(rig.office.database, rig.office.desk, rig.office.policy, rig.office.own_keys)


async def test_what_nobody_else_is_there_for_is_put_to_the_level_above(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    await rig.account(Grant(role="SCREENER", district="d02"))
    await rig.batch()
    story = await rig.case("c1")
    assert await alone(rig).round() == 0, "the person is there"
    await entered(person)
    assert await moving(rig).round() == 0, "nobody has claimed it"
    assert await alone(rig).round() == 1
    [command] = passed(rig)
    assert (command.task_id, command.of, command.claim.others) == (TASK, person.person_id, ())
    await rig.tell(story, task_opened("c1", "name-signer", about=f"task:{TASK}", role="UFWD"))
    assert await alone(rig).round() == 0, "the level above is asked already"


async def test_what_a_colleague_or_a_deputy_is_there_for_waits_for_them(rig: Rig) -> None:
    person, colleague = await rig.account(SCREENER), await rig.account(SCREENER)
    await rig.batch()
    await rig.case("c1")
    await entered(person)
    assert await alone(rig).round() == 0
    deputy = await rig.account(Grant(role="CLERK", district="d01"))
    for one in (person, colleague):
        deputising = {"deputy": deputy.person_id, **away()}
        assert (await one.post("/v1/deputies", deputising)).status_code == 201
    await entered(colleague)
    assert await alone(rig).round() == 0


async def deputised(person: Person, deputy: Person) -> None:
    answer = await person.post("/v1/deputies", {"deputy": deputy.person_id, **away()})
    assert answer.status_code == 201, answer.text


async def test_a_deputy_who_is_absent_too_does_nothing_and_passes_nothing_on(rig: Rig) -> None:
    person, other = await rig.account(SCREENER), await rig.account(SCREENER)
    deputy, third = [await rig.account(Grant(role="CLERK", district="d01")) for _ in range(2)]
    await rig.batch()
    await claims(rig, person)
    await deputised(person, deputy)
    await deputised(deputy, third)
    await entered(person)
    assert await moving(rig).round() == 0
    await entered(deputy)
    assert await moving(rig).round() == 1
    (one,) = passed(rig)
    assert [tied.person_id for tied in one.claim.others or ()] == [other.person_id]


async def test_where_the_deputy_is_absent_too_the_level_above_is_asked(rig: Rig) -> None:
    person, deputy = await rig.account(SCREENER), await rig.account(Grant(role="CLERK", district="d01"))
    await rig.batch()
    await rig.case("c1")
    await deputised(person, deputy)
    await entered(person)
    assert await alone(rig).round() == 0
    back = await entered(deputy)
    assert await alone(rig).round() == 1
    assert (await deputy.post(f"/v1/absences/{back}/end")).status_code == 200
    assert await alone(rig).round() == 0


async def test_what_the_deputy_of_an_absent_colleague_can_do_waits_for_the_deputy(rig: Rig) -> None:
    person, colleague = await rig.account(SCREENER), await rig.account(SCREENER)
    deputy = await rig.account(Grant(role="CLERK", district="d01"))
    await rig.batch()
    await rig.case("c1")
    await deputised(colleague, deputy)
    await entered(person)
    await entered(colleague)
    assert await alone(rig).round() == 0


@pytest.mark.parametrize("as_deputy", [False, True])
async def test_who_signed_beside_it_or_stepped_back_is_nobody_who_could_do_it(
    rig: Rig, as_deputy: bool
) -> None:
    checker = Grant(role="SECOND_CHECKER", district="d01")
    person = await rig.account(checker)
    other = await rig.account(Grant(role="CLERK", district="d01") if as_deputy else checker)
    await rig.batch()
    for case in ("c1", "c2", "c3"):
        await rig.tell(await rig.case(case, serial=int(case[1])), task_opened(case, "screen-sign"))
    if as_deputy:
        await deputised(person, other)
    passes = TaskCompleted(
        task_id="c1.screen.1.1",
        kind="screen",
        stage=Stage.SCREENING,
        unit="",
        outcome="PASS",
        answer_digest="e" * 64,
        private=Answer(form={}, reason=""),
    )
    signer = Signer(account_id=other.account_id, person_id=other.person_id, role="SCREENER")
    await rig.tell(rig.stories["c1"], passes, actor=signer)
    declared = ConflictDeclared(
        conflict=1,
        task_id=None,
        person_id=other.person_id,
        awaits=False,
        private=Conflict(ground="other", reason="kin"),
    )
    await rig.tell(rig.stories["c2"], declared)
    await entered(person)
    await alone(rig).round()
    assert [one.target for one in passed(rig) if ".screen-sign." in one.task_id] == ["c1", "c2"]


async def test_entries_that_overlap_are_one_absence(rig: Rig) -> None:
    person, _ = await rig.account(SCREENER), await rig.account(SCREENER)
    await rig.batch()
    await claims(rig, person)
    await entered(person, days=5)
    await entered(person, since=-2)
    assert await moving(rig).round() == 1


async def test_an_absence_that_is_to_come_or_over_moves_nothing(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    await rig.batch()
    await claims(rig, person)
    await entered(person, since=1)
    lasting = await entered(person)
    assert await moving(rig).round() == 1
    back = await person.post(f"/v1/absences/{lasting}/end")
    assert back.status_code == 200, back.text
    assert datetime.fromisoformat(back.json()["ends"]) < NOW + timedelta(days=1)
    assert await moving(rig).round() == 0


async def test_a_task_that_cannot_be_moved_keeps_no_other_where_it_is(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    await rig.batch()
    await claims(rig, person)
    await claims(rig, person, "c2", serial=2)
    await entered(person)

    def answers(command: Command) -> Accepted | Exception:
        return ZeroDivisionError() if command.target == "c1" else Accepted(case_id="c2", sequence=3, index=-1)

    rig.engine.answers = answers
    assert await moving(rig).round() == 2
    assert [one.target for one in passed(rig)] == ["c1", "c2"]


async def test_one_enters_ones_own_absence_and_the_system_administrator_anybody_s(rig: Rig) -> None:
    person, other = await rig.account(SCREENER), await rig.account(SCREENER)
    admin = await rig.account(Grant(role=SYS_ADMIN))
    for who, status in ((other, 403), (admin, 201), (person, 201)):
        said = await who.post("/v1/absences", away(person_id=person.person_id))
        assert said.status_code == status, said.text
    listed = (await person.get("/v1/absences")).json()["items"]
    assert [one["person_id"] for one in listed] == [person.person_id] * 2
    assert (await other.get("/v1/absences")).json()["items"] == []
    ident = listed[0]["absence_id"]
    assert (await other.post(f"/v1/absences/{ident}/end")).status_code == 403
    assert (await other.post("/v1/absences/nothing/end")).status_code == 404
    assert (await admin.post(f"/v1/absences/{ident}/end")).status_code == 200


@pytest.mark.parametrize("said", [{"days": -1, "since": -2}, {"days": 1, "since": 2}])
async def test_an_absence_that_is_over_or_ends_before_it_begins_is_none(
    rig: Rig, said: dict[str, int]
) -> None:
    person = await rig.account(SCREENER)
    answer = await person.post("/v1/absences", away(**said))
    assert (answer.status_code, answer.json()["code"]) == (422, "absence-invalid")


async def test_nobody_is_entered_whom_the_office_does_not_know(rig: Rig) -> None:
    admin = await rig.account(Grant(role=SYS_ADMIN))
    answer = await admin.post("/v1/absences", away(person_id="p-nobody"))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
