"""People who act on a case, for tests: over the pure rules, or over a running workflow."""

import asyncio
import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

from contracts.actor import Actor, Grant
from contracts.base import NO_DIGEST
from contracts.canonical import digest_of
from contracts.commands.base import Command
from contracts.commands.batch import OpenCase, RosterEntry
from contracts.commands.case import CompleteTask, LoadCaseCalendar, RegisterReport, ScheduleElection, Withdraw
from contracts.events.base import Event
from contracts.events.review import ReportContent
from contracts.nominee import Nominee
from contracts.policy import loader
from contracts.policy.model import CalendarYear, Policy
from contracts.vocabulary import Seat
from workflows.rules import agenda, conduct
from workflows.rules.case import Case, Task
from workflows.rules.decide import decide, finish, wake
from workflows.rules.draft import Draft
from workflows.rules.grading import dimension_nine
from workflows.rules.step import Step
from workflows.rules.verdict import Refused

CHINA = timezone(timedelta(hours=8))
NOMINEE = Nominee(
    name="测试甲",
    id_number="990001199001010016",
    phone="000-0000",
    email="a@example.invalid",
    firm="测试企业甲",
    credit_code="91990001MA00000000",
    position="负责人",
)


def local(text: str) -> datetime:
    """`2026-03-02 16:00` in China's time, as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(UTC)


def midnight_after(day: str) -> datetime:
    """24:00 of a day in China's time."""
    return local(f"{day} 00:00") + timedelta(days=1)


class RefusedError(Exception):
    """A command was refused, with its code."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class Desk(Protocol):
    """Where commands go and where a case can be read."""

    policy: Policy

    async def send(self, command: Command) -> None:
        """Deliver a command; raises RefusedError."""

    async def case(self) -> Case:
        """The case now."""

    async def until(self, instant: datetime) -> None:
        """Let time pass until an instant."""


def opening(
    version: str = "2026.1", district: str = "d01", case_id: str = "c1", cut_off: str = "2026-03-02"
) -> OpenCase:
    """The input of a nomination, with an obviously invented nominee."""
    return OpenCase(
        batch_id="b1",
        entry=RosterEntry(
            case_id=case_id,
            person_id="p-nominee",
            district=district,
            seat=Seat.EXECUTIVE,
            nominating_unit="chamber-1",
            nominee=NOMINEE,
        ),
        policy=version,
        policy_digest=loader.digest(version),
        cut_off=date.fromisoformat(cut_off),
        late=False,
        command_id="roster-1",
        actor_account_id="a-nominator",
        actor_person_id="p-nominator",
    )


@dataclass
class PureDesk:
    """The rules alone: no engine, no clock but the one that the test moves."""

    policy: Policy
    now: datetime
    current: Case = field(init=False)
    events: list[tuple[datetime, Event]] = field(default_factory=list)

    def open(self, start: OpenCase) -> None:
        """Open the case as the workflow does."""
        entry = start.entry
        case = Case(
            case_id=entry.case_id,
            batch_id=start.batch_id,
            district=entry.district,
            policy=start.policy,
            cut_off=start.cut_off,
        )
        draft = Draft(case, self.policy, self.now, (start.actor_person_id, "NOMINATOR"))
        conduct.open_case(draft, start)
        self._take(finish(draft))

    async def send(self, command: Command) -> None:
        """Decide and apply."""
        answer = decide(self.current, command, self.policy, self.now)
        if isinstance(answer, Refused):
            raise RefusedError(answer.code, answer.detail)
        self._take(answer)

    async def case(self) -> Case:
        """The case now."""
        return self.current

    async def until(self, instant: datetime) -> None:
        """Fire everything that falls due on the way, each at its own instant."""
        while (due := agenda.next_instant(self.current, self.policy)) is not None and due <= instant:
            self.now = max(self.now, due)
            step = wake(self.current, self.policy, self.now)
            assert step.events, f"the agenda names {due} and nothing fires"
            self._take(step)
        self.now = max(self.now, instant)

    def _take(self, step: Step) -> None:
        self.current = step.case
        self.events.extend((self.now, event) for event in step.events)

    def of(self, kind: type[Event]) -> list[Event]:
        """Events of one class so far."""
        return [event for _, event in self.events if isinstance(event, kind)]


_keys = itertools.count(1)
"""Idempotency keys of this run: two offices on one case must not share one."""


class Office:
    """People who do their tasks. Each role, unit and signature is a person of its own unless a test says so."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.nominee = "p-nominee"
        self._keys = _keys

    def actor(self, role: str, unit: str = "", signature: int = 1, person: str | None = None) -> Actor:
        """Somebody who holds the role (and unit) in every district."""
        if role == "NOMINEE":
            person = person or self.nominee
        name = person or "-".join(filter(None, ("p", role.lower(), unit, str(signature))))
        name = name.replace("_", "-")
        return Actor(account_id=f"a{name}", person_id=name, grants=(Grant(role=role, unit=unit),))

    async def task(
        self, kind: str, unit: str = "", signature: int | None = None, hit: int | None = None
    ) -> Task:
        """The open task of a kind; there must be exactly one."""
        found = [
            t
            for t in (await self.desk.case()).open_tasks(kind)
            if unit in {"", t.unit} and signature in {None, t.signature} and hit in {None, t.hit}
        ]
        assert len(found) == 1, f"{len(found)} open tasks {kind} {unit} {signature}"
        return found[0]

    async def appears(self, kind: str, seconds: float = 20) -> None:
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
        hit: int | None = None,
        actor: Actor | None = None,
        form: dict[str, object] | None = None,
        reason: str = "reason given",
        seen: str | None = None,
    ) -> CompleteTask:
        """Complete the open task of a kind; returns the command, so that a test can repeat it."""
        task = await self.task(kind, unit, signature, hit)
        number = next(self._keys)
        command = CompleteTask(
            command_id=f"k{number}",
            actor=actor or self.actor(task.role, self._unit(task), task.signature),
            body_digest=digest_of({"n": number}),
            task_id=task.id,
            outcome=outcome,
            form=form or {},
            reason=reason,
            seen=seen or task.content_digest,
        )
        await self.desk.send(command)
        return command

    def _unit(self, task: Task) -> str:
        """The unit for which the role is held: the joint conference belongs to none."""
        return "" if task.role == "UFWD" else task.unit

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
        await self.act("decide", "APPROVED", form=MINUTES)

    async def posted(self) -> None:
        """A clean case up to its public notice, which is posted."""
        await self.screened()
        await self.replies()
        await self.graded()
        await self.inspected()
        await self.opinion()
        await self.approved()
        await self.act("post-notice", "POSTED")

    async def report(self, *, signed: bool = True) -> None:
        """A report comes in while the notice runs."""
        number = next(self._keys)
        content = ReportContent(text="说法", reporter="举报人", reporter_contact="r@example.invalid")
        await self.desk.send(
            RegisterReport(
                command_id=f"k{number}",
                actor=self.actor("NOTICE_OFFICER"),
                body_digest=digest_of({"n": number}),
                signed=signed,
                channel="letter",
                content=content,
            )
        )

    async def withdraw(self) -> None:
        """The nominee withdraws."""
        number = next(self._keys)
        await self.desk.send(
            Withdraw(
                command_id=f"k{number}",
                actor=self.actor("NOMINEE"),
                body_digest=digest_of({"n": number}),
                reason="personal",
            )
        )

    async def election(self, instant: datetime) -> None:
        """The case learns the election's instant."""
        number = next(self._keys)
        await self.desk.send(
            ScheduleElection(
                command_id=f"k{number}",
                actor=self.actor("ELECTION_OFFICE"),
                body_digest=digest_of({"n": number}),
                election_at=instant,
            )
        )

    async def load_calendar(self, year: CalendarYear) -> None:
        """The case is handed a newly published year."""
        number = next(self._keys)
        await self.desk.send(
            LoadCaseCalendar(
                command_id=f"k{number}",
                actor=self.actor("POLICY_ADMIN"),
                body_digest=digest_of({"n": number}),
                year=year,
            )
        )


INSPECTION: dict[str, object] = {"talk_held_on": "2026-04-20", "text": "met in person"}
MINUTES: dict[str, object] = {"meeting_on": "2026-06-10", "minutes_digest": NO_DIGEST}


def finding(item: str, anchor: str = "2026-01-10", subject: str = "person") -> dict[str, object]:
    """The form of an ISSUE that names one fact."""
    fact = {
        "item": item,
        "subject": subject,
        "subject_id": NOMINEE.id_number,
        "liable": True,
        "anchor": anchor,
        "issuer": "issuer",
        "document_no": "no. 1",
        "fetched_on": "2026-03-02",
        "text": "as issued",
    }
    return {"findings": [fact]}
