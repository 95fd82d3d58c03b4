"""What a caller may begin: the acts that open a case, each with the form of its body."""

from fastapi import APIRouter

from services.officers.routes.caller import AtOffice, Permitted
from services.officers.routes.offers import rule_of
from services.officers.routes.starts import STARTS
from services.officers.views.act_forms import OfferView
from services.officers.views.base import READS
from services.officers.web.paging import Page
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["acts"])


@router.get("/acts", responses=READS)
async def acts(office: AtOffice, who: Permitted) -> Page[OfferView]:
    """The acts by which this caller may open a case. Those on a case or batch stand in its detail."""
    items = [
        OfferView.of(rule_of(one.path).act, one.body, one.path, office.policy.version)
        for one in STARTS
        if rule_of(one.path).lets(who.scope, office.policy)
    ]
    return Page(items=items, next=None)
