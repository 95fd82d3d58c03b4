"""ST12: reports, at any time of the case (domain §8.8.7). That there is one is told to nobody until it is answered."""

from collections.abc import Iterator
from datetime import datetime

from contracts.canonical import digest_of
from contracts.case import about, number_in, waited_for
from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.commands.nomination import RegisterReport
from contracts.commands.tenure import LeadReported
from contracts.events.review import ReportAnswered, ReportReceived
from contracts.matter import Lead
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage, Standing, Unchecked
from workflows.kinds.nomination.case import Nomination, Report, Work
from workflows.kinds.nomination.seating import tell_seat
from workflows.passages.hearing import Hearing
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends, Holds, Then
from workflows.procedure.kind import Signing
from workflows.procedure.redoing import ORDER
from workflows.procedure.rights import may_ask
from workflows.procedure.signatures import Alone, Second
from workflows.rules.forms import ReportFinding, read
from workflows.rules.verdict import Refused

REPORT = "report"
"""Stands in a task's `about` before the number of the report."""
CHECK = "check-report"


def register(draft: Work, command: RegisterReport) -> Refused | None:
    """Register a report, whenever it comes: its content is never lost, and who signed it is always answered.

    One of a case that has ended is forwarded; where a granted re-check reopens the case it is checked then.
    """
    case = draft.case
    verdict = may_ask(command.actor, case, command.act, draft.policy)
    if isinstance(verdict, Refused):
        return verdict
    if command.vague and command.signed:
        return Refused(RefusalCode.FORM_INVALID, say("signed-is-checked").at("vague"))
    number, standing = len(case.reports) + 1, standing_now(draft)
    checked = not (command.vague or case.over_for_good)
    draft.emit(
        ReportReceived(
            report=number,
            signed=command.signed,
            channel=command.channel,
            standing=standing,
            registered_by=command.actor.person_id,
            reporter=command.reporter,
            checked=checked,
            checking=checked or bool(case.open_reports()),
            vague=command.vague,
            private=command.content,
        )
    )
    if case.ended:
        _answer(draft, draft.case.reports[-1], Unchecked.FORWARDED)
        if case.state is CaseState.ELECTED:
            _lead(draft, command)
        return None
    if standing in HOLDS_UP:
        draft.cancel(case.open_tasks("close-notice"), Cause.REPORT_RECEIVED)
    draft.open(CHECK if checked else "note-report", about=about(REPORT, number))
    return None


def _lead(draft: Work, command: RegisterReport) -> None:
    case = draft.case
    if case.nominee is None:
        raise RuntimeError("nobody is elected without having been nominated")
    lead = Lead(name=case.nominee.name, text=command.content.text)
    tell_seat(draft, LeadReported(claim=draft.claim, nomination=case.case_id, lead=lead))


HOLDS_UP = frozenset({Standing.LEAD, Standing.OBJECTION})
"""What is checked before the notice closes. A late lead leaves it clean; the ballot waits for that one."""


def standing_now(draft: Work) -> Standing:
    """How a report that is registered now stands to the public notice: to the next, where one is still to be posted."""
    case = draft.case
    if case.over_for_good:
        return Standing.AFTER_END
    to_be_posted = any(task.kind == "post-notice" for task in (*case.open_tasks(), *case.cut_short()))
    if ORDER.index(case.stage) < ORDER.index(Stage.NOTICE) or to_be_posted:
        return Standing.LEAD
    # The window's last instant still belongs to it; of one whose end nobody knows every instant does.
    if case.window is None or draft.now <= case.window[1]:
        return Standing.OBJECTION
    return Standing.LATE


def holding_up(case: Nomination) -> bool:
    """Whether a report must be answered before the notice can be closed."""
    return any(report.standing in HOLDS_UP for report in case.open_reports())


def last_answered(case: Nomination) -> datetime | None:
    """When the last of the reports that had to be answered first was; None while one waits, or where there is none."""
    ended = [report.answered for report in case.reports if report.standing in HOLDS_UP and report.answered]
    return None if holding_up(case) else max(ended, default=None)


def names_facts(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """What was found serious says on what facts; the person is heard on them."""
    if command.outcome == "SERIOUS":
        form = read(command.form, ReportFinding)
        return form if isinstance(form, Refused) else None
    return None


def may_sign(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """The head of the discipline group acted before, in every case that came so far; what binds is another tie."""
    case = draft.case
    if command.actor.ids & (case.recommending | {report.registered_by for report in case.reports}):
        return Refused(RefusalCode.SEPARATION, say("report-own-check"))
    return None


def answered(draft: Work, task: Task) -> None:
    """The check of the report has ended."""
    _answer(draft, _report(draft.case, task), task.outcome)


def found_serious(draft: Work, task: Task) -> None:
    """The check of the report has ended, as the handler found and the head of the discipline group signed."""
    _answer(draft, _report(draft.case, task), draft.case.signed_by_first(task).outcome)


def hear(draft: Work, task: Task) -> None:
    """The person is heard on the facts that were found, never on who reported them."""
    facts = ReportFinding.model_validate(task.form).facts
    draft.open("answer-report", about=task.about, digest=digest_of({"facts": facts}))


def ask_the_head(draft: Work, task: Task) -> None:
    """The head of the discipline group signs over the handler's draft."""
    found = [t for t in draft.case.acted(CHECK) if t.about == task.about][-1]
    draft.open("sign-report", about=task.about, digest=found.answer_digest)


def check_again(draft: Work, task: Task) -> None:
    """After the hold the report for which it waited is checked again, by one task as before."""
    report = waited_for(task.about)
    if not any(t.about == report for t in draft.case.open_tasks(CHECK, "answer-report", "sign-report")):
        draft.open(CHECK, about=report)


def noted(draft: Work, task: Task) -> None:
    """The panel has taken note; nothing follows."""


def answer_all(draft: Work) -> None:
    """Of a case that ended otherwise every report is answered all the same."""
    if draft.case.ended:
        for report in draft.case.open_reports():
            _answer(draft, report, Unchecked.CASE_ENDED)


def take_up(draft: Work) -> None:
    """The case is reopened: a report that came when it had ended is checked, or noted where it is vague."""
    asked = {task.about for task in draft.case.tasks.values()}
    for report in draft.case.reports:
        named = about(REPORT, report.number)
        if report.ending is None and named not in asked:
            draft.open(CHECK if report.checked else "note-report", about=named)


def _answer(draft: Work, report: Report, ending: str) -> None:
    left = [other for other in draft.case.open_reports() if other.number != report.number]
    said = {"report": report.number, "signed": report.signed, "ending": ending, "checking": bool(left)}
    draft.emit(ReportAnswered.model_validate({**said, "answered": draft.now}))


def _report(case: Nomination, task: Task) -> Report:
    number = number_in(REPORT, task.about)
    return next(report for report in case.reports if report.number == number)


def objections(case: Nomination) -> Iterator[Report]:
    """The objections to the public notice that was posted last."""
    return (r for r in case.reports if (r.standing, r.notice) == (Standing.OBJECTION, case.notices))


HEARING = Hearing(
    "answer-report",
    {"ANSWERED": ask_the_head, "NOTHING_TO_ADD": ask_the_head},
    silent=Cause.NOT_EXPLAINED,
    unheard=ask_the_head,
)
SIGNING: dict[str, Signing[Nomination]] = {
    CHECK: Alone(
        {"UNTRUE": answered, "MINOR": answered, "SERIOUS": hear, "UNPROVEN": Holds(Cause.REPORT_UNPROVEN)},
        check=names_facts,
    ),
    **HEARING.signing,
    "sign-report": Second(
        CHECK,
        {"SERIOUS": Then(found_serious, Ends(CaseState.REJECTED, Cause.REPORT_SERIOUS))},
        check=may_sign,
    ),
    "note-report": Alone({"NOTED": noted}),
}
