"""What the policy says about people, stages and files, each asked in one place."""

from contracts.case import CaseKind
from contracts.policy.model import Policy, StageSpec, TaskKind
from contracts.vocabulary import CaseState, Stage

_ASSIGNERS = frozenset({"UFWD"})
_WHILE_HELD = frozenset({Stage.HOLD, Stage.CONSULTATION, Stage.RULING})
_KEPT_SHORT = frozenset({CaseState.REJECTED, CaseState.WITHDRAWN, CaseState.LAPSED})


def self_roles(policy: Policy) -> frozenset[str]:
    """Roles in which somebody acts on their own case."""
    return frozenset(role.code for role in policy.roles if role.scope == "self")


def unit_roles(policy: Policy) -> frozenset[str]:
    """Roles that are held for one unit."""
    return frozenset(role.code for role in policy.roles if role.scope == "unit")


def assigners(policy: Policy) -> frozenset[str]:
    """Roles that may give a task to a named person, besides those who may act in it."""
    return _ASSIGNERS


def goes_on_while_held(policy: Policy, stage: Stage) -> bool:
    """Whether tasks of this stage go on during a hold: answers and rulings may be what ends it."""
    return stage in _WHILE_HELD


def retention(policy: Policy, state: CaseState) -> str:
    """The class under which the file of a case with this end is kept (domain §8.7)."""
    return "10y" if state in _KEPT_SHORT else "permanent"


def people(policy: Policy, task: str) -> int:
    """How many people are asked at once for this kind of task, each to sign alone."""
    return 2 if task in {"inspect", "verify"} else 1


def kept(policy: Policy, state: CaseState) -> bool:
    """Whether the policy says under which class a file with this end is kept."""
    return any(retention(policy, state) == kind.code for kind in policy.retention)


def tasks_of(policy: Policy, kind: CaseKind) -> tuple[TaskKind, ...]:
    """The kinds of task of this kind of case."""
    return tuple(task for task in policy.tasks if _belongs(task.stage, kind))


def stages_of(policy: Policy, kind: CaseKind) -> tuple[StageSpec, ...]:
    """The stages of this kind of case."""
    return tuple(stage for stage in policy.stages if _belongs(stage.code, kind))


def _belongs(stage: Stage, kind: CaseKind) -> bool:
    shared = stage in {Stage.HOLD, Stage.FILING}
    return shared or stage.value.startswith({CaseKind.REMOVAL: "R"}.get(kind, "ST"))
