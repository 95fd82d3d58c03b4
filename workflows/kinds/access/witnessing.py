"""One-time codes reach their holders before a witness: a third person, who neither asked nor decided (adr/0035).

Whose head the witness is no case knows: the API holds that against what people hold, before it asks here.
"""

from datetime import datetime

from contracts.access import AnyRequest, OfAccount, OpenAccounts, ResetCredentials
from contracts.causes import Cause
from contracts.commands.access import WitnessCodes
from contracts.events.access import CodesWitnessed
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.access.case import Access, Work
from workflows.kinds.access.closing import close
from workflows.procedure.kind import Lapsing
from workflows.rules.verdict import Refused
from workflows.rules.witnesses import DECIDING, may_witness


def witness(draft: Work, command: WitnessCodes) -> Refused | None:
    """Take it that the witness has seen the holders' cards, or say why not. Asked again it stands there again."""
    case, actor = draft.case, command.actor
    deciders = {signer for task in case.acted(DECIDING) for signer in task.signers}
    verdict = may_witness(actor, case.asked_by, deciders, case.people, draft.policy)
    if isinstance(verdict, Refused):
        return verdict
    until = _until(case, draft.policy)
    if case.ended or until is None or draft.now >= until:
        return Refused(RefusalCode.CASE_ENDED, say("no-code-waits"))
    holders = {one.account_id: one for one in _with_codes(case.request)}
    if not holders.keys() >= set(command.accounts):
        return Refused(RefusalCode.FORM_INVALID, say("no-code-of-account"))
    accounts = tuple(holders[account] for account in dict.fromkeys(command.accounts))
    draft.emit(CodesWitnessed(witness=actor.person_id, accounts=accounts))
    return None


def _with_codes(request: AnyRequest | None) -> tuple[OfAccount, ...]:
    match request:
        case OpenAccounts(accounts=accounts):
            return tuple(OfAccount(account_id=one.account_id, person_id=one.person_id) for one in accounts)
        case ResetCredentials(account_id=account, person_id=person):
            return (OfAccount(account_id=account, person_id=person),)
        case _:
            return ()


def _until(case: Access, policy: Policy) -> datetime | None:
    return case.codes_until


def _over(draft: Work) -> None:
    close(draft, CaseState.IN_FORCE, Cause.ACCESS_APPROVED)


OVER = Lapsing(lambda case: case.stage is Stage.HANDING_OVER, _until, _over)
"""What was not fetched by then counts no more, and the request is closed."""
