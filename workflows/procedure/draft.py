"""A step of a case in the making: what can be done to tasks, stages and holds."""

from datetime import datetime, timedelta

from contracts.case import hold_name
from contracts.causes import Cause
from contracts.events.case import CalendarLoaded, CaseEnded, CaseHeld, CaseResumed, StageEntered
from contracts.events.task import Answer, TaskCancelled, TaskExtended, TaskOpened, TaskReassigned
from contracts.names import task_id
from contracts.policy.model import CalendarYear, Limit
from contracts.term import Move, Term
from contracts.vocabulary import CaseState, Stage
from workflows.procedure import clock, wording
from workflows.procedure.case import ITEM, RESUME, RESUMPTION, C, Task, calendar_of, item_about
from workflows.procedure.fold import CaseFolding
from workflows.procedure.ladder import Rungs, rungs_of
from workflows.procedure.letters import SERVE_LETTER, unserved
from workflows.procedure.naming import named_for
from workflows.procedure.step import Making
from workflows.rules import deadlines
from workflows.rules.deadlines import Due


class Draft(Making[C]):
    """Collects the events of one step of one case."""

    folding: CaseFolding[C]

    @property
    def case(self) -> C:
        """The case as the events so far leave it."""
        return self.state

    def standing(self, stage: Stage) -> CaseState:
        """The state that the facts give at a stage: an end, a hold, what lies over it, else the stage's own."""
        if self.case.ended:
            return self.case.state
        if self.case.held:
            return CaseState.HELD
        over = self.folding.over(self.case)
        return over or next(spec.state for spec in self.policy.stages if spec.code is stage)

    def due(self, start: datetime, limit: Limit) -> Due:
        """The deadline of a limit that starts at an instant, by the case's calendar."""
        return deadlines.due(start, limit, calendar_of(self.case, self.policy))

    def know(self, years: tuple[CalendarYear, ...]) -> None:
        """Note the calendar years that were loaded before the case was opened: its record says all it knows."""
        for year in years:
            self.emit(CalendarLoaded(year=year))

    def enter(self, stage: Stage) -> None:
        """Move to a stage; the state shown follows from the facts."""
        rounds = 1 + sum(isinstance(e, StageEntered) and e.stage is stage for e in self.events)
        self.emit(StageEntered(stage=stage, state=self.standing(stage), round=rounds))

    def open(
        self,
        code: str,
        *,
        unit: str = "",
        signature: int | None = None,
        digest: str | None = None,
        like: Task | None = None,
        until: Due | None = None,
        about: str = "",
        role: str = "",
        term: Term | None = None,
    ) -> None:
        """Open a task. `like`: it shares that task's deadline; `until`: it has this one, which no pause and no calendar
        moves; else its own limit starts now, or as `term` says.

        `role` acts on it, where the policy cannot say which. The round counts earlier tasks of the same kind, unit
        and signature, so that no id comes twice.
        """
        kind = self.policy.task(code)
        number = signature or kind.signature
        turn = self.case.opened_before(code, unit, number) + 1
        term = like.term if like else None if until else term or clock.begun(kind, self.now)
        due = clock.due_of(like) if like else until or clock.counted(self.case, self.policy, term)
        name = task_id(self.case.case_id, code, turn, unit, number)
        content = digest or self.case.content_digest
        shown = wording.shown(code, content, self.policy, self.case.policy_digest)
        self.emit(
            TaskOpened(
                task_id=name,
                kind=code,
                stage=kind.stage,
                role=role or kind.role,
                unit=unit,
                signature=number,
                round=turn,
                outcomes=clock.offered(self.case, kind, about or unit),
                opened=self.now,
                due=due.at,
                provisional=due.provisional,
                counted=due.counted,
                skipped=due.skipped,
                term=term,
                rungs=self._rungs(code, due, self.now, final=bool(term and term.final)),
                content_digest=shown,
                over=None if shown == content else content,
                about=about,
            )
        )
        self._give_to_stand_in(self.case.tasks[name])

    def _give_to_stand_in(self, opened: Task) -> None:
        """Whoever the level above named acts on what is asked of the role later, too; of two such tasks on one."""
        person = self.case.stand_in(opened.role, opened.unit)
        holding = {task.claimed_by for task in self.case.open_tasks(opened.kind)}
        if person is not None and person not in holding | self.case.conflicted:
            self.emit(TaskReassigned(task_id=opened.id, person_id=person, named=True))

    def ask(self, code: str, after: str | None = None) -> None:
        """Open a task for as many as the policy wants, each to sign alone; `after`: the limit that runs before it."""
        kind = self.policy.task(code)
        for signature in range(kind.signature, kind.signature + kind.people):
            self.open(code, signature=signature, term=clock.begun(kind, self.now, after))

    def extend(self, task: Task, move: Move, cause: Cause, why: Answer | None = None) -> None:
        """Move a task's deadline by one more move of its term, and its ladder with it."""
        term = clock.term_of(task)
        due = clock.moved(self.case, self.policy, task, move)
        rungs = self._rungs(task.kind, due, task.opened, final=term.moved(move).final)
        self._extended(task, due, term.moved(move), rungs, cause, why)

    def recount(self) -> None:
        """A calendar year came or was corrected: every open deadline is counted anew, and none moves earlier."""
        for task in self.case.open_tasks():
            if task.term is None:
                continue
            due, rungs = clock.recounted(self.case, self.policy, task, self.now)
            if (due.at, rungs) != (task.due, task.rungs):
                self._extended(task, due, task.term, rungs, Cause.CALENDAR)

    def run_from_service(self, task: Task) -> None:
        """The letter that asks for the task was served now: its term begins, never shorter than was shown."""
        counted = clock.from_service(self.case, self.policy, task, self.now)
        if counted is not None:
            due, term = counted
            self._extended(
                task, due, term, self._rungs(task.kind, due, self.now, final=term.final), Cause.SERVED
            )

    def cancel(self, tasks: list[Task], cause: Cause) -> None:
        """Cancel these tasks, and what others would have to do only because of them."""
        for task in tasks:
            self.emit(TaskCancelled(task_id=task.id, kind=task.kind, unit=task.unit, cause=cause))
        self.moot(tasks, cause)

    def moot(self, tasks: list[Task], cause: Cause) -> None:
        """These tasks wait for nobody any more; nor does what is open only because of them."""
        if idle := self.because_of(tasks):
            self.cancel(idle, cause)

    def because_of(self, tasks: list[Task]) -> list[Task]:
        """What others are asked about these tasks, who is to be named for them, and the letters that ask."""
        about = {item_about(task) for task in tasks}
        items = [item for item in self.case.open_tasks(ITEM) if item.about in about]
        return items + named_for(self.case, tasks) + unserved(self.case, tasks)

    def hold(self, cause: Cause, about: str = "") -> None:
        """Put the case on hold where it stands, and ask for its resumption; nothing when this very hold stands.

        What people put off lasts no longer than its limit in all, however often they do (§8.8.1).
        """
        if self.case.held_for(cause, about):
            return
        name = hold_name(cause.value, about)
        before = self.case.waited.get(name, timedelta()) if cause in self.policy.deferrals else timedelta()
        term = clock.begun(self.policy.task(RESUME), self.now - before)
        self.emit(
            CaseHeld(
                cause=cause,
                about=about,
                since=self.now,
                until=clock.counted(self.case, self.policy, term).at,
                back_to=self.case.stage,
                standing=(*(hold.cause for hold in self.case.holds), cause),
            )
        )
        self.open(RESUME, about=name, term=term)

    def lift(self, cause: Cause, about: str = "", why: Cause = Cause.RESUMED) -> None:
        """End this hold, if it stands. With the last one the clock goes on, and the days come back (§8.0, rule 6)."""
        hold, since = self.case.held_for(cause, about), self.case.held_since
        if hold is None or since is None:
            return
        stood = [task for task in self.case.open_tasks() if clock.held_up(self.case, task, self.policy)]
        left = tuple(other.cause for other in self.case.holds if other is not hold)
        self.emit(CaseResumed(cause=cause, about=about, until=self.now, why=why, standing=left))
        self.cancel([t for t in self.case.open_tasks(*RESUMPTION) if t.about == hold.name], why)
        self._stood(stood if not self.case.held else [], since)

    def give_back(self, since: datetime) -> None:
        """The time since this instant counts against no open deadline that was running."""
        self._stood(self.case.open_tasks(), since)

    def _stood(self, tasks: list[Task], since: datetime) -> None:
        for task in tasks:
            pause = clock.pause_of(task, since, self.now)
            if pause is not None:
                self.extend(task, pause, Cause.PAUSE)

    def end(
        self, state: CaseState, cause: Cause, *, right: bool = False, answer_by: datetime | None = None
    ) -> None:
        """End the case: every open task is cancelled once, and letters and filing begin.

        A letter that asks for nothing is still to be served.
        `right`: the person may ask for one re-check, until `answer_by` at the latest.
        """
        self.cancel([task for task in self.case.open_tasks() if task.kind != SERVE_LETTER], cause)
        self.emit(CaseEnded(state=state, cause=cause, right=right, answer_by=answer_by))
        self.open("serve")

    def announce(self) -> None:
        """Close the step: say the state if the facts changed it."""
        state = self.standing(self.case.stage)
        if state is not self.case.state:
            self.emit(StageEntered(stage=self.case.stage, state=state, round=0))

    def _extended(
        self, task: Task, due: Due, term: Term, rungs: Rungs, cause: Cause, why: Answer | None = None
    ) -> None:
        self.emit(
            TaskExtended(
                task_id=task.id,
                cause=cause,
                before=task.due,
                due=due.at,
                provisional=due.provisional,
                counted=due.counted,
                skipped=due.skipped,
                term=term,
                rungs=rungs,
                private=why,
            )
        )

    def _rungs(self, code: str, due: Due, opened: datetime, *, final: bool) -> Rungs:
        return rungs_of(code, due, opened, final, self.policy, calendar_of(self.case, self.policy))
