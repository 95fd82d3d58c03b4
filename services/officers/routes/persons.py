"""Natural persons: two identities of one person, found to be one by two people, and told apart only so (adr/0030)."""

from fastapi import APIRouter

from contracts.access import AnyRequest, MergePersons, SplitPersons
from contracts.policy.model import Text
from services.kit.db import Session
from services.officers.identity import store as people
from services.officers.identity.merging import FAULT
from services.officers.readmodel.reading import cases
from services.officers.routes.accounts import ask_access
from services.officers.routes.caller import Asks, AtOffice
from services.officers.views.access import TwoIdentitiesBody
from services.officers.views.base import WRITES, DoneView
from services.officers.web.problems import RefusedError, at
from services.officers.web.strict import StrictRoute

_TWO = Text(zh="须为系统中已有的两个人", en="two people whom the office knows")

router = APIRouter(route_class=StrictRoute, prefix="/persons", tags=["accounts"])


@router.post("/merges", status_code=201, responses=WRITES, response_model=DoneView)
async def merge_persons(body: TwoIdentitiesBody, asks: Asks, office: AtOffice) -> object:
    """Ask that two identities count as one natural person."""

    async def request(session: Session, case_id: str) -> AnyRequest:
        await _known(session, body)
        if await cases.about(session, body.merged):
            raise RefusedError(FAULT)
        return MergePersons(kept=body.kept, merged=body.merged)

    return await ask_access(request, body, asks, office)


@router.post("/splits", status_code=201, responses=WRITES, response_model=DoneView)
async def split_persons(body: TwoIdentitiesBody, asks: Asks, office: AtOffice) -> object:
    """Ask that two identities that were merged are two people again."""

    async def request(session: Session, case_id: str) -> AnyRequest:
        await _known(session, body)
        return SplitPersons(kept=body.kept, merged=body.merged)

    return await ask_access(request, body, asks, office)


async def _known(session: Session, body: TwoIdentitiesBody) -> None:
    if len(await people.persons(session, [body.kept, body.merged])) != 2:
        raise RefusedError("invalid", at("kept, merged", _TWO))
