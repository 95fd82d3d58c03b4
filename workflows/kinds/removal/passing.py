"""The member dies, or loses the capacity to act: nothing is decided about them any more (domain §8.1, any state)."""

from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.tenure import RecordDeath
from contracts.events.tenure import DeathRecorded
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState
from workflows.kinds.removal.aftermath import today
from workflows.kinds.removal.case import Work
from workflows.kinds.removal.closing import close
from workflows.kinds.removal.reviews import INSTANCES
from workflows.kinds.removal.service import begun_elsewhere
from workflows.kinds.removal.suspension import PROPOSAL
from workflows.procedure.letters import SERVE_LETTER
from workflows.procedure.rights import may_ask
from workflows.rules.verdict import Refused


def died(draft: Work, command: RecordDeath) -> Refused | None:
    """A removal under way lapses; of one that has ended nobody asks for a review, and one under way ends.

    So do removals that it began where no case follows the other seat: nobody else tells those.
    """
    refused = _may_record(draft, command)
    if refused is not None or draft.case.gone:
        return refused
    case, told_by = draft.case, command.claim.owed_by
    draft.emit(DeathRecorded(died_on=command.died_on, document_digest=command.document_digest))
    draft.cancel(case.open_tasks(SERVE_LETTER), Cause.DEATH)
    if case.tenure and (told_by is None or told_by.case_id != case.tenure):
        draft.owe_tell(CaseKind.TENURE, (case.tenure,), command)
    _, elsewhere = begun_elsewhere(case)
    draft.owe_tell(CaseKind.REMOVAL, elsewhere, command)
    if case.reviewing:
        draft.owe_tell(CaseKind.REVIEW, (case.reviewing,), command)
    if not case.ended:
        draft.end(CaseState.LAPSED, Cause.DEATH)
        return None
    terms = case.open_tasks(*INSTANCES, PROPOSAL)
    draft.cancel(terms, Cause.DEATH)
    if terms:
        close(draft)
    return None


def _may_record(draft: Work, command: RecordDeath) -> Refused | None:
    if command.claim.owed_by is None:
        verdict = may_ask(command.actor, draft.case, command.act, draft.policy)
        if isinstance(verdict, Refused):
            return verdict
    if draft.case.filed:
        return Refused(RefusalCode.CASE_ENDED, say("file-closed"))
    if command.died_on > today(draft):
        return Refused(RefusalCode.DATE_OUT_OF_RANGE, say("day-ahead", day=command.died_on).at("died_on"))
    return None
