"""What is recorded of nominations: one history for each of their branches, and for what can happen to any case."""

from datetime import timedelta
from typing import Any

from contracts import names
from contracts.canonical import digest_of
from contracts.commands.case import ClaimTask
from contracts.events.task import TaskClaimed
from contracts.settling import EventDraft, Proposal
from tests.asking import asks, opening, somebody
from tests.engine import WorkflowDesk, resumption, start
from tests.office import MINUTES, Office, finding
from tests.replay.plays import VERSION, Stories, after, refused
from workflows import options


async def clean(desk: WorkflowDesk[Any]) -> None:
    """From roster to file, elected."""
    office = Office(desk)
    await office.ready()
    await office.election(await desk.clock.now() + timedelta(seconds=30))
    await office.confirmed()
    await desk.until(await desk.clock.now() + timedelta(seconds=31))
    await office.counted("ELECTED", present=131, votes_for=131)
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")


async def vetoed(desk: WorkflowDesk[Any]) -> None:
    """A repair, then a hard veto after an explanation that never came."""
    office = Office(desk)
    await office.act("screen", "RETURN")
    await office.act("screen-sign", "CONFIRM")
    await office.act("repair", "REPAIRED", form={"phone": "000-1111"})
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await after(desk, "explanation")
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")


async def silent(desk: WorkflowDesk[Any]) -> None:
    """A key source through every rung, one last extension, a hold, an answer; then a withdrawal."""
    office = Office(desk)
    await office.screened()
    await office.replies("police")
    await after(desk, "consultation")
    await office.act("conference", "EXTENDED", form=MINUTES)
    await after(desk, "conference_extension")
    await office.reply("police")
    await office.withdraw()


async def taken_over(desk: WorkflowDesk[Any]) -> None:
    """Another's step stands on the record; then an act that is refused on it, and one that is not."""
    office = Office(desk)
    one, two = somebody("SCREENER", "p-one"), somebody("SCREENER", "p-two")
    task = await office.task("screen")
    claimed = TaskClaimed(task_id=task.id, person_id="p-one")
    draft = EventDraft(type=claimed.type, version=claimed.version, payload=claimed.plain())
    step = Proposal(events=(draft,), signer=desk.record.events()[0].actor, at=await desk.clock.now())
    desk.record.stand(desk.case_id, step, "elsewhere", digest_of("elsewhere"))
    await refused(office.asks(ClaimTask, two, task_id=task.id))
    await office.act("screen", "PASS", actor=one)
    await desk.handle.execute_update(names.CATCH_UP_UPDATE, 99, id="up", result_type=int)


async def local_failed(desk: WorkflowDesk[Any]) -> None:
    """The record fails, and a step's answer is lost."""
    office = Office(desk)
    desk.record.fail_local, desk.record.fail_ordinary = 1, 1
    await office.act("screen", "PASS")
    desk.record.lose_answers = 1
    await office.act("screen-sign", "CONFIRM")
    await after(desk, "declaration")


async def resumed(desk: WorkflowDesk[Any]) -> WorkflowDesk[Any]:
    """The engine lost the case; it is taken up from the record, and goes on."""
    await Office(desk).act("screen", "PASS")
    await desk.handle.terminate("the engine lost it")
    again = await start(desk.handle._client, resumption(opening(VERSION)), desk.clock, desk.record)
    office = Office(again)
    await office.appears("screen-sign")
    await office.act("screen-sign", "CONFIRM")
    await after(again, "declaration")
    return again


async def carried_over(desk: WorkflowDesk[Any]) -> None:
    """A case that continues as new, and goes on; the history is the later run's."""
    options.CONTINUE_AFTER = 30
    office = Office(desk)
    await office.screened()
    await office.reply("tax")
    options.CONTINUE_AFTER = 2_000
    await office.reply("police")
    await after(desk, "consultation")


async def other_rules(desk: WorkflowDesk[Any]) -> None:
    """Whatever these rules do otherwise."""
    office = Office(desk)
    task = await office.task("screen")
    await office.asks(ClaimTask, somebody("SCREENER", "p-one"), task_id=task.id)
    ahead = asks(ClaimTask, somebody("SCREENER", "p-refused"), task_id=task.id)
    # Whoever has seen more than the case knows is refused under the lock only, and that stands in history.
    await refused(desk.send(ahead.model_copy(update={"place": 99})))
    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-one"))
    await office.act("screen-sign", "CONFIRM")
    await after(desk, "declaration")


async def paused(desk: WorkflowDesk[Any]) -> None:
    """An open investigation holds the case; two people end the hold, and the other departments answer."""
    office = Office(desk)
    await office.screened()
    await office.paused("discipline")
    await office.resumed()
    await office.replies("discipline")


async def not_elected(desk: WorkflowDesk[Any]) -> None:
    """A report found untrue while the notice is posted; then too few votes."""
    office = Office(desk)
    await office.posted()
    await office.report()
    await office.check_report("UNTRUE")
    window = (await desk.case()).window
    await desk.until(window[1])
    await office.close_notice("REPORTED")
    await office.election(await desk.clock.now() + timedelta(seconds=30))
    await office.confirmed()
    await desk.until(await desk.clock.now() + timedelta(seconds=31))
    await office.counted("NOT_ELECTED", present=131, votes_for=20)


NOMINATIONS: Stories = {
    "nomination-clean": (opening(VERSION), clean),
    "nomination-vetoed": (opening(VERSION), vetoed),
    "nomination-silent": (opening(VERSION), silent),
    "nomination-paused": (opening(VERSION), paused),
    "nomination-not-elected": (opening(VERSION), not_elected),
    "nomination-taken-over": (opening(VERSION), taken_over),
    "nomination-local-failed": (opening(VERSION), local_failed),
    "nomination-resumed": (opening(VERSION), resumed),
    "nomination-carried-over": (opening(VERSION), carried_over),
    "nomination-other-rules": (opening(VERSION), other_rules),
}
"""By name the opening, and what people do."""
