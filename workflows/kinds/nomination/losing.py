"""The nominee loses the post or the firm: eligibility is checked again, and a pass goes on where it was (§8.1)."""

from contracts.causes import Cause
from contracts.commands.nomination import ReportLoss
from contracts.events.nomination import PostLost
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.signs import has_visible
from contracts.vocabulary import Stage
from workflows.kinds.nomination.case import Nomination, Work
from workflows.procedure.rights import may_ask
from workflows.rules.verdict import ALLOWED, Refused, Verdict


def report_loss(draft: Work, command: ReportLoss) -> Refused | None:
    """Back to the eligibility check, once however often it is said; what is under way elsewhere waits for it.

    Where the case has ended it is checked when a granted re-check reopens it.
    """
    case = draft.case
    if case.over_for_good:
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=case.state))
    verdict = may_ask(command.actor, case, command.act, draft.policy, case.nominating_unit)
    if isinstance(verdict, Refused):
        return verdict
    if not has_visible(command.loss.reason):
        return Refused(RefusalCode.REASON_REQUIRED, say("what-was-lost").at("reason"))
    if case.lost:
        return None
    draft.emit(PostLost(private=command.loss))
    if not case.ended:
        check_again(draft)
    return None


def check_again(draft: Work) -> None:
    """Ask for the check of eligibility.

    The declaration is asked for after it: nobody renounces by the silence to a question that waits.
    """
    case = draft.case
    if case.stage is Stage.DECLARATION:
        draft.cancel(case.open_tasks("declare"), Cause.POST_LOST)
        draft.enter(Stage.SCREENING)
    if not case.open_tasks("screen", "screen-sign", "repair"):
        draft.open("screen")


def may_leave(case: Nomination) -> Verdict:
    """No stage finishes while the eligibility is checked again."""
    if case.lost and case.stage is not Stage.SCREENING:
        return Refused(RefusalCode.SCREENING_OPEN, say("stage-waits-for-eligibility"))
    return ALLOWED
