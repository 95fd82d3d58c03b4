"""Two identities of one person: flagged, merged by two people, undone by two people, and never a way around a rule."""

from typing import Any

import httpx2
import pytest

from contracts.actor import ACCOUNT_KEEPER, Grant, Signer
from contracts.commands.case import ReportConflict
from contracts.events.task import Answer, TaskCompleted
from contracts.vocabulary import Stage
from services.ctl.demo.roster import resident_number
from services.officers.desk.doubling import Doubling
from tests.access_office import SYS, AccessOffice, wanted
from tests.officers_rig import Person, Rig, task_opened

SCREENER = Grant(role="SCREENER", district="d01")
CHECKER = Grant(role="SECOND_CHECKER", district="d01")


@pytest.fixture
async def office(rig: Rig) -> AccessOffice:
    return await AccessOffice.of(rig)


async def ask(
    office: AccessOffice, kept: Person, merged: Person, what: str = "merges", who: Person | None = None
) -> httpx2.Response:
    body = {"kept": kept.person_id, "merged": merged.person_id, "reason": "同一人"}
    return await (who or office.asks).post(f"/v1/persons/{what}", body)


async def merged(office: AccessOffice, kept: Person, other: Person) -> dict[str, Any]:
    return await office.granted(await ask(office, kept, other))


async def me(person: Person) -> str:
    return str((await person.get("/v1/me")).json()["person_id"])


async def test_after_it_both_accounts_are_one_person_until_two_people_undo_it(
    office: AccessOffice, rig: Rig
) -> None:
    one, two = await rig.account(SCREENER), await rig.account(CHECKER)
    asked = await ask(office, one, two)
    shown = (await office.decides.get(f"/v1/access/{asked.json()['case_id']}")).json()
    assert [one["person_id"] for one in shown["identities"]] == [one.person_id, two.person_id]
    assert all(len(one["id_number"].strip("*")) == 4 for one in shown["identities"])
    assert await me(two) == two.person_id, "nothing is merged before it is decided"
    await office.decide(asked)
    assert (await me(one), await me(two)) == (one.person_id, one.person_id)
    actor = (await rig.office.standings.presence(two.token)).actor
    assert actor.ids == {one.person_id, two.person_id}
    await office.granted(await ask(office, one, two, "splits"))
    assert (await me(one), await me(two)) == (one.person_id, two.person_id)


async def test_roles_that_exclude_each_other_cannot_be_merged(office: AccessOffice, rig: Rig) -> None:
    one = await rig.account(Grant(role="DISC_OFFICER", district="d01"))
    two = await rig.account(Grant(role="NOTICE_OFFICER", district="d01"))
    refused = await ask(office, one, two)
    assert (refused.status_code, refused.json()["code"]) == (422, "grants-incompatible")
    three = await rig.account(SCREENER)
    asked = await ask(office, one, three)
    await office.granted(await office.about(three.account_id, "grants", grants=[
        {"role": "NOTICE_OFFICER", "district": "d01"}
    ]))  # fmt: skip
    left = (await office.granted(asked))["left_out"]
    assert left == {three.person_id: "grants-incompatible"}, "what came between counts"
    assert await me(three) == three.person_id


async def test_what_one_of_both_may_not_get_the_other_does_not_get_either(
    office: AccessOffice, rig: Rig
) -> None:
    one, two = await rig.account(Grant(role="DISC_OFFICER", district="d01")), await rig.account(SCREENER)
    await merged(office, one, two)
    refused = await office.about(
        two.account_id, "grants", grants=[{"role": "NOTICE_OFFICER", "district": "d01"}]
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "grants-incompatible")


async def test_nobody_merges_alone_or_in_a_matter_of_their_own(office: AccessOffice, rig: Rig) -> None:
    one, two = await rig.account(SCREENER), await rig.account(CHECKER)
    for who in (office.decides, one, await rig.account(Grant(role="AUDITOR"))):
        refused = await ask(office, one, two, who=who)
        assert (refused.status_code, refused.json()["code"]) == (403, "wrong-role")
    asked = await ask(office, one, two)
    assert (await office.decide(asked, who=office.asks)).json()["code"] == "wrong-role"
    own = await ask(office, office.asks, two)
    assert (own.status_code, own.json()["code"]) == (403, "conflict-of-interest")
    decided = await ask(office, two, office.decides, who=await rig.account(SYS))
    assert decided.json()["code"] == "grants-incompatible"


@pytest.mark.parametrize("pair", [(0, 0), (1, 2), (2, 0), (2, 1)], ids=str)
async def test_no_chain_of_identities_and_none_of_one_with_itself(
    office: AccessOffice, rig: Rig, pair: tuple[int, int]
) -> None:
    people = [await rig.account(SCREENER) for _ in range(3)]
    await merged(office, people[0], people[1])
    refused = await ask(office, *(people[one] for one in pair))
    expected = (422, "invalid") if pair[0] == pair[1] else (409, "merge-invalid")
    assert (refused.status_code, refused.json()["code"]) == expected
    apart = await ask(office, people[1], people[0], "splits")
    assert (apart.status_code, apart.json()["code"]) == (409, "merge-invalid")


async def test_the_identity_that_a_case_is_about_is_the_one_that_is_kept(
    office: AccessOffice, rig: Rig
) -> None:
    officer, nominee = await rig.account(SCREENER), await rig.account(Grant(role="NOMINEE"))
    await rig.batch()
    await rig.case("c1", person=nominee.person_id)
    refused = await ask(office, officer, nominee)
    assert (refused.status_code, refused.json()["code"]) == (409, "merge-invalid")
    assert (await officer.get("/v1/tasks/c1.screen.1.1")).status_code == 200
    await merged(office, nominee, officer)
    assert (await officer.get("/v1/tasks/c1.screen.1.1")).status_code == 404, "it is their own case now"


async def test_a_number_of_the_merged_identity_means_the_kept_person(office: AccessOffice, rig: Rig) -> None:
    one, two = await rig.account(SCREENER, serial=41), await rig.account(CHECKER, serial=42)
    await merged(office, one, two)
    async with rig.office.database.read() as session:
        known = await rig.office.persons.known(session, [resident_number(41), resident_number(42)])
    assert set(known.values()) == {one.person_id}


def done(task: str, kind: str) -> TaskCompleted:
    return TaskCompleted(
        task_id=task, kind=kind, stage=Stage.SCREENING, unit="", outcome="PASS", answer_digest="b" * 64,
        private=Answer(form={}, reason=""),
    )  # fmt: skip


async def signed(rig: Rig, first: Person, second: Person) -> None:
    """A case on which both have signed, and one on which only one of them has."""
    await rig.batch()
    for case, signers in (("c1", (first, second)), ("c2", (first,))):
        story = await rig.case(case, serial=int(case[1]))
        await rig.tell(story, task_opened(case, "screen-sign"))
        for kind, number, who in zip(("screen", "screen-sign"), (1, 2), signers, strict=False):
            actor = Signer(account_id=who.account_id, person_id=who.person_id, role="SCREENER")
            await rig.tell(story, done(f"{case}.{kind}.1.{number}", kind), actor=actor)


async def test_open_cases_with_both_signatures_are_reported_once_each(office: AccessOffice, rig: Rig) -> None:
    one, two = await rig.account(SCREENER), await rig.account(CHECKER)
    await signed(rig, one, two)
    looking = Doubling(rig.office.database, rig.office.desk)
    assert await looking.round() == 0, "nobody is merged"
    await merged(office, one, two)
    assert await looking.round() == 1
    told = [sent for sent in rig.engine.sent if isinstance(sent, ReportConflict)]
    assert [(one.target, one.person_id, one.ground, one.actor) for one in told] == [
        ("c1", two.person_id, "same-person", ACCOUNT_KEEPER)
    ]
    assert told[0].fits_its_claim()
    assert await looking.round() == 0, "it was looked, and nothing is under way any more"


@pytest.mark.parametrize("phone", ["13900000000", "+86 139-0000-0000"])
async def test_whoever_the_same_phone_reaches_may_be_the_same_person_under_any_name(
    office: AccessOffice, phone: str
) -> None:
    await office.granted(await office.request(wanted("one", 7, phone="139 0000 0000")))
    refused = await office.request(wanted("two", 8, phone=phone))
    assert (refused.status_code, refused.json()["code"]) == (409, "identity-alike")


async def test_colleagues_share_the_phone_of_a_desk(office: AccessOffice) -> None:
    await office.granted(await office.request(wanted("one", 7, phone="0476-8222333")))
    assert (await office.request(wanted("two", 8, phone="0476-8222333"))).status_code == 201
