"""The acts on a task that every kind of case takes: complete, extend, claim, release, reassign, step back."""

from typing import TypeAlias, assert_never

from contracts.actor import ACCOUNT_KEEPER
from contracts.canonical import digest_of
from contracts.causes import Cause
from contracts.commands.case import (
    ClaimTask,
    CompleteTask,
    DeclareConflict,
    PassOn,
    ReassignTask,
    ReleaseTask,
)
from contracts.events.conflict import Conflict
from contracts.events.task import (
    Answer,
    Handing,
    TaskClaimed,
    TaskCompleted,
    TaskReassigned,
    TaskReleased,
)
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.term import Extended
from workflows.procedure import clock
from workflows.procedure.case import C, Task, calendar_of
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Kind
from workflows.procedure.recusal import fit, pass_on, step_back
from workflows.procedure.rights import entitled, find, holds, may_act, may_complete
from workflows.procedure.separation import may_be_given
from workflows.procedure.signatures import EXTENDED
from workflows.rules.calendar import local_day
from workflows.rules.papers import dated
from workflows.rules.verdict import ALLOWED, Refused

OnTask: TypeAlias = CompleteTask | ClaimTask | ReleaseTask | ReassignTask | PassOn | DeclareConflict


def on_task(kind: Kind[C], draft: Draft[C], command: OnTask) -> Refused | None:
    """Take an act on a task, or say why not."""
    task = find(draft.case, command.task_id)
    if isinstance(task, Refused):
        return task
    match command:
        case CompleteTask():
            return _complete(kind, draft, task, command)
        case ClaimTask():
            return _claim(draft, task, command)
        case ReleaseTask():
            return _release(draft, task, command)
        case ReassignTask():
            return _reassign(draft, task, command)
        case PassOn():
            return _pass(draft, task, command)
        case DeclareConflict():
            return _step_back(draft, task, command)
        case _:
            assert_never(command)


def _complete(kind: Kind[C], draft: Draft[C], task: Task, command: CompleteTask) -> Refused | None:
    """Check the act, record it, and draw its consequences; an extension leaves the task open."""
    verdict = may_complete(draft.case, task, command, draft.policy, draft.now)
    if isinstance(verdict, Refused):
        return verdict
    signing = kind.signing[task.kind]
    if command.outcome not in signing.outcomes():
        if command.outcome == EXTENDED:
            return _extend(draft, task, command)
        return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, say("nothing-follows", outcome=command.outcome))
    today = local_day(draft.now, calendar_of(draft.case, draft.policy))
    refused = dated(command.form, today, draft.policy) or signing.check(draft, task, command)
    if refused is not None:
        return refused.within("form")
    stood = draft.case.stage
    draft.emit(_completed(task, command))
    draft.moot([task], Cause.ANSWERED)
    signing.follow(draft, draft.case.tasks[task.id])
    left = kind.may_leave(draft.case) if draft.case.stage is not stood else ALLOWED
    return left if isinstance(left, Refused) else None


def _completed(task: Task, command: CompleteTask) -> TaskCompleted:
    """The digest covers what was answered, so that a second signer names it."""
    answer = {"task": task.id, "outcome": command.outcome, "form": command.form, "reason": command.reason}
    return TaskCompleted(
        task_id=task.id,
        kind=task.kind,
        stage=task.stage,
        unit=task.unit,
        outcome=command.outcome,
        answer_digest=digest_of(answer),
        private=Answer(form=command.form, reason=command.reason),
    )


def _extend(draft: Draft[C], task: Task, command: CompleteTask) -> Refused | None:
    """Grant the one extension that the limit allows, counted from the old deadline; a further one is refused.

    So is one that would end in the past: nobody sets a deadline there (SOD-11, §8.8.11).
    """
    limit = draft.policy.limits.get(draft.policy.task(task.kind).limit or "")
    if limit is None or task.extensions >= limit.extensions:
        return Refused(RefusalCode.EXTENSION_EXHAUSTED, say("no-extension-left"))
    if task.due is None:
        return Refused(RefusalCode.EXTENSION_EXHAUSTED, say("provisional-deadline"))
    move = Extended(by="asked", n=limit.extension, unit=limit.unit)
    until = clock.moved(draft.case, draft.policy, task, move).at
    if until is not None and until <= draft.now:
        return Refused(RefusalCode.PAST_DEADLINE, say("extension-past", until=until))
    draft.extend(task, move, Cause.ASKED, Answer(form=command.form, reason=command.reason))
    return None


def _claim(draft: Draft[C], task: Task, command: ClaimTask) -> Refused | None:
    """Take a task that nobody else holds; claiming one's own again changes nothing."""
    verdict = may_act(draft.case, task, command.actor, draft.policy)
    if isinstance(verdict, Refused):
        return verdict
    if task.claimed_by is None:
        draft.emit(TaskClaimed(task_id=task.id, person_id=command.actor.person_id))
    return None


def _release(draft: Draft[C], task: Task, command: ReleaseTask) -> Refused | None:
    """Give back what one holds; the keeper of accounts gives back what its holder can do nothing with any more."""
    if command.of is not None and command.actor != ACCOUNT_KEEPER:
        return Refused(RefusalCode.WRONG_ROLE, say("keeper-ends-claims"))
    holders = command.actor.ids if command.of is None else {command.of}
    if task.claimed_by not in holders:
        return Refused(RefusalCode.NOT_CLAIMED, say("not-claimed"))
    draft.emit(TaskReleased(task_id=task.id))
    return None


def _reassign(draft: Draft[C], task: Task, command: ReassignTask) -> Refused | None:
    """Give the task to a named person, unless it is known already that they may not act on it."""
    if own := _own(task, draft.policy):
        return own
    verdict = entitled(draft.case, task, command.actor, draft.policy)
    if isinstance(verdict, Refused) and not holds(command.actor, draft.case, *draft.policy.assigners):
        return verdict
    if command.actor.ids & draft.case.conflicted:
        return Refused(RefusalCode.CONFLICT_OF_INTEREST, say("conflict-declared"))
    person = command.claim.known_of(command.person_id)
    given = may_be_given(draft.case, task, person, draft.policy)
    if isinstance(given, Refused):
        return given
    why = Handing(reason=command.reason)
    draft.emit(TaskReassigned(task_id=task.id, person_id=command.person_id, private=why))
    return None


def _pass(draft: Draft[C], task: Task, command: PassOn) -> Refused | None:
    """Who is absent passes the task on to whoever may have it next; nobody passes on what another has claimed.

    Of whoever stands in the register of the absent the keeper of accounts says it: of what they have claimed, and of
    what nobody claimed and nobody else is there for, who may act on it.
    """
    if own := _own(task, draft.policy):
        return own
    refused = _not_theirs(draft, task, command)
    if refused is not None:
        return refused
    person = command.of or command.actor.person_id
    pass_on(draft, task, person, command.claim.others, command.reason)
    return None


def _not_theirs(draft: Draft[C], task: Task, command: PassOn) -> Refused | None:
    if command.of is None:
        verdict = may_act(draft.case, task, command.actor, draft.policy)
        return verdict if isinstance(verdict, Refused) else None
    if command.actor != ACCOUNT_KEEPER:
        return Refused(RefusalCode.WRONG_ROLE, say("keeper-passes-on"))
    others = command.claim.others
    alone = task.claimed_by is None and others is not None and not fit(draft, task, others)
    if task.claimed_by != command.of and not alone:
        return Refused(RefusalCode.NOT_CLAIMED, say("not-claimed"))
    return None


def _step_back(draft: Draft[C], task: Task, command: DeclareConflict) -> Refused | None:
    """The person steps back from the whole case."""
    if own := _own(task, draft.policy):
        return own
    verdict = entitled(draft.case, task, command.actor, draft.policy)
    if isinstance(verdict, Refused):
        return verdict
    conflict = Conflict(ground=command.ground, reason=command.reason)
    step_back(draft, task, command.actor.person_id, conflict, command.claim.others)
    return None


def _own(task: Task, policy: Policy) -> Refused | None:
    """What is asked of the person concerned is a right: it is moved to nobody, and given up by no conflict (§8.8.3)."""
    if task.role not in policy.self_roles:
        return None
    return Refused(RefusalCode.OWN_TASK, say("own-task"))
