"""Every closed set of codes in the contracts, found by looking for it, and the family that has its words."""

import importlib
import pkgutil
from collections.abc import Iterator
from enum import StrEnum
from types import ModuleType
from typing import Any, Literal, get_args, get_origin

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel

import contracts
from contracts.access import AnyRequest
from contracts.actor import SYSTEM
from contracts.base import Contract
from contracts.case import CaseKind
from contracts.catalogue import EVENTS
from contracts.causes import Cause
from contracts.commands.every import COMMANDS, OPENINGS
from contracts.inquired import EnquirySource
from contracts.listed import FactEnd, Fit, MatchEnd, Mode, RunCause, RunEnd
from contracts.matter import (
    Attendance,
    Channel,
    DataRight,
    Ground,
    LeadSource,
    MeetingBody,
    SeatOwner,
    ServiceWay,
)
from contracts.policy import loader
from contracts.policy.model import EVERY, NegativeItem, RoleSpec, Unit
from contracts.policy.reading import PersonalField
from contracts.record import RECORD_REFUSALS
from contracts.vocabulary import (
    CaseState,
    DeliveryChannel,
    DeliveryState,
    Effect,
    FirmPart,
    Grade,
    Ruling,
    Rung,
    Seat,
    Stage,
    Standing,
    Subject,
    TaskState,
    Unchecked,
)
from services.officers.app import ROUTERS
from services.officers.bundles.rules import ItemState
from services.officers.desk.acts import act_code
from services.officers.documents.scanning import Scan
from services.officers.journal.notes import Noted
from services.officers.routes.act_table import ACTS
from services.officers.routes.caller import asking
from services.officers.routes.offers import OF_BATCHES, rule_of
from services.officers.routes.starts import STARTS
from services.officers.views.act_forms import form_of, word_of
from services.officers.views.base import Body
from services.officers.views.journal import JournalVerdictView
from services.officers.web.problems import PROBLEMS

OFFERED = (
    *((one.path, one.body) for one in ACTS),
    *((one.path, one.body) for one in STARTS),
    *OF_BATCHES,
)
"""The bodies for which a form is drawn."""
POLICIES = tuple(loader.released(version) for version in loader.versions())


def literals(annotation: Any) -> Iterator[frozenset[str]]:
    """The words of every Literal in an annotation, however deep."""
    if get_origin(annotation) is Literal:
        yield frozenset(get_args(annotation))
    else:
        for part in get_args(annotation):
            yield from literals(part)


def fields(act: str, body: type[Body]) -> Iterator[str]:
    """Under which codes the fields of a form have their words."""

    def below(schema: dict[str, Any], path: str) -> Iterator[str]:
        for name, part in schema.get("properties", {}).items():
            here = f"{path}.{name}" if path else name
            yield word_of(act, here)
            yield from below(part.get("items", part), here)

    return below(form_of(act, body, loader.versions()[-1]), "")


def asked_routes() -> list[str]:
    """The names of the routes that may refuse what they are asked for."""

    def calls(needed: Dependant) -> Iterator[object]:
        yield needed.call
        for one in needed.dependencies:
            yield from calls(one)

    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    return sorted(route.name for route in routes if asking in set(calls(route.dependant)))


def _only(model: type[BaseModel], field: str) -> frozenset[str]:
    (found,) = literals(model.model_fields[field].annotation)
    return found


CODES: dict[str, frozenset[str]] = {
    "act": frozenset(cls.model_fields["act"].default for cls in (*OPENINGS, *COMMANDS))
    | frozenset(act_code(name) for name in asked_routes()),
    "anchor": _only(NegativeItem, "anchor"),
    "access-request": frozenset(
        one.model_fields["what"].default for one in get_args(get_args(AnyRequest)[0])
    ),
    "attendance": frozenset(get_args(Attendance)),
    "attempt": frozenset(RECORD_REFUSALS),
    "cause": frozenset(Cause),
    "channel": frozenset(get_args(Channel)),
    "data-right": frozenset(get_args(DataRight)),
    "delivery-channel": frozenset(DeliveryChannel),
    "delivery-state": frozenset(DeliveryState),
    "district": frozenset({"all", "*"}),
    "effect": frozenset(Effect),
    "firm-part": frozenset(FirmPart),
    "event": frozenset(name for name, _ in EVENTS),
    "field": frozenset(field for path, body in OFFERED for field in fields(rule_of(path).act, body)),
    "grade": frozenset(Grade),
    "ground": frozenset(get_args(Ground)),
    "item-state": frozenset(ItemState),
    "lead-source": frozenset(get_args(LeadSource)),
    "meeting-body": frozenset(get_args(MeetingBody)),
    "next-step": frozenset(problem.next for problem in PROBLEMS.values()),
    "noted": frozenset(Noted),
    "outcome": frozenset(one for policy in POLICIES for task in policy.tasks for one in task.outcomes)
    | frozenset(Unchecked),
    "role": frozenset({SYSTEM.role}),
    "ruling": frozenset(Ruling),
    "rung": frozenset(Rung),
    "scan": frozenset(Scan),
    "screening": frozenset(
        word
        for words in (Mode, Fit, RunCause, RunEnd, MatchEnd, FactEnd, EnquirySource)
        for word in get_args(words)
    ),
    "scope": _only(RoleSpec, "scope"),
    "seat": frozenset(Seat),
    "standing": frozenset(Standing),
    "seat-owner": frozenset(get_args(SeatOwner)),
    "service-way": frozenset(get_args(ServiceWay)),
    "state": frozenset(CaseState),
    "subject": frozenset(Subject),
    "task-state": frozenset(TaskState),
    "time-unit": frozenset(get_args(Unit)),
    "verdict": _only(JournalVerdictView, "status"),
}
"""Per family with a file of its own, the codes that need words there."""

IN_POLICIES: dict[str, frozenset[str]] = {
    "kind": frozenset({EVERY, *CaseKind}),
    "personal": frozenset(get_args(PersonalField)),
    "stage": frozenset(Stage),
}
"""Closed sets whose words every policy holds."""

NOT_SHOWN = {
    "Audience": "says who may know of an event, and is itself told to nobody",
    "RefusalCode": "worded with status and sentence in the officers' problems",
    "Algorithm": "stands in sealed values, and in settings",
    "DigestName": "stands in sealed values, and in settings",
    "Recorded.answer": "told between services",
    "Standing.answer": "told between services",
    "Declined.answer": "told between services",
    "Start.what": "told between services",
    "Tell.what": "told between services",
    "Resume.act": "an input of a workflow that nobody asks for; it takes a case up from the record",
    "Personal.tier": "the domain's own names of how far data reaches",
    "Who": "how the notices find an addressee, who has a name of his own",
    "Says": "what the notices put into a letter",
    "Language": "in which the words are said",
    "Hint.source": "tells a page how a field is filled in",
    "Hint.choices": "likewise",
    "Hint.each": "likewise",
    "OncePer": "what the notices send a letter once for",
}
"""Closed sets that nobody meets, and why."""


def closed_sets() -> list[tuple[str, frozenset[str]]]:
    """Every enum, every Literal and every field of a Literal in the contracts, each with its name."""
    found: list[tuple[str, frozenset[str]]] = []
    for module in _modules():
        for name, value in vars(module).items():
            if get_origin(value) is Literal:
                found.append((name, frozenset(get_args(value))))
            elif isinstance(value, type) and value.__module__ == module.__name__:
                found += _of_class(value)
    return found


def _of_class(cls: type) -> Iterator[tuple[str, frozenset[str]]]:
    if issubclass(cls, StrEnum):
        yield cls.__name__, frozenset(cls)
    elif issubclass(cls, Contract):
        for field, info in cls.model_fields.items():
            for codes in literals(info.annotation):
                yield f"{cls.__name__}.{field}", codes


def _modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(contracts.__path__, "contracts."):
        # The names of families and languages are no codes.
        if not info.name.startswith("contracts.words"):
            yield importlib.import_module(info.name)
