"""What was claimed by somebody whose account is closed, or who lost the role, is free again (faults M13)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contracts.actor import ACCOUNT_KEEPER, Grant
from contracts.commands.base import Accepted, Command
from contracts.commands.case import ReleaseTask
from contracts.events.task import TaskClaimed, TaskReassigned
from services.kit.claims import ClaimChecker
from services.officers.desk.freeing import Freeing
from services.officers.web.problems import RefusedError
from tests.access_office import AccessOffice
from tests.officers_rig import Person, Rig

TASK = "c1.screen.1.1"
SCREENER = Grant(role="SCREENER", district="d01")


async def claimed_by(rig: Rig, person: Person) -> AccessOffice:
    """A task that the person has claimed, and the two who administer accounts."""
    await rig.batch()
    story = await rig.case("c1")
    await rig.tell(story, TaskClaimed(task_id=TASK, person_id=person.person_id))
    return await AccessOffice.of(rig)


def freed(rig: Rig) -> list[ReleaseTask]:
    return [one for one in rig.engine.sent if isinstance(one, ReleaseTask)]


@pytest.mark.parametrize("how", ["disable", "grants"])
async def test_a_claim_of_somebody_who_can_do_nothing_with_it_is_ended(
    rig: Rig, tmp_path: Path, how: str
) -> None:
    person = await rig.account(SCREENER)
    office = await claimed_by(rig, person)
    freeing = Freeing(rig.office.database, rig.office.desk)
    assert await freeing.round() == 0, "whoever holds the role keeps what they claimed"
    body = {"grants": []} if how == "grants" else {}
    asked = await office.about(person.account_id, how, **body)
    if how == "grants":
        await office.granted(asked)
    assert await freeing.round() == 1
    [command] = freed(rig)
    assert (command.task_id, command.of, command.actor) == (TASK, person.person_id, ACCOUNT_KEEPER)
    assert command.fits_its_claim()
    assert ClaimChecker.load(tmp_path / "keys" / "public").fault(command.claim) is None
    await freeing.round()
    assert freed(rig)[-1].command_id == command.command_id, "asked again it is the same command"


async def test_what_was_given_by_name_and_what_a_deputy_claimed_stays(rig: Rig) -> None:
    person, deputy = await rig.account(SCREENER), await rig.account(Grant(role="CLERK", district="d01"))
    await rig.batch()
    story = await rig.case("c1")
    other = await rig.case("c2", serial=2)
    named = await rig.account(Grant(role="CLERK", district="d01"))
    await rig.tell(story, TaskReassigned(task_id=TASK, person_id=named.person_id, named=True))
    await rig.tell(other, TaskClaimed(task_id="c2.screen.1.1", person_id=deputy.person_id))
    now = datetime.now(UTC)
    days = {"starts": now.isoformat(), "ends": (now + timedelta(days=2)).isoformat()}
    entered = await person.post("/v1/deputies", {"deputy": deputy.person_id, "reason": "on leave", **days})
    assert entered.status_code == 201, entered.text
    assert await Freeing(rig.office.database, rig.office.desk).round() == 0
    assert freed(rig) == []


async def test_what_a_deputy_claimed_is_free_when_only_somebody_else_is_stood_in_for(rig: Rig) -> None:
    person, deputy = await rig.account(SCREENER), await rig.account(Grant(role="CLERK", district="d01"))
    elsewhere = await rig.account(Grant(role="SCREENER", district="d02"))
    await rig.batch()
    story = await rig.case("c1")
    await rig.tell(story, TaskClaimed(task_id=TASK, person_id=deputy.person_id))
    now = datetime.now(UTC)
    days = {"starts": now.isoformat(), "ends": (now + timedelta(days=2)).isoformat()}
    entries = [
        await one.post("/v1/deputies", {"deputy": deputy.person_id, "reason": "on leave", **days})
        for one in (person, elsewhere)
    ]
    keeper = Freeing(rig.office.database, rig.office.desk)
    assert await keeper.round() == 0
    over = await person.post(f"/v1/deputies/{entries[0].json()['entry_id']}/end")
    assert over.status_code == 200, over.text
    assert await Freeing(rig.office.database, rig.office.desk).round() == 1
    assert [one.task_id for one in freed(rig)] == [TASK]


async def test_what_cannot_be_freed_now_keeps_nobody_else_waiting(rig: Rig) -> None:
    person = await rig.account(SCREENER)
    office = await claimed_by(rig, person)
    story = await rig.case("c2", serial=2)
    await rig.tell(story, TaskClaimed(task_id="c2.screen.1.1", person_id=person.person_id))
    await office.about(person.account_id, "disable")
    sent: list[str] = []

    def answers(command: Command) -> Accepted | Exception:
        sent.append(command.target)
        return (
            RefusedError("not-claimed")
            if command.target == "c1"
            else Accepted(case_id=command.target, sequence=3, index=-1)
        )

    rig.engine.answers = answers
    assert await Freeing(rig.office.database, rig.office.desk).round() == 2
    assert sorted(sent) == ["c1", "c2"]
