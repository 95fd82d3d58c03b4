"""The papers' internal API: letters as papers, which letters none can be made of, and papers of the record."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Response

from contracts.policy.model import Policy
from contracts.words.families import Language
from services.kit.db import Database
from services.kit.errors import NotFoundError
from services.kit.papers import MEDIA, Form
from services.kit.sealing import Keyring
from services.notices.papers.asking import CopyAsked, PaperAsked, PosterAsked, ProofAsked, UnprintableAsked
from services.notices.papers.minutes import MinutesAsked
from services.notices.papers.press import Press
from services.notices.papers.printing import printed, reprinted
from services.notices.papers.proof import ProofPaperAsked, ProofView, proof_pdf
from services.notices.papers.sheets import SheetsAsked, sheets_pdf
from services.notices.papers.views import UnprintablePage, UnprintableView, WaitingView
from services.notices.schemas import open_letter
from services.notices.store.letters import Letters
from services.notices.store.serving import Serving
from services.notices.tables import LetterRow

Policies = Callable[[str], Policy]


def papers_of_letters(
    database: Database, keyring: Keyring, press: Press, policies: Policies, clock: Callable[[], datetime]
) -> APIRouter:
    """Routes below the letters' own."""
    router = APIRouter()
    letters, serving = Letters(database), Serving(database)

    @router.post("/unprintable")
    async def unprintable(asked: UnprintableAsked) -> UnprintablePage:
        rows = await serving.unprintable(asked.server.server(), asked.after, asked.limit)
        following = rows[-1].position if len(rows) == asked.limit else None
        faces = press.faces()
        views = (UnprintableView.of(row, open_letter(row, keyring), faces) for row in rows)
        return UnprintablePage(items=[one for one in views if one is not None], next=following)

    @router.post("/{ident}/paper")
    async def paper(ident: str, asked: PaperAsked) -> Response:
        found = await letters.one(ident, asked.reader.reader())
        if found is None:
            raise NotFoundError("there is no such notice for this reader")
        return await _paper(found.letter, asked.form, asked.language)

    @router.post("/{ident}/poster")
    async def poster(ident: str, asked: PosterAsked) -> Response:
        row = await letters.shown(ident, clock())
        if row is None:
            raise NotFoundError("there is no such notice on show")
        return await _paper(row, "pdf", asked.language)

    @router.post("/{ident}/proof")
    async def proof(ident: str, asked: ProofAsked) -> ProofView:
        found = await letters.one(ident, asked.reader.reader())
        if found is None and asked.server and await serving.is_theirs(asked.server.server(), ident):
            found = await letters.one(ident, None)
        if found is None:
            raise NotFoundError("there is no such notice for this reader")
        row = found.letter
        return ProofView.of(found, open_letter(row, keyring), policies(row.policy))

    @router.post("/{ident}/waiting")
    async def waiting(ident: str, asked: CopyAsked) -> WaitingView:
        return WaitingView.model_validate((await _waiting(ident, asked)).model_dump())

    @router.post("/{ident}/copy")
    async def copy(ident: str, asked: CopyAsked) -> Response:
        return await _paper(await _waiting(ident, asked), "pdf", "zh")

    async def _waiting(ident: str, asked: CopyAsked) -> LetterRow:
        found = await serving.waiting(asked.server.server(), ident)
        if found is None:
            raise NotFoundError("there is no such letter to be served")
        return found

    async def _paper(row: LetterRow, form: Form, language: Language) -> Response:
        content = open_letter(row, keyring)
        made = await press.made(
            lambda setter: printed(reprinted(row, content, policies, language), form, setter)
        )
        return Response(made, media_type=MEDIA[form])

    return router


def papers_of_records(press: Press) -> APIRouter:
    """Papers of what the officers' service gathers from the record."""
    router = APIRouter()

    @router.post("/proof")
    async def proof(asked: ProofPaperAsked) -> Response:
        return Response(await press.made(lambda setter: proof_pdf(asked, setter)), media_type=MEDIA["pdf"])

    @router.post("/minutes")
    async def minutes(asked: MinutesAsked) -> Response:
        # On use: few ever ask for one.
        from services.notices.papers.minutesword import minutes_docx

        return Response(await press.made(lambda _: minutes_docx(asked)), media_type=MEDIA["docx"])

    @router.post("/sheets")
    async def sheets(asked: SheetsAsked) -> Response:
        return Response(await press.made(lambda setter: sheets_pdf(asked, setter)), media_type=MEDIA["pdf"])

    return router
