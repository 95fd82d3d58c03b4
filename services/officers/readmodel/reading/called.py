"""What stands behind a number in the auditor's lists: a kind and a district, a batch's title; nothing of whom."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlmodel import col, select

from contracts.case import CaseKind
from services.kit.db import Session
from services.kit.statements import chunks
from services.officers.readmodel.tables import BatchRow, CaseRow, TaskRow


@dataclass(frozen=True)
class Called:
    """A case as everybody may be told of it who knows its number, under the version that it keeps."""

    policy: str
    kind: str
    district: str = ""
    title: str = ""
    """Of a batch, which is in several districts."""
    task: str = ""
    """The kind of the task, where a task of the case was meant."""


async def called(session: Session, numbers: Collection[str]) -> Mapping[str, Called]:
    """By number what it is, of those that are cases, batches or tasks."""
    tasks: dict[str, tuple[str, str]] = {}
    for part in chunks(sorted(numbers)):
        asked = select(TaskRow.task_id, TaskRow.case_id, TaskRow.kind)
        for task_id, case_id, kind in await session.exec(asked.where(col(TaskRow.task_id).in_(part))):
            tasks[task_id] = (case_id, kind)
    cases = await _cases(session, {*numbers, *(case_id for case_id, _ in tasks.values())})
    of_tasks = {
        task_id: replace(cases[case_id], task=kind)
        for task_id, (case_id, kind) in tasks.items()
        if case_id in cases
    }
    return {**cases, **of_tasks}


async def _cases(session: Session, numbers: Collection[str]) -> dict[str, Called]:
    found: dict[str, Called] = {}
    for part in chunks(sorted(numbers)):
        cases = select(CaseRow.case_id, CaseRow.policy, CaseRow.kind, CaseRow.district)
        for ident, policy, kind, district in await session.exec(cases.where(col(CaseRow.case_id).in_(part))):
            found[ident] = Called(policy, kind, district)
        batches = select(BatchRow.batch_id, BatchRow.policy, BatchRow.title)
        for ident, policy, title in await session.exec(batches.where(col(BatchRow.batch_id).in_(part))):
            found[ident] = Called(policy, CaseKind.BATCH.value, title=title)
    return found
