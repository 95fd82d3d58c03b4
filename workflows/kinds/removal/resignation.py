"""R07: the member resigns, persuaded or of their own accord, before any decision or after an urgent one."""

from contracts.base import Digest
from contracts.canonical import digest_of
from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.commands.removal import TenderResignation
from contracts.events.removal import ResignationTendered
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.removal.aftermath import today
from workflows.kinds.removal.case import ACCEPTANCE, Removal, Work
from workflows.kinds.removal.service import leave
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends, EntersByLetter, Then
from workflows.procedure.kind import Signing
from workflows.procedure.rights import may_ask
from workflows.procedure.signatures import Alone
from workflows.rules.forms import Resignation, read
from workflows.rules.verdict import Refused

RESIGNS = frozenset({"RESIGNED", "ACCEPTED"})


def may_resign(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """By a signed paper, and out of an investigation only with the investigator's written consent (L2, Art. 52)."""
    if command.outcome not in RESIGNS:
        return None
    form = read(command.form, Resignation)
    if isinstance(form, Refused):
        return form
    if draft.case.investigations and form.consent_digest is None:
        return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, say("consent-needed").at("consent_digest"))
    return None


def tender(draft: Work, command: TenderResignation) -> Refused | None:
    """The member resigns; the united front department accepts it or does not, and meanwhile the case goes on.

    Of what a duplicate owes nobody's role is asked: the member resigned there.
    """
    if command.claim.owed_by is None:
        verdict = may_ask(command.actor, draft.case, command.act, draft.policy)
        if isinstance(verdict, Refused):
            return verdict
    if draft.case.ended:
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=draft.case.state))
    if not draft.case.open_tasks(ACCEPTANCE):
        ask_acceptance(draft, command.document_digest)
    return None


def ask_acceptance(draft: Work, paper: Digest) -> None:
    """People decide on the resignation that was tendered by this paper."""
    draft.emit(ResignationTendered(document_digest=paper))
    draft.open(ACCEPTANCE, digest=digest_of({"resignation": paper}))


def resigned(draft: Work, task: Task) -> None:
    """The seat is lost since today."""
    leave(draft, CaseState.RESIGNED, today(draft))


def not_accepted(draft: Work, task: Task) -> None:
    """The resignation is not accepted, and the case goes on where it stands."""


SIGNING: dict[str, Signing[Removal]] = {
    "persuade": Alone(
        {
            "RESIGNED": Then(Ends(CaseState.RESIGNED, Cause.PERSUADED), resigned),
            "REFUSED": EntersByLetter(Stage.STATEMENT, ("statement",)),
        },
        check=may_resign,
    ),
    ACCEPTANCE: Alone(
        {
            "ACCEPTED": Then(Ends(CaseState.RESIGNED, Cause.RESIGNATION), resigned),
            "NOT_ACCEPTED": not_accepted,
        },
        check=may_resign,
    ),
}
