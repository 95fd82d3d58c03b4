"""Acting through the API: once per key, refused acts recorded, answered when the record has it."""

import asyncio
from typing import Any

import pytest

from contracts.actor import Grant
from contracts.commands.base import Accepted, Command
from contracts.commands.case import CompleteTask
from contracts.events.task import TaskClaimed
from services.officers.desk.engine import Pending
from services.officers.web.problems import RefusedError
from tests.officers_rig import Person, Rig

SCREENER = Grant(role="SCREENER", district="d01")
PASS = {"outcome": "PASS", "seen": "d" * 64}
TASK = "/v1/tasks/c1.screen.1.1"


async def screener(rig: Rig) -> Person:
    await rig.batch()
    await rig.case("c1")
    return await rig.account(SCREENER)


async def refusals(rig: Rig) -> list[dict[str, Any]]:
    auditor = await rig.account(Grant(role="AUDITOR"))
    items: list[dict[str, Any]] = (await auditor.get("/v1/record/refusals")).json()["items"]
    return items


def refusing(code: str, sentence: str = "because") -> Any:
    return lambda command: RefusedError(code, sentence)


async def test_an_act_is_sent_with_the_actor_of_the_token_and_answered_with_the_receipt(rig: Rig) -> None:
    person = await screener(rig)
    rig.engine.answers = lambda command: Accepted(case_id="c1", sequence=2, index=41)
    done = await person.post(f"{TASK}/outcome", {**PASS, "reason": "complete"}, key="k1")
    assert done.status_code == 200
    assert done.json()["case_id"] == "c1"
    assert (done.json()["sequence"], done.json()["index"]) == (2, 41)
    [command] = rig.engine.sent
    assert isinstance(command, CompleteTask)
    assert (command.actor.account_id, command.actor.person_id) == (person.account_id, person.person_id)
    assert command.actor.grants == (SCREENER,)
    assert (command.outcome, command.reason, command.seen) == ("PASS", "complete", "d" * 64)


async def test_the_actor_never_comes_from_the_body(rig: Rig) -> None:
    person = await screener(rig)
    for field in ("actor", "account_id", "person_id", "command_id", "case_id"):
        answer = await person.post(f"{TASK}/outcome", {**PASS, field: "p-other"})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert rig.engine.sent == []


async def test_the_same_key_and_body_get_the_same_answer_and_one_effect(rig: Rig) -> None:
    person = await screener(rig)
    index = iter(range(100))
    rig.engine.answers = lambda command: Accepted(case_id="c1", sequence=2, index=next(index))
    first = await person.post(f"{TASK}/outcome", PASS, key="k1")
    again = await person.post(f"{TASK}/outcome", PASS, key="k1")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert len(rig.engine.sent) == 1


@pytest.mark.parametrize("other", [{**PASS, "outcome": "RETURN", "reason": "r"}, {**PASS, "reason": "more"}])
async def test_the_same_key_with_another_body_is_refused(rig: Rig, other: dict[str, Any]) -> None:
    person = await screener(rig)
    await person.post(f"{TASK}/outcome", PASS, key="k1")
    refused = await person.post(f"{TASK}/outcome", other, key="k1")
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency-key-reused")
    elsewhere = await person.post(f"{TASK}/claim", key="k1")
    assert elsewhere.json()["code"] == "idempotency-key-reused"
    assert len(rig.engine.sent) == 1


async def test_one_key_of_two_accounts_is_two_keys(rig: Rig) -> None:
    person, other = await screener(rig), await rig.account(SCREENER)
    await person.post(f"{TASK}/outcome", PASS, key="k1")
    await other.post(f"{TASK}/outcome", PASS, key="k1")
    first, second = rig.engine.sent
    assert first.command_id != second.command_id


async def test_many_at_once_under_one_key_send_one_command_id(rig: Rig) -> None:
    person = await screener(rig)
    rig.engine.answers = lambda command: Accepted(case_id="c1", sequence=2, index=5)
    answers = await asyncio.gather(*(person.post(f"{TASK}/outcome", PASS, key="k1") for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len({command.command_id for command in rig.engine.sent}) == 1


@pytest.mark.parametrize("key", ["", "a b", "x" * 121, "a/b", "<k>"])
async def test_a_write_without_a_usable_key_is_refused(rig: Rig, key: str) -> None:
    person = await screener(rig)
    headers = {"Authorization": f"Bearer {person.token}"}
    if key:
        headers["Idempotency-Key"] = key
    answer = await rig.client.post(f"{TASK}/outcome", json=PASS, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-missing")


REFUSED = [
    ("same-person", 403),
    ("wrong-role", 403),
    ("separation-of-duty", 403),
    ("recommender", 403),
    ("stale-digest", 412),
    ("outcome-not-allowed", 422),
    ("task-closed", 409),
    ("case-ended", 409),
    ("past-deadline", 409),
    ("claimed-by-other", 409),
]


@pytest.mark.parametrize(("code", "status"), REFUSED)
async def test_a_rules_refusal_is_a_problem_of_its_own_recorded_and_kept(
    rig: Rig, code: str, status: int
) -> None:
    person = await screener(rig)
    rig.engine.answers = refusing(code)
    refused = await person.post(f"{TASK}/outcome", PASS, key="k1")
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["detail"] == "because"
    rig.engine.answers = lambda command: Accepted(case_id="c1", sequence=2, index=1)
    again = await person.post(f"{TASK}/outcome", PASS, key="k1")
    assert (again.status_code, again.json()) == (status, refused.json())
    [kept] = await refusals(rig)
    assert kept["code"] == code
    assert kept["person_id"] == person.person_id
    assert (kept["act"], kept["target"]) == ("complete", "c1.screen.1.1")


async def test_what_may_pass_by_itself_is_neither_recorded_nor_kept(rig: Rig) -> None:
    person = await screener(rig)
    for code in ("try-again", "engine-unavailable"):
        rig.engine.answers = refusing(code)
        refused = await person.post(f"{TASK}/outcome", PASS, key="k1")
        assert (refused.status_code, refused.json()["code"]) == (503, code)
    rig.engine.answers = lambda command: Accepted(case_id="c1", sequence=2, index=1)
    assert (await person.post(f"{TASK}/outcome", PASS, key="k1")).status_code == 200
    assert await refusals(rig) == []


async def test_refusals_are_told_in_the_callers_language(rig: Rig) -> None:
    person = await screener(rig)
    rig.engine.answers = refusing("same-person")
    chinese = await person.post(f"{TASK}/outcome", PASS, headers={"Accept-Language": "zh-CN"})
    assert chinese.json()["title"] == "同一人不能签两次"
    assert "because" not in chinese.json()["detail"]


async def test_a_slow_record_is_answered_with_a_place_to_ask(rig: Rig) -> None:
    person, other = await screener(rig), await rig.account(SCREENER)
    rig.engine.answers = lambda command: Pending(command.command_id)
    pending = await person.post(f"{TASK}/outcome", {**PASS, "reason": "personal words"}, key="k1")
    assert pending.status_code == 202
    place = pending.headers["Location"]
    assert (await person.get(place)).status_code == 202
    assert (await other.get(place)).status_code == 404
    rig.engine.answers = lambda command: Accepted(case_id="c1", sequence=2, index=9)
    done = await person.get(place)
    assert (done.status_code, done.json()["index"]) == (200, 9)
    assert (await person.get(place)).json() == done.json()
    assert (
        await person.post(f"{TASK}/outcome", {**PASS, "reason": "personal words"}, key="k1")
    ).json() == done.json()
    sent: list[Command] = rig.engine.sent
    assert len({(command.command_id, command.model_dump_json()) for command in sent}) == 1


async def test_a_refusal_after_waiting_is_found_at_the_place_to_ask(rig: Rig) -> None:
    person = await screener(rig)
    rig.engine.answers = lambda command: Pending(command.command_id)
    place = (await person.post(f"{TASK}/outcome", PASS)).headers["Location"]
    rig.engine.answers = refusing("claimed-by-other")
    for _ in range(2):
        assert (await person.get(place)).json()["code"] == "claimed-by-other"
    assert [kept["code"] for kept in await refusals(rig)] == ["claimed-by-other"]


async def test_a_stale_if_match_is_refused_before_anything_is_sent(rig: Rig) -> None:
    person = await screener(rig)
    seen = (await person.get(TASK)).headers["ETag"]
    stale = await person.post(f"{TASK}/outcome", PASS, headers={"If-Match": '"1.1.en"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-digest")
    assert rig.engine.sent == []
    fresh = await person.post(f"{TASK}/outcome", PASS, headers={"If-Match": seen})
    assert fresh.status_code == 200


async def test_a_faulty_form_is_named_by_field_and_sent_nowhere(rig: Rig) -> None:
    person = await screener(rig)
    refused = await person.post(f"{TASK}/outcome", {**PASS, "form": {"x": "secret"}})
    assert (refused.status_code, refused.json()["code"]) == (422, "form-invalid")
    assert "secret" not in refused.text
    assert rig.engine.sent == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"outcome": "PASS"},
        {**PASS, "seen": "x"},
        {**PASS, "seen": "D" * 64},
        {**PASS, "outcome": "pass; drop"},
        {**PASS, "form": []},
        {**PASS, "reason": "r" * 4001},
        {**PASS, "reason": None},
        [],
        "PASS",
        None,
    ],
)
async def test_a_malformed_body_is_refused_with_its_fields(rig: Rig, body: Any) -> None:
    person = await screener(rig)
    headers = {"Authorization": f"Bearer {person.token}", "Idempotency-Key": "k"}
    answer = await rig.client.post(f"{TASK}/outcome", json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["errors"]
    assert rig.engine.sent == []


async def test_a_body_that_is_too_large_is_refused_unread(rig: Rig) -> None:
    person = await screener(rig)
    answer = await person.post(f"{TASK}/outcome", {**PASS, "reason": "r" * 300_000})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body",
    [b'{"outcome":"PASS","outcome":"PASS"}', b'{"seen":NaN}', b"[" * 50_000, b"\xff\xfe", b"outcome=PASS"],
)
async def test_strange_json_is_refused(rig: Rig, body: bytes) -> None:
    person = await screener(rig)
    headers = {
        "Authorization": f"Bearer {person.token}",
        "Idempotency-Key": "k",
        "Content-Type": "application/json",
    }
    answer = await rig.client.post(f"{TASK}/outcome", content=body, headers=headers)
    assert answer.status_code == 422


async def test_acts_beside_the_outcome_carry_what_was_asked(rig: Rig) -> None:
    person = await screener(rig)
    await person.post(f"{TASK}/claim")
    await person.post(f"{TASK}/release")
    nobody = await person.post(f"{TASK}/reassign", {"person_id": "p-other", "reason": "on leave"})
    assert (nobody.status_code, nobody.json()["code"]) == (422, "invalid")
    await person.post(f"{TASK}/reassign", {"person_id": person.person_id, "reason": "on leave"})
    await person.post(f"{TASK}/conflict", {"ground": "kin", "reason": "a cousin"})
    assert [command.name for command in rig.engine.sent] == [
        "claim-task",
        "release-task",
        "reassign-task",
        "declare-conflict",
    ]


async def test_one_reads_what_one_wrote(rig: Rig) -> None:
    person = await screener(rig)
    story = await rig.case("c2", serial=2)

    async def project_late() -> None:
        await asyncio.sleep(0.1)
        await rig.tell(story, TaskClaimed(task_id="c2.screen.1.1", person_id=person.person_id))

    rig.engine.answers = lambda command: Accepted(case_id="c2", sequence=3, index=1)
    late = asyncio.create_task(project_late())
    await person.post("/v1/tasks/c2.screen.1.1/claim")
    assert (await person.get("/v1/tasks/c2.screen.1.1")).json()["claimed_by"] == person.person_id
    await late
