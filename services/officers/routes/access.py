"""Requests for accounts: what was asked, by whom, what became of it, and their parts of one-time codes.

Whoever decides completes the request's task, as every task is completed.
"""

from datetime import UTC, datetime

from fastapi import APIRouter, Response

from contracts.access import TwoIdentities, concerned
from contracts.case import CaseKind
from contracts.events.access import AccessAsked, Asked, CodesWitnessed
from contracts.sealed import Sealed
from services.kit.db import Session
from services.kit.sealing import open_sealed
from services.officers.identity import codes, freshness
from services.officers.identity import store as people
from services.officers.identity.codes import Part
from services.officers.journal.notes import Note, Noted
from services.officers.readmodel.reading import cases, tasks
from services.officers.readmodel.tables import CaseRow
from services.officers.routes.caller import Asks, AtOffice, Caller, OpaquePath, Permitted
from services.officers.views.access import AccessDetail, AccessView, Read
from services.officers.views.base import READS, WRITES
from services.officers.views.witnessing import PartsView, Witnessed
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/access", tags=["accounts"])
DECISION = "approve-access"
MOST_DRAWS = 1_000
"""Of a request's draws before a witness so many are shown, the first ones."""
ACT = "ask-access"
"""The act whose fruits are handed out here: it asks for as fresh a sign-in."""


@router.get("", responses=READS)
async def requests(
    office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> Page[AccessView]:
    """All requests, in the order of their ids."""
    (after,) = read_cursor(cursor, "")
    narrowed = cases.CaseFilter(kind=CaseKind.ACCESS)
    async with office.database.read() as session:
        found, last = cut(await cases.cases_after(session, who.scope, narrowed, after, limit + 1), limit)
    items = [AccessView.of(one.row, who.language) for one in found]
    return Page(items=items, next=write_cursor(last.row.case_id) if last else None)


@router.get("/{case_id}", responses=READS)
async def request(case_id: OpaquePath, office: AtOffice, who: Permitted) -> AccessDetail:
    """One request, with all that whoever decides signs."""
    async with office.database.read() as session:
        row = await _row(session, who, case_id)
        (event,) = await cases.timeline(session, case_id, 0, 1, (AccessAsked.type,))
        (*_, task) = (None, *await tasks.open_of_case(session, who.scope, case_id))
        drawn = await cases.timeline(session, case_id, 0, MOST_DRAWS, (CodesWitnessed.type,))
        opened = open_sealed(Sealed.model_validate(event.sealed), event.event_id, office.record_keys)
        asked = Asked.model_validate(opened)
        about = getattr(asked.request, "account_id", "")
        known = await people.account(session, about)
        decided_by = await _decider(session, case_id)
        both = concerned(asked.request) if isinstance(asked.request, TwoIdentities) else ()
        known_as = await office.persons.identities(session, both)
        witnessed = [Witnessed.of(one) for one in drawn]
        acted = [row.facts["asked_by"], decided_by, *(one.witness for one in witnessed)]
        called = await office.persons.names(session, [one for one in acted if one])
    logins = {} if known is None else {about: known.login}
    return AccessDetail.whole(
        Read(row, asked, task, decided_by, called, logins, {one: known_as[one] for one in both}, witnessed),
        who.language,
    )


@router.post("/{case_id}/codes", responses=WRITES)
async def hand_out(case_id: OpaquePath, asks: Asks, office: AtOffice, response: Response) -> PartsView:
    """The caller's parts of the request's one-time codes. Those that were handed out before count no more.

    A repeat is answered with others: nothing that opens an account is kept here.
    """
    response.headers["Cache-Control"] = "no-store"
    async with office.desk.asked(asks.ask):
        asks.insist()
        asks.caller.shown_within(freshness.for_act(office.policy, ACT))
        async with office.database.write() as session:
            row = await _row(session, asks.caller, case_id)
            decided_by = await _decider(session, case_id)
            part = _part(row.facts["asked_by"], decided_by, asks.caller.actor.ids)
            handed = await codes.hand_out(session, case_id, part, datetime.now(UTC))
            what = ("code-parts-drawn", part.value)
            note = Note.by(asks.caller.actor, Noted.ACCOUNT, case_id, case_id=case_id, fields=what)
            await office.journal.note_within(session, note)
    return PartsView.of(part, handed)


async def _decider(session: Session, case_id: str) -> str | None:
    """Whoever completed the request's task; None while nobody has."""
    done = await tasks.done_of_case(session, case_id, (DECISION,))
    return done[0].signed_by if done else None


def _part(asked_by: str, decided_by: str | None, ids: frozenset[str]) -> Part:
    """Whoever asked has the one, whoever decided another, and nobody else takes any here; one person takes one."""
    if asked_by in ids:
        return Part.ASKER
    if decided_by in ids:
        return Part.APPROVER
    raise RefusedError("not-your-request")


async def _row(session: Session, who: Caller, case_id: str) -> CaseRow:
    shown = await cases.case(session, who.scope, case_id)
    if shown is None or shown.row.kind != CaseKind.ACCESS:
        raise RefusedError("not-found")
    return shown.row
