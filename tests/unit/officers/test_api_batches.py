"""Batches and rosters through the API: opened, tried, imported whole or not at all."""

from typing import Any

import pytest

from contracts import names
from contracts.actor import Grant
from contracts.commands.batch import CallElection, DeclareTie, LoadCalendar, OpenBatch, SubmitRoster
from contracts.commands.opening import Opening
from contracts.events.batch import RosterAccepted
from contracts.policy import loader
from services.ctl.demo.roster import resident_number
from services.officers.desk.engine import Pending
from services.officers.routes.rosters import XLSX
from services.officers.web.problems import RefusedError
from tests.invented import name_of
from tests.officers_rig import Person, Rig, batch_opened
from tests.unit.officers.sheets import row, sheet

OFFICE = Grant(role="ELECTION_OFFICE")
NOMINATOR = Grant(role="NOMINATOR", unit="chamber", district="d01")
BATCH = {"title": "换届", "districts": ["d01", "d02"], "policy": "2026.1"}


async def send(person: Person, body: bytes, key: str | None = None, **params: Any) -> Any:
    headers = {"Content-Type": XLSX}
    return await person.post("/v1/batches/b1/roster", key=key, headers=headers, content=body, params=params)


async def persons(rig: Rig) -> int:
    async with rig.office.database.read() as session:
        return len(await rig.office.persons.known(session, [resident_number(number) for number in range(99)]))


async def test_a_batch_is_opened_once_per_key_and_answered_when_it_is_recorded(rig: Rig) -> None:
    office = await rig.account(OFFICE)

    async def opened(opening: Opening) -> Pending:
        rig.story(opening.target, "batch", opening.target, "all")
        await rig.record(opening, batch_opened())
        return Pending()

    rig.engine.opened = opened
    first = await office.post("/v1/batches", BATCH, key="k1")
    assert first.status_code == 201
    batch_id = first.json()["case_id"]
    assert first.headers["Location"] == f"/v1/batches/{batch_id}"
    again = await office.post("/v1/batches", BATCH, key="k1")
    assert (again.status_code, again.json()) == (201, first.json())
    [command] = rig.engine.sent
    assert isinstance(command, OpenBatch)
    assert command.policy_digest == loader.digest("2026.1")
    detail = (await office.get(f"/v1/batches/{batch_id}")).json()
    assert (detail["districts"], detail["cases"]) == (["d01", "d02"], {})
    assert [one["batch_id"] for one in (await office.get("/v1/batches")).json()["items"]] == [batch_id]


async def test_a_batch_that_is_not_recorded_yet_is_pending(rig: Rig) -> None:
    office = await rig.account(OFFICE)
    pending = await office.post("/v1/batches", BATCH)
    assert pending.status_code == 202
    opening = rig.engine.sent[0]
    rig.story(opening.target, "batch", opening.target, "all")
    await rig.record(opening, batch_opened())
    done = await office.get(pending.headers["Location"])
    assert (done.status_code, done.json()["case_id"]) == (201, opening.target)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"policy": "1999.1"}, "unknown-policy"),
        ({"districts": []}, "invalid"),
        ({"districts": ["d01", "d01"]}, "invalid"),
        ({"districts": ["../x"]}, "invalid"),
        ({"title": ""}, "invalid"),
        ({"cut_off": "2026-02-30"}, "invalid"),
        ({"election_at": "2026-01-01T00:00:00Z"}, "invalid"),
    ],
)
async def test_a_wrong_batch_is_refused(rig: Rig, other: dict[str, Any], code: str) -> None:
    office = await rig.account(OFFICE)
    answer = await office.post("/v1/batches", {**BATCH, **other})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert rig.engine.sent == []


async def test_a_batch_that_the_rules_refuse_is_answered_with_their_reason(rig: Rig) -> None:
    office = await rig.account(OFFICE)
    rig.engine.begun = lambda case_id: RefusedError("cut-off-out-of-range", "from 2025-03-23 to 2026-03-23")
    answer = await office.post("/v1/batches", {**BATCH, "cut_off": "2036-03-23"})
    assert (answer.status_code, answer.json()["code"]) == (409, "cut-off-out-of-range")


async def test_only_the_election_office_opens_batches_and_calls_elections(rig: Rig) -> None:
    await rig.batch()
    person = await rig.account(Grant(role="SCREENER", district="d01"))
    body = {"election_at": "2030-01-01T00:00:00+08:00"}
    for path, sent in (("/v1/batches", BATCH), ("/v1/batches/b1/election", body)):
        answer = await person.post(path, sent)
        assert (answer.status_code, answer.json()["code"]) == (403, "wrong-role")
    auditor = await rig.account(Grant(role="AUDITOR"))
    kept = (await auditor.get("/v1/record/refusals")).json()["items"]
    assert [(one["act"], one["code"]) for one in kept] == [
        ("open_batch", "wrong-role"),
        ("call_election", "wrong-role"),
    ]


async def test_an_election_is_called_by_the_office_that_signs_first(rig: Rig) -> None:
    await rig.batch()
    office = await rig.account(Grant(role="NOMINATOR", unit="chamber", district="d01"), OFFICE)
    done = await office.post("/v1/batches/b1/election", {"election_at": "2030-01-01T08:00:00+08:00"})
    assert done.status_code == 200
    [command] = rig.engine.sent
    assert isinstance(command, CallElection)
    assert command.actor.grants[0].role == "ELECTION_OFFICE"
    naive = await office.post("/v1/batches/b1/election", {"election_at": "2030-01-01T08:00:00"})
    assert naive.status_code == 422


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({}, None),
        ({"holidays": ["2026-01-01"]}, "invalid"),
        ({"make_up": ["2027-01-04"]}, "invalid"),
        ({"make_up": ["2027-01-02"], "holidays": ["2027-01-02"]}, "invalid"),
        ({"year": 1999}, "invalid"),
    ],
)
async def test_a_calendar_year_is_checked_before_it_is_sent(
    rig: Rig, other: dict[str, Any], code: str | None
) -> None:
    await rig.batch()
    office = await rig.account(OFFICE)
    body = {"year": 2027, "holidays": ["2027-01-01"], "make_up": ["2027-01-09"], "source": "通知", **other}
    answer = await office.post("/v1/batches/b1/calendars", body)
    assert answer.json().get("code") == code
    assert [type(command) for command in rig.engine.sent] == ([] if code else [LoadCalendar])


async def test_a_dry_run_names_every_faulty_cell_and_stores_nothing(rig: Rig) -> None:
    await rig.batch()
    person = await rig.account(NOMINATOR)
    body = sheet([row(1), row(2, seat="主席"), row(3, id_number="110105194912310020")])
    tried = await send(person, body, dry_run="true")
    assert tried.status_code == 200
    assert tried.json()["valid"] is False
    assert [error["cell"] for error in tried.json()["errors"]] == ["H3", "B4"]
    assert tried.json()["errors"][0]["expected"] == "executive or standing"
    good = await send(person, sheet([row(1), row(2)]), dry_run="true")
    told = good.json()
    assert (told["valid"], told["rows"], told["errors"], told["faults"], told["more"]) == (True, 2, [], 0, 0)
    assert told["sheets"] == [{"name": "Sheet", "people": 2, "header": 1}]
    assert rig.engine.sent == []
    assert await persons(rig) == 0


async def test_a_faulty_roster_is_refused_whole(rig: Rig) -> None:
    await rig.batch()
    person = await rig.account(NOMINATOR)
    refused = await send(person, sheet([row(1), row(2, seat="主席")]), dry_run="false")
    assert (refused.status_code, refused.json()["code"]) == (422, "roster-faulty")
    assert [error["cell"] for error in refused.json()["errors"]] == ["H3"]
    assert rig.engine.sent == []
    assert await persons(rig) == 0


async def test_a_good_roster_is_sent_once_and_the_same_people_stay_the_same(rig: Rig) -> None:
    await rig.batch()
    person = await rig.account(NOMINATOR)
    nominee = await rig.account(Grant(role="NOMINEE"), serial=1)
    taken = RosterAccepted(roster_digest="a" * 64, cases=(), people=())
    rig.engine.answers = lambda command: rig.record(command, taken)
    body = sheet([row(1), row(2, seat="常委")])
    done = await send(person, body, key="k1", dry_run="false")
    again = await send(person, body, key="k1", dry_run="false")
    assert (done.status_code, again.status_code, done.json()) == (201, 201, again.json())
    [command] = rig.engine.sent
    assert isinstance(command, SubmitRoster)
    assert [entry.seat.value for entry in command.entries] == ["executive", "standing"]
    assert command.entries[0].person_id == nominee.person_id
    assert command.entries[0].case_id == names.nomination_id("b1", nominee.person_id, "chamber")
    assert command.actor.grants[0].role == "NOMINATOR"
    assert await persons(rig) == 2
    other = await send(person, sheet([row(1)]), key="k1", dry_run="false")
    assert other.json()["code"] == "idempotency-key-reused"


async def test_somebody_who_has_a_case_in_the_batch_is_named(rig: Rig) -> None:
    await rig.batch()
    person, nominee = await rig.account(NOMINATOR), await rig.account(Grant(role="NOMINEE"), serial=1)
    await rig.case("c1", person=nominee.person_id)
    refused = await send(person, sheet([row(1), row(2)]), dry_run="false")
    assert [error["cell"] for error in refused.json()["errors"]] == ["B2"]
    assert "c1" in refused.json()["errors"][0]["problem"]


async def test_a_unit_nominates_for_itself_and_the_office_for_every_registered_one(rig: Rig) -> None:
    await rig.batch()
    person, office = await rig.account(NOMINATOR), await rig.account(OFFICE)
    await rig.account(Grant(role="NOMINATOR", unit="guild", district="d02"))
    body = sheet([row(1), row(2, nominating_unit="guild", district="d02")])
    own = (await send(person, body)).json()
    assert [error["cell"] for error in own["errors"]] == ["J3"]
    assert (await send(office, body)).json()["valid"]
    unknown = (await send(office, sheet([row(1, nominating_unit="ghost")]))).json()
    assert [error["cell"] for error in unknown["errors"]] == ["J2"]


async def test_who_may_not_nominate_learns_nothing(rig: Rig) -> None:
    await rig.batch()
    screener = await rig.account(Grant(role="SCREENER", district="d01"))
    refused = await send(screener, sheet([row(1)]), dry_run="false")
    assert refused.json()["code"] == "wrong-role"
    elsewhere = await rig.account(Grant(role="NOMINATOR", unit="far", district="d77"))
    hidden = await send(elsewhere, sheet([row(1)]), dry_run="false")
    assert (hidden.status_code, hidden.json()["code"]) == (404, "unknown-batch")


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (b"no workbook", XLSX, "not-a-workbook"),
        (b"PK\x03\x04" + b"0" * 5_300_000, XLSX, "workbook-too-large"),
        (b"name,id", "text/csv", "content-type"),
        (b"", XLSX, "not-a-workbook"),
    ],
)
async def test_a_body_that_is_no_workbook_has_its_own_problem(
    rig: Rig, body: bytes, content_type: str, code: str
) -> None:
    await rig.batch()
    person = await rig.account(NOMINATOR)
    headers = {"Content-Type": content_type}
    for dry_run in ("true", "false"):
        answer = await person.post(
            "/v1/batches/b1/roster", headers=headers, content=body, params={"dry_run": dry_run}
        )
        assert answer.json()["code"] == code


async def test_a_rules_refusal_of_a_roster_is_told(rig: Rig) -> None:
    await rig.batch()
    person = await rig.account(NOMINATOR)
    rig.engine.answers = lambda command: RefusedError("nomination-closed", "closed yesterday")
    refused = await send(person, sheet([row(1)]), dry_run="false")
    assert (refused.status_code, refused.json()["code"]) == (409, "nomination-closed")


async def test_a_tie_is_declared_by_number_before_there_is_a_case(rig: Rig) -> None:
    await rig.batch()
    officer = await rig.account(Grant(role="SCREENER", district="d01"))
    said = {"name": name_of(7), "id_number": resident_number(7), "ground": "kin", "reason": "表弟"}
    await officer.post("/v1/batches/b1/ties", said)
    [command] = rig.engine.sent
    assert isinstance(command, DeclareTie)
    async with rig.office.database.read() as session:
        known = await rig.office.persons.known(session, [resident_number(7)])
    assert (command.tie.of, command.actor.person_id) == (known[resident_number(7)], officer.person_id)
    wrong = await officer.post("/v1/batches/b1/ties", {**said, "id_number": "1"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "roster-faulty")
    auditor = await rig.account(Grant(role="AUDITOR"))
    assert (await auditor.post("/v1/batches/b1/ties", said)).json()["code"] == "wrong-role"
