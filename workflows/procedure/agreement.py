"""Where a policy and the code disagree about a kind of case, and what the code lets follow each outcome.

A worker does not start on a disagreement: no case may meet an outcome of which nobody said what follows it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contracts.causes import Cause
from contracts.commands.base import Command
from contracts.commands.case import LoadCaseCalendar, ReportConflict
from contracts.commands.every import FROM_CASES, OPENS, PEOPLE_TOO
from contracts.policy.model import Policy, TaskKind
from contracts.vocabulary import CaseState, Rung, Stage
from workflows.procedure.case import C
from workflows.procedure.consequences import Countersigned, Ends, Enters, Holds, Opens, parts
from workflows.procedure.kind import Consequence, Kind
from workflows.procedure.signatures import EXTENDED


@dataclass(frozen=True)
class Follows:
    """What follows an outcome, as far as the table says it; `says` is a sentence where only code knows."""

    stage: Stage | None = None
    tasks: tuple[str, ...] = ()
    ends: CaseState | None = None
    holds: Cause | None = None
    says: str = ""


def follows(kind: Kind[C]) -> dict[str, dict[str, tuple[Follows, ...]]]:
    """By task and outcome what follows, in order. Of a second signature the outcomes are the first's."""
    return {
        code: {outcome: tuple(map(_follows, parts(then))) for outcome, then in signing.follows().items()}
        for code, signing in kind.signing.items()
    }


def faults(kind: Kind[C], policy: Policy) -> list[str]:
    """Every disagreement in one sentence each, in order; none when policy and code fit."""
    if kind.name not in policy.procedures:
        return [f"{kind.name}: the policy has no such procedure"]
    procedure = policy.procedure(kind.name)
    tasks = {task.code: task for task in procedure.tasks}
    stages = {stage.code for stage in procedure.stages}
    found = [
        *_tables(kind, tasks),
        *_outcomes(kind, tasks, policy),
        *_time(kind, tasks, policy),
        *_acts(
            kind,
            {act.code for act in procedure.acts},
            {act.code for act in policy.procedures[kind.name].acts},
        ),
        *_consequences(kind, tasks, stages, policy),
        *(
            f"limit {name}: the code names it, the policy has none"
            for name in kind.limits - policy.limits.keys()
        ),
    ]
    return sorted(f"{kind.name}: {one}" for one in set(found))


def _tables(kind: Kind[C], tasks: Mapping[str, TaskKind]) -> Iterator[str]:
    for code in kind.signing.keys() - tasks.keys():
        yield f"task {code}: the code handles it, the policy has none"
    for code in tasks.keys() - kind.signing.keys():
        yield f"task {code}: nothing says what follows it"
    for code, signing in kind.signing.items():
        for other in signing.needs() - kind.signing.keys():
            yield f"task {code}: it is signed with {other}, of which nothing says what follows"


def _acts(kind: Kind[C], said: set[str], own: set[str]) -> Iterator[str]:
    """`said` of this kind or of every; a kind need not take what every says."""
    taken: tuple[type[Command], ...] = (*(kind.acts.keys() - kind.told), ReportConflict, LoadCaseCalendar)
    asked = {str(command.model_fields["act"].default) for command in taken}
    asked -= FROM_CASES - PEOPLE_TOO
    opened = {act for act, opens in OPENS.items() if opens == kind.name}
    for act in asked - said:
        yield f"act {act}: the code takes it, the policy does not say who may ask for it"
    for act in own - asked - opened:
        yield f"act {act}: the policy says who may ask for it, the code takes none"


def _outcomes(kind: Kind[C], tasks: Mapping[str, TaskKind], policy: Policy) -> Iterator[str]:
    for code in kind.signing.keys() & tasks.keys():
        task, said = tasks[code], kind.signing[code].outcomes()
        asks_time = EXTENDED in task.outcomes and EXTENDED not in said
        for outcome in (frozenset(task.outcomes) - ({EXTENDED} if asks_time else set())) ^ said:
            yield f"task {code}: outcome {outcome} stands on one side only"
        for outcome, cause in task.defers.items():
            if cause not in kind.resumes:
                yield f"task {code}: {outcome} defers for {cause.value}, and nothing says what is taken up again"
        limit = policy.limits.get(task.limit or "")
        if asks_time and (limit is None or not limit.extensions):
            yield f"task {code}: outcome {EXTENDED}, but its limit allows no extension"


def _time(kind: Kind[C], tasks: Mapping[str, TaskKind], policy: Policy) -> Iterator[str]:
    for code, rung in kind.reached:
        if code not in tasks:
            yield f"rung {rung.value} of {code}: the policy has no such task"
    for awaited in kind.awaited:
        if awaited.task and awaited.task not in tasks:
            yield f"task {awaited.task}: time opens it, the policy has none"
    for task in tasks.values():
        ladder = policy.ladders.get(task.ladder or "")
        ends = ladder is not None and any(step.rung is Rung.EXPIRED for step in ladder.rungs)
        if ends and (task.code, Rung.EXPIRED) not in kind.reached:
            yield f"task {task.code}: its ladder ends it, and nothing says what follows"


def _consequences(
    kind: Kind[C], tasks: Mapping[str, TaskKind], stages: set[Stage], policy: Policy
) -> Iterator[str]:
    every = [then for signing in kind.signing.values() for then in signing.follows().values()]
    for one in (part for then in (*every, *kind.reached.values()) for part in parts(then)):
        said = _follows(one)
        if said.stage is not None and said.stage not in stages:
            yield f"stage {said.stage.value}: the code enters it, the policy has none"
        for code in said.tasks:
            if code not in tasks:
                yield f"task {code}: the code opens it, the policy has none"
        if said.holds is not None and said.holds not in kind.resumes:
            yield f"hold {said.holds.value}: nothing says what is taken up again"
        if said.ends is not None and all(said.ends not in kept.ends for kept in policy.retention):
            yield f"end {said.ends.value}: the policy does not say how long such files are kept"


def _follows(one: Consequence[C]) -> Follows:
    match one:
        case Enters(stage=stage, tasks=opened):
            return Follows(stage=stage, tasks=opened)
        case Opens(task=code):
            return Follows(tasks=(code,))
        case Countersigned(by=others):
            return Follows(tasks=others)
        case Ends(state=state):
            return Follows(ends=state)
        case Holds(cause=cause):
            return Follows(holds=cause)
        case _:
            return Follows(says=(one.__doc__ or "").strip().splitlines()[0])
