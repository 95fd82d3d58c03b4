"""Papers of a case: uploaded as they are, and read by whoever may read what they belong to."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from services.kit.db import Session
from services.officers.desk.ask import Reply
from services.officers.desk.keeping import request_digest
from services.officers.documents import store
from services.officers.documents.documents import Place, Upload
from services.officers.documents.kinds import BEGINNINGS
from services.officers.documents.reading import Reaching, team_roles
from services.officers.journal.notes import Note, Noted
from services.officers.readmodel.reading import cases, tasks
from services.officers.readmodel.reading.disclosure import Asked, may_act, may_see_dossier, roles_at
from services.officers.routes.caller import OPAQUE, Asks, AtOffice, Caller, OpaquePath, Permitted, answer
from services.officers.views.base import READS, WRITES
from services.officers.views.documents import DocumentsView, DocumentView
from services.officers.views.texts import Line
from services.officers.web.media import kind_of
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/documents", tags=["documents"])
Opaque = Annotated[str, Query(max_length=121, pattern=OPAQUE)]
_FILE = {"schema": {"type": "string", "format": "binary"}}
_BODY: dict[str, Any] = {"requestBody": {"required": True, "content": dict.fromkeys(BEGINNINGS, _FILE)}}
_CONTENT: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind: {} for kind in BEGINNINGS}, "description": "The file as it was uploaded"}
}


@router.post("", status_code=201, responses=WRITES, response_model=DocumentView, openapi_extra=_BODY)
async def upload(
    request: Request,
    asks: Asks,
    office: AtOffice,
    case_id: Annotated[Opaque, Query(description="A case, or a batch for all of its cases")],
    name: Annotated[Line, Query(description="What the file is called")],
    task_id: Annotated[
        str, Query(max_length=121, pattern=f"{OPAQUE}|^$", description="The task it is for")
    ] = "",
) -> object:
    """Upload a paper. Its digest is reckoned here; a form that names it is then taken on this case."""
    who, content = asks.caller, await request.body()
    digest = request_digest(office.digest_secret, "POST", request.url.path, request.url.query, content.hex())
    async with office.keeping.elsewhere(asks.ask, digest) as write:
        asks.insist()
        if write.fresh:
            kind = kind_of(request.headers, tuple(BEGINNINGS))
            async with office.database.read() as session:
                place = await _place(session, who, case_id, task_id)
            file = Upload(kind, name, content)
            scan = await office.documents.look(file)
            # The id follows from the key, so that asked again after a fault it is the same document.
            row = await office.documents.seal(who.actor, f"d{asks.ask.command_id}", place, file, scan)
            async with office.database.write() as session:
                kept = await office.documents.keep(session, row)
                view = DocumentView.of(kept, office.documents.name(kept), who.language)
            where = {"Location": f"/v1/documents/{view.document_id}"}
            write.answer(Reply(201, view.model_dump(mode="json"), where), place.concerned)
    return answer(write.reply)


@router.get("", responses=READS)
async def document_list(
    office: AtOffice, who: Permitted, response: Response, case_id: Opaque
) -> DocumentsView:
    """The documents of a case or batch that the caller may read, with what a scanner said of each."""
    response.headers["Cache-Control"] = "no-store"
    async with office.database.read() as session:
        rows = await store.at_case(session, case_id)
        reaching = Reaching(office.record_keys, who.scope)
        mine = [row for row in rows if await reaching.reach(session, row) is not None]
    return DocumentsView(
        items=[DocumentView.of(row, office.documents.name(row), who.language) for row in mine]
    )


@router.get("/{document_id}", responses={**READS, **_CONTENT}, response_class=Response)
async def document(document_id: OpaquePath, office: AtOffice, who: Permitted) -> Response:
    """A document as it was uploaded; that it was read is noted first. `X-Scan` says whether a scanner looked at it."""
    async with office.database.read() as session:
        row = await store.document(session, document_id)
        found = None if row is None else await Reaching(office.record_keys, who.scope).reach(session, row)
    if row is None or found is None:
        raise RefusedError("unknown-document")
    content = await office.documents.content(row)
    said = Note.by(
        who.actor,
        Noted.READ,
        document_id,
        case_id=row.case_id,
        subject=found.concerned,
        tier=found.tier,
        fields=("document",),
    )
    await office.journal.note(said)
    named = f"attachment; filename=\"document\"; filename*=UTF-8''{quote(office.documents.name(row))}"
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": named,
        "X-Content-Type-Options": "nosniff",
        "X-Scan": row.scan,
    }
    return Response(content, media_type=row.kind, headers=headers)


async def _place(session: Session, who: Caller, case_id: str, task_id: str) -> Place:
    """Where the caller may leave a paper: at a task in which they may act, at a case or batch that is theirs to see."""
    if task_id:
        found = await tasks.task(session, who.scope, task_id)
        if found is None or found.case.case_id != case_id:
            raise RefusedError("unknown-task")
        if found.recused:
            raise RefusedError("conflict-of-interest")
        if not may_act(who.scope, Asked.by(found.task, found.case)):
            raise RefusedError("wrong-role")
        if found.task.state != "open":
            raise RefusedError("task-closed")
        return Place(case_id, task_id, found.case.person_id)
    seen = await cases.case(session, who.scope, case_id)
    if seen is None:
        if await cases.batch(session, who.scope, case_id) is None:
            raise RefusedError("unknown-case")
        if not who.scope.acts or who.scope.districts == frozenset():
            raise RefusedError("wrong-role")
        return Place(case_id, left_as=team_roles(who.scope))
    if seen.recused:
        raise RefusedError("conflict-of-interest")
    if not may_see_dossier(who.scope, seen.row):
        raise RefusedError("wrong-role")
    return Place(case_id, "", seen.row.person_id, roles_at(who.scope, seen.row))
