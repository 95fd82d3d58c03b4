"""The book of screening as a decider: a case without tasks, which lives on until its policy is replaced."""

from contracts.actor import LIST_KEEPER
from contracts.case import CaseKind
from contracts.commands.base import Command
from contracts.commands.every import BY_SERVICE
from contracts.commands.screening import (
    BeginRun,
    DoubtMatch,
    ImportList,
    OpenScreening,
    ReportScreened,
    SettleDoubt,
)
from contracts.events.screening import ScreeningOpened
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.kinds.screening import doubting, lists, running
from workflows.kinds.screening.book import FOLDING, Work
from workflows.procedure.decider import without_tasks
from workflows.rules.verdict import Refused

PEOPLES = frozenset({"import-list", "begin-run", "doubt-match"})
"""What people ask; the policy says in which roles."""
SERVICES = BY_SERVICE[LIST_KEEPER.account_id]
"""What the service asks that holds the lists. No token is ever of the system, so nobody else can."""
ENQUIRIES = frozenset({"settle-doubt"})
"""What an enquiry asks that the book began."""


def begin(work: Work, opening: OpenScreening) -> None:
    """The book is open; the first run begins with the first list."""
    work.emit(ScreeningOpened(policy_digest=opening.policy_digest))


def take(work: Work, command: Command) -> Refused | None:
    """Take what is asked or reported, or say why not."""
    if not _may_ask(command, work):
        return Refused(RefusalCode.WRONG_ROLE, say("not-for-your-roles", act=command.act))
    match command:
        case ImportList():
            return lists.import_list(work, command)
        case BeginRun():
            return running.ask_run(work, command)
        case ReportScreened():
            return running.report(work, command)
        case DoubtMatch():
            return doubting.doubt_match(work, command)
        case SettleDoubt():
            return doubting.settle(work, command)
        case _:
            return Refused(
                RefusalCode.UNKNOWN_ACT, say("act-not-taken", kind=CaseKind.SCREENING, act=command.act)
            )


def _may_ask(command: Command, work: Work) -> bool:
    """People in the roles of the policy; the service that holds the lists; and for its own errand an enquiry."""
    if command.claim.owed_by is not None:
        return command.act in ENQUIRIES
    if command.actor == LIST_KEEPER:
        return command.act in SERVICES
    if command.act not in PEOPLES:
        return command.act not in SERVICES | ENQUIRIES
    roles, places = work.policy.askers(command.act), {"*", work.state.district}
    return any(grant.role in roles and grant.district in places for grant in command.actor.grants)


def faults(policy: Policy) -> list[str]:
    """Where the policy and the code disagree about screening."""
    if CaseKind.SCREENING not in policy.procedures:
        return []
    said = {act.code for act in policy.acts}
    found = [f"act {act}: the policy does not say who may ask for it" for act in sorted(PEOPLES - said)]
    if policy.screening is None:
        found.append("the policy watches no list")
    return [f"screening: {one}" for one in found]


DECIDER = without_tasks(FOLDING, begin, take, running.on_time, running.next_run)
"""A book is never closed by itself: people in office are watched as long as they are."""
