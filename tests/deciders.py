"""The decider of every kind of case, as the worker's own list of workflows names them."""

from typing import Any

from temporalio import workflow

from services.worker.catalogue import WORKFLOWS
from workflows.procedure.decider import Decider

DECIDERS: dict[str, Decider[Any]] = {
    str(workflow._Definition.must_from_class(one).name): one.decider  # type: ignore[attr-defined]
    for one in WORKFLOWS
}
