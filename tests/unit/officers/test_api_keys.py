"""Idempotency keys: one act and one answer each, however often, wherever and for whatever they are used."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts.actor import Grant
from contracts.commands.base import Accepted
from contracts.refusals import RefusalCode
from contracts.saying import say
from services.officers.web import sentences
from tests.access_office import wanted
from tests.invented import nominee
from tests.officers_rig import Rig
from tests.screening import PASS, SCREENER, TASK, recording, refusals, refusing, screener
from tests.unit.officers.test_api_awards import row
from tests.unit.officers.test_tables_again import seat


async def test_the_same_key_and_body_get_the_same_answer_and_one_effect(rig: Rig) -> None:
    person = await screener(rig)
    rig.engine.answers = recording(rig)
    first = await person.post(f"{TASK}/outcome", PASS, key="k1")
    again = await person.post(f"{TASK}/outcome", PASS, key="k1")
    assert (first.status_code, first.json()["case_id"]) == (200, "c1")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert len(rig.engine.sent) == 1


@pytest.mark.parametrize("other", [{**PASS, "outcome": "RETURN", "reason": "r"}, {**PASS, "reason": "more"}])
async def test_the_same_key_with_another_body_is_refused(rig: Rig, other: dict[str, Any]) -> None:
    person = await screener(rig)
    rig.engine.answers = recording(rig)
    first = await person.post(f"{TASK}/outcome", PASS, key="k1")
    refused = await person.post(f"{TASK}/outcome", other, key="k1")
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency-key-reused")
    elsewhere = await person.post(f"{TASK}/claim", key="k1")
    assert elsewhere.json()["code"] == "idempotency-key-reused"
    assert (await person.post(f"{TASK}/outcome", PASS, key="k1")).json() == first.json()
    assert len(rig.engine.sent) == 1


async def test_one_key_of_two_accounts_is_two_keys(rig: Rig) -> None:
    person, other = await screener(rig), await rig.account(SCREENER)
    await person.post(f"{TASK}/outcome", PASS, key="k1")
    await other.post(f"{TASK}/outcome", PASS, key="k1")
    first, second = rig.engine.sent
    assert first.command_id != second.command_id


async def test_many_at_once_under_one_key_send_one_command_id(rig: Rig) -> None:
    person = await screener(rig)
    rig.engine.answers = lambda command: Accepted(case_id="c1", sequence=2, index=-1)
    answers = await asyncio.gather(*(person.post(f"{TASK}/outcome", PASS, key="k1") for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len({command.command_id for command in rig.engine.sent}) == 1


async def test_another_body_under_a_key_in_flight_is_refused_at_once_and_the_first_goes_on(rig: Rig) -> None:
    person = await screener(rig)
    sent, go_on = asyncio.Event(), asyncio.Event()

    async def slow(command: object) -> Accepted:
        sent.set()
        await go_on.wait()
        return Accepted(case_id="c1", sequence=3, index=-1)

    rig.engine.answers = slow
    first = asyncio.create_task(person.post(f"{TASK}/outcome", PASS, key="k1"))
    await sent.wait()
    other = await person.post(f"{TASK}/claim", key="k1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    go_on.set()
    assert (await first).status_code == 200
    assert len(rig.engine.sent) == 1


async def test_a_case_that_knows_the_key_is_believed_and_its_answer_is_not_lost(rig: Rig) -> None:
    # Another process of the API has the same key in hand: this one hears of it from the case.
    person = await screener(rig)
    rig.engine.answers = refusing("idempotency-key-reused")
    refused = await person.post(f"{TASK}/claim", key="k1")
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency-key-reused")
    rig.engine.answers = recording(rig)
    assert (await person.post(f"{TASK}/outcome", PASS, key="k1")).status_code == 200


async def test_a_repeat_is_answered_though_what_it_acted_on_has_changed(rig: Rig) -> None:
    person = await screener(rig)
    seen = (await person.get(TASK)).headers["ETag"]
    rig.engine.answers = recording(rig)
    first = await person.post(f"{TASK}/outcome", PASS, key="k1", headers={"If-Match": seen})
    again = await person.post(f"{TASK}/outcome", PASS, key="k1", headers={"If-Match": seen})
    stale = await person.post(f"{TASK}/outcome", PASS, headers={"If-Match": seen})
    assert (first.status_code, again.json()) == (200, first.json())
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-digest")


async def test_one_key_is_not_for_an_act_and_for_a_write_of_our_own(rig: Rig) -> None:
    person = await rig.account(Grant(role="ELECTION_OFFICE"))
    other = await rig.account(Grant(role="CLERK", district="d01"))
    now = datetime.now(UTC)
    days = {"starts": now.isoformat(), "ends": (now + timedelta(days=1)).isoformat()}
    body = {"deputy": other.person_id, "reason": "on leave", **days}
    assert (await person.post("/v1/deputies", body, key="k1")).status_code == 201
    refused = await person.post("/v1/tasks/c1.screen.1.1/claim", key="k1")
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency-key-reused")
    assert rig.engine.sent == []


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
    rig.engine.answers = lambda command: Accepted(case_id="c1", sequence=2, index=-1)
    again = await person.post(f"{TASK}/outcome", PASS, key="k1")
    assert (again.status_code, again.json()) == (status, refused.json())
    [kept] = await refusals(rig)
    assert kept["code"] == code
    assert kept["person_id"] == person.person_id
    assert (kept["act"], kept["target"]) == ("complete", "c1.screen.1.1")


async def test_a_refusal_of_a_field_is_kept_and_said_again_in_either_language(rig: Rig) -> None:
    person = await screener(rig)
    rig.engine.answers = lambda command: sentences.refused(
        RefusalCode.REASON_REQUIRED, say("what-was-lost").at("reason")
    )
    first = await person.post(f"{TASK}/outcome", PASS, key="k1")
    assert first.json()["errors"] == [{"field": "reason", "reason": "say what was lost"}]
    rig.engine.answers = lambda command: Accepted(case_id="c1", sequence=2, index=-1)
    again = await person.post(f"{TASK}/outcome", PASS, key="k1")
    assert again.json() == first.json()
    chinese = await person.post(f"{TASK}/outcome", PASS, key="k1", headers={"Accept-Language": "zh"})
    assert chinese.json()["errors"] == [{"field": "reason", "reason": "请写明丧失了什么"}]


async def test_what_may_pass_by_itself_is_neither_recorded_nor_kept(rig: Rig) -> None:
    person = await screener(rig)
    for code in ("try-again", "engine-unavailable"):
        rig.engine.answers = refusing(code)
        refused = await person.post(f"{TASK}/outcome", PASS, key="k1")
        assert (refused.status_code, refused.json()["code"]) == (503, code)
    rig.engine.answers = lambda command: Accepted(case_id="c1", sequence=2, index=-1)
    assert (await person.post(f"{TASK}/outcome", PASS, key="k1")).status_code == 200
    assert await refusals(rig) == []


async def test_refusals_are_told_in_the_callers_language(rig: Rig) -> None:
    person = await screener(rig)
    rig.engine.answers = refusing("same-person")
    chinese = await person.post(f"{TASK}/outcome", PASS, headers={"Accept-Language": "zh-CN"})
    assert chinese.json()["title"] == "同一人不能签两次"
    assert "because" not in chinese.json()["detail"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/batches/b1/seats", {"rows": [seat(77)]}),
        ("/v1/batches/b1/indexes", {"rows": [row(77)]}),
        ("/v1/accounts", {"reason": "r", "accounts": [wanted("one", 77)]}),
        ("/v1/accounts/a0/disable", {"reason": "r"}),
    ],
)
async def test_a_key_that_was_used_before_is_no_way_around_rights(
    rig: Rig, path: str, body: dict[str, Any]
) -> None:
    """Nor does anything come of it: a table makes people of its rows, and a request tells which accounts there are."""
    person = await screener(rig)
    rig.engine.answers = recording(rig)
    await person.post(f"{TASK}/outcome", PASS, key="k1")
    refused = await person.post(path, body, key="k1")
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong-role")
    async with rig.office.database.read() as session:
        assert await rig.office.persons.known(session, [nominee(77).id_number]) == {}


async def test_a_faulty_table_under_a_used_key_is_faulty(rig: Rig) -> None:
    await rig.batch()
    officer = await rig.account(Grant(role="ELECTION_OFFICE"))
    empty = {"rows": [{**seat(1), "name": "", "id_number": ""}]}
    for _ in range(2):
        refused = await officer.post("/v1/batches/b1/seats", empty, key="k1")
        assert (refused.status_code, refused.json()["code"]) == (422, "roster-faulty")
