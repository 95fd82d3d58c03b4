"""Who may act on a task: entitlement, outcome, what was seen. Every refusal changes nothing."""

import pytest

from tests.acting import completing, refused
from tests.asking import somebody
from tests.desks import PureDesk
from tests.office import Office


async def test_another_role_is_refused(desk: PureDesk, office: Office) -> None:
    await refused(desk, await completing(office, "screen", somebody("EVALUATOR")), "wrong-role")


async def test_another_district_is_refused(desk: PureDesk, office: Office) -> None:
    await refused(
        desk, await completing(office, "screen", somebody("SCREENER", district="d02")), "wrong-district"
    )
    await desk.send(await completing(office, "screen", somebody("SCREENER", district="d01")))


async def test_another_unit_is_refused(desk: PureDesk, office: Office) -> None:
    await office.screened()
    for unit, code in (("court", "wrong-role"), ("", "wrong-role")):
        await refused(
            desk, await completing(office, "reply", somebody("DEPT_OFFICER", unit=unit), unit="tax"), code
        )


async def test_an_outcome_that_is_not_in_the_list_is_refused(desk: PureDesk, office: Office) -> None:
    await refused(
        desk, await completing(office, "screen", somebody("SCREENER"), outcome="VETO"), "outcome-not-allowed"
    )


async def test_a_stale_digest_is_refused(desk: PureDesk, office: Office) -> None:
    stale = "f" * 64
    await refused(desk, await completing(office, "screen", somebody("SCREENER"), seen=stale), "stale-digest")


async def test_an_approval_names_exactly_what_the_first_signer_answered(
    desk: PureDesk, office: Office
) -> None:
    first = await office.task("screen")
    await office.act("screen", "PASS")
    sign = await office.task("screen-sign")
    assert sign.content_digest == desk.current.tasks[first.id].answer_digest
    asked = await completing(office, "screen-sign", somebody("SECOND_CHECKER"), seen=first.content_digest)
    await refused(desk, asked, "stale-digest")


@pytest.mark.parametrize("reason", ["", "  ", "\u200b", "\u2800\ufeff", "\u3164"])
async def test_a_reason_that_can_be_seen_is_required_where_the_policy_says_so(
    desk: PureDesk, office: Office, reason: str
) -> None:
    asked = await completing(office, "screen", somebody("SCREENER"), outcome="INELIGIBLE", reason=reason)
    await refused(desk, asked, "reason-required")


async def test_an_unknown_and_a_closed_task_are_told_apart(desk: PureDesk, office: Office) -> None:
    done = await completing(office, "screen", somebody("SCREENER"))
    await desk.send(done)
    await refused(desk, done, "task-closed")
    unknown = done.model_copy(update={"task_id": "c1.nothing.1.1"})
    await refused(desk, unknown, "unknown-task")
