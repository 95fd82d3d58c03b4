"""The acts of a nomination beside its tasks: opening, withdrawal, report, election."""

from contracts.canonical import digest_of
from contracts.case import about
from contracts.causes import Cause
from contracts.commands.nomination import OpenNomination, RegisterReport, ScheduleElection, Withdraw
from contracts.events.nomination import CaseOpened, ElectionScheduled, Withdrawal, WithdrawalSigned
from contracts.events.review import ReportReceived
from contracts.refusals import RefusalCode
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.nomination.approval import REPORT, announce_window
from workflows.kinds.nomination.case import Work
from workflows.procedure.rights import asks_as_self, may_ask
from workflows.rules.verdict import Refused


def open_case(draft: Work, command: OpenNomination) -> None:
    """ST01 is done by being submitted: the eligibility check begins."""
    entry = command.entry
    draft.emit(
        CaseOpened(
            person_id=entry.person_id,
            seat=entry.seat,
            nominating_unit=entry.nominating_unit,
            nominator_id=command.nominator_id,
            cut_off=command.cut_off,
            late=command.late,
            content_digest=digest_of(entry.nominee.model_dump(mode="json")),
            private=entry.nominee,
        )
    )
    draft.know(command.calendar_years)
    if command.election_at is not None:
        draft.emit(ElectionScheduled(election_at=command.election_at))
    draft.enter(Stage.SCREENING)
    draft.open("screen")


def withdraw(draft: Work, command: Withdraw) -> Refused | None:
    """Withdraw in any state before ST14: open tasks are cancelled once."""
    case = draft.case
    if case.ended:
        return Refused(RefusalCode.CASE_ENDED, f"the case ended as {case.state.value}")
    if case.stage is Stage.ELECTION:
        return Refused(
            RefusalCode.WITHDRAWAL_TOO_LATE, "the nominee is on the ballot; withdrawal ends before ST14"
        )
    actor = command.actor
    verdict = may_ask(actor, case, command.act, draft.policy, case.nominating_unit)
    if isinstance(verdict, Refused):
        return verdict
    own = asks_as_self(actor, case, command.act, draft.policy)
    if not own and command.document_digest is None:
        return Refused(RefusalCode.FORM_INVALID, "document_digest: name the nominee's signed paper")
    private = Withdrawal(reason=command.reason, document_digest=command.document_digest)
    draft.emit(WithdrawalSigned(private=private))
    draft.end(CaseState.WITHDRAWN, Cause.WITHDRAWN)
    return None


def register_report(draft: Work, command: RegisterReport) -> Refused | None:
    """Register a report while the notice runs: it is checked by somebody who took no earlier part (SOD-04)."""
    case = draft.case
    if case.ended:
        return Refused(RefusalCode.CASE_ENDED, f"the case ended as {case.state.value}")
    verdict = may_ask(command.actor, case, command.act, draft.policy)
    if isinstance(verdict, Refused):
        return verdict
    if case.stage is not Stage.NOTICE or case.window is None:
        return Refused(
            RefusalCode.REPORT_OUTSIDE_NOTICE, "reports are registered while the public notice runs"
        )
    number = len(case.reports) + 1
    draft.emit(
        ReportReceived(report=number, signed=command.signed, channel=command.channel, private=command.content)
    )
    draft.cancel(case.open_tasks("close-notice"), Cause.REPORT_RECEIVED)
    draft.open("check-report", about=about(REPORT, number))
    return None


def schedule_election(draft: Work, command: ScheduleElection) -> Refused | None:
    """The batch called the election; a case that has ended is not concerned."""
    if not draft.case.ended:
        draft.emit(ElectionScheduled(election_at=command.election_at))
    return None


def fix_window(draft: Work) -> None:
    """A notice that was posted before its year was published gets its window when the year is loaded."""
    posted = draft.case.stage is Stage.NOTICE and not draft.case.open_tasks("post-notice")
    if posted and draft.case.window is None:
        announce_window(draft)
