"""The witness's part of one-time codes: for whom the caller may hand one over, and the act of doing so (adr/0035).

The other two parts are taken by whoever asked and whoever decided, at the request itself.
"""

from datetime import UTC, datetime

from fastapi import APIRouter, Response

from contracts.actor import Grant
from contracts.case import CaseKind
from contracts.commands.access import WitnessCodes
from services.kit.db import Session
from services.officers.identity import codes
from services.officers.identity import store as people
from services.officers.identity.codes import Part
from services.officers.identity.scope import Scope
from services.officers.identity.tables import AccountRow, CodeRow, GrantRow
from services.officers.identity.witnesses import roles, witnesses
from services.officers.journal.notes import Note, Noted
from services.officers.office import Office
from services.officers.readmodel.reading.acting import Wanted, What
from services.officers.routes.caller import Asks, AtOffice, Caller, OpaquePath, Permitted
from services.officers.views.base import READS, WRITES
from services.officers.views.witnessing import PartsView, WaitingView, WitnessBody
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/witnessing", tags=["accounts"])


@router.get("", responses=READS)
async def waiting_holders(
    office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> Page[WaitingView]:
    """The codes that wait for their holders and that the caller may hand over, in the order of logins."""
    after = read_cursor(cursor, "", "")
    async with office.database.read() as session:
        theirs = await _theirs(session, office, who)
        following = [one for one in theirs if (one[1].login, one[0].case_id) > after]
        found, last = cut(following[: limit + 1], limit)
        holders = await office.persons.identities(session, [account.person_id for _, account in found])
    items = [WaitingView.of(code, account, holders[account.person_id]) for code, account in found]
    return Page(items=items, next=write_cursor(last[1].login, last[0].case_id) if last else None)


@router.post("/{case_id}", responses=WRITES)
async def witness_codes(
    case_id: OpaquePath, body: WitnessBody, asks: Asks, office: AtOffice, response: Response
) -> PartsView:
    """Sign that these holders showed their cards, and take the witness's part of their codes: on the record first.

    What a witness took before counts no more. A repeat is answered with others: nothing that opens an account is kept.
    """
    response.headers["Cache-Control"] = "no-store"
    who, named = asks.caller, frozenset(body.accounts)
    async with office.desk.asked(asks.ask, Wanted(What.CASE, case_id, _requests_of(who))) as write:
        asks.insist()
        async with office.database.read() as session:
            theirs = await _theirs(session, office, who, case_id)
        # Of a request that there is not, and of one that is not theirs, the same is said.
        if not named <= {account.account_id for _, account in theirs}:
            raise RefusedError("not-a-witness")
        command = WitnessCodes(claim=asks.claim(), accounts=tuple(sorted(named)))
        if (await write.send(command)).status != 200:
            raise RefusedError("not-known-yet", headers={"Retry-After": "1"})
        async with office.database.write() as session:
            handed = await codes.hand_out(session, case_id, Part.WITNESS, datetime.now(UTC), named)
            what = ("code-parts-drawn", Part.WITNESS.value)
            note = Note.by(who.actor, Noted.ACCOUNT, case_id, case_id=case_id, fields=what)
            await office.journal.note_within(session, note)
    return PartsView.of(Part.WITNESS, handed)


async def _theirs(
    session: Session, office: Office, who: Caller, case_id: str = ""
) -> list[tuple[CodeRow, AccountRow]]:
    """The codes that wait and are for the caller to hand over; of one request where it is named."""
    now = datetime.now(UTC)
    found = await codes.waiting(session, now, case_id)
    held = await people.grants_of(session, [account.account_id for _, account in found])
    in_office = await people.in_office(session, roles(office.policy), now)

    def theirs(account: AccountRow) -> bool:
        holding = [_grant(one) for one in held[account.account_id] if one.until is None or one.until > now]
        present = [_grant(one) for person, one in in_office if person != account.person_id]
        return witnesses(who.actor.grants, holding, present, office.policy)

    return [(code, account) for code, account in found if theirs(account)]


def _grant(row: GrantRow) -> Grant:
    return Grant(role=row.role, unit=row.unit, district=row.district)


def _requests_of(who: Caller) -> Scope:
    """Requests alone; for whom each may be witnessed is asked before anything is said of one."""
    return Scope(person=who.actor.person_id, only=frozenset({CaseKind.ACCESS.value}))
