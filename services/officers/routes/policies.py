"""Released policy versions and published calendars, as they are."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse

from contracts.policy import loader
from services.officers.identity.scope import AUDITOR
from services.officers.routes.caller import AtOffice, Permitted
from services.officers.views.base import READS
from services.officers.views.policies import WhatIfView
from services.officers.views.record import CalendarsView, PolicyView
from services.officers.web.etags import tag, unchanged
from services.officers.web.neighbours import LONG_SECONDS
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["policies"])
Version = Annotated[str, Path(pattern=r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,40}$")]


@router.get("/policies", responses=READS)
async def policies(who: Permitted) -> list[PolicyView]:
    """Every released version, with the digest that batches pin."""
    return [
        PolicyView(
            version=version,
            digest=loader.digest(version),
            released=loader.released(version).released.isoformat(),
            demonstration=loader.released(version).demonstration,
        )
        for version in loader.versions()
    ]


@router.get(
    "/policies/{version}",
    responses={**READS, 304: {"description": "Unchanged"}},
    response_model=dict[str, Any],
)
async def policy(version: Version, request: Request, who: Permitted) -> Response:
    """One version complete: stages, limits, tasks and forms, lists, departments, roles, texts."""
    if version not in loader.versions():
        raise RefusedError("not-found")
    headers = {"ETag": tag(loader.digest(version)[:32])}
    if unchanged(request.headers, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return JSONResponse(loader.released(version).model_dump(mode="json"), headers=headers)


@router.get("/policies/{version}/what-if", responses=READS)
async def what_if(version: Version, office: AtOffice, who: Permitted, *, ended: bool = False) -> WhatIfView:
    """The open (or all) cases in which something would have come out otherwise under this version.

    The auditor reads what; a policy administrator reads which cases and what kind of thing, and nothing of them.
    """
    found = await office.worker.get(f"/what-if/{version}", {"ended": str(ended).lower()}, LONG_SECONDS)
    return WhatIfView.of(found, content=who.holds(AUDITOR))


@router.get("/calendars", responses=READS)
async def calendars(who: Permitted, office: AtOffice) -> CalendarsView:
    """The published years; a deadline that needs another one is provisional."""
    calendar = office.policy.calendar
    return CalendarsView(utc_offset_hours=calendar.utc_offset_hours, years=list(calendar.years))
