"""The life of a policy version through the API: proposed by one policy administrator, approved by another (SOD-09)."""

from pathlib import Path
from typing import Any

import pytest

from contracts.actor import Grant
from contracts.commands.base import Accepted
from contracts.commands.case import CompleteTask
from contracts.commands.opening import Opening
from contracts.commands.policy import ProposePolicy
from contracts.events.policy import PolicyProposed
from contracts.names import policy_id
from contracts.policy import loader
from services.officers.desk.engine import Pending
from services.officers.views.policies import WhatIfView
from tests.later_policy import ITEM, LATER, later, later_released
from tests.officers_rig import Rig, batch_opened, task_opened

ADMIN = Grant(role="POLICY_ADMIN")
PATH = "/v1/policies/proposals"


def records(rig: Rig) -> None:
    """What is proposed comes to the record, with the task of whoever is to approve."""

    async def opened(opening: Opening) -> Pending:
        assert isinstance(opening, ProposePolicy)
        rig.story(opening.target, "policy", opening.target, "all")
        said = PolicyProposed(
            policy_version=opening.version,
            version_digest=opening.version_digest,
            author=opening.actor.person_id,
            transition=opening.transition,
            content_digest=opening.version_digest,
        )
        await rig.record(opening, said, task_opened(opening.target, "approve-policy"))
        return Pending()

    rig.engine.opened = opened


def drafted(rig: Rig) -> str:
    """A version in the office's folder; its digest."""
    folder = rig.office.policies_dir
    assert folder is not None
    return loader.drafted(later(folder)).digest


async def test_a_version_is_proposed_by_one_and_shown_to_whoever_is_to_approve(rig: Rig) -> None:
    records(rig)
    author, other = await rig.account(ADMIN), await rig.account(ADMIN)
    body = {"version": LATER, "digest": drafted(rig)}
    first = await author.post(PATH, body, key="k1")
    assert first.status_code == 201, first.text
    case_id = policy_id(LATER, body["digest"])
    assert (first.json()["case_id"], first.headers["Location"]) == (case_id, f"{PATH}/{case_id}")
    [command] = rig.engine.sent
    assert isinstance(command, ProposePolicy)
    assert (command.policy, command.version, command.transition) == ("2026.1", LATER, None)
    [shown] = (await other.get(PATH)).json()
    assert (shown["version"], shown["digest"], shown["author"]) == (LATER, body["digest"], author.person_id)
    task = shown["approval"]["task_id"]
    rig.engine.answers = lambda command: Accepted(case_id=case_id, sequence=3, index=-1)
    done = await other.post(
        f"/v1/tasks/{task}/outcome",
        {"outcome": "APPROVED", "reason": "read", "seen": shown["approval"]["seen"]},
    )
    assert done.status_code == 200, done.text
    assert isinstance(rig.engine.sent[-1], CompleteTask)
    again = await author.post(PATH, body, key="k2")
    assert (again.status_code, again.json()["code"]) == (409, "policy-known")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"digest": "e" * 64}, "policy-faulty"),
        ({"version": "2026.9"}, "unknown-policy"),
        ({"version": "2026.1"}, "policy-known"),
        ({"version": "../etc"}, "invalid"),
    ],
)
async def test_what_is_not_there_or_not_what_was_seen_is_not_proposed(
    rig: Rig, said: dict[str, Any], code: str
) -> None:
    author = await rig.account(ADMIN)
    answer = await author.post(PATH, {"version": LATER, "digest": drafted(rig), **said})
    assert answer.json()["code"] == code
    assert rig.engine.sent == []


async def test_a_version_with_a_fault_is_named_with_its_file_and_line(rig: Rig) -> None:
    author = await rig.account(ADMIN)
    digest = drafted(rig)
    folder = rig.office.policies_dir
    assert folder is not None
    (folder / LATER / "seats.yaml").write_text("seats: 7\n")
    answer = await author.post(PATH, {"version": LATER, "digest": digest})
    assert answer.json()["code"] == "policy-faulty"
    assert "seats.yaml:1" in answer.json()["detail"]


async def test_versions_in_the_folder_are_listed_with_their_digest_or_their_fault(rig: Rig) -> None:
    author, other = await rig.account(ADMIN), await rig.account(Grant(role="ELECTION_OFFICE"))
    assert (await author.get(f"{PATH}/drafts")).json() == []
    digest = drafted(rig)
    assert (await author.get(f"{PATH}/drafts")).json() == [{"version": LATER, "digest": digest, "fault": ""}]
    whole = (await author.get(f"{PATH}/drafts/{LATER}")).json()
    assert (whole["digest"], ITEM in {one["code"] for one in whole["policy"]["negative_list"]}) == (
        digest,
        True,
    )
    folder = rig.office.policies_dir
    assert folder is not None
    (folder / LATER / "seats.yaml").write_text("seats: 7\n")
    [faulty] = (await author.get(f"{PATH}/drafts")).json()
    assert (faulty["digest"], "seats.yaml:1" in faulty["fault"]) == (None, True)
    assert (await author.get(f"{PATH}/drafts/{LATER}")).json()["code"] == "policy-faulty"
    for absent in ("2026.1", "2099.1"):
        assert (await author.get(f"{PATH}/drafts/{absent}")).json()["code"] == "unknown-policy"
    for path in ("drafts", f"drafts/{LATER}", "batches"):
        assert (await other.get(f"{PATH}/{path}")).json()["code"] == "wrong-role"


async def test_whoever_administers_the_policy_knows_batches_by_title_and_nothing_of_their_cases(
    rig: Rig,
) -> None:
    await rig.batch()
    await rig.case("c1")
    author = await rig.account(ADMIN)
    [batch] = (await author.get(f"{PATH}/batches")).json()
    assert batch == {"batch_id": "b1", "title": batch["title"], "policy": "2026.1"}
    assert batch["title"]
    assert (await author.get("/v1/batches")).json()["code"] == "wrong-role"


async def test_a_batch_opens_under_a_released_version_only(rig: Rig) -> None:
    drafted(rig)
    office = await rig.account(Grant(role="ELECTION_OFFICE"))
    batch = {"title": "换届", "districts": ["d01"], "policy": LATER}
    assert (await office.post("/v1/batches", batch)).json()["code"] == "unknown-policy"
    assert rig.engine.sent == []


@pytest.mark.parametrize("role", ["SYS_ADMIN", "ELECTION_OFFICE", "UFWD"])
async def test_nobody_else_proposes(rig: Rig, role: str) -> None:
    person = await rig.account(Grant(role=role))
    answer = await person.post(PATH, {"version": LATER, "digest": drafted(rig)})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong-role")
    assert (await person.get(PATH)).json()["code"] == "wrong-role"


async def test_a_policy_administrator_acts_on_no_other_case(rig: Rig) -> None:
    await rig.batch()
    await rig.case("c1")
    admin = await rig.account(ADMIN)
    task = {"outcome": "PASS", "reason": "r", "seen": "d" * 64}
    answer = await admin.post("/v1/tasks/c1.screen.1.1/outcome", task)
    assert answer.status_code == 404
    assert rig.engine.sent == []


async def test_a_rule_of_transition_names_batches_items_and_a_released_version(
    rig: Rig, tmp_path: Path
) -> None:
    records(rig)
    await rig.batch()
    author = await rig.account(ADMIN)

    async def proposed(**rule: Any) -> Any:
        said = {"batches": ["b1"], "items": [ITEM], **rule}
        body = {"version": LATER, "digest": loader.digest(LATER), "transition": said}
        return await author.post(PATH, body)

    with later_released(tmp_path / "released"):
        for wrong, names in (
            ({"batches": ["b9"]}, "no batch b9"),
            ({"items": ["NL-A01"]}, "NL-A01: no consulted"),
        ):
            answer = await proposed(**wrong)
            assert answer.json()["code"] == "policy-faulty"
            assert names in answer.json()["detail"]
        assert rig.engine.sent == []
        assert (await proposed()).status_code == 201
    [command] = rig.engine.sent
    assert isinstance(command, ProposePolicy)
    assert command.transition is not None
    assert (command.transition.batches, command.transition.items) == (("b1",), (ITEM,))
    assert batch_opened().policy == "2026.1"


async def test_a_rule_of_transition_to_a_version_that_nobody_released_is_refused(rig: Rig) -> None:
    await rig.batch()
    author = await rig.account(ADMIN)
    rule = {"batches": ["b1"], "items": [ITEM]}
    answer = await author.post(PATH, {"version": LATER, "digest": drafted(rig), "transition": rule})
    assert answer.json()["code"] == "unknown-policy"


@pytest.mark.parametrize("districts", [["city", "d01"], ["d01", "nowhere"]])
async def test_a_batch_is_of_one_level(rig: Rig, districts: list[str]) -> None:
    office = await rig.account(Grant(role="ELECTION_OFFICE"))
    answer = await office.post("/v1/batches", {"title": "换届", "districts": districts, "policy": "2026.1"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert rig.engine.sent == []


async def test_a_district_with_a_version_of_its_own_opens_its_cases_under_that_alone(rig: Rig) -> None:
    own = [
        row.model_copy(update={"version": LATER} if row.code == "d01" else {})
        for row in rig.office.policy.districts
    ]
    object.__setattr__(rig.office, "policy", rig.office.policy.model_copy(update={"districts": tuple(own)}))
    office = await rig.account(Grant(role="ELECTION_OFFICE"))
    evaluator = await rig.account(Grant(role="EVALUATOR", district="d01"))
    batch = {"title": "换届", "districts": ["d01"], "policy": "2026.1"}
    member = {"person_id": evaluator.person_id, "seat": "executive", "district": "d01", "policy": "2026.1"}
    lead = {"source": "court-feed", "lead": {"name": "某某", "text": "法院来函"}}
    for who, path, body in ((office, "/v1/batches", batch), (evaluator, "/v1/removals", {**member, **lead})):
        answer = await who.post(path, body)
        assert (answer.status_code, answer.json()["code"]) == (422, "policy-of-district"), answer.text
    assert rig.engine.sent == []


def test_an_administrator_reads_which_cases_would_differ_and_the_auditor_what() -> None:
    difference = {"what": "fact", "about": "NL-D01", "recorded": "H", "under": "not-counted"}
    case = {
        "case_id": "c1",
        "kind": "nomination",
        "district": "d01",
        "decided_by": "2026.1",
        "state": "VETOED",
        "ended": True,
        "differences": [difference],
    }
    found = {"version": LATER, "folded": 7, "cases": [case]}
    admin, full = WhatIfView.of(found, content=False), WhatIfView.of(found, content=True)
    assert admin.cases[0].differs == full.cases[0].differs == ["fact"]
    assert (admin.cases[0].state, admin.cases[0].differences) == (None, None)
    assert (full.cases[0].state, full.cases[0].differences) == ("VETOED", [difference])
    for secret in ("NL-D01", "VETOED", "not-counted"):
        assert secret not in admin.model_dump_json()
