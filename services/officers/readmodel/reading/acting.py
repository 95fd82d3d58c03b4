"""What an act must know of its task, case or batch before it is sent: one narrow read beneath the ORM (D18)."""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, case, false, literal, select

from contracts.case import CaseKind
from services.kit.db import Unit
from services.kit.statements import Prepared
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.disclosure import Asked
from services.officers.readmodel.reading.visible import (
    REMEMBERED,
    batches_in,
    cases_in,
    recused,
    tasks_in,
)
from services.officers.readmodel.tables import BatchRow, CaseRow, TaskRow


class What(Enum):
    """What a caller names when they act."""

    TASK = "task"
    CASE = "case"
    BATCH = "batch"


@dataclass(frozen=True)
class Wanted:
    """A thing to be acted on, as far as the scope shows it."""

    what: What
    ident: str
    scope: Scope


@dataclass(frozen=True)
class Seen:
    """What stands in the read model: the case that is to decide, how far it is, and what may have changed.

    `version` moves when the named task does, and is 0 where none was named; `recused`: the caller is kept from the
    case. `task` is the kind of the task, empty when none was named.
    """

    kind: str
    case_id: str
    place: int
    version: int
    policy: str
    recused: bool
    task: str
    asked: Asked


def read(unit: Unit, wanted: Wanted) -> Seen | None:
    """The thing; None when there is none, or none that the caller may see."""
    found = _statement(wanted.what, wanted.scope).run(unit, ident=wanted.ident)
    row = found.first()
    if row is None:
        return None
    kind, case_id, place, version, policy, recused, task, *asked = row
    return Seen(kind, case_id, place, version, policy, bool(recused), task, Asked(*asked))


@lru_cache(maxsize=REMEMBERED)
def _statement(what: What, scope: Scope) -> Prepared:
    match what:
        case What.TASK:
            return Prepared(_task(scope))
        case What.CASE:
            return Prepared(_case(scope))
        case What.BATCH:
            return Prepared(_batch(scope))


_CASES = CaseRow.metadata.tables["cases"].c
_TASKS = TaskRow.metadata.tables["tasks"].c
_BATCHES = BatchRow.metadata.tables["batches"].c

_NONE = literal("")
_UNVERSIONED = literal(0)
_NAMED = case((_TASKS.named, _TASKS.claimed_by), else_="")
_CASE = (_CASES.kind, _CASES.case_id, _CASES.sequence)


def _task(scope: Scope) -> Select[*tuple[Any, ...]]:
    of_task = (_TASKS.version, _TASKS.policy, recused(scope), _TASKS.kind)
    asked = (_TASKS.role, _TASKS.unit, _TASKS.district, _CASES.person_id, _CASES.unit, _NAMED)
    return select(*_CASE, *of_task, *asked).where(
        _TASKS.task_id == bindparam("ident"),
        _CASES.case_id == _TASKS.case_id,
        tasks_in(scope),
        cases_in(scope),
    )


def _case(scope: Scope) -> Select[*tuple[Any, ...]]:
    of_case = (_UNVERSIONED, _CASES.policy, recused(scope), _NONE)
    asked = (_NONE, _NONE, _CASES.district, _CASES.person_id, _CASES.unit, _NONE)
    return select(*_CASE, *of_case, *asked).where(_CASES.case_id == bindparam("ident"), cases_in(scope))


def _batch(scope: Scope) -> Select[*tuple[Any, ...]]:
    place = (literal(CaseKind.BATCH.value), _BATCHES.batch_id, _BATCHES.sequence)
    of_batch = (_UNVERSIONED, _BATCHES.policy, false(), _NONE)
    asked = (_NONE,) * 6
    return select(*place, *of_batch, *asked).where(_BATCHES.batch_id == bindparam("ident"), batches_in(scope))
