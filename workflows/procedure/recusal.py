"""Who steps back from a case, who decides on it, and who acts instead (SOD-06, SOD-07)."""

from collections.abc import Iterable
from typing import Any

from contracts.actor import ACCOUNT_KEEPER, Ties
from contracts.case import about, number_in
from contracts.commands.case import CompleteTask, ReportConflict
from contracts.events.conflict import (
    Conflict,
    ConflictDeclared,
    ConflictReported,
    ConflictSettled,
    Settlement,
)
from contracts.events.task import Handing, TaskReassigned, TaskReleased
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import TaskState
from workflows.procedure.case import NAMING, C, Case, Task, item_about
from workflows.procedure.draft import Draft
from workflows.procedure.hands import CONFLICT
from workflows.procedure.kind import Again, Signing
from workflows.procedure.naming import waiting_for
from workflows.procedure.rights import belongs
from workflows.procedure.separation import may_be_given
from workflows.procedure.signatures import Alone
from workflows.rules.verdict import Refused

RECUSAL = "recusal"
RECUSED: Settlement = "RECUSED"
NO_CONFLICT: Settlement = "NO_CONFLICT"


def step_back(
    draft: Draft[C], task: Task, person: str, conflict: Conflict, holders: tuple[Ties, ...] | None = None
) -> None:
    """A person steps back from the case. What they had claimed is free again, and the task passes on.

    Of whoever heads a unit the level above decides, and names who acts instead; until then they do not act.
    """
    heads = _heads([task.role], draft.policy)
    number = _declare(draft, person, conflict, task.id, awaits=heads)
    if heads:
        _ask_above(draft, number, [task.role])
    elif holders is not None:
        _to_next(draft, about(CONFLICT, number), draft.case.tasks[task.id], holders)


def pass_on(draft: Draft[C], task: Task, person: str, holders: tuple[Ties, ...] | None, reason: str) -> None:
    """Whoever is absent gives the task up, and it passes on; nothing keeps them from the case."""
    why = Handing(reason=reason)
    if task.claimed_by == person:
        draft.emit(TaskReleased(task_id=task.id, private=why))
    if holders is not None:
        _to_next(draft, item_about(task), draft.case.tasks[task.id], holders, why)


def report(draft: Draft[Any], command: ReportConflict) -> Refused | None:
    """Take what somebody says of another's conflict: whoever is above that person decides whether it is so.

    Whoever says it of themselves steps back, as from a task.
    """
    case = draft.case
    told = command.claim.owed_by is not None
    if not (case.hears_of_ties if told else not case.over_for_good):
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=case.state))
    said_by_itself = told or command.actor == ACCOUNT_KEEPER
    if not (said_by_itself or belongs(command.actor, case, command.act, draft.policy)):
        return Refused(RefusalCode.WRONG_ROLE, say("conflict-by-concerned"))
    person = command.person_id
    if person == case.person_id or any(d.person == person and (d.bars or not d.settled) for d in case.doubts):
        return Refused(RefusalCode.CONFLICT_KNOWN, say("conflict-known"))
    said = Conflict(ground=command.ground, reason=command.reason)
    roles = _roles_here(case, person) | set(command.claim.known_of(person).roles)
    if person != command.actor.person_id:
        number = len(case.doubts) + 1
        draft.emit(ConflictReported(conflict=number, person_id=person, private=said))
        if told:
            # Another case tells of it when whoever is above has decided there that it is so.
            _settle(draft, number, RECUSED)
        else:
            _ask_above(draft, number, roles)
        return None
    stand_aside(draft, person, said, roles)
    return None


def stand_aside(draft: Draft[Any], person: str, conflict: Conflict, roles: Iterable[str]) -> None:
    """A person says of themselves that the case is none of theirs; of a head the level above decides."""
    heads = _heads(roles, draft.policy)
    number = _declare(draft, person, conflict, awaits=heads)
    if heads:
        _ask_above(draft, number, roles)


def _declare(
    draft: Draft[Any], person: str, conflict: Conflict, task_id: str | None = None, *, awaits: bool
) -> int:
    """The person says it of themselves: they are kept from the case from now on."""
    number = len(draft.case.doubts) + 1
    draft.emit(
        ConflictDeclared(conflict=number, task_id=task_id, person_id=person, awaits=awaits, private=conflict)
    )
    release(draft, person)
    return number


def _ask_above(draft: Draft[Any], number: int, roles: Iterable[str]) -> None:
    draft.open(RECUSAL, about=about(CONFLICT, number), role=above(roles, draft.policy))


def _heads(roles: Iterable[str], policy: Policy) -> bool:
    """Whether somebody who acts in these roles heads a unit: a head heads itself."""
    return any(role.head == role.code for role in policy.roles if role.code in set(roles))


def _roles_here(case: Case, person: str) -> set[str]:
    """The roles in which the person acted on the case or is about to."""
    signed = {task.signer_role for task in case.signed_by(person)}
    beside = {hand.role for hand in case.hands if hand.person == person}
    return signed | beside | {task.role for task in case.open_tasks() if task.claimed_by == person}


def above(roles: Iterable[str], policy: Policy) -> str:
    """The role that decides on a conflict of somebody who acts in these: of a head's, where one of them is a head."""
    held = sorted((r for r in policy.roles if r.code in set(roles)), key=lambda r: r.head != r.code)
    named = [role.recusal_by for role in held if role.recusal_by]
    return next(iter(named), min(policy.assigners))


def release(draft: Draft[C], person: str) -> None:
    """Whatever the person had claimed is free for others."""
    for held in [t for t in draft.case.open_tasks() if t.claimed_by == person]:
        draft.emit(TaskReleased(task_id=held.id))


def fit(draft: Draft[Any], task: Task, holders: Iterable[Ties]) -> list[Ties]:
    """Those who may act on the task, for all that is known of them."""
    return [h for h in holders if not isinstance(may_be_given(draft.case, task, h, draft.policy), Refused)]


def _to_next(
    draft: Draft[C], matter: str, task: Task, holders: tuple[Ties, ...], why: Handing | None = None
) -> None:
    """The next who may is given the task, under its deadline; where nobody is left, the level above names somebody."""
    if task.state is not TaskState.OPEN:
        return
    may = fit(draft, task, holders)
    if may:
        draft.emit(TaskReassigned(task_id=task.id, person_id=may[0].person_id, private=why))
        return
    if not any(asked.about == matter for asked in draft.case.open_tasks(NAMING)):
        draft.open(NAMING, about=matter, role=above([task.role], draft.policy))


def _left(case: Case, deciding: Task) -> Task | None:
    """The task that waits for somebody else, while it is open."""
    task = case.tasks.get(waiting_for(case, deciding))
    return task if task is not None and task.state is TaskState.OPEN else None


def _names_somebody(draft: Draft[Any], task: Task, command: CompleteTask) -> Refused | None:
    """Whoever is named may act on the task; where it waits for somebody, there must be a name."""
    waiting = _left(draft.case, task)
    if waiting is None or command.outcome == NO_CONFLICT:
        return None
    signer = str(command.form.get("signer", ""))
    if not signer:
        return Refused(RefusalCode.FORM_INVALID, say("signer-needed", task=waiting.kind).at("signer"))
    verdict = may_be_given(draft.case, waiting, Ties(person_id=signer), draft.policy)
    return verdict if isinstance(verdict, Refused) else None


def _recused(draft: Draft[Any], task: Task) -> None:
    """The person is kept from the case; whoever is named acts instead."""
    _settle(draft, number_in(CONFLICT, task.about), RECUSED)
    _named(draft, task)


def _free(draft: Draft[Any], task: Task) -> None:
    """There is no conflict: the person may act."""
    _settle(draft, number_in(CONFLICT, task.about), NO_CONFLICT)


def _settle(draft: Draft[Any], number: int, outcome: Settlement) -> None:
    doubt = draft.case.doubt(number)
    draft.emit(ConflictSettled(conflict=doubt.number, person_id=doubt.person, outcome=outcome))
    if outcome == RECUSED:
        release(draft, doubt.person)


def _named(draft: Draft[Any], task: Task) -> None:
    """Whoever is named acts on the task that waits, whatever roles they hold."""
    waiting = _left(draft.case, task)
    if waiting is not None:
        draft.emit(TaskReassigned(task_id=waiting.id, person_id=str(task.form["signer"]), named=True))


def _settle_again(draft: Draft[Any], task: Task) -> None:
    """Somebody else of the level above decides on the conflict, as before."""
    draft.open(RECUSAL, about=task.about, role=task.role)


RECUSING: dict[str, Signing[Any]] = {
    RECUSAL: Alone({RECUSED: _recused, NO_CONFLICT: _free}, check=_names_somebody),
    NAMING: Alone({"NAMED": _named}, check=_names_somebody),
}
SETTLED_AGAIN: dict[str, Again[Any]] = {RECUSAL: Again(_settle_again, beside=True, alone=True)}
"""What a conflict was decided on is decided again, where whoever decided has one as well."""
