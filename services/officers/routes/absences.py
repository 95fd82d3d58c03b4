"""Who is absent: entered by the person, or for them by the system administrator. Their tasks move by themselves."""

from datetime import UTC, datetime

from fastapi import APIRouter

from services.kit.sealing import Keyring
from services.officers.desk.ask import Reply
from services.officers.identity.bonds import absences as register
from services.officers.identity.bonds import reasons
from services.officers.identity.bonds.absences import Absence
from services.officers.identity.bonds.tables import AbsenceRow
from services.officers.identity.scope import SYS_ADMIN
from services.officers.journal.notes import Note, Noted
from services.officers.routes.caller import (
    Asking,
    Asks,
    AtOffice,
    OpaquePath,
    Permitted,
    RequestDigest,
    answer,
)
from services.officers.views.absences import AbsentBody, AbsentView
from services.officers.views.base import READS, WRITES
from services.officers.web.paging import Page
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["absences"])


@router.post("/absences", status_code=201, responses=WRITES, response_model=AbsentView)
async def enter_absence(body: AbsentBody, asks: Asks, digest: RequestDigest, office: AtOffice) -> object:
    """Enter that one is absent, from when to when: what one has claimed goes to the next meanwhile, each once."""
    async with office.keeping.here(asks.ask, digest) as write:
        if write.fresh:
            me = asks.caller.actor
            person = body.person_id or me.person_id
            _of(person, asks)
            said = Absence(person, body.starts, body.ends, body.reason)
            row = await register.enter(write.session, said, me.account_id, datetime.now(UTC), office.own_keys)
            await office.journal.note_within(write.session, _noted(asks, row, "absence-entered", body.reason))
            write.answer(Reply(201, _view(row, office.own_keys).model_dump(mode="json")))
    return answer(write.reply)


@router.post("/absences/{absence_id}/end", responses=WRITES, response_model=AbsentView)
async def end_absence(absence_id: OpaquePath, asks: Asks, digest: RequestDigest, office: AtOffice) -> object:
    """Say that one is back before the absence is over."""
    async with office.keeping.here(asks.ask, digest) as write:
        if write.fresh:
            row = await register.one(write.session, absence_id)
            if row is None:
                raise RefusedError("not-found")
            _of(row.person_id, asks)
            ended = await register.end(write.session, row, datetime.now(UTC))
            await office.journal.note_within(write.session, _noted(asks, ended, "absence-ended"))
            write.answer(Reply(200, _view(ended, office.own_keys).model_dump(mode="json")))
    return answer(write.reply)


@router.get("/absences", responses=READS)
async def absences(office: AtOffice, who: Permitted) -> Page[AbsentView]:
    """When one is absent, now or later."""
    async with office.database.read() as session:
        rows = await register.of_person(session, who.actor.ids, datetime.now(UTC))
    return Page(items=[_view(row, office.own_keys) for row in rows], next=None)


def _of(person_id: str, asks: Asking) -> None:
    if person_id not in asks.caller.actor.ids and not asks.caller.holds(SYS_ADMIN):
        raise RefusedError("wrong-role")


def _noted(asks: Asking, row: AbsenceRow, what: str, said: str = "") -> Note:
    return Note.by(
        asks.caller.actor, Noted.ACCOUNT, row.absence_id, subject=row.person_id, fields=(what,), said=said
    )


def _view(row: AbsenceRow, keyring: Keyring) -> AbsentView:
    reason = reasons.opened(row.absence_id, row.reason, keyring)
    return AbsentView(**row.model_dump(exclude={"entered_by", "reason"}), reason=reason)
