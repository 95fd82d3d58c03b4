"""What every entry of the record says (domain §8.7), and that no reason which somebody had to give is lost."""

from typing import Any

import pytest
from pydantic import BaseModel

from contracts.commands import access, batch, case, nomination, screening, tenure
from contracts.commands.base import Command
from contracts.commands.every import COMMANDS, OPENINGS
from contracts.envelope import Envelope
from contracts.events.access import AccessAsked
from contracts.events.batch import BatchCalendarLoaded
from contracts.events.case import CalendarLoaded
from contracts.events.conflict import ConflictDeclared, ConflictReported
from contracts.events.enquiry import EnquiryOpened
from contracts.events.nomination import WithdrawalSigned
from contracts.events.review import HitDisputed
from contracts.events.task import TaskCompleted, TaskReassigned, TaskReleased
from contracts.events.tenure import ResignationAsked

KEPT_IN: dict[type[Command], type[Any]] = {
    access.AskAccess: AccessAsked,
    access.AskEmergency: AccessAsked,
    batch.LoadCalendar: BatchCalendarLoaded,
    case.CompleteTask: TaskCompleted,
    case.DeclareConflict: ConflictDeclared,
    case.LoadCaseCalendar: CalendarLoaded,
    case.PassOn: TaskReleased,
    case.ReassignTask: TaskReassigned,
    case.ReportConflict: ConflictReported,
    nomination.DisputeHit: HitDisputed,
    nomination.Withdraw: WithdrawalSigned,
    screening.DoubtMatch: EnquiryOpened,
    tenure.Resign: ResignationAsked,
}
"""Where the record has the reason of each act that asks for one: in the sealed part of this event."""
ACTS = sorted({*COMMANDS, *OPENINGS}, key=lambda one: one.__name__)


def _asks_why(act: type[Command]) -> bool:
    return "reason" in act.model_fields and act.model_fields["reason"].annotation is str


def says(part: Any, name: str) -> bool:
    """Whether a model, or one that it holds, has a field of this name."""
    kinds = [kind for kind in getattr(part, "__args__", (part,)) if isinstance(kind, type)]
    models = [kind for kind in kinds if issubclass(kind, BaseModel)]
    return any(
        name in one.model_fields or any(says(field.annotation, name) for field in one.model_fields.values())
        for one in models
    )


@pytest.mark.parametrize("act", [act for act in ACTS if _asks_why(act)])
def test_every_reason_that_is_asked_for_is_kept(act: type[Command]) -> None:
    private = KEPT_IN[act].model_fields["private"].annotation
    assert says(private, "reason"), f"{act.__name__}: {KEPT_IN[act].__name__} has no reason"


def test_what_keeps_no_reason_is_found() -> None:
    assert not says(Envelope, "reason")
    assert says(TaskReleased.model_fields["private"].annotation, "reason")


def test_every_entry_says_who_what_when_and_by_which_version() -> None:
    said = {"id", "type", "case_id", "sequence", "previous", "at", "actor", "command_id", "policy", "payload"}
    assert {name for name in said if Envelope.model_fields[name].is_required()} == said
    signer = Envelope.model_fields["actor"].annotation
    assert signer is not None
    assert {"account_id", "person_id", "role", "deputy_for"} <= signer.model_fields.keys()
    assert {"seen", "outcome"} <= case.CompleteTask.model_fields.keys()
    assert {"answer_digest", "private"} <= TaskCompleted.model_fields.keys()
