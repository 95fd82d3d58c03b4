"""What the API says that one may ask for beside tasks: as the rules of the routes say, and no more."""

from typing import Any

from contracts.actor import Grant
from contracts.causes import Cause
from contracts.events.case import CaseEnded
from contracts.vocabulary import CaseState
from services.officers.routes.act_table import ACTS
from services.officers.routes.offers import rule_of
from tests.officers_rig import Person, Rig, task_opened

CHAIR = Grant(role="LEADER_IN_CHARGE", district="d01")
MINUTES = {"cause": "detained", "minutes_digest": "a" * 64}


async def offered(person: Person, path: str) -> dict[str, dict[str, Any]]:
    return {one["code"]: one for one in (await person.get(path)).json()["acts"]}


async def test_each_is_offered_what_their_role_may_ask_of_the_case(rig: Rig) -> None:
    member = await rig.account(Grant(role="MEMBER"))
    await rig.removal("r1", member.person_id)
    chair, evaluator = await rig.account(CHAIR), await rig.account(Grant(role="EVALUATOR", district="d01"))
    for person, roles in ((chair, {"LEADER_IN_CHARGE"}), (evaluator, {"EVALUATOR"})):
        of_kind = [one for one in ACTS if one.kind in {None, "removal"}]
        may = {
            rule_of(one.path).act
            for one in of_kind
            if roles & set(rule_of(one.path).holding(rig.office.policy))
        }
        assert (await offered(person, "/v1/cases/r1")).keys() == may
    assert "suspend" in await offered(chair, "/v1/cases/r1")
    assert "suspend" not in await offered(evaluator, "/v1/cases/r1")


async def test_a_role_in_the_own_case_offers_nothing_in_anothers(rig: Rig) -> None:
    own, other = await rig.case("c1", serial=1), await rig.case("c2", serial=2)
    assert own is not other
    both = await rig.account(Grant(role="SCREENER", district="d01"), Grant(role="NOMINEE"))
    assert "dispute-hit" in await offered(both, "/v1/cases/c1")
    assert "withdraw" not in await offered(both, "/v1/cases/c1")


async def test_the_address_takes_what_the_form_asks_for(rig: Rig) -> None:
    await rig.removal("r1")
    chair = await rig.account(CHAIR)
    act = (await offered(chair, "/v1/cases/r1"))["suspend"]
    assert act["names"] == {"zh": "暂停履职", "en": "Suspend from duty"}
    assert act["form"]["required"] == ["cause", "minutes_digest"]
    assert act["form"]["properties"]["cause"]["x-title"] == {"zh": "事由", "en": "Cause"}
    assert act["hints"] == {"minutes_digest": {"from": "document"}}
    done = await chair.post(f"/v1{act['address']}", MINUTES)
    assert done.status_code == 200
    assert [command.act for command in rig.engine.sent] == ["suspend"]


async def test_a_batch_offers_its_acts_and_a_list_what_may_be_begun(rig: Rig) -> None:
    await rig.batch()
    office = await rig.account(Grant(role="ELECTION_OFFICE"))
    assert {"call-election", "load-calendar", "declare-tie"} <= (
        await offered(office, "/v1/batches/b1")
    ).keys()
    assert "cut-quota" not in await offered(office, "/v1/batches/b1")
    begun = {one["code"] for one in (await office.get("/v1/acts")).json()["items"]}
    assert begun == {"open-batch", "open-screening", "open-award"}
    chair = await rig.account(CHAIR)
    assert (await chair.get("/v1/acts")).json() == {"items": [], "next": None}
    administrator = await rig.account(Grant(role="SYS_ADMIN"))
    assert (await administrator.get("/v1/acts")).status_code == 403


async def test_a_removal_that_has_ended_offers_what_its_rules_take_still(rig: Rig) -> None:
    story = await rig.removal("r1")
    chair = await rig.account(CHAIR)
    assert {"suspend", "lift-suspension", "report-conflict"} <= (await offered(chair, "/v1/cases/r1")).keys()
    await rig.tell(story, CaseEnded(state=CaseState.REMOVED, cause=Cause.VOTE))
    left = await offered(chair, "/v1/cases/r1")
    assert "lift-suspension" in left
    assert {"suspend", "report-investigation", "report-conflict"}.isdisjoint(left)


async def test_a_vetoed_nomination_offers_what_counts_once_it_is_reopened(rig: Rig) -> None:
    story = await rig.case("c1")
    office = await rig.account(
        Grant(role="ELECTION_OFFICE", district="d01"), Grant(role="EVALUATOR", district="d01")
    )
    before = set(await offered(office, "/v1/cases/c1"))
    assert {"record-loss", "report-loss", "report-fact", "report-conflict"} <= before
    await rig.tell(story, CaseEnded(state=CaseState.VETOED, cause=Cause.NEGATIVE_LIST))
    assert {"record-loss", "report-loss", "report-fact", "report-conflict"} <= set(
        await offered(office, "/v1/cases/c1")
    )
    await rig.tell(story, CaseEnded(state=CaseState.WITHDRAWN, cause=Cause.WITHDRAWN))
    left = set(await offered(office, "/v1/cases/c1"))
    assert left.isdisjoint({"record-loss", "report-loss", "report-fact", "report-conflict"})


async def test_a_task_says_whether_it_is_asked_of_the_person_concerned_alone(rig: Rig) -> None:
    story = await rig.case("c1", person="p-none")
    nominee = await rig.account(Grant(role="NOMINEE"))
    own = await rig.case("c2", person=nominee.person_id, serial=2)
    await rig.tell(own, task_opened("c2", "declare"))
    assert story is not own
    [theirs] = (await nominee.get("/v1/tasks?view=mine")).json()["items"]
    assert theirs["own"] is True
    screener = await rig.account(Grant(role="SCREENER", district="d01"))
    rows = (await screener.get("/v1/tasks?view=mine")).json()["items"]
    assert rows
    assert {row["own"] for row in rows} == {False}
