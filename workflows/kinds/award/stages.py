"""Check, recognition, loss of eligibility, and what becomes of a title: every outcome is decided by people."""

from datetime import datetime

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.events.award import TitleRecognised, WithdrawalProposed
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import Saying, say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.award.case import LOSS, LOST, PROPOSAL, PROPOSED, Award, Work
from workflows.procedure.case import Task, calendar_of
from workflows.procedure.consequences import Ends, Opens, Then, enters
from workflows.procedure.kind import Lapsing, Signing
from workflows.procedure.signatures import Alone, two
from workflows.rules.calendar import end_of, local_day, same_date
from workflows.rules.deadlines import MONTHS
from workflows.rules.forms import LeaderIndexes, read
from workflows.rules.verdict import ALLOWED, Refused, Verdict


def eligible(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Nobody is found eligible while a leading person's index is unknown or below the bar, whoever says it."""
    form = read(command.form, LeaderIndexes)
    if isinstance(form, Refused):
        return form
    entered = {one.person_id: one.index for one in form.indexes}
    if entered.keys() - set(draft.case.leaders):
        return Refused(RefusalCode.FORM_INVALID, say("leads-nothing").at("indexes"))
    if command.outcome != "ELIGIBLE":
        return None
    known = entered | on_record(draft.case)
    if set(draft.case.leaders) - known.keys():
        return Refused(RefusalCode.FORM_INVALID, say("leader-without-index").at("indexes"))
    below = _below(draft, known)
    return None if below is None else Refused(RefusalCode.FORM_INVALID, below.at("indexes"))


def on_record(case: Award) -> dict[str, int]:
    """The index on record, by leading person."""
    return {person: reading.index for person, reading in case.readings.items()}


def still_eligible(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """No title is given while the index on record of a leading person is below the bar: it may have fallen since."""
    if command.outcome != "RECOGNISED":
        return None
    below = _below(draft, on_record(draft.case))
    return None if below is None else Refused(RefusalCode.OUTCOME_NOT_ALLOWED, below)


def _below(draft: Work, known: dict[str, int]) -> Saying | None:
    """What is to be said of the first leading person whose index is below the bar."""
    bar = draft.policy.grading.index_pass
    found = (known[person] for person in draft.case.leaders if person in known and known[person] < bar)
    return next((say("leader-below", index=index, least=bar) for index in found), None)


def may_leave(case: Award) -> Verdict:
    """No application comes further while a veto or a fallen index of a leading person is not decided on."""
    if case.open_tasks(*LOSS, *PROPOSAL):
        return Refused(RefusalCode.RULING_OPEN, say("leader-veto-open"))
    return ALLOWED


def recognise(draft: Work, task: Task) -> None:
    """The title is given for its term, never for life."""
    calendar = calendar_of(draft.case, draft.policy)
    term = draft.policy.award(draft.case.title).term
    last = same_date(local_day(draft.now, calendar), term.n * MONTHS[term.unit])
    draft.emit(TitleRecognised(until=end_of(last, calendar)))
    draft.enter(Stage.TITLE)


def propose(draft: Work, task: Task) -> None:
    """It is proposed to withdraw the title, which is held until whoever gave it has decided."""
    draft.emit(WithdrawalProposed())


def goes_on(draft: Work, task: Task) -> None:
    """What was asked does not touch the organisation: the application or the title stands as it did."""


def term_over(case: Award, policy: Policy) -> datetime | None:
    """24:00 of the last day of the title."""
    return case.held_until


SIGNING: dict[str, Signing[Award]] = {
    **two(
        "award-check",
        "award-check-sign",
        {
            "ELIGIBLE": enters(Stage.AWARD_DECISION, "recognise"),
            "INELIGIBLE": Ends(CaseState.INELIGIBLE, Cause.AWARD_CHECK),
        },
        check=eligible,
        still=True,
    ),
    "recognise": Alone(
        {"RECOGNISED": recognise, "NOT_RECOGNISED": Ends(CaseState.NOT_RECOGNISED, Cause.AWARD_DECIDED)},
        check=still_eligible,
    ),
    **two(*LOSS, {LOST: Ends(CaseState.INELIGIBLE, Cause.LEADER_VETOED), "NOT_AFFECTED": goes_on}),
    **two(*PROPOSAL, {PROPOSED: Then(propose, Opens("title-decision")), "NOT_AFFECTED": goes_on}),
    "title-decision": Alone(
        {"TITLE_WITHDRAWN": Ends(CaseState.TITLE_WITHDRAWN, Cause.LEADER_VETOED), "TITLE_KEPT": goes_on}
    ),
}
TERM_END = Lapsing[Award](
    lambda case: case.held_until is not None and not case.ended,
    term_over,
    Ends(CaseState.TITLE_EXPIRED, Cause.TITLE_OVER),
)
