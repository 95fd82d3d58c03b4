"""Reading in an emergency: asked for here, granted as every request for accounts, read case by case (adr/0030).

Nothing of it widens what the reader may do elsewhere: these routes show, and no other route knows of an emergency.
"""

from datetime import UTC, datetime

from fastapi import APIRouter, Response

from contracts.case import CaseKind
from contracts.commands.access import AskEmergency, ReadInEmergency
from contracts.emergency import Addressed
from contracts.names import access_id
from contracts.policy import loader
from services.kit.db import Session
from services.officers.identity.scope import AUDITOR, SECURITY_ADMIN, SYS_ADMIN, Scope
from services.officers.journal.notes import Note, Noted, Tier
from services.officers.office import Office
from services.officers.readmodel.reading import emergencies
from services.officers.readmodel.reading.acting import Wanted, What
from services.officers.readmodel.reading.content import Contents
from services.officers.readmodel.reading.emergencies import Granted
from services.officers.readmodel.reading.revealing import revealed
from services.officers.readmodel.tables import CaseRow
from services.officers.routes.caller import Asks, AtOffice, Caller, OpaquePath, Permitted, answer
from services.officers.routes.emergency_asking import wanted
from services.officers.views.base import READS, WRITES, DoneView
from services.officers.views.emergencies import (
    EmergencyBody,
    EmergencyCaseView,
    EmergencyLineView,
    EmergencyView,
    ReadBody,
)
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/emergencies", tags=["emergencies"])


@router.post("", status_code=201, responses=WRITES, response_model=DoneView)
async def ask_emergency(body: EmergencyBody, asks: Asks, office: AtOffice) -> object:
    """Ask to read what is not one's own to read; a second person grants it, and it ends by itself."""
    case_id, in_force = access_id(asks.ask.command_id), office.policy.version
    async with office.desk.asked(asks.ask) as write:
        asks.insist()
        async with office.database.read() as session:
            request = await wanted(session, office, asks, body)
        opening = AskEmergency(
            claim=asks.claim(target=case_id),
            parent=case_id,
            policy=in_force,
            policy_digest=loader.digest(in_force),
            request=request,
            reason=body.reason,
        )
        return answer(await write.send(opening))


@router.get("/{case_id}", responses=READS)
async def emergency(case_id: OpaquePath, office: AtOffice, who: Permitted) -> EmergencyView:
    """What became of it: for whoever asked, whoever reads, and the administrators."""
    async with office.database.read() as session:
        row = await emergencies.request(session, case_id)
    granted = None if row is None else emergencies.granted(row)
    if row is None or not _knows(who, row, granted):
        raise RefusedError("not-found")
    return EmergencyView.of(row, granted, datetime.now(UTC), who.language)


@router.get("/{case_id}/cases", responses=READS)
async def emergency_cases(
    case_id: OpaquePath, office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> Page[EmergencyLineView]:
    """The cases that may be read while it lasts, in the order of their ids. Each look is noted."""
    (after,) = read_cursor(cursor, "")
    async with office.database.read() as session:
        granted = await _granted(session, who, case_id)
        rows = await emergencies.cases_after(session, who.scope, granted.reach, after, limit + 1)
    found, last = cut(rows, limit)
    noted = Note.by(
        who.actor, Noted.EMERGENCY, case_id, tier=Tier.INTERNAL, fields=("cases",), purpose=granted.purpose
    )
    await office.journal.note(noted)
    items = [EmergencyLineView.of(row, who.language) for row in found]
    return Page(items=items, next=write_cursor(last.case_id) if last else None)


@router.post("/{case_id}/reads", responses=WRITES)
async def read_case(
    case_id: OpaquePath, body: ReadBody, asks: Asks, office: AtOffice, response: Response
) -> EmergencyCaseView:
    """Read one case: on the record first, noted next, and shown last. The answer is kept nowhere."""
    who = asks.caller
    async with office.desk.asked(asks.ask, Wanted(What.CASE, case_id, _requests_of(who))) as write:
        asks.insist()
        async with office.database.read() as session:
            granted = await _granted(session, who, case_id)
            row = await emergencies.case(session, who.scope, granted.reach, body.case_id)
            if row is None:
                raise RefusedError("unknown-case")
            # Of no team: nothing is in clear but what the purpose names.
            contents = Contents(office.record_keys, Scope(person=who.actor.person_id))
            view = await _read(session, contents, row, granted, who)
            addressed = await _addressed(session, office, view, row)
        command = ReadInEmergency(
            claim=asks.claim(),
            case_id=row.case_id,
            district=row.district,
            subject=row.person_id,
            addressed=addressed,
        )
        if (await write.send(command)).status != 200:
            # Not on the record yet: nothing is shown before it is.
            raise RefusedError("not-known-yet", headers={"Retry-After": "1"})
    seen = Note.by(
        who.actor, Noted.EMERGENCY, case_id, case_id=row.case_id, subject=row.person_id, tier=Tier.INTERNAL,
        fields=("dossier",), purpose=granted.purpose,
    )  # fmt: skip
    parts = contents.reads.notes(who.actor, Noted.EMERGENCY, case_id, purpose=granted.purpose)
    await office.journal.note(*(parts or (seen,)))
    response.headers["Cache-Control"] = "no-store"
    return view


async def _read(
    session: Session, contents: Contents, row: CaseRow, granted: Granted, who: Caller
) -> EmergencyCaseView:
    emergency = loader.released(granted.row.policy).disclosure.emergency
    purpose = emergency.purpose(granted.purpose) if emergency is not None else None
    parts = purpose.parts if purpose is not None else ()
    shown = await revealed(contents, session, row, parts)
    return EmergencyCaseView.read(row, contents.dossier(row), shown, granted.until, who.language)


async def _addressed(session: Session, office: Office, view: EmergencyCaseView, row: CaseRow) -> Addressed:
    """Whom to tell, by the name in the dossier, else by the one under which the office knows the person."""
    contents = Contents(office.record_keys, Scope(person=row.person_id))
    known = contents.dossier(row) or {}
    name = known.get("name") or await office.persons.name(session, row.person_id)
    return Addressed(name=str(name), email=str(known.get("email") or ""))


async def _granted(session: Session, who: Caller, case_id: str) -> Granted:
    """What lets the caller read now. RefusedError `not-found`, or `emergency-over` from the instant of its end on."""
    row = await emergencies.request(session, case_id)
    granted = None if row is None else emergencies.granted(row)
    if granted is None or granted.account_id != who.actor.account_id:
        raise RefusedError("not-found")
    if not granted.lasts(datetime.now(UTC)):
        raise RefusedError("emergency-over")
    return granted


def _knows(who: Caller, row: CaseRow, granted: Granted | None) -> bool:
    """Of one that is no emergency, only whoever asked for it knows by this way."""
    ids = who.actor.ids
    if granted is None:
        return row.facts["asked_by"] in ids
    concerned = {row.facts["asked_by"], granted.person_id}
    return not ids.isdisjoint(concerned) or who.holds(SYS_ADMIN, SECURITY_ADMIN, AUDITOR)


def _requests_of(who: Caller) -> Scope:
    """Requests alone; whose each is, is asked before anything is said of one."""
    return Scope(person=who.actor.person_id, only=frozenset({CaseKind.ACCESS.value}))
