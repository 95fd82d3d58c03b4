"""People who act on a case, for tests: over the pure rules, or over a running workflow."""

import asyncio
from datetime import datetime
from typing import Any, Generic, TypeVar

from contracts.actor import Actor
from contracts.base import NO_DIGEST
from contracts.commands.base import Command
from contracts.commands.case import CompleteTask, LoadCaseCalendar
from contracts.commands.nomination import RegisterReport, ScheduleElection, Withdraw
from contracts.matter import ReportContent
from contracts.policy.model import CalendarYear
from tests.asking import NOMINEE, asks, local, somebody
from tests.desks import Desk
from tests.instants import CHINA
from tests.waiting import PATIENCE
from workflows.kinds.nomination.case import Nomination
from workflows.procedure.case import Case, Task
from workflows.rules.grading import dimension_nine

K = TypeVar("K", bound=Case)
C = TypeVar("C", bound=Command)

INSPECTION: dict[str, object] = {"talk_held_on": "2026-03-02", "text": "met in person"}
PAPER: dict[str, object] = {"issuer": "issuer", "document_no": "no. 1", "read_on": "2026-03-02"}
MINUTES: dict[str, object] = {"meeting_on": "2026-01-05", "minutes_digest": NO_DIGEST}
"""Of any meeting; the party committee's say as well that it decided the whole list, and who stepped aside."""
DECIDED: dict[str, object] = {**MINUTES, "whole_list": True, "recusals": []}


class People(Generic[K]):
    """People who do their tasks. Each role, unit and signature is a person of its own unless a test says so."""

    concerned = "p-nominee"
    """Who acts in a role that one has on the own case only."""

    def __init__(self, desk: Desk[K]) -> None:
        self.desk = desk

    def actor(self, role: str, unit: str = "", signature: int = 1, person: str | None = None) -> Actor:
        """Somebody who holds the role (and unit) in every district."""
        if role in self.desk.policy.self_roles:
            person = person or self.concerned
        name = person or "-".join(filter(None, ("p", role.lower(), unit, str(signature))))
        return somebody(role, name.replace("_", "-"), unit)

    async def task(
        self, kind: str, unit: str = "", signature: int | None = None, about: str | None = None
    ) -> Task:
        """The open task of a kind; there must be exactly one."""
        found = [
            t
            for t in (await self.desk.case()).open_tasks(kind)
            if unit in {"", t.unit} and signature in {None, t.signature} and about in {None, t.about}
        ]
        assert len(found) == 1, f"{len(found)} open tasks {kind} {unit} {signature}"
        return found[0]

    async def appears(self, kind: str, seconds: float = PATIENCE) -> None:
        """Wait until a task of a kind is open: what time brings on a real engine comes a moment later."""
        async with asyncio.timeout(seconds):
            while not (await self.desk.case()).open_tasks(kind):
                await asyncio.sleep(0.05)

    async def act(
        self,
        kind: str,
        outcome: str,
        *,
        unit: str = "",
        signature: int | None = None,
        about: str | None = None,
        actor: Actor | None = None,
        form: dict[str, object] | None = None,
        reason: str = "reason given",
        seen: str | None = None,
    ) -> CompleteTask:
        """Complete the open task of a kind; returns the command, so that a test can repeat it."""
        task = await self.task(kind, unit, signature, about)
        return await self.answer(task, outcome, actor=actor, form=form, reason=reason, seen=seen)

    async def answer(
        self,
        task: Task,
        outcome: str,
        *,
        actor: Actor | None = None,
        form: dict[str, object] | None = None,
        reason: str = "reason given",
        seen: str | None = None,
    ) -> CompleteTask:
        """Complete this task, open or not; returns the command."""
        who = actor or self.actor(task.role, self._unit(task), task.signature)
        return await self.asks(
            CompleteTask,
            who,
            task_id=task.id,
            outcome=outcome,
            form=form or {},
            reason=reason,
            seen=seen or task.content_digest,
        )

    async def asks(self, cls: type[C], actor: Actor, **fields: object) -> C:
        """Ask something of the case; returns the command."""
        command = asks(cls, actor, self.desk.case_id, **fields)
        await self.desk.send(command)
        return command

    async def resumed(self, outcome: str = "RESUMED", about: str | None = None) -> None:
        """Two people end the hold of this name; without a name there is one only. Both read the paper again."""
        held = await self.task("resume", about=about)
        again = {**PAPER, "read_on": str(held.opened.astimezone(CHINA).date())}
        await self.answer(held, outcome, form=again)
        await self.act("resume-sign", "CONFIRM", about=about, form=again)

    async def load_calendar(self, year: CalendarYear) -> None:
        """The case is handed a newly published year."""
        await self.asks(LoadCaseCalendar, self.actor("ELECTION_OFFICE"), year=year)

    def _unit(self, task: Task) -> str:
        """The unit for which the role is held: the joint conference belongs to none."""
        return "" if task.role == "UFWD" else task.unit


class Office(People[Nomination]):
    """The people of a nomination."""

    async def screened(self) -> None:
        """ST02 and ST03 passed: the consultation runs."""
        await self.act("screen", "PASS")
        await self.act("screen-sign", "CONFIRM")
        await self.act("declare", "SIGNED")

    async def reply(
        self, unit: str, outcome: str = "NO_ISSUE", form: dict[str, object] | None = None
    ) -> None:
        """A department's two people answer."""
        await self.act("reply", outcome, unit=unit, form=form)
        await self.act("reply-sign", "CONFIRM", unit=unit)

    async def replies(self, *but: str) -> None:
        """Every department answers NO_ISSUE, but these."""
        for department in self.desk.policy.departments:
            if department.code not in but:
                await self.reply(department.code)

    async def paused(self, unit: str) -> None:
        """A department names an open investigation, and two people confirm it."""
        await self.reply(unit, "ISSUE", finding("NL-C03"))
        about = f"hit.{len((await self.desk.case()).hits)}"
        await self.act("confirm-pause", "PAUSE", about=about, form=PAPER)
        await self.act("confirm-pause-sign", "CONFIRM", about=about)

    async def held_for(self, *units: str) -> None:
        """The joint conference holds the case for these silent departments."""
        await self.desk.until(local("2026-03-23 09:00"))
        for unit in units:
            await self.act("conference", "HELD", unit=unit, form=MINUTES)

    def scores(self, total: int = 860, index: int = 800) -> dict[str, object]:
        """A form whose scores and index add up to `total` tenths; index 800 gives 120 of them."""
        grading = self.desk.policy.grading
        left = total - dimension_nine(index, grading)
        scores: dict[str, int] = {}
        scored = [d for d in grading.dimensions if not d.from_index]
        room = sum(d.max for d in scored)
        for dimension in scored:
            scores[dimension.code] = min(dimension.max, round(left * dimension.max / room))
        short = left - sum(scores.values())
        for dimension in scored:
            step = max(-scores[dimension.code], min(dimension.max - scores[dimension.code], short))
            scores[dimension.code] += step
            short -= step
        assert short == 0, "this total cannot be reached"
        return {"scores": scores, "integrity_index": index}

    async def graded(self, total: int = 860, index: int = 800) -> None:
        """ST06 done."""
        await self.act("score", "SCORED", form=self.scores(total, index))
        await self.act("score-sign", "CONFIRM")

    async def inspected(self) -> None:
        """ST07 done by two inspectors."""
        for signature in (1, 2):
            await self.act("inspect", "SUITABLE", signature=signature, form=INSPECTION)

    async def opinion(self, head: str = "NO_OBJECTION", leader: str = "NO_OBJECTION") -> None:
        """ST08: a draft and two signatures."""
        await self.act("opinion-draft", "NO_OBJECTION")
        await self.act("opinion-head", head)
        await self.act("opinion-leader", leader)

    async def approved(self) -> None:
        """ST09 and ST10 done."""
        await self.act("propose-department", "PROPOSE")
        await self.act("propose-party-group", "PROPOSE")
        await self.reread("decision")
        await self.act("decide", "APPROVED", form=DECIDED)

    async def reread(self, beside: str) -> None:
        """The states are read again beside a decision or a notice, and are clear."""
        kind = f"reread-{beside}"
        await self.act(kind, "CLEAR", form=self.readings(await self.task(kind)))

    async def to_integrity(self) -> None:
        """A clean case up to ST08."""
        await self.screened()
        await self.replies()
        await self.graded()
        await self.inspected()

    async def to_proposal(self) -> None:
        """A clean case up to ST09."""
        await self.to_integrity()
        await self.opinion()

    async def posted(self) -> None:
        """A clean case up to its public notice, which is posted."""
        await self.to_proposal()
        await self.approved()
        await self.act("post-notice", "POSTED")

    async def close_notice(self, outcome: str = "NO_REPORT") -> None:
        """The public notice is over, the states are read again, and it is closed."""
        if (await self.desk.case()).open_tasks("reread-notice"):
            await self.reread("notice")
        await self.act("close-notice", outcome)

    async def check_report(self, ending: str, **said: Any) -> None:
        """ST12: the handler's finding; what else is said as in `act`."""
        await self.act("check-report", ending, **said)

    async def ready(self) -> None:
        """A clean case whose public notice is over."""
        await self.posted()
        window = (await self.desk.case()).window
        assert window is not None
        await self.desk.until(window[1])
        await self.close_notice()

    def readings(self, task: Task) -> dict[str, object]:
        """Every state of the list, read as soon as the task asked for it, and clear."""
        read_at = task.opened.isoformat()
        rows = [
            {"item": item.code, "source": item.sources[0], "read_at": read_at, "result": "CLEAR"}
            for item in self.desk.policy.states
        ]
        return {"readings": rows}

    async def confirmed(self) -> None:
        """ST13 done: every state was read again."""
        await self.act("recheck", "CONFIRMED", form=self.readings(await self.task("recheck")))

    async def counted(self, outcome: str, *, present: int, votes_for: int, members: int = 131) -> None:
        """ST14 recorded: a vote held at the instant for which the election was called."""
        election = (await self.desk.case()).election_at
        assert election is not None
        figures = {"secret": True, "members": members, "present": present, "votes_for": votes_for}
        await self.act("count", outcome, form={**figures, "held_at": election.isoformat()})

    async def report(self, *, signed: bool = True) -> None:
        """A report is registered."""
        content = ReportContent(text="说法", reporter="举报人", reporter_contact="r@example.invalid")
        officer = self.actor("NOTICE_OFFICER")
        await self.asks(RegisterReport, officer, signed=signed, channel="letter", content=content)

    async def withdraw(self) -> None:
        """The nominee withdraws."""
        await self.asks(Withdraw, self.actor("NOMINEE"), reason="personal")

    async def election(self, instant: datetime) -> None:
        """The case learns the election's instant."""
        await self.asks(ScheduleElection, self.actor("ELECTION_OFFICE"), election_at=instant)


def finding(
    item: str, anchor: str = "2026-01-10", subject: str = "person", **more: object
) -> dict[str, object]:
    """The form of an ISSUE that names one fact, of the nominee or of the nominee's firm."""
    fact = {
        "item": item,
        "subject": subject,
        "subject_id": NOMINEE.id_number if subject == "person" else NOMINEE.credit_code,
        "liable": True,
        "anchor": anchor,
        "issuer": "issuer",
        "document_no": "no. 1",
        "fetched_on": "2026-03-02",
        "text": "as issued",
        **more,
    }
    return {"findings": [fact]}
