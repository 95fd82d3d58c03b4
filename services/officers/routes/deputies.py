"""Who acts in whose place: entered and ended by the person alone, noted, and read whole by the auditor (SOD-12).

For somebody who is absent nobody enters a deputy: what they had claimed moves by itself.
"""

from datetime import UTC, datetime

from fastapi import APIRouter

from services.kit.sealing import Keyring
from services.officers.desk.ask import Reply
from services.officers.identity import freshness
from services.officers.identity import store as people
from services.officers.identity.bonds import entries, reasons
from services.officers.identity.bonds.register import Deputising
from services.officers.identity.bonds.tables import DeputyRow
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
from services.officers.views.base import READS, WRITES
from services.officers.views.deputies import DeputyBody, DeputyEntryView, DeputyView
from services.officers.web.paging import Cursor, Limit, Page, cut, read_cursor, write_cursor
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["deputies"])
GIVING_RIGHTS = "ask-access"
"""The act by which somebody is given rights: how lately one must have shown who one is, the policy says for it."""


@router.post("/deputies", status_code=201, responses=WRITES, response_model=DeputyView)
async def enter_deputy(body: DeputyBody, asks: Asks, digest: RequestDigest, office: AtOffice) -> object:
    """Enter who acts in one's place, from when to when. It gives somebody rights, so it is asked for as those are."""
    async with office.keeping.here(asks.ask, digest) as write:
        if write.fresh:
            me = asks.caller.actor
            if body.principal not in {None, *me.ids}:
                raise RefusedError("wrong-role")
            asks.caller.shown_within(freshness.for_act(office.policy, GIVING_RIGHTS))
            said = Deputising(me.person_id, body.deputy, body.starts, body.ends, body.reason)
            row = await office.deputies.enter(write.session, said, me.account_id)
            await office.journal.note_within(write.session, _noted(asks, row, "deputy-entered", body.reason))
            write.answer(Reply(201, _view(row, office.own_keys).model_dump(mode="json")))
    return answer(write.reply)


@router.post("/deputies/{entry_id}/end", responses=WRITES, response_model=DeputyView)
async def end_deputy(entry_id: OpaquePath, asks: Asks, digest: RequestDigest, office: AtOffice) -> object:
    """Say that nobody acts in one's place any more, before the time is over. It is in force at once."""
    accounts: list[str] = []
    async with office.keeping.here(asks.ask, digest) as write:
        if write.fresh:
            row = await entries.one(write.session, entry_id)
            if row is None:
                raise RefusedError("not-found")
            if row.principal_id not in asks.caller.actor.ids:
                raise RefusedError("wrong-role")
            ended = await entries.end(write.session, row, datetime.now(UTC))
            await office.journal.note_within(write.session, _noted(asks, ended, "deputy-ended"))
            theirs = await people.accounts_of(write.session, ended.deputy_id)
            accounts = [account.account_id for account in theirs]
            write.answer(Reply(200, _view(ended, office.own_keys).model_dump(mode="json")))
    for account in accounts:
        office.standings.forget(account)
    return answer(write.reply)


@router.get("/deputies", responses=READS)
async def deputies(office: AtOffice, who: Permitted) -> Page[DeputyView]:
    """Who acts in one's place and in whose place one acts, now or later."""
    async with office.database.read() as session:
        rows = await entries.of_person(session, who.actor.ids, datetime.now(UTC))
    return Page(items=[_view(row, office.own_keys) for row in rows], next=None)


@router.get("/deputies/register", responses=READS)
async def register(
    office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> Page[DeputyEntryView]:
    """Every entry that there ever was, for the auditor, in the order of their ids."""
    (after,) = read_cursor(cursor, "")
    async with office.database.read() as session:
        rows, last = cut(await entries.after(session, after, limit + 1), limit)
        both = sorted({one for row in rows for one in (row.principal_id, row.deputy_id)})
        names = await office.persons.names(session, both)
    items = [
        DeputyEntryView(
            **row.model_dump(exclude={"reason"}),
            reason=reasons.opened(row.entry_id, row.reason, office.own_keys),
            principal=names.get(row.principal_id, ""),
            deputy=names.get(row.deputy_id, ""),
        )
        for row in rows
    ]
    return Page(items=items, next=write_cursor(last.entry_id) if last else None)


def _noted(asks: Asking, row: DeputyRow, what: str, said: str = "") -> Note:
    return Note.by(
        asks.caller.actor, Noted.ACCOUNT, row.entry_id, subject=row.deputy_id, fields=(what,), said=said
    )


def _view(row: DeputyRow, keyring: Keyring) -> DeputyView:
    reason = reasons.opened(row.entry_id, row.reason, keyring)
    return DeputyView(**row.model_dump(exclude={"entered_by", "reason"}), reason=reason)
