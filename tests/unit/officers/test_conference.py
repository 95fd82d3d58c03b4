"""The agenda of the joint conference: silent departments, whatever else is at T+5, and what was decided by minutes."""

import pytest

from contracts.actor import Grant, Signer
from contracts.events.base import Event
from contracts.events.task import Answer, RungReached, TaskCompleted
from contracts.vocabulary import Rung, Stage
from tests.officers_rig import DIGEST, START, Rig, task_opened

LEAD = Grant(role="UFWD", district="d01")
THERE = Signer(account_id="a9", person_id="p9", role="UFWD")
MINUTES = {"meeting_on": "2026-03-23", "minutes_digest": "e" * 64}


def rung(task: str, kind: str, which: Rung, unit: str = "") -> Event:
    return RungReached(
        task_id=task,
        kind=kind,
        stage=Stage.SCREENING,
        unit=unit,
        round=1,
        rung=which,
        planned=START,
        due=START,
        to=(),
    )


def at_t_plus_5(task: str, kind: str) -> tuple[Event, ...]:
    """The last rung of a late task, and the item that it is of the conference then."""
    item = task_opened(task.partition(".")[0], "overdue", about=f"task:{task}")
    return rung(task, kind, Rung.CONFERENCE), item


def decided(kind: str, outcome: str, unit: str = "") -> Event:
    """What the conference says, by its minutes."""
    return TaskCompleted(
        task_id=f"c1.{kind}.1.{unit + '.' if unit else ''}1",
        kind=kind,
        stage=Stage.CONSULTATION,
        unit=unit,
        outcome=outcome,
        answer_digest=DIGEST,
        private=Answer(form=MINUTES, reason="两次催办未复"),
    )


async def test_what_is_at_t_plus_5_waits_once_and_what_is_only_late_does_not(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    await rig.tell(story, rung("c1.screen.1.1", "screen", Rung.RED))
    person = await rig.account(LEAD)
    assert (await person.get("/v1/conference/awaiting")).json()["items"] == []
    await rig.tell(story, *at_t_plus_5("c1.screen.1.1", "screen"))
    (item,) = (await person.get("/v1/conference/awaiting")).json()["items"]
    assert (item["task_id"], item["silent"]) == ("c1.screen.1.1", False)
    assert item["names"]["kind"] == "Check eligibility"


async def test_matters_say_whom_they_are_about_to_the_team_alone_and_that_is_noted(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    await rig.tell(story, *at_t_plus_5("c1.screen.1.1", "screen"))
    person, auditor = await rig.account(LEAD), await rig.account(Grant(role="AUDITOR"))
    (matter,) = (await person.get("/v1/conference/awaiting")).json()["items"]
    (listed,) = (await person.get("/v1/cases")).json()["items"]
    assert matter["nominee"] == listed["nominee"] is not None
    (hidden,) = (await auditor.get("/v1/conference/awaiting")).json()["items"]
    assert hidden["nominee"] is None
    lines = (await auditor.get("/v1/journal", what="list", reader=person.person_id)).json()["items"]
    assert [(one["target"], one["fields"]) for one in lines] == [("conference", ["c1"]), ("cases", ["c1"])]


async def test_a_silent_department_is_one_item_however_late_its_own_task_is(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    await rig.tell(story, task_opened("c1", "reply", "tax"), task_opened("c1", "reply", "police"))
    for unit in ("tax", "police"):
        await rig.tell(story, rung(f"c1.reply.1.{unit}.1", "reply", Rung.CONFERENCE, unit))
    await rig.tell(story, task_opened("c1", "conference", "tax"))
    person = await rig.account(LEAD)
    items = (await person.get("/v1/conference/awaiting")).json()["items"]
    assert [(one["kind"], one["unit"], one["silent"]) for one in items] == [
        ("conference", "tax", True),
    ]
    await rig.tell(story, decided("conference", "EXTENDED", "tax"), actor=THERE)
    assert (await person.get("/v1/conference/awaiting")).json()["items"] == [], "it has its last extension"


async def test_what_the_conference_said_of_a_late_task_is_decided_and_off_the_agenda(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    await rig.tell(story, *at_t_plus_5("c1.screen.1.1", "screen"))
    await rig.tell(story, decided("overdue", "URGED"), actor=THERE)
    person = await rig.account(LEAD)
    assert (await person.get("/v1/conference/awaiting")).json()["items"] == []
    (said,) = (await person.get("/v1/conference/decided")).json()["items"]
    assert (said["kind"], said["outcome"], said["meeting_on"]) == ("overdue", "URGED", MINUTES["meeting_on"])
    assert (said["late"], said["names"]["late"]) == ("screen", "Check eligibility")


async def test_what_was_decided_shows_its_minutes_and_waits_no_more(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    await rig.tell(story, task_opened("c1", "conference", "tax"))
    await rig.tell(story, decided("conference", "CLOSED_NO_REPLY", "tax"), actor=THERE)
    person = await rig.account(LEAD)
    assert (await person.get("/v1/conference/awaiting")).json()["items"] == []
    answer = await person.get("/v1/conference/decided")
    (item,) = answer.json()["items"]
    assert (item["outcome"], item["meeting_on"], item["minutes_digest"]) == (
        "CLOSED_NO_REPLY",
        MINUTES["meeting_on"],
        MINUTES["minutes_digest"],
    )
    assert "两次催办未复" not in answer.text


async def test_the_agenda_is_of_ones_own_districts_and_pages(rig: Rig) -> None:
    await rig.batch()
    for number in range(1, 4):
        story = await rig.case(f"c{number}", "d01" if number < 3 else "d02", serial=number)
        await rig.tell(story, *at_t_plus_5(f"c{number}.screen.1.1", "screen"))
    person = await rig.account(LEAD)
    first = (await person.get("/v1/conference/awaiting", limit=1)).json()
    second = (await person.get("/v1/conference/awaiting", limit=1, cursor=first["next"])).json()
    assert [one["case_id"] for one in first["items"] + second["items"]] == ["c1", "c2"]
    assert second["next"] is None


@pytest.mark.parametrize("kind", ["check-report", "note-report", "confirm-pause"])
async def test_that_a_secret_check_is_late_is_told_to_nobody_but_whoever_acts_on_it(
    rig: Rig, kind: str
) -> None:
    await rig.batch()
    story = await rig.case("c1")
    late, item = at_t_plus_5(f"c1.{kind}.1.1", kind)
    await rig.tell(story, task_opened("c1", kind), late, item)
    for role, sees in (("UFWD", True), ("ELECTION_OFFICE", False), ("SCREENER", False), ("DISC_HEAD", True)):
        person = await rig.account(Grant(role=role, district="d01"))
        found = await person.get("/v1/tasks/c1.overdue.1.1")
        assert found.status_code == (200 if sees else 404), role
        timeline = (await person.get("/v1/cases/c1/timeline")).text
        assert (kind in timeline) == sees, role


@pytest.mark.parametrize("kind", ["check-report", "note-report", "confirm-pause"])
async def test_what_was_said_of_a_late_check_that_is_secret_says_of_which_to_whoever_may_know_it(
    rig: Rig, kind: str
) -> None:
    await rig.batch()
    story = await rig.case("c1")
    late, item = at_t_plus_5(f"c1.{kind}.1.1", kind)
    await rig.tell(story, task_opened("c1", kind), late, item)
    await rig.tell(story, decided("overdue", "URGED"), actor=THERE)
    for role, sees in (("UFWD", [kind]), ("ELECTION_OFFICE", []), ("AUDITOR", [kind]), ("DISC_HEAD", [])):
        person = await rig.account(Grant(role=role, district="d01"))
        found = (await person.get("/v1/conference/decided")).json().get("items", [])
        assert [one["late"] for one in found] == sees, role
