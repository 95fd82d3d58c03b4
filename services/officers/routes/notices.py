"""One's own letters, proof that they were received or served by hand, and the names on public show."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, TypeAlias

from fastapi import APIRouter, Query

from contracts.actor import Actor
from services.officers.desk.ask import Reply
from services.officers.journal.notes import Note, Noted, Tier
from services.officers.office import Office
from services.officers.readmodel.reading import cases
from services.officers.readmodel.reading.content import READS_REPORTS
from services.officers.routes.caller import (
    OPAQUE,
    Asks,
    AtOffice,
    Caller,
    OpaquePath,
    Permitted,
    RequestDigest,
    answer,
)
from services.officers.routes.rights import SERVERS
from services.officers.views.base import READS, WRITES, problems
from services.officers.views.letters import (
    LetterFiguresView,
    ServiceBody,
    ServiceView,
    UndeliveredPage,
    UndeliveredView,
)
from services.officers.views.record import NoticePage, WaitingView
from services.officers.web.paging import Cursor, Limit, read_cursor, write_cursor
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/notices", tags=["notices"])
public = APIRouter(route_class=StrictRoute, prefix="/public", tags=["public"])
COUNTING = frozenset({"event_id", "position"})
"""Fields of a letter that tell how many others there are, to whomever they are."""
Show: TypeAlias = Literal["all", "unreceived", "due"]


@router.get("", responses=READS)
async def inbox(
    office: AtOffice,
    who: Permitted,
    case_id: Annotated[str, Query(pattern=f"{OPAQUE}|^$", max_length=121)] = "",
    show: Annotated[Show, Query()] = "all",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> NoticePage:
    """Letters to the caller, as a person and in every role they hold, newest first; what one says is read singly.

    `show` narrows them: `unreceived`, of which the caller took no notice; `due`, whose reply is ahead, soonest first.
    """
    (after,) = read_cursor(cursor, 0)
    asked = {
        "reader": await reader_of(office, who),
        "case_id": case_id or None,
        "show": show,
        "after": after,
        "limit": limit,
    }
    page = _page(await office.notices.post("/notices/inbox", asked))
    return page.model_copy(update={"items": [_outside(letter) for letter in page.items]})


@router.get("/undelivered", responses=READS)
async def undelivered(
    office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> UndeliveredPage:
    """Letters that mail did not bring to their person: each is to be served by hand, while its deadline runs."""
    (after,) = read_cursor(cursor, 0)
    asked = {"server": await server_of(office, who), "after": after, "limit": limit}
    found = await office.notices.post("/notices/undelivered", asked)
    following = None if found["next"] is None else write_cursor(found["next"])
    items = [UndeliveredView.model_validate(item) for item in found["items"]]
    return UndeliveredPage(items=items, next=following)


@router.get("/figures", responses=READS)
async def figures(office: AtOffice, who: Permitted) -> LetterFiguresView:
    """How many letters there are of each type, how they travel, and how many cases wait: for who runs the system."""
    return LetterFiguresView.model_validate(await office.notices.get("/overview/figures"))


@router.get("/waiting", responses=READS)
async def waiting(office: AtOffice, who: Permitted) -> list[WaitingView]:
    """Cases of which no letters are written, because an entry of theirs could not be read; longest first."""
    found = await office.notices.get("/overview/stuck")
    return [
        WaitingView(case_id=one["case_id"], index=one["index"], reason=one["why"]) for one in found["items"]
    ]


@router.post("/{notice_id}/service", responses=WRITES, response_model=ServiceView)
async def service(
    notice_id: OpaquePath, body: ServiceBody, asks: Asks, digest: RequestDigest, office: AtOffice
) -> object:
    """Say that one served the letter by hand, when, how, and on which signed paper; the first time counts."""
    async with office.keeping.elsewhere(asks.ask, digest) as write:
        if write.fresh:
            asks.insist()
            said = {**body.model_dump(mode="json"), "server": await server_of(office, asks.caller)}
            found = await office.notices.post(f"/notices/{notice_id}/service", said)
            write.answer(Reply(200, ServiceView.model_validate(found).model_dump(mode="json")))
    return answer(write.reply)


@router.get("/{notice_id}", responses=READS)
async def notice(notice_id: OpaquePath, office: AtOffice, who: Permitted) -> dict[str, Any]:
    """One letter to the caller. One that reaches them in a role is noted before it is shown."""
    return _shown(await read_letter(office, who, notice_id))


@router.post("/{notice_id}/receipt", responses=WRITES)
async def receipt(notice_id: OpaquePath, asks: Asks, digest: RequestDigest, office: AtOffice) -> object:
    """Say that one took notice of the letter (送达回证); the first time counts."""
    async with office.keeping.elsewhere(asks.ask, digest) as write:
        if write.fresh:
            asks.insist()
            reader = await reader_of(office, asks.caller)
            said = {"reader": reader, "person_id": reader["person_id"], "at": datetime.now(UTC).isoformat()}
            write.answer(Reply(200, await office.notices.post(f"/notices/{notice_id}/receipt", said)))
    return answer(write.reply)


@public.get("/notices", responses=problems(400, 422, 429, 503))
async def on_show(office: AtOffice, cursor: Cursor = "", limit: Limit = 50) -> NoticePage:
    """The names on public show now, with the instants at which the notice begins and ends."""
    (after,) = read_cursor(cursor, 0)
    return _page(await office.notices.get("/overview/public", {"after": after, "limit": limit}))


async def read_letter(office: Office, who: Caller, notice_id: str) -> dict[str, Any]:
    """The letter to the caller, noted if it reaches them in a role: before anything of it is shown."""
    letter = await office.notices.post(f"/notices/{notice_id}/reading", await reader_of(office, who))
    if not is_own(letter, who):
        await note_letter(office, letter, notice_id, who, "letter")
    return letter


def _outside(letter: Mapping[str, Any]) -> dict[str, Any]:
    """A letter in a list: closed. Lists are not noted, so they carry nothing that would have to be."""
    return {name: value for name, value in _shown(letter).items() if name != "body"}


def _shown(letter: Mapping[str, Any]) -> dict[str, Any]:
    """A letter without its place among all letters and that of its event in the case: they count what is hidden."""
    return {name: value for name, value in letter.items() if name not in COUNTING}


def is_own(letter: Mapping[str, Any], who: Caller) -> bool:
    """Whether the letter is to the caller as a person."""
    return not who.actor.ids.isdisjoint(reader["person_id"] for reader in letter.get("readers", ()))


async def note_letter(
    office: Office, letter: Mapping[str, Any], notice_id: str, who: Caller, what: str
) -> None:
    """Note that `what` of the letter is shown, and whose data that is: whom its case is about.

    Letters to who handles reports are the reporters', and sealed; the others are restricted to whom they name.
    """
    sealed = any(reader["role"] in READS_REPORTS for reader in letter.get("readers", ()))
    case_id = str(letter.get("case_id", ""))
    async with office.database.read() as session:
        concerned = await cases.concerned_in(session, [case_id])
    said = Note.by(
        who.actor,
        Noted.READ,
        notice_id,
        case_id=case_id,
        subject=concerned.get(case_id, ""),
        tier=Tier.SEALED if sealed else Tier.RESTRICTED,
        fields=(f"{what}:{letter.get('type', '')}",),
    )
    await office.journal.note(said)


async def server_of(office: Office, who: Caller) -> dict[str, Any]:
    """Who serves, where they do, and the cases to which they have no way."""
    async with office.database.read() as session:
        kept_from = await cases.in_no_role(session, who.scope)
    held = sorted({one.district for one in who.actor.grants if one.role in SERVERS})
    return {**ids_of(who.actor), "districts": held, "not_cases": list(kept_from)}


async def reader_of(office: Office, who: Caller) -> dict[str, Any]:
    """Who reads, and the cases to which they have no way in a role: no letter to a role of theirs reaches them."""
    async with office.database.read() as session:
        kept_from = await cases.in_no_role(session, who.scope)
    grants = [one.model_dump(include={"role", "unit", "district"}) for one in who.actor.grants]
    return {**ids_of(who.actor), "grants": grants, "not_cases": list(kept_from)}


def ids_of(actor: Actor) -> dict[str, Any]:
    """Under which ids the notices know somebody: letters to an identity that was merged reach the one that is kept."""
    return {"person_id": actor.person_id, "also": sorted(actor.ids - {actor.person_id})}


def _page(found: dict[str, Any]) -> NoticePage:
    following = found["next"]
    return NoticePage(items=found["items"], next=None if following is None else write_cursor(following))
