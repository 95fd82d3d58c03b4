"""ST04: what the joint conference may do about a silent department, and what becomes of a reply that comes late."""

import pytest

from contracts.base import NO_DIGEST
from contracts.events.nomination import LateReplyTaken
from contracts.events.review import DepartmentClosed
from contracts.vocabulary import CaseState, Grade, Stage
from tests.asking import local, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import MINUTES, Office, finding
from workflows.kinds.nomination.case import Nomination

MONDAY = local("2026-03-23 09:00")
"""T+5 of a consultation that was issued on 2 March."""


async def silent(office: Office, *units: str) -> None:
    """Everybody has answered but these, and they are before the joint conference."""
    await office.screened()
    await office.replies(*units)
    await office.desk.until(MONDAY)


async def test_a_department_is_closed_by_written_minutes_only(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await silent(office, "finance")
    for form in ({}, {"meeting_on": "2026-03-23"}):
        with pytest.raises(RefusedError, match="form-invalid"):
            await office.act("conference", "CLOSED_NO_REPLY", form=dict(form))
    await office.act("conference", "CLOSED_NO_REPLY", form=MINUTES)
    assert [e.model_dump()["minutes_digest"] for e in desk.of(DepartmentClosed)] == [NO_DIGEST]


@pytest.mark.parametrize("unit", ["discipline", "court", "procuratorate", "police", "tax"])
async def test_no_key_source_is_closed_but_the_level_above_may_be_asked(
    desk: PureDesk[Nomination], office: Office, unit: str
) -> None:
    await silent(office, unit)
    with pytest.raises(RefusedError, match="key-source"):
        await office.act("conference", "CLOSED_NO_REPLY", form=MINUTES)
    await office.act("conference", "ASKED_ABOVE", form=MINUTES)
    assert not desk.current.open_tasks("reply")
    await office.act("reply-above", "NO_ISSUE")
    assert desk.current.stage is Stage.CONSULTATION
    await office.act("reply-above-sign", "CONFIRM")
    assert desk.current.stage is Stage.GRADING


async def test_two_people_take_the_answer_of_the_level_above(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await silent(office, "police")
    await office.act("conference", "ASKED_ABOVE", form=MINUTES)
    await office.act("reply-above", "NO_RECORD", actor=somebody("UFWD", "p-both"))
    with pytest.raises(RefusedError, match="same-person"):
        await office.act("reply-above-sign", "CONFIRM", actor=somebody("LEADER_IN_CHARGE", "p-both"))


async def test_a_silent_level_above_comes_before_the_conference_again(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await silent(office, "police")
    await office.act("conference", "ASKED_ABOVE", form=MINUTES)
    await desk.until(local("2026-05-06 10:00"))
    with pytest.raises(RefusedError, match="outcome-not-allowed"):
        await office.act("conference", "ASKED_ABOVE", form=MINUTES)
    await office.act("conference", "HELD", form=MINUTES)
    assert desk.current.state is CaseState.HELD
    await office.act("reply-above", "NO_ISSUE")
    await office.act("reply-above-sign", "CONFIRM")
    assert desk.current.stage is Stage.GRADING, "its answer ends the hold"


async def test_a_reply_after_the_close_is_taken_and_lifts_the_cap_while_nothing_is_decided(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await silent(office, "finance")
    await office.act("conference", "CLOSED_NO_REPLY", form=MINUTES)
    await office.graded(900)
    assert desk.current.grade is Grade.B
    await office.act("late-reply", "NO_ISSUE")
    assert desk.current.grade is Grade.B, "one signature is not a reply"
    await office.act("late-reply-sign", "CONFIRM")
    assert desk.current.grade is Grade.A
    assert [e.model_dump()["counts"] for e in desk.of(LateReplyTaken)] == [True]
    assert desk.current.stage is Stage.INSPECTION


async def test_a_reply_after_the_decision_is_kept_and_its_facts_are_ruled_on(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await silent(office, "finance")
    await office.act("conference", "CLOSED_NO_REPLY", form=MINUTES)
    await office.graded(900)
    await office.inspected()
    await office.opinion()
    await office.approved()
    await office.act("late-reply", "ISSUE", form=finding("NL-C07", "2026-01-10"))
    await office.act("late-reply-sign", "CONFIRM")
    assert [e.model_dump()["counts"] for e in desk.of(LateReplyTaken)] == [False]
    assert desk.current.grade is Grade.B
    assert desk.current.state is CaseState.RULING
    assert len(desk.current.open_hits()) == 1


async def test_a_late_reply_needs_two_people_of_the_department(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await silent(office, "finance")
    await office.act("conference", "CLOSED_NO_REPLY", form=MINUTES)
    await office.act("late-reply", "NO_ISSUE", actor=somebody("DEPT_OFFICER", "p-both", "finance"))
    with pytest.raises(RefusedError, match="same-person"):
        await office.act("late-reply-sign", "CONFIRM", actor=somebody("DEPT_HEAD", "p-both", "finance"))
    await office.act("late-reply-sign", "SEND_BACK")
    await office.act("late-reply", "RECUSED")
    await office.act("late-reply-sign", "CONFIRM")
    assert (await office.task("late-reply")).unit == "finance"


async def test_whoever_answers_a_later_round_caps_nothing_any_more(
    desk: PureDesk[Nomination], office: Office
) -> None:
    """The evaluation expires before the election, and everybody is asked anew: the bank answers this time."""
    await silent(office, "finance")
    await office.act("conference", "CLOSED_NO_REPLY", form=MINUTES)
    await office.graded(900)
    assert desk.current.grade is Grade.B
    await office.inspected()
    await office.opinion()
    await office.approved()
    await office.act("post-notice", "POSTED")
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    await office.close_notice()
    await office.election(local("2029-04-02 09:00"))
    await desk.until(local("2026-04-02 00:00"))
    assert desk.current.state is CaseState.CONSULTING
    assert not desk.current.open_tasks("late-reply"), "the department is asked anew"
    await office.replies()
    await office.graded(900)
    assert desk.current.grade is Grade.A
