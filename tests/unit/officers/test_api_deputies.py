"""Who acts in whose place: entered by the person alone, never prolonged, ended at once, noted, read by the auditor."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts.actor import Grant
from services.officers.identity.scope import AUDITOR, SYS_ADMIN
from tests.access_office import AccessOffice
from tests.consulted import ids, screener
from tests.officers_rig import Person, Rig
from tests.unit.officers.stale import long_ago
from tests.unit.officers.test_api_bonds import entry, told
from tests.unit.officers.test_api_failures_noted import lines
from tests.unit.officers.test_moving import away

NOW = datetime.now(UTC)
CLERK, CHAIR = Grant(role="CLERK", district="d01"), Grant(role="PANEL_CHAIR", district="d01")
HEAD = Grant(role="DISC_HEAD", district="d01")


def during(deputy: Person, first: float, last: float) -> dict[str, Any]:
    """An entry from one day to another, told from today on."""
    starts, ends = NOW + timedelta(days=first), NOW + timedelta(days=last)
    return entry(deputy, starts=starts.isoformat(), ends=ends.isoformat())


async def code(person: Person, body: dict[str, Any]) -> str:
    """By which code an entry is refused; nothing for one that is taken."""
    answer = await person.post("/v1/deputies", body)
    return "" if answer.status_code == 201 else str(answer.json()["code"])


async def acts_as(rig: Rig, person: Person) -> set[str]:
    """The roles that the person has in others' places."""
    rig.office.standings.forget(person.account_id)
    grants = (await rig.office.standings.presence(person.token)).actor.grants
    return {grant.role for grant in grants if grant.deputy_for is not None}


async def test_a_deputy_is_entered_by_the_person_and_by_nobody_for_them(rig: Rig) -> None:
    person, deputy = await rig.account(screener()), await rig.account(CLERK)
    for role in (SYS_ADMIN, "SECURITY_ADMIN", AUDITOR):
        admin = await rig.account(Grant(role=role))
        assert await code(admin, entry(deputy, principal=person.person_id)) == "wrong-role"
    assert await code(deputy, entry(deputy, principal=person.person_id)) == "wrong-role"
    assert await acts_as(rig, deputy) == set()
    assert await code(person, entry(deputy, principal=person.person_id)) == "", "one's own id may be said"
    assert await acts_as(rig, deputy) == {"SCREENER"}


async def test_it_gives_rights_and_needs_as_fresh_a_sign_in(rig: Rig) -> None:
    person, deputy = await rig.account(screener()), await rig.account(CLERK)
    assert await code(await long_ago(rig, person), entry(deputy)) == "stale-authentication"
    assert await code(await long_ago(rig, person, 14), entry(deputy)) == ""


@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [
        ([(0, 30)], (30, 60), True),
        ([(0, 30)], (30.5, 60), True),
        ([(0, 30)], (31, 60), False),
        ([(0, 30)], (10, 30), False),
        ([(0, 20)], (10, 31), True),
        ([(20, 40)], (5, 20), True),
        ([(40, 60), (0, 15)], (15.5, 39.5), True),
        ([(0, 15)], (15, 30), False),
    ],
)
async def test_entries_of_one_pair_without_a_break_last_no_longer_than_one_may(
    rig: Rig, before: list[tuple[float, float]], after: tuple[float, float], refused: bool
) -> None:
    person, deputy, another = [await rig.account(screener()) for _ in range(3)]
    for one in before:
        assert await code(person, during(deputy, *one)) == ""
    assert await code(person, during(deputy, *after)) == ("deputising-invalid" if refused else "")
    assert await code(person, during(another, *after)) == "", "somebody else is another pair"


async def test_the_person_ends_it_at_once_and_nobody_else_does(rig: Rig) -> None:
    await told(rig)
    person, deputy, other = await rig.account(screener()), await rig.account(CLERK), await rig.account()
    admin = await rig.account(Grant(role=SYS_ADMIN))
    entered = (await person.post("/v1/deputies", entry(deputy, days=30))).json()["entry_id"]
    rig.office.standings.forget(deputy.account_id)
    assert await ids(deputy, "/v1/tasks") == ["c1.screen.1.1"]
    for who in (deputy, other, admin):
        assert (await who.post(f"/v1/deputies/{entered}/end")).json()["code"] == "wrong-role"
    assert (await person.post("/v1/deputies/nothing/end")).status_code == 404
    ended = await person.post(f"/v1/deputies/{entered}/end")
    assert ended.status_code == 200, ended.text
    assert datetime.fromisoformat(ended.json()["ends"]) <= datetime.now(UTC)
    assert await ids(deputy, "/v1/tasks") == []
    assert (await person.get("/v1/deputies")).json()["items"] == []


async def test_what_was_ended_before_it_began_is_no_time_of_deputising(rig: Rig) -> None:
    person, deputy = await rig.account(screener()), await rig.account(CLERK)
    entered = (await person.post("/v1/deputies", during(deputy, 5, 30))).json()["entry_id"]
    assert await code(person, during(deputy, 30, 50)) == "deputising-invalid"
    await person.post(f"/v1/deputies/{entered}/end")
    assert await code(person, during(deputy, 30, 50)) == ""


async def test_of_all_in_whose_place_somebody_acts_at_once_nobody_clashes(rig: Rig) -> None:
    head, chair, deputy = await rig.account(HEAD), await rig.account(CHAIR), await rig.account(CLERK)
    assert await code(head, during(deputy, -1, 10)) == ""
    assert await code(chair, during(deputy, 9, 20)) == "grants-incompatible"
    assert await code(chair, during(deputy, 10, 20)) == "", "the one is over when the other begins"


async def test_who_is_granted_since_what_does_not_go_with_the_others_is_stood_in_for_no_longer(
    rig: Rig,
) -> None:
    office = await AccessOffice.of(rig)
    first, second, deputy = [await rig.account(*one) for one in ([HEAD], [screener()], [CLERK])]
    third = await rig.account(Grant(role="SECOND_CHECKER", district="d01"))
    # In another order than their ids or the order in which they were entered may have.
    for principal, since in ((second, -0.2), (third, -0.1), (first, -0.3)):
        assert await code(principal, during(deputy, since, 10)) == ""
    assert await acts_as(rig, deputy) == {"DISC_HEAD", "SCREENER", "SECOND_CHECKER"}
    grants = [{"role": "PANEL_CHAIR", "district": "d01"}]
    await office.granted(await office.about(second.account_id, "grants", grants=grants))
    assert await acts_as(rig, deputy) == {"DISC_HEAD", "SECOND_CHECKER"}


async def test_whatever_is_entered_or_ended_is_noted_with_whom_it_is_about(rig: Rig) -> None:
    person, deputy = await rig.account(screener()), await rig.account(CLERK)
    admin = await rig.account(Grant(role=SYS_ADMIN))
    entered = (await person.post("/v1/deputies", entry(deputy))).json()["entry_id"]
    await person.post(f"/v1/deputies/{entered}/end")
    gone = (await admin.post("/v1/absences", away(person_id=person.person_id))).json()["absence_id"]
    await person.post(f"/v1/absences/{gone}/end")
    noted = [(row.account_id, row.fields, row.target, row.subject) for row in await lines(rig, "account")]
    assert noted == [
        (person.account_id, "deputy-entered", entered, deputy.person_id),
        (person.account_id, "deputy-ended", entered, deputy.person_id),
        (admin.account_id, "absence-entered", gone, person.person_id),
        (person.account_id, "absence-ended", gone, person.person_id),
    ]
    assert await code(person, entry(deputy, days=31)) == "deputising-invalid"
    assert len(await lines(rig, "account")) == 4, "what was refused is among the refusals"


async def test_the_auditor_reads_every_entry_by_name_and_nobody_else_does(rig: Rig) -> None:
    person, deputy = await rig.account(screener()), await rig.account(CLERK)
    auditor = await rig.account(Grant(role=AUDITOR))
    entered = [
        (await person.post("/v1/deputies", during(deputy, *days))).json()["entry_id"]
        for days in ((-5, -3), (1, 3), (5, 7))
    ]
    first = (await auditor.get("/v1/deputies/register", limit=2)).json()
    rest = (await auditor.get("/v1/deputies/register", limit=2, cursor=first["next"])).json()
    found = [*first["items"], *rest["items"]]
    assert [one["entry_id"] for one in found] == sorted(entered)
    assert {(one["principal"], one["deputy"]) for one in found} == {(person.name, deputy.name)}
    assert {one["entered_by"] for one in found} == {person.account_id}
    for who in (person, deputy, await rig.account(Grant(role=SYS_ADMIN))):
        assert (await who.get("/v1/deputies/register")).json()["code"] == "wrong-role"


async def test_one_absence_lasts_a_year_at_most(rig: Rig) -> None:
    person, admin = await rig.account(screener()), await rig.account(Grant(role=SYS_ADMIN))
    said = away(days=366, since=-1, person_id=person.person_id)
    assert (await admin.post("/v1/absences", said)).json()["code"] == "absence-invalid"
    assert (await admin.post("/v1/absences", {**said, **away(days=365)})).status_code == 201
