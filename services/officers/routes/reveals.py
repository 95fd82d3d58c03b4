"""What is masked, shown for a purpose: noted before it is shown, and the answer kept nowhere."""

from fastapi import APIRouter, Response

from contracts.policy.loader import released
from contracts.policy.model import Text
from services.officers.identity import freshness
from services.officers.journal.notes import Noted
from services.officers.readmodel.reading import cases
from services.officers.readmodel.reading.content import Contents
from services.officers.readmodel.reading.disclosure import may_have_shown
from services.officers.readmodel.reading.revealing import revealed
from services.officers.routes.caller import Asks, AtOffice, OpaquePath
from services.officers.views.base import WRITES
from services.officers.views.journal import RevealBody, RevealView
from services.officers.web.problems import RefusedError, at
from services.officers.web.strict import StrictRoute

_NO_PURPOSE = Text(zh="政策没有规定这种用途", en="the policy names no such purpose")
router = APIRouter(route_class=StrictRoute, prefix="/cases", tags=["cases"])


@router.post("/{case_id}/reveals", responses=WRITES)
async def reveal(
    case_id: OpaquePath, body: RevealBody, asks: Asks, office: AtOffice, response: Response
) -> RevealView:
    """Show what is masked in the case. Each time is noted with its purpose, also when the same is asked again."""
    who = asks.caller
    contents = Contents(office.record_keys, who.scope)
    async with office.keeping.recording(asks.ask), office.database.read() as session:
        asks.insist()
        seen = await cases.case(session, who.scope, case_id)
        if seen is None:
            raise RefusedError("unknown-case")
        if seen.recused:
            raise RefusedError("conflict-of-interest")
        policy = released(seen.row.policy)
        who.shown_within(freshness.for_office(policy, "reveal"))
        disclosure = policy.disclosure
        if body.purpose not in {purpose.code for purpose in disclosure.purposes}:
            raise RefusedError("invalid", at("purpose", _NO_PURPOSE))
        if not may_have_shown(who.scope, seen.row, disclosure).issuperset(body.fields):
            raise RefusedError("wrong-role")
        shown = await revealed(contents, session, seen.row, dict.fromkeys(body.fields))
    purpose = {"purpose": body.purpose, "said": body.reason}
    await office.journal.note(*contents.reads.notes(who.actor, Noted.REVEAL, case_id, **purpose))
    response.headers["Cache-Control"] = "no-store"
    return RevealView(case_id=case_id, shown=shown)
