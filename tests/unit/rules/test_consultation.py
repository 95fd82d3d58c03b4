"""ST04: departments, their silence, and the joint conference."""

import pytest

from contracts.events.case import CaseHeld
from contracts.events.task import RungReached, TaskOpened
from contracts.vocabulary import CaseState, Grade, Rung, Stage
from tests.acting import completing, refused
from tests.asking import local, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import MINUTES, Office, finding


async def test_fourteen_departments_are_asked_at_once_and_two_people_sign(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    assert len(desk.current.open_tasks("reply")) == 14
    await office.replies("tax")
    assert desk.current.stage is Stage.CONSULTATION
    await office.act("reply", "NO_ISSUE", unit="tax")
    assert desk.current.stage is Stage.CONSULTATION, "one signature is not a reply"
    await office.act("reply-sign", "CONFIRM", unit="tax")
    assert desk.current.stage is Stage.GRADING
    assert len(desk.of(TaskOpened)) == 2 + 1 + 28 + 1


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "findings"),
        (finding("NL-Z99"), "NL-Z99"),
        (finding("NL-X01"), "NL-X01"),
        (finding("NL-B03"), "NL-B03"),
        (finding("NL-E06"), "form.findings.0.subject"),
    ],
)
async def test_an_issue_must_name_facts_of_items_in_force(
    desk: PureDesk, office: Office, form: dict[str, object], said: str
) -> None:
    await office.screened()
    with pytest.raises(RefusedError, match=said) as caught:
        await office.act("reply", "ISSUE", unit="tax", form=form)
    assert caught.value.code == "form-invalid"


async def test_a_recused_officers_reply_does_not_count(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "RECUSED")
    again = await office.task("reply", "tax")
    assert again.round == 2
    recused = await completing(office, "reply", office.actor("DEPT_OFFICER", "tax"), "tax")
    await refused(desk, recused, "conflict-of-interest")
    other = somebody("DEPT_OFFICER", "p-other", "tax")
    await office.act("reply", "NO_ISSUE", unit="tax", actor=other)
    await office.act("reply-sign", "SEND_BACK", unit="tax")
    await office.act("reply", "NO_ISSUE", unit="tax", actor=other)
    await office.act("reply-sign", "CONFIRM", unit="tax")
    assert not [t for t in desk.current.open_tasks("reply", "reply-sign") if t.unit == "tax"]


async def test_one_extension_is_granted_and_the_second_refused(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.act("reply", "EXTENDED", unit="tax")
    assert (await office.task("reply", "tax")).due == local("2026-03-24 00:00")
    with pytest.raises(RefusedError, match="extension-exhausted"):
        await office.act("reply", "EXTENDED", unit="tax")


async def test_the_ladder_of_a_silent_department_is_seen_once_per_rung(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.replies("police")
    await desk.until(local("2026-03-23 09:00"))
    rungs = [e for e in desk.of(RungReached) if isinstance(e, RungReached) and e.unit == "police"]
    assert [r.rung for r in rungs] == [Rung.BLUE, Rung.YELLOW, Rung.RED, Rung.CONFERENCE]
    assert [r.planned for r in rungs] == [
        local("2026-03-11 09:00"),
        local("2026-03-17 09:00"),
        local("2026-03-19 09:00"),
        local("2026-03-23 09:00"),
    ]
    with pytest.raises(RefusedError, match="key-source"):
        await office.act("conference", "CLOSED_NO_REPLY", form=MINUTES)
    await office.act("conference", "EXTENDED", form=MINUTES)
    await desk.until(local("2026-03-30 23:59"))
    assert desk.current.state is CaseState.CONSULTING
    await desk.until(local("2026-03-31 00:00"))
    assert desk.current.state is CaseState.HELD
    assert len(desk.of(CaseHeld)) == 1
    await desk.until(local("2026-04-20 10:00"))  # on hold the clock of the others stands, and nothing spins
    assert len([e for e in desk.of(RungReached) if isinstance(e, RungReached) and e.unit == "police"]) == 5
    await office.reply("police")
    assert desk.current.stage is Stage.GRADING, "the answer ends the hold"


async def test_a_department_closed_in_writing_caps_the_grade_at_b(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.replies("finance")
    await desk.until(local("2026-03-23 09:00"))
    await office.act("conference", "CLOSED_NO_REPLY", form=MINUTES)
    await office.graded(900)
    assert desk.current.grade is Grade.B


async def test_a_second_last_extension_is_refused_and_an_answered_department_is_not_closed(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.replies("police", "finance")
    await desk.until(local("2026-03-23 09:00"))
    await office.act("conference", "HELD", form=MINUTES, unit="finance")
    assert desk.current.state is CaseState.HELD
    await office.resumed()
    await office.act("conference", "EXTENDED", form=MINUTES, unit="police")
    await office.reply("police")
    assert desk.current.stage is Stage.CONSULTATION
