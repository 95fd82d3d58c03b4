"""What a workflow needs of whatever it decides: a first step, a step for a command, a step for time, and the fold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from contracts.actor import CALENDAR_KEEPER, SYSTEM, Signer
from contracts.commands.base import Command
from contracts.commands.case import LoadCaseCalendar, ReportConflict
from contracts.commands.opening import Opening, Resume
from contracts.errand import Errand
from contracts.events.base import Event
from contracts.events.case import CalendarLoaded, Correction
from contracts.events.conflict import Conflict, ConflictDeclared, ConflictSettled
from contracts.events.errand import ErrandCarried
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.procedure import agenda
from workflows.procedure.case import C, Case, S, State, calendar_of
from workflows.procedure.draft import Draft
from workflows.procedure.errands import anothers
from workflows.procedure.fold import Folding
from workflows.procedure.kind import Kind
from workflows.procedure.recusal import report
from workflows.procedure.redoing import redo
from workflows.procedure.rights import grant_for, may_ask
from workflows.procedure.serving import Told, told
from workflows.procedure.step import Making, Step, signer_of
from workflows.procedure.taskwork import OnTask, on_task
from workflows.rules.calendars import year_fault
from workflows.rules.verdict import Refused


@dataclass(frozen=True)
class Decider(Generic[S]):
    """Pure functions over one state. The workflow asks them and they never ask back.

    `folding`, `closed` and the state's own `owed` are all that a replay asks; the others may answer
    otherwise tomorrow, and every case in flight goes on (D15).
    """

    folding: Folding[S]
    begin: Callable[[S, Any, Policy, datetime], Step[S] | Refused]
    decide: Callable[[S, Command, Policy, datetime], Step[S] | Refused]
    wake: Callable[[S, Policy, datetime], Step[S]]
    """The step that time alone leads to; without events when nothing is due."""
    next_instant: Callable[[S, Policy, datetime], datetime | None]
    closed: Callable[[S], str | None]
    """How the case ended, once its file is closed; a case that still owes an errand lives on."""

    def blank(self, opening: Opening | Resume) -> S:
        """The state before the first event of the case."""
        return self.folding.blank(opening)

    def carried(self, state: S, errand: Errand, policy: Policy, now: datetime) -> Step[S]:
        """The step that says that an errand was carried."""
        making = Making(self.folding, state, policy, now, SYSTEM)
        making.emit(ErrandCarried(number=errand.number))
        return making.step()


def errand(state: State) -> Errand | None:
    """What is owed next: errands are carried in the order in which they came to be owed."""
    return next(iter(state.owed), None)


def of_kind(kind: Kind[C], begin: Callable[[Draft[C], Any], None]) -> Decider[C]:
    """The decider of a kind of case; `begin` draws the first step from the opening."""

    def first(case: C, opening: Command, policy: Policy, now: datetime) -> Step[C]:
        draft = Draft(kind.folding, case, policy, now, signer_of(opening), opening.claim)
        begin(draft, opening)
        return _finished(kind, draft)

    def decide(case: C, command: Command, policy: Policy, now: datetime) -> Step[C] | Refused:
        draft = Draft(kind.folding, case, policy, now, _signer(case, command, policy), command.claim)
        return anothers(command) or _taken(kind, draft, command) or _finished(kind, draft)

    def wake(case: C, policy: Policy, now: datetime) -> Step[C]:
        draft = Draft(kind.folding, case, policy, now, SYSTEM)
        agenda.fire(kind, draft)
        return _finished(kind, draft)

    return Decider(
        folding=kind.folding,
        begin=first,
        decide=decide,
        wake=wake,
        next_instant=lambda case, policy, now: agenda.next_instant(kind, case, policy, now),
        closed=lambda case: case.state.value if case.filed and not case.owed else None,
    )


def without_tasks(
    folding: Folding[S],
    begin: Callable[[Making[S], Any], Refused | None],
    take: Callable[[Making[S], Command], Refused | None],
    on_time: Callable[[Making[S]], None] = lambda work: None,
    next_instant: Callable[[S, Policy], datetime | None] = lambda state, policy: None,
) -> Decider[S]:
    """The decider of a case in which nobody has a task, and which no act and no time closes.

    `begin` draws the first step from the opening, `take` takes what is asked, or both say why not; `on_time` draws what
    time brings at `next_instant`.
    """

    def first(state: S, opening: Command, policy: Policy, now: datetime) -> Step[S] | Refused:
        work = Making(folding, state, policy, now, signer_of(opening), opening.claim)
        return begin(work, opening) or work.step()

    def decide(state: S, command: Command, policy: Policy, now: datetime) -> Step[S] | Refused:
        work = Making(folding, state, policy, now, signer_of(command), command.claim)
        return anothers(command) or take(work, command) or work.step()

    def wake(state: S, policy: Policy, now: datetime) -> Step[S]:
        work = Making(folding, state, policy, now, SYSTEM)
        on_time(work)
        return work.step()

    return Decider(
        folding=folding,
        begin=first,
        decide=decide,
        wake=wake,
        next_instant=lambda state, policy, now: next_instant(state, policy),
        closed=lambda state: None,
    )


def _taken(kind: Kind[C], draft: Draft[C], command: Command) -> Refused | None:
    """Take what is asked, or say why not. A refused command changes nothing."""
    if isinstance(command, OnTask):
        return on_task(kind, draft, command)
    if isinstance(command, ReportConflict):
        return report(draft, command)
    if isinstance(command, Told):
        return told(draft, command)
    if isinstance(command, LoadCaseCalendar):
        return _load_calendar(kind, draft, command)
    act = kind.acts.get(type(command))
    if act is None:
        return Refused(RefusalCode.UNKNOWN_ACT, say("act-not-taken", kind=kind.name, act=command.act))
    return act(draft, command)


def _load_calendar(kind: Kind[C], draft: Draft[C], command: LoadCaseCalendar) -> Refused | None:
    """Take a year that is new or corrected: every open task is counted anew, and none moves earlier (§8.1)."""
    refused = _may_load(draft, command) or year_fault(
        command.year, command.reason, calendar_of(draft.case, draft.policy)
    )
    if refused is not None:
        return refused
    why = Correction(reason=command.reason) if command.reason else None
    draft.emit(CalendarLoaded(year=command.year, private=why))
    draft.recount()
    kind.calendar_came(draft, command)
    return None


def _may_load(draft: Draft[C], command: LoadCaseCalendar) -> Refused | None:
    """A case that no other hands its years is handed them by whoever hands them to batches, or by the office itself."""
    if command.claim.owed_by is not None or command.actor == CALENDAR_KEEPER:
        return None
    verdict = may_ask(command.actor, draft.case, command.act, draft.policy)
    return verdict if isinstance(verdict, Refused) else None


def _hand_on_ties(kind: Kind[C], draft: Draft[C]) -> None:
    """Who is tied to the person is so in what comes of the case, too. That one acted under two ids is so here alone."""
    for event in tuple(draft.events):
        for person, said in _ties(draft, event):
            if said.ground != "same-person":
                kind.tie_came(draft, person, said)


def _ties(draft: Draft[C], event: Event) -> Iterator[tuple[str, Conflict]]:
    """Whose tie binds with this event, and what is said of it."""
    match event:
        case ConflictDeclared(person_id=person, private=said):
            yield person, said
        case ConflictSettled(person_id=person, conflict=number, outcome="RECUSED"):
            reported = draft.case.doubt(number).said
            if reported is not None:
                yield person, reported
        case _:
            return


def _finished(kind: Kind[C], draft: Draft[C]) -> Step[C]:
    _hand_on_ties(kind, draft)
    redo(kind, draft)
    agenda.go_on(kind, draft)
    draft.announce()
    return draft.step()


def _signer(case: Case, command: Command, policy: Policy) -> Signer:
    """Who acts: in the role of the task that the command names and by the grant for it, else by the first grant."""
    task = case.tasks.get(command.task_id) if isinstance(command, OnTask) else None
    if task is None:
        return signer_of(command)
    if command.actor.person_id == SYSTEM.person_id:
        return signer_of(command, SYSTEM.role)
    grant = grant_for(case, task, command.actor, policy)
    return signer_of(command, task.role, None if isinstance(grant, Refused) else grant.deputy_for)
