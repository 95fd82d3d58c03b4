"""What this worker runs: two lists."""

from collections.abc import Callable
from typing import Any

from services.worker.carrying import Carrying
from services.worker.settling import Settling
from workflows.access import AccessWorkflow
from workflows.award import AwardWorkflow
from workflows.batch import BatchWorkflow
from workflows.data_request import DataRequestWorkflow
from workflows.enquiry import EnquiryWorkflow
from workflows.integrity import IntegrityWorkflow
from workflows.late_roster import LateRosterWorkflow
from workflows.nomination import NominationWorkflow
from workflows.policy import PolicyWorkflow
from workflows.removal import RemovalWorkflow
from workflows.review import ReviewWorkflow
from workflows.screening import ScreeningWorkflow
from workflows.tenure import TenureWorkflow

WORKFLOWS: tuple[type, ...] = (
    BatchWorkflow,
    NominationWorkflow,
    RemovalWorkflow,
    ScreeningWorkflow,
    EnquiryWorkflow,
    ReviewWorkflow,
    LateRosterWorkflow,
    TenureWorkflow,
    PolicyWorkflow,
    IntegrityWorkflow,
    AwardWorkflow,
    AccessWorkflow,
    DataRequestWorkflow,
)


def activities(settling: Settling, carrying: Carrying) -> list[Callable[..., Any]]:
    """The activities, which the workflows know by name."""
    return [settling.settle, carrying.carry]
