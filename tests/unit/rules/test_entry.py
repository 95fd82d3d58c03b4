"""ST02 and ST03: eligibility check, repair, declaration."""

import pytest

from contracts.commands.nomination import EnterFirm
from contracts.events.case import CaseEnded
from contracts.nominee import Firm
from contracts.vocabulary import CaseState, FirmPart, Stage
from tests.acting import completing, refused
from tests.asking import local, somebody
from tests.conflicts import found
from tests.desks import PureDesk, RefusedError
from tests.invented import nominee
from tests.office import Office


async def test_a_return_is_repaired_at_most_twice(desk: PureDesk, office: Office) -> None:
    for _ in range(2):
        await office.act("screen", "RETURN")
        await office.act("screen-sign", "CONFIRM")
        stale = (await office.task("repair")).content_digest
        await office.act("repair", "REPAIRED", form={"phone": "000-1111", "position": "董事长"})
    assert desk.current.content_digest == (await office.task("screen")).content_digest
    assert stale is not None
    with pytest.raises(RefusedError, match="outcome-not-allowed"):
        await office.act("screen", "RETURN")


async def returned(office: Office) -> None:
    await office.act("screen", "RETURN")
    await office.act("screen-sign", "CONFIRM")


async def test_a_repair_that_is_asked_for_anew_is_no_second_return(desk: PureDesk, office: Office) -> None:
    """A firm is entered while the unit repairs: it is asked over the dossier as it is, and was returned it once."""
    await returned(office)
    due = (await office.task("repair")).due
    firm = Firm(name="虚构甲公司", credit_code=nominee(2).credit_code, part=FirmPart.OTHER)
    await office.asks(EnterFirm, office.actor("NOMINEE"), firm=firm)
    assert (await office.task("repair")).due == due
    await office.act("repair", "REPAIRED", form={"position": "董事长"})
    await returned(office)
    await office.act("repair", "REPAIRED", form={"position": "总经理"})
    with pytest.raises(RefusedError, match="outcome-not-allowed"):
        await office.act("screen", "RETURN")


async def test_what_somebody_with_a_conflict_returned_counts_for_nothing(
    desk: PureDesk, office: Office
) -> None:
    """Whoever checks the dossier instead may return it as often as anybody."""
    for _ in range(2):
        await returned(office)
        await office.act("repair", "REPAIRED", form={"phone": "000-1111"})
    await found(office, "p-screener-1")
    other = somebody("SCREENER", "p-other")
    for position in ("董事长", "总经理"):
        await office.act("screen", "RETURN", actor=other)
        await office.act("screen-sign", "CONFIRM")
        await office.act("repair", "REPAIRED", form={"position": position})
    with pytest.raises(RefusedError, match="outcome-not-allowed"):
        await office.act("screen", "RETURN", actor=other)


async def test_nobody_repairs_what_somebody_with_a_conflict_returned(desk: PureDesk, office: Office) -> None:
    await returned(office)
    await found(office, "p-screener-1")
    assert [task.kind for task in desk.current.open_tasks()] == ["screen"]


async def test_an_empty_repair_is_refused(desk: PureDesk, office: Office) -> None:
    await office.act("screen", "RETURN")
    await office.act("screen-sign", "CONFIRM")
    for form in ({}, {"id_number": "1"}):
        with pytest.raises(RefusedError, match="form-invalid"):
            await office.act("repair", "REPAIRED", form=dict(form))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("credit_code", "0" * 18),
        ("credit_code", "91990001000000001n"),
        ("name", "测试\n乙"),
        ("name", "测试\u202e乙"),
        ("name", "\u200b"),
        ("name", "测试3"),
        ("firm", " "),
        ("firm", "虚构\u3164有限公司"),
        ("phone", "１３８００００００００"),
        ("phone", "none"),
        ("email", "a@b"),
        ("position", "董事长\u200d"),
    ],
)
async def test_a_repair_holds_what_a_cell_of_the_roster_must_hold(
    desk: PureDesk, office: Office, field: str, text: str
) -> None:
    await office.act("screen", "RETURN")
    await office.act("screen-sign", "CONFIRM")
    with pytest.raises(RefusedError, match=f"form.{field}"):
        await office.act("repair", "REPAIRED", form={field: text})


async def test_a_repair_is_cleaned_as_a_cell_is(desk: PureDesk, office: Office) -> None:
    await office.act("screen", "RETURN")
    await office.act("screen-sign", "CONFIRM")
    await office.act("repair", "REPAIRED", form={"firm": " 虚构二有限公司 ", "email": ""})
    assert desk.current.nominee is not None
    assert (desk.current.nominee.firm, desk.current.nominee.email) == ("虚构二有限公司", "")


async def test_a_repaired_name_is_kept_as_the_card_prints_it(desk: PureDesk, office: Office) -> None:
    await office.act("screen", "RETURN")
    await office.act("screen-sign", "CONFIRM")
    await office.act("repair", "REPAIRED", form={"name": "测试 • 乙"})
    assert desk.current.nominee is not None
    assert desk.current.nominee.name == "测试·乙"


@pytest.mark.parametrize(
    ("outcome", "state"), [("INELIGIBLE", CaseState.INELIGIBLE), ("DUPLICATE", CaseState.MERGED)]
)
async def test_screening_ends_a_case(desk: PureDesk, office: Office, outcome: str, state: CaseState) -> None:
    await office.act("screen", outcome)
    await office.act("screen-sign", "CONFIRM")
    assert desk.current.state is state


async def test_screening_sent_back_is_done_again(desk: PureDesk, office: Office) -> None:
    await office.act("screen", "INELIGIBLE")
    await office.act("screen-sign", "SEND_BACK")
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    assert desk.current.stage is Stage.DECLARATION


async def test_a_refused_declaration_renounces(desk: PureDesk, office: Office) -> None:
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    await office.act("declare", "REFUSED")
    assert desk.current.state is CaseState.RENOUNCED


async def test_a_silent_nominee_renounces_on_the_fifth_day_after_the_term(
    desk: PureDesk, office: Office
) -> None:
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    await desk.until(local("2026-03-16 23:59"))
    assert desk.current.state is CaseState.AWAITING_CONSENT
    await desk.until(local("2026-03-17 00:00"))
    assert desk.current.state is CaseState.RENOUNCED
    assert desk.of(CaseEnded)[0].model_dump()["cause"] == "declaration-not-answered"


async def test_only_the_nominee_signs_the_declaration(desk: PureDesk, office: Office) -> None:
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    await refused(desk, await completing(office, "declare", somebody("NOMINEE")), "wrong-role")
    await refused(desk, await completing(office, "declare", somebody("CLERK", "p-nominee")), "wrong-role")
