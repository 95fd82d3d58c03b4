"""The base of bodies and views, and how problems are declared on routes."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from contracts.base import OpaqueId
from services.kit.errors import MEDIA_TYPE


class Body(BaseModel):
    """What a caller sends: closed, so that no field can be slipped in."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def either(first: str, second: str, given: Mapping[str, Any], absent: Mapping[str, Any]) -> dict[str, Any]:
    """What a body's schema says when it names one of two things and not both: `given` is one, `absent` the other."""
    ways = ((first, second), (second, first))
    return {"oneOf": [{"properties": {a: given, b: absent}, "required": [a]} for a, b in ways]}


class View(BaseModel):
    """What a caller gets."""

    model_config = ConfigDict(frozen=True)


DistrictCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,60}$")]


class ProblemView(BaseModel):
    """A problem document (RFC 9457). `code` is the stable end of `type`; more members depend on the code.

    `next` says to whoever is refused what they do next.
    """

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str = ""
    next: str = ""
    code: str


class DoneView(View):
    """An accepted command, and where the record has its last event.

    Not how many events the case has by now: among them are such as the caller may not know of.
    """

    case_id: OpaqueId
    index: int
    command_id: OpaqueId


class PendingView(View):
    """Accepted, not yet on the record: ask at the `Location`."""

    command_id: OpaqueId
    state: str = Field(examples=["pending"])


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that may answer with these statuses."""
    reply = {"model": ProblemView, "content": {MEDIA_TYPE: {}}}
    return dict.fromkeys(statuses, reply)


READS = problems(400, 401, 403, 404, 422, 429, 503)
WRITES = {**problems(400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 503), 202: {"model": PendingView}}
