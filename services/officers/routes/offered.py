"""What a caller may begin: the acts that open a case, each with the form of its body."""

from fastapi import APIRouter

from services.officers.routes.caller import AtOffice, Permitted
from services.officers.routes.offers import to_begin
from services.officers.views.act_forms import OfferView
from services.officers.views.base import READS
from services.officers.web.paging import Page
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["acts"])


@router.get("/acts", responses=READS)
async def acts(office: AtOffice, who: Permitted) -> Page[OfferView]:
    """The acts by which this caller may open a case. Those on a case or batch stand in its detail."""
    return Page(items=to_begin(who.scope, office.policy), next=None)
