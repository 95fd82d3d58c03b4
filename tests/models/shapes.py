"""What a table tells apart in a state: each open task with what was said of the same before, each hold, each mark."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import combinations, product
from typing import TypeAlias

from contracts.case import about
from contracts.vocabulary import CaseState
from tests.models.worlds import phase
from workflows.kinds.nomination.case import Hit, Nomination
from workflows.kinds.nomination.findings import HIT
from workflows.kinds.removal.case import Removal
from workflows.kinds.tenure.case import Tenure
from workflows.procedure.case import Case, State, Task

Sight: TypeAlias = tuple[object, ...]
"""One thing that can be seen of a state, at one phase."""
Matter: TypeAlias = tuple[str, str, str, int]

FLAGS = ("upcoming", "ballot", "suspended", "reopened", "duplicate_of", "lost", "shared", "shown")
FLAGS_TOO = (
    "reviewing",
    "urgent",
    "restored",
    "vacated",
    "next_policy",
    "held_until",
    "removals",
    "for_reading",
)
"""Fields of which it matters that they are set, of whatever kind of case has them."""
COUNTED = ("rosters", "held", "cases", "lists", "matches", "readings", "marks", "leads", "tenures", "doubts")
"""Of a kind without tasks: none, one or several."""
SEVERAL = 2
ASIDE = frozenset({"overdue", "recusal", "name-signer"})
"""Tasks that may be open beside whatever else is."""
NEVER_AGAIN = frozenset({CaseState.DECEASED.value})
SAID_LAST = 2
"""Of all that was said of a matter so many of the last are told apart: of all of them together there is no end. What a
rule counts from further back, such as votes, its own tests ask."""
BESIDE = "beside"
"""Begins a sight that says only what stands beside one another."""


def sights(state: State, now: datetime) -> frozenset[Sight]:
    """What is to be seen there. A state in which nothing is new is not gone on from."""
    where = phase(state, now)
    if not isinstance(state, Case):
        return frozenset({(where, *(min(len(getattr(state, name, ())), SEVERAL) for name in COUNTED))})
    tasks, holds = state.open_tasks(), [hold.cause.value for hold in state.holds]
    said = _said(state)
    over = [_over(state, task, said) for task in tasks]
    mark = apart(state)
    dead, place = mark in NEVER_AGAIN, (where, mark)
    return frozenset(
        [
            (place,),
            *((place, "task", task.kind) for task in tasks),
            *(("said", dead, *one) for one in over),
            *((place, "hold", hold) for hold in holds),
            *((place, "over") for _ in range(len(tasks) < len(state.tasks))),
            # What a rule of transition brings is asked with the next step, whatever that is.
            *((place, "applied") for _ in range(bool(getattr(state, "applied", None)))),
            # Of somebody who has died hardly anything is asked: what stands beside it leads nowhere.
            *((BESIDE, where, *beside) for beside in _beside(state, tasks, holds, over) if not dead),
        ]
    )


def apart(state: State) -> str:
    """What parts states of one phase, in which other things are asked: of whom nothing more is expected, and how a
    seat was lost, for a review gives some of them back."""
    match state:
        case Removal() if state.dead:
            return CaseState.DECEASED.value
        case Tenure() if state.vacated is not None:
            return state.vacated.state.value
    return ""


def _beside(state: Case, tasks: list[Task], holds: list[str], over: list[tuple[str, ...]]) -> Iterator[Sight]:
    """What stands beside one another there."""
    kinds = sorted({task.kind for task in tasks})
    flags = [name for name in (*FLAGS, *FLAGS_TOO) if getattr(state, name, None)]
    yield "open", frozenset(kinds) - ASIDE
    yield from (("pair", *pair) for pair in combinations(kinds, 2))
    yield from (("over", *one) for one in over)
    alike = Counter((task.kind, task.about) for task in tasks)
    yield from (("many", task.kind) for task in tasks if alike[task.kind, task.about] > 1)
    yield from (("flag", flag) for flag in flags)
    yield from (("held", *pair) for pair in product(holds, flags))
    yield from (("spent", name.partition(":")[0]) for name in state.spent)
    yield from (("fact", hit.effect, hit.ruling) for hit in _hits(state) if not hit.cancelled)


def open_kinds(state: State) -> set[str]:
    """The kinds of its open tasks."""
    return {task.kind for task in state.open_tasks()} if isinstance(state, Case) else set()


def _said(case: Case) -> dict[Matter, list[str]]:
    """By stage, unit, matter and round what was said of it, in order."""
    said: dict[Matter, list[str]] = defaultdict(list)
    for one in case.acted():
        said[one.stage, one.unit, one.about, one.round].append(f"{one.kind} {one.outcome}")
    return said


def _over(case: Case, task: Task, said: dict[Matter, list[str]]) -> tuple[str, ...]:
    """Who is asked, about what, and what was said of the same last: what a second signs, or others beside."""
    same = said.get((task.stage, task.unit, task.about, task.round), [])
    return (task.kind, task.role, _matter(case, task), *sorted({*same[-SAID_LAST:]}))


def _matter(case: Case, task: Task) -> str:
    """Of a hit its effect: each is ruled on by others."""
    effects = {about(HIT, hit.number): hit.effect.value for hit in _hits(case)}
    return effects.get(task.about, task.about.partition(".")[0])


def _hits(case: Case) -> tuple[Hit, ...]:
    return case.hits if isinstance(case, Nomination) else ()
