"""Letters as papers: for whoever may read the letter, noted as the letter is; and those of which none can be made."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from contracts.policy.model import Text
from services.kit.papers import MEDIA, Form
from services.officers.identity import freshness
from services.officers.office import Office
from services.officers.readmodel.reading import tasks
from services.officers.routes.caller import AtOffice, Caller, OpaquePath, Permitted
from services.officers.routes.notices import is_own, note_letter, read_letter, reader_of, server_of
from services.officers.routes.rights import SERVERS
from services.officers.views.base import READS, problems
from services.officers.views.letters import UnprintablePage, UnprintableView
from services.officers.web.language import Language
from services.officers.web.paging import Cursor, Limit, read_cursor, write_cursor
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/notices", tags=["papers"])
public = APIRouter(route_class=StrictRoute, prefix="/public", tags=["public"])

COPY = "copy"
"""In the journal, before the letter's type: whoever served it had it in hand."""
_CLAIM_IT = Text(
    zh="函件只交给领取“补充送达文书”任务的人打印。",
    en="The letter is printed by whoever has claimed the task to serve it by hand.",
)
InLanguage = Annotated[Language, Query(description="The paper's language: an official paper is in Chinese.")]


def _given(form: Form) -> dict[str, object]:
    content = {MEDIA[form]: {"schema": {"type": "string", "format": "binary"}}}
    return {"content": content, "description": "The paper"}


POSTER = {**problems(400, 404, 409, 422, 429, 503), 200: _given("pdf")}


def paper_of(form: Form) -> dict[int | str, dict[str, object]]:
    """The `responses=` of a route that gives a paper in this form."""
    return {**READS, **problems(409), 200: _given(form)}


def sent(made: bytes, form: Form, name: str) -> Response:
    """The paper as it leaves: to be saved under this name, and kept by no cache."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-store"}
    return Response(made, media_type=MEDIA[form], headers=headers)


@router.get("/unprintable", responses=READS)
async def unprintable(
    office: AtOffice, who: Permitted, cursor: Cursor = "", limit: Limit = 50
) -> UnprintablePage:
    """Letters of which no paper can be made, with the signs that no face here has; they reach their readers as text."""
    (after,) = read_cursor(cursor, 0)
    asked = {"server": await server_of(office, who), "after": after, "limit": limit}
    found = await office.notices.post("/notices/unprintable", asked)
    following = None if found["next"] is None else write_cursor(found["next"])
    return UnprintablePage(
        items=[UnprintableView.model_validate(one) for one in found["items"]], next=following
    )


@router.get("/{notice_id}.pdf", responses=paper_of("pdf"), response_class=Response)
async def pdf(
    notice_id: OpaquePath, office: AtOffice, who: Permitted, language: InLanguage = "zh"
) -> Response:
    """The letter as PDF/A-2b in the form of an official document; asked for again, it is the same bytes."""
    return await _paper(office, who, notice_id, "pdf", language)


@router.get("/{notice_id}.docx", responses=paper_of("docx"), response_class=Response)
async def docx(
    notice_id: OpaquePath, office: AtOffice, who: Permitted, language: InLanguage = "zh"
) -> Response:
    """The letter as .docx, to be gone on with in an office; asked for again, it is the same bytes."""
    return await _paper(office, who, notice_id, "docx", language)


@router.get("/{notice_id}/proof.pdf", responses=paper_of("pdf"), response_class=Response)
async def proof(
    notice_id: OpaquePath, office: AtOffice, who: Permitted, language: InLanguage = "zh"
) -> Response:
    """Proof of service (送达回证) of a letter: for its reader, and for whoever serves it by hand.

    It is filled where the letter was served or received; before that it is the form to be signed.
    """
    serves = not who.scope.roles.isdisjoint(SERVERS)
    asked = {
        "reader": await reader_of(office, who),
        "server": await server_of(office, who) if serves else None,
    }
    found = await office.notices.post(f"/notices/{notice_id}/proof", asked)
    if not is_own(found, who):
        await note_letter(office, found, notice_id, who, "proof")
    async with office.database.read() as session:
        called = await office.persons.names(session, [found["by"]]) if found["by"] else {}
    paper = {
        "language": language,
        "issued": found["issued"],
        "mark": found["mark"][language],
        "issuer": found["issuer"][language],
        "said": {name: texts[language] for name, texts in found["said"].items()},
        "server": called.get(found["by"], ""),
    }
    made = await office.notices.file("/papers/proof", paper)
    return sent(made, "pdf", f"proof-{notice_id}")


@router.get("/{notice_id}/copy.pdf", responses=paper_of("pdf"), response_class=Response)
async def copy(notice_id: OpaquePath, office: AtOffice, who: Permitted) -> Response:
    """The letter itself, for whoever hands it over because no mail brought it: as long as it waits for that.

    While its case has a task to serve it, for whoever has claimed that; after the file is closed, for whoever serves
    letters there. Each time is noted before it is made, and asks for a fresh sign-in as what is revealed does.
    """
    who.shown_within(freshness.for_office(office.policy, "reveal"))
    asked = {"server": await server_of(office, who)}
    found = await office.notices.post(f"/notices/{notice_id}/waiting", asked)
    async with office.database.read() as session:
        task = await tasks.serving(session, found["case_id"], notice_id)
    if task is not None and task.claimed_by not in who.actor.ids:
        raise RefusedError("not-claimed", _CLAIM_IT)
    await note_letter(office, found, notice_id, who, COPY)
    made = await office.notices.file(f"/notices/{notice_id}/copy", asked)
    return sent(made, "pdf", f"{found['type']}-{notice_id}")


@public.get("/notices/{notice_id}.pdf", responses=POSTER, response_class=Response)
async def poster(notice_id: OpaquePath, office: AtOffice, language: InLanguage = "zh") -> Response:
    """A public notice as it is printed and put up, while its names are on show; after that there is none."""
    made = await office.notices.file(f"/notices/{notice_id}/poster", {"language": language})
    return sent(made, "pdf", f"notice-{notice_id}")


async def _paper(office: Office, who: Caller, notice_id: str, form: Form, language: Language) -> Response:
    letter = await read_letter(office, who, notice_id)
    asked = {"reader": await reader_of(office, who), "form": form, "language": language}
    made = await office.notices.file(f"/notices/{notice_id}/paper", asked)
    return sent(made, form, f"{letter['type']}-{notice_id}")
