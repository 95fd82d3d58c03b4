"""The acts beside completing a task: claim, release, reassign, conflict, withdrawal, report, election, calendar."""

from contracts.canonical import digest_of
from contracts.commands.batch import OpenCase
from contracts.commands.case import (
    ClaimTask,
    DeclareConflict,
    LoadCaseCalendar,
    ReassignTask,
    RegisterReport,
    ReleaseTask,
    ScheduleElection,
    Withdraw,
)
from contracts.events.case import CalendarLoaded, CaseOpened, ElectionScheduled, Withdrawal, WithdrawalSigned
from contracts.events.review import ReportReceived
from contracts.events.task import Conflict, ConflictDeclared, TaskClaimed, TaskReassigned, TaskReleased
from contracts.refusals import RefusalCode
from contracts.vocabulary import CaseState, Stage
from workflows.rules.acts import entitled, find, holds, may_act
from workflows.rules.draft import Draft
from workflows.rules.procedure.approval import announce_window
from workflows.rules.verdict import Refused

ASSIGNERS = frozenset({"UFWD"})
"""Roles that may give a task to a named person besides those who may act in it."""


def open_case(draft: Draft, command: OpenCase) -> None:
    """ST01 is done by being submitted: the eligibility check begins."""
    entry = command.entry
    draft.emit(
        CaseOpened(
            person_id=entry.person_id,
            seat=entry.seat,
            nominating_unit=entry.nominating_unit,
            nominator_id=command.actor_person_id,
            late=command.late,
            content_digest=digest_of(entry.nominee.model_dump(mode="json")),
            private=entry.nominee,
        )
    )
    draft.enter(Stage.SCREENING)
    draft.open("screen")


def claim(draft: Draft, command: ClaimTask) -> Refused | None:
    """Take a task that nobody else holds; claiming one's own again changes nothing."""
    task = find(draft.case, command.task_id)
    if isinstance(task, Refused):
        return task
    verdict = may_act(draft.case, task, command.actor, draft.policy)
    if isinstance(verdict, Refused):
        return verdict
    draft.emit(TaskClaimed(task_id=task.id, person_id=command.actor.person_id))
    return None


def release(draft: Draft, command: ReleaseTask) -> Refused | None:
    """Give back what one holds."""
    task = find(draft.case, command.task_id)
    if isinstance(task, Refused):
        return task
    if task.claimed_by != command.actor.person_id:
        return Refused(RefusalCode.NOT_CLAIMED, "you have not claimed this task")
    draft.emit(TaskReleased(task_id=task.id))
    return None


def reassign(draft: Draft, command: ReassignTask) -> Refused | None:
    """Give the task to a named person. Whether that person may act is checked when they act."""
    task = find(draft.case, command.task_id)
    if isinstance(task, Refused):
        return task
    lead = holds(command.actor, draft.case, *ASSIGNERS)
    verdict = entitled(draft.case, task, command.actor, draft.policy)
    if isinstance(verdict, Refused) and not lead:
        return verdict
    if command.actor.person_id in draft.case.conflicted:
        return Refused(RefusalCode.CONFLICT_OF_INTEREST, "you declared a conflict on this case (SOD-06)")
    draft.emit(TaskReassigned(task_id=task.id, person_id=command.person_id))
    return None


def declare_conflict(draft: Draft, command: DeclareConflict) -> Refused | None:
    """The person steps back from the whole case; what they had claimed is free again."""
    task = find(draft.case, command.task_id)
    if isinstance(task, Refused):
        return task
    verdict = entitled(draft.case, task, command.actor, draft.policy)
    if isinstance(verdict, Refused):
        return verdict
    person = command.actor.person_id
    draft.emit(
        ConflictDeclared(
            task_id=task.id, person_id=person, ground=command.ground, private=Conflict(reason=command.reason)
        )
    )
    for held in [t for t in draft.case.open_tasks() if t.claimed_by == person]:
        draft.emit(TaskReleased(task_id=held.id))
    return None


def withdraw(draft: Draft, command: Withdraw) -> Refused | None:
    """Withdraw in any state before ST14: open tasks are cancelled once."""
    case = draft.case
    if case.ended:
        return Refused(RefusalCode.CASE_ENDED, f"the case ended as {case.state.value}")
    if case.stage is Stage.ELECTION:
        return Refused(
            RefusalCode.WITHDRAWAL_TOO_LATE, "the nominee is on the ballot; withdrawal ends before ST14"
        )
    actor = command.actor
    own = actor.person_id == case.person_id and any(g.role == "NOMINEE" for g in actor.grants)
    unit = holds(actor, case, "NOMINATOR", unit=case.nominating_unit)
    if not own and not unit:
        return Refused(RefusalCode.WRONG_ROLE, "only the nominee or the nominating unit may withdraw")
    if not own and command.document_digest is None:
        return Refused(RefusalCode.FORM_INVALID, "document_digest: name the nominee's signed paper")
    private = Withdrawal(reason=command.reason, document_digest=command.document_digest)
    draft.emit(WithdrawalSigned(private=private))
    draft.end(CaseState.WITHDRAWN, "withdrawn")
    return None


def register_report(draft: Draft, command: RegisterReport) -> Refused | None:
    """Register a report while the notice runs: it is checked by somebody who took no earlier part (SOD-04)."""
    case = draft.case
    if case.ended:
        return Refused(RefusalCode.CASE_ENDED, f"the case ended as {case.state.value}")
    if not holds(command.actor, case, "NOTICE_OFFICER", "REPORT_HANDLER"):
        return Refused(RefusalCode.WRONG_ROLE, "a report is registered by NOTICE_OFFICER or REPORT_HANDLER")
    if case.stage is not Stage.NOTICE or case.window is None:
        return Refused(
            RefusalCode.REPORT_OUTSIDE_NOTICE, "reports are registered while the public notice runs"
        )
    number = len(case.reports) + 1
    draft.emit(
        ReportReceived(report=number, signed=command.signed, channel=command.channel, private=command.content)
    )
    draft.cancel(case.open_tasks("close-notice"), "report-received")
    draft.open("check-report", report=number)
    return None


def schedule_election(draft: Draft, command: ScheduleElection) -> Refused | None:
    """The batch called the election; a case that has ended is not concerned."""
    if not draft.case.ended:
        draft.emit(ElectionScheduled(election_at=command.election_at))
    return None


def load_calendar(draft: Draft, command: LoadCaseCalendar) -> Refused | None:
    """Take a newly published year: provisional deadlines become real, the others stay (never earlier, §8.1)."""
    known = {year.year for year in (*draft.policy.calendar.years, *draft.case.years)}
    if command.year.year in known:
        return Refused(RefusalCode.CALENDAR_KNOWN, f"the calendar of {command.year.year} is loaded already")
    draft.emit(CalendarLoaded(year=command.year))
    for task in draft.case.open_tasks():
        limit = draft.policy.task(task.kind).limit
        if task.provisional and limit is not None:
            draft.extend(task, draft.due(task.opened, draft.policy.limits[limit]), "calendar")
    posted = draft.case.stage is Stage.NOTICE and not draft.case.open_tasks("post-notice")
    if posted and draft.case.window is None:
        announce_window(draft)
    return None
