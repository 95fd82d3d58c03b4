"""How every case closes: letters served, then the file under its retention class (ST15, R10)."""

from typing import Any

from contracts.events.case import CaseFiled
from workflows.procedure.case import Task
from workflows.procedure.consequences import Opens
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Signing
from workflows.procedure.serving import all_served
from workflows.procedure.signatures import Alone


def file(draft: Draft[Any], task: Task) -> None:
    """The file is closed under its retention class."""
    draft.emit(CaseFiled(retention=draft.policy.kept(draft.case.state)))


CLOSING: dict[str, Signing[Any]] = {
    "serve": Alone({"SERVED": Opens("file")}, check=all_served),
    "file": Alone({"FILED": file}, check=all_served),
}
