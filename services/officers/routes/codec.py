"""The engine's payloads, for whoever looks after it: whether they open and what shape they have (ADR 0032).

It speaks as Temporal's tools expect of a codec server, so that `temporal workflow show --codec-endpoint` can ask. What
is in a payload it tells nobody: a case is read through its own routes, by those who may. Nothing is sealed here, and no
page of another origin is answered, since no header lets a browser hand the answer on.
"""

from typing import Annotated

from fastapi import APIRouter, Header

from services.officers.journal.notes import Note, Noted
from services.officers.routes.caller import AtOffice, Permitted
from services.officers.views.base import problems
from services.officers.views.codec import PayloadsBody, PayloadsView, PayloadView
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/codec", tags=["engine"])
WORKFLOW = r"^[a-z][a-z-]{0,40}:[a-zA-Z0-9][a-zA-Z0-9_.:\-]{0,120}$"


@router.post("/decode", responses=problems(400, 401, 403, 413, 415, 422, 429, 503))
async def decode(
    body: PayloadsBody,
    office: AtOffice,
    who: Permitted,
    workflow: Annotated[
        str, Header(alias="X-Workflow-Id", pattern=WORKFLOW, description="For which they were sealed")
    ],
) -> PayloadsView:
    """The shape of each payload. That it was asked for is noted first."""
    await office.journal.note(Note.by(who.actor, Noted.INSPECT, workflow, case_id=workflow.partition(":")[2]))
    shapes = [office.payloads.shape(workflow, one.metadata, one.data) for one in body.payloads]
    return PayloadsView(payloads=[PayloadView.of(shape) for shape in shapes])
