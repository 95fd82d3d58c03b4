"""Every two signatures that the policy asks of two people, in every kind of case, by one person in disguise."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from contracts.actor import Actor, Grant
from contracts.commands.opening import Resume
from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.vocabulary import TaskState
from tests.attacks.four_eyes.evasion import also, deputy
from tests.officers_rig import POLICY, task_opened
from workflows.kinds.every import KINDS
from workflows.procedure.case import Case, Task
from workflows.procedure.kind import Kind

RULES = loader.released(POLICY)
FIRST, OTHER, FRESH, STOOD_FOR = "p-first", "p-other", "p-fresh", "p-stood-for"
UNIT = "tax"
ANSWERED = "b" * 64


@dataclass(frozen=True)
class Pair:
    """A task that is done, and an open one that another person must sign."""

    case: Case
    done: Task
    open: Task

    @property
    def name(self) -> str:
        """Which kinds of task they are."""
        return f"{self.done.kind}, {self.open.kind}"


@dataclass(frozen=True)
class Disguise:
    """How whoever signed first comes to the second signature."""

    tries: str
    actor: Callable[[str], Actor]
    """Who they are then, holding this role."""
    stood_for: str = ""
    """In whose place the first signature was made."""
    named: str = ""
    """To whom the level above gave the second task by name."""


def _holder(role: str, person: str, account: str = "a-second") -> Actor:
    return Actor(account_id=account, person_id=person, grants=(Grant(role=role, unit=_unit(role)),))


def _unit(role: str) -> str:
    return UNIT if RULES.role(role).scope == "unit" else ""


DISGUISES = (
    Disguise("both signatures, by two accounts of one person", lambda role: _holder(role, FIRST)),
    Disguise("both, by two identities that were merged", lambda role: also(_holder(role, "p-kept"), FIRST)),
    Disguise(
        "the second by whoever stands in for who made the first",
        lambda role: deputy(role, OTHER, FIRST, _unit(role)),
    ),
    Disguise(
        "the second by who made the first, standing in for another",
        lambda role: deputy(role, FIRST, OTHER, _unit(role)),
    ),
    Disguise(
        "the second by the one in whose place the first was made",
        lambda role: _holder(role, STOOD_FOR),
        stood_for=STOOD_FOR,
    ),
    Disguise(
        "both by one deputy of two people",
        lambda role: deputy(role, FIRST, OTHER, _unit(role)),
        stood_for=STOOD_FOR,
    ),
    Disguise(
        "the second as the one whom the level above named for it",
        lambda role: Actor(account_id="a-second", person_id=FIRST),
        named=FIRST,
    ),
    Disguise(
        "the second as named under another identity",
        lambda role: also(Actor(account_id="a-second", person_id="p-kept"), FIRST),
        named="p-kept",
    ),
)
"""All of them are refused with the same code."""
CODE = "same-person"


def pairs(policy: Policy = RULES) -> Iterator[Pair]:
    """Every pair, of every kind."""
    for kind in KINDS:
        for second in policy.procedure(kind.name).tasks:
            for first in second.distinct_from:
                yield _pair(kind, first, second.code)


def _pair(kind: Kind[Any], first: str, second: str) -> Pair:
    resume = Resume(
        kind=kind.name, case_id="c1", parent="b1", district="d01", policy=POLICY, policy_digest="d" * 64
    )
    case: Case = kind.folding.blank(resume)
    done = _task(first, 1, state=TaskState.DONE, signer=FIRST, answer_digest=ANSWERED)
    asked = _task(second, 2, content_digest=ANSWERED)
    return Pair(case.but(tasks={one.id: one for one in (done, asked)}), done, asked)


def _task(kind: str, signature: int, **changes: object) -> Task:
    opened = task_opened("c1", kind, UNIT if _asks_a_unit(kind) else "")
    said = {**opened.model_dump(), "task_id": f"c1.{kind}.1.{signature}", "signature": signature, **changes}
    return Task.model_validate(said)


def _asks_a_unit(kind: str) -> bool:
    return bool(_unit(RULES.task(kind).role))


def disguised(pair: Pair, disguise: Disguise) -> Pair:
    """The pair as the disguise finds it."""
    case = pair.case.with_task(pair.done.id, signed_for=disguise.stood_for)
    named = {"claimed_by": disguise.named or None, "named": bool(disguise.named)}
    case = case.with_task(pair.open.id, **named)
    return Pair(case, case.tasks[pair.done.id], case.tasks[pair.open.id])
