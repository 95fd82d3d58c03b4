"""Acting through the API: what is sent, and what is refused before anything is."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from contracts.actor import Grant
from contracts.commands.base import Accepted, Command
from contracts.commands.case import CompleteTask
from contracts.events.task import TaskClaimed
from services.ctl.demo.roster import credit_code
from services.kit.claims import ClaimChecker
from tests.officers_rig import Rig
from tests.screening import PASS, SCREENER, TASK, screener


async def test_an_act_is_sent_with_the_actor_of_the_token_and_answered_with_its_place(rig: Rig) -> None:
    person = await screener(rig)
    rig.engine.answers = lambda command: Accepted(case_id="c1", sequence=3, index=0)
    done = await person.post(f"{TASK}/outcome", {**PASS, "reason": "complete"}, key="k1")
    assert done.status_code == 200
    assert done.json()["case_id"] == "c1"
    assert done.json() == {"case_id": "c1", "index": 0, "command_id": rig.engine.sent[0].command_id}
    [command] = rig.engine.sent
    assert isinstance(command, CompleteTask)
    assert (rig.engine.kinds, command.target, command.place) == (["nomination"], "c1", 2)
    assert (command.actor.account_id, command.actor.person_id) == (person.account_id, person.person_id)
    assert command.actor.grants == (SCREENER,)
    assert (command.outcome, command.reason, command.seen) == ("PASS", "complete", "d" * 64)


async def test_what_is_sent_is_claimed_for_its_case_and_signed(rig: Rig, tmp_path: Path) -> None:
    person = await screener(rig)
    await person.post(f"{TASK}/outcome", PASS)
    [command] = rig.engine.sent
    checker = ClaimChecker.load(tmp_path / "keys" / "public")
    assert checker.fault(command.claim) is None
    assert command.fits_its_claim()
    elsewhere = command.claim.model_copy(update={"target": "c2"})
    assert checker.fault(elsewhere) is not None


async def test_the_actor_never_comes_from_the_body(rig: Rig) -> None:
    person = await screener(rig)
    for field in ("actor", "account_id", "person_id", "command_id", "case_id"):
        answer = await person.post(f"{TASK}/outcome", {**PASS, field: "p-other"})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert rig.engine.sent == []


@pytest.mark.parametrize("key", ["", "a b", "x" * 121, "a/b", "<k>"])
async def test_a_write_without_a_usable_key_is_refused(rig: Rig, key: str) -> None:
    person = await screener(rig)
    headers = {"Authorization": f"Bearer {person.token}"}
    if key:
        headers["Idempotency-Key"] = key
    answer = await rig.client.post(f"{TASK}/outcome", json=PASS, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-missing")


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
    assert (answer.status_code, answer.json()["code"]) == (400, "not-json")


async def test_acts_beside_the_outcome_carry_what_was_asked(rig: Rig) -> None:
    person = await screener(rig)
    await person.post(f"{TASK}/claim")
    await person.post(f"{TASK}/release")
    nobody = await person.post(f"{TASK}/reassign", {"person_id": "p-other", "reason": "on leave"})
    assert (nobody.status_code, nobody.json()["code"]) == (422, "invalid")
    await person.post(f"{TASK}/reassign", {"person_id": person.person_id, "reason": "on leave"})
    await person.post(f"{TASK}/conflict", {"ground": "kin", "reason": "a cousin"})
    assert [command.act for command in rig.engine.sent] == [
        "claim-task",
        "release-task",
        "reassign-task",
        "declare-conflict",
    ]


async def test_one_reads_what_one_wrote(rig: Rig) -> None:
    person = await screener(rig)
    story = await rig.case("c2", serial=2)
    late: list[asyncio.Task[None]] = []

    async def project_late() -> None:
        await asyncio.sleep(0.1)
        await rig.tell(story, TaskClaimed(task_id="c2.screen.1.1", person_id=person.person_id))

    def accept(command: Command) -> Accepted:
        late.append(asyncio.create_task(project_late()))
        return Accepted(case_id="c2", sequence=3, index=rig.reached.index + 1)

    rig.engine.answers = accept
    await person.post("/v1/tasks/c2.screen.1.1/claim")
    assert (await person.get("/v1/tasks/c2.screen.1.1")).json()["claimed_by"] == person.person_id
    await asyncio.gather(*late)


async def test_an_act_of_one_kind_finds_no_case_of_another(rig: Rig) -> None:
    await rig.batch()
    await rig.case("c1")
    await rig.removal("r1")
    chair = await rig.account(Grant(role="LEADER_IN_CHARGE", district="d01"))
    lifted = {"cause": "detained", "minutes_digest": "a" * 64}
    wrong = await chair.post("/v1/removals/c1/suspension/lift", lifted)
    absent = await chair.post("/v1/removals/c9/suspension/lift", lifted)
    assert (wrong.status_code, wrong.json()) == (404, absent.json())
    evaluator = await rig.account(Grant(role="EVALUATOR", district="d01"))
    firm = {"name": "东湖贸易有限公司", "credit_code": credit_code(7), "part": "actual-controller"}
    wrong = await evaluator.post("/v1/cases/r1/firms", firm)
    absent = await evaluator.post("/v1/cases/r9/firms", firm)
    assert (wrong.status_code, wrong.json()) == (404, absent.json())
    assert rig.engine.sent == []
