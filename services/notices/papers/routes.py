"""The papers' internal API: a letter as a paper, and which letters none can be made of."""

from collections.abc import Callable

from fastapi import APIRouter, Response

from contracts.policy.model import Policy
from services.kit.db import Database
from services.kit.errors import NotFoundError
from services.kit.papers import MEDIA, Form
from services.kit.sealing import Keyring
from services.notices.papers.asking import PaperAsked, UnprintableAsked
from services.notices.papers.press import Press
from services.notices.papers.printing import printed, reprinted
from services.notices.papers.sheets import SheetsAsked, sheets_pdf
from services.notices.papers.views import UnprintablePage, UnprintableView
from services.notices.schemas import open_letter
from services.notices.store.letters import Letters
from services.notices.store.serving import Serving
from services.notices.tables import LetterRow

Policies = Callable[[str], Policy]


def papers_of_letters(database: Database, keyring: Keyring, press: Press, policies: Policies) -> APIRouter:
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
        return await _paper(found.letter, asked.form, asked)

    async def _paper(row: LetterRow, form: Form, asked: PaperAsked) -> Response:
        content = open_letter(row, keyring)
        language = asked.language
        made = await press.made(
            lambda setter: printed(reprinted(row, content, policies, language), form, setter)
        )
        return Response(made, media_type=MEDIA[form])

    return router


def papers_of_records(press: Press) -> APIRouter:
    """Papers of what the officers' service gathers from the record."""
    router = APIRouter()

    @router.post("/sheets")
    async def sheets(asked: SheetsAsked) -> Response:
        return Response(await press.made(lambda setter: sheets_pdf(asked, setter)), media_type=MEDIA["pdf"])

    return router
