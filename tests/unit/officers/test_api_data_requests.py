"""Requests about one's own data through the API: asked from one's own case, and shown to whoever answers."""

import asyncio
from typing import Any

import pytest

from contracts.actor import Grant
from contracts.commands.data_request import AskAboutData
from contracts.events.data_request import DataAnswerDue, DataRequested
from services.officers.desk.engine import Pending
from tests.events import AT
from tests.officers_rig import POLICY, Person, Rig, task_opened

NOMINEE = Grant(role="NOMINEE")
CLERK = Grant(role="CLERK", district="d01")


def asking(person: Person, **other: object) -> dict[str, Any]:
    said = {"policy": POLICY, "district": "d01", "case_id": "c1", "right": "correct"}
    return {**said, "name": person.name, "wanted": "任职起始日期有误，请更正", **other}


async def concerned(rig: Rig) -> Person:
    """Somebody with a case of theirs; what they open is recorded as its case would."""
    person = await rig.account(NOMINEE)
    await rig.batch()
    await rig.case("c1", person=person.person_id)
    await rig.tell(rig.stories["c1"], task_opened("c1", "declare"))

    async def opened(opening: Any) -> Pending:
        rig.story(opening.target, "data-request", opening.parent, "d01")
        asked = DataRequested(
            right=opening.right,
            person_id=opening.person_id,
            content_digest="d" * 64,
            private=opening.wish,
        )
        task = task_opened(opening.target, "answer-correction")
        await rig.record(opening, asked, task, DataAnswerDue(answer_by=AT))
        return Pending()

    rig.engine.opened = opened
    return person


async def test_whoever_asks_is_whom_it_is_about_and_sees_until_when_they_are_answered(rig: Rig) -> None:
    person = await concerned(rig)
    answer = await person.post("/v1/data-requests", asking(person))
    assert answer.status_code == 201, answer.text
    [command] = rig.engine.sent
    assert isinstance(command, AskAboutData)
    assert (command.person_id, command.parent) == (person.person_id, "c1")
    shown = (await person.get(answer.headers["Location"])).json()
    assert (shown["kind"], shown["state"], shown["facts"]["right"]) == (
        "data-request",
        "ANSWERING",
        "correct",
    )
    assert shown["facts"]["answer_by"] is not None
    assert shown["names"]["right"] == "Have it corrected"
    assert shown["dossier"]["wanted"] == asking(person)["wanted"]


async def test_whoever_answers_reads_what_is_asked_and_nobody_else_of_the_district_does(rig: Rig) -> None:
    person = await concerned(rig)
    clerk, other = await rig.account(CLERK), await rig.account(Grant(role="EVALUATOR", district="d01"))
    abroad = await rig.account(Grant(role="CLERK", district="d02"))
    place = (await person.post("/v1/data-requests", asking(person))).headers["Location"]
    [task] = [
        one for one in (await clerk.get("/v1/tasks")).json()["items"] if one["kind"] == "answer-correction"
    ]
    shown = (await clerk.get(f"/v1/tasks/{task['task_id']}")).json()
    assert asking(person)["wanted"] in str(shown)
    assert asking(person)["wanted"] not in (await other.get(place)).text
    assert (await abroad.get(place)).status_code == 404


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"case_id": "c2"}, 404, "unknown-case"),
        ({"case_id": "c-none"}, 404, "unknown-case"),
        ({"district": "d02"}, 422, "invalid"),
        ({"name": "另一人"}, 422, "identity-mismatch"),
        ({"policy": "2017.1"}, 422, "invalid"),
        ({"policy": "2099.1"}, 422, "unknown-policy"),
        ({"right": "forget"}, 422, "invalid"),
        ({"wanted": " "}, 422, "invalid"),
    ],
)
async def test_nobody_asks_from_another_s_case_nor_under_another_name(
    rig: Rig, changed: dict[str, object], status: int, code: str
) -> None:
    person = await concerned(rig)
    await rig.case("c2", person="p-somebody")
    answer = await person.post("/v1/data-requests", asking(person, **changed))
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert rig.engine.sent == []


async def test_an_office_that_one_holds_opens_no_case_of_somebody_else_s(rig: Rig) -> None:
    both = await rig.account(NOMINEE, CLERK)
    await rig.batch()
    await rig.case("c1", person="p-somebody")
    answer = await both.post("/v1/data-requests", asking(both))
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-case")
    clerk = await rig.account(CLERK)
    refused = await clerk.post("/v1/data-requests", asking(clerk))
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong-role")


async def test_the_same_is_not_asked_twice_before_it_is_answered(rig: Rig) -> None:
    person = await concerned(rig)
    first = await person.post("/v1/data-requests", asking(person), key="k-1")
    again = await person.post("/v1/data-requests", asking(person), key="k-1")
    assert (again.status_code, again.json()) == (201, first.json())
    second = await person.post("/v1/data-requests", asking(person))
    assert (second.status_code, second.json()["code"]) == (409, "data-request-open")
    assert (await person.post("/v1/data-requests", asking(person, right="inspect"))).status_code == 201


async def test_two_windows_that_ask_the_same_at_one_instant_ask_once(rig: Rig) -> None:
    """The second waits until the first can be read; what is another right is asked beside it."""
    person = await concerned(rig)
    answers = await asyncio.gather(
        *(person.post("/v1/data-requests", asking(person)) for _ in range(3)),
        person.post("/v1/data-requests", asking(person, right="erase")),
    )
    assert sorted(one.status_code for one in answers) == [201, 201, 409, 409]
    assert {one.json()["code"] for one in answers if one.status_code == 409} == {"data-request-open"}
    assert sorted(one.right for one in rig.engine.sent if isinstance(one, AskAboutData)) == [
        "correct",
        "erase",
    ]
