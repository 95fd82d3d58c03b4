"""An extension belongs to the deadline: whoever inherits the deadline inherits its count (domain §8.8.11)."""

import pytest

from contracts.actor import LETTER_KEEPER
from contracts.commands.letters import LetterDelivered, LetterUndelivered
from contracts.vocabulary import CaseState
from tests.acting import completing, refused
from tests.asking import local, somebody
from tests.desks import PureDesk
from tests.instants import midnight_after
from tests.office import MINUTES, Office
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]


async def extended(office: Office, unit: str = "police") -> None:
    await office.act("reply", "EXTENDED", unit=unit)
    assert (await office.task("reply", unit)).due == midnight_after(3, 23)


async def test_after_being_sent_back_no_second_extension_is_had(desk: Work, office: Office) -> None:
    await office.screened()
    await extended(office)
    await office.act("reply", "NO_ISSUE", unit="police")
    await office.act("reply-sign", "SEND_BACK", unit="police")
    again = await completing(
        office, "reply", office.actor("DEPT_OFFICER", "police"), "police", outcome="EXTENDED", reason="r"
    )
    await refused(desk, again, "extension-exhausted")


async def test_the_colleague_of_who_stepped_back_has_no_second_extension(desk: Work, office: Office) -> None:
    await office.screened()
    await extended(office)
    await office.reply("police", "RECUSED")
    other = somebody("DEPT_OFFICER", "p-other", "police")
    again = await completing(office, "reply", other, "police", outcome="EXTENDED", reason="r")
    await refused(desk, again, "extension-exhausted")


async def test_the_other_signatures_of_an_opinion_share_its_one_extension(desk: Work, office: Office) -> None:
    await office.to_integrity()
    await office.act("opinion-draft", "EXTENDED")
    moved = (await office.task("opinion-draft")).due
    await office.act("opinion-draft", "NO_OBJECTION")
    for kind in ("opinion-head", "opinion-leader"):
        task = await office.task(kind)
        assert (task.due, task.extensions) == (moved, 1)


@pytest.mark.parametrize("between", ["signed", "sent back", "recused"])
async def test_the_conferences_last_extension_is_the_last_whoever_has_the_task(
    desk: Work, office: Office, between: str
) -> None:
    await office.screened()
    await office.replies("police")
    await desk.until(local("2026-03-23 09:00"))
    await office.act("conference", "EXTENDED", unit="police", form=MINUTES)
    outcome = "RECUSED" if between == "recused" else "NO_ISSUE"
    await office.act("reply", outcome, unit="police")
    if between != "signed":
        await office.act("reply-sign", {"recused": "CONFIRM"}.get(between, "SEND_BACK"), unit="police")
    (task,) = [t for t in desk.current.open_tasks("reply", "reply-sign") if t.unit == "police"]
    assert task.final
    await desk.until(midnight_after(3, 30))
    assert desk.current.state is CaseState.HELD, "the last extension passed without the answer"
    await office.resumed()
    once_more = await completing(
        office, "conference", office.actor("UFWD"), "police", outcome="EXTENDED", reason="r", form=MINUTES
    )
    await refused(desk, once_more, "extension-exhausted")


async def test_an_extension_that_would_end_in_the_past_is_refused(desk: Work, office: Office) -> None:
    await office.screened()
    await desk.until(local("2026-03-23 23:59"))
    late = office.actor("DEPT_OFFICER", "tax")
    in_time = await completing(office, "reply", late, "tax", outcome="EXTENDED", reason="r")
    await desk.until(midnight_after(3, 23))
    await refused(desk, in_time, "past-deadline")


async def test_it_is_counted_from_the_deadline_however_late_it_is_asked(desk: Work, office: Office) -> None:
    await office.screened()
    await desk.until(local("2026-03-20 10:00"))
    await extended(office)


async def test_the_conferences_extension_moves_no_deadline_earlier_than_was_shown(
    desk: Work, office: Office
) -> None:
    await office.screened()
    await office.replies("police")
    await desk.until(local("2026-03-23 09:00"))
    asked = await office.task("reply", "police")
    keeper = {"letter": "l1", "notice": "N05", "task_id": asked.id, "led_at": asked.opened}
    await office.asks(LetterUndelivered, LETTER_KEEPER, **keeper)
    await office.asks(LetterDelivered, LETTER_KEEPER, letter="l1", at=local("2026-03-23 08:00"))
    shown = (await office.task("reply", "police")).due
    assert shown == midnight_after(4, 7), "ten working days from the service, the holiday of 6 April between"
    await office.act("conference", "EXTENDED", unit="police", form=MINUTES)
    extended_now = await office.task("reply", "police")
    assert (extended_now.due, extended_now.final) == (midnight_after(4, 14), True)
