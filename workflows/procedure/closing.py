"""How every case closes: letters served, then the file under its retention class (ST15, R10)."""

from typing import Any

from contracts.commands.case import CompleteTask
from contracts.events.case import CaseFiled
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.procedure.case import Task
from workflows.procedure.consequences import Opens
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Signing
from workflows.procedure.serving import all_served
from workflows.procedure.signatures import Alone
from workflows.rules.verdict import Refused


def file(draft: Draft[Any], task: Task) -> None:
    """The file is closed under its retention class."""
    draft.emit(CaseFiled(retention=draft.policy.kept(draft.case.state)))


def nothing_waits(draft: Draft[Any], task: Task, command: CompleteTask) -> Refused | None:
    """The file is closed last: not while a letter waits to be served, or anybody is to answer something else of it."""
    idle = {one.id for one in (task, *draft.because_of([task]))}
    waiting = {one.kind for one in draft.case.open_tasks() if one.id not in idle}
    if refused := all_served(draft, task, command):
        return refused
    if waiting:
        return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, say("file-waits", tasks=sorted(waiting)))
    return None


CLOSING: dict[str, Signing[Any]] = {
    "serve": Alone({"SERVED": Opens("file")}, check=all_served),
    "file": Alone({"FILED": file}, check=nothing_waits),
}
