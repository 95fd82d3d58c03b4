"""A list of an authority comes in as a file: tried without any effect, and taken whole as it was tried."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from contracts.policy.text import Text
from services.console.api import Problem, RefusedError
from services.console.asked import Asked, WhoAsks, WhoWatches
from services.console.forms.draw import Known, draw
from services.console.forms.faults import faults
from services.console.forms.fields import mistakes
from services.console.forms.kinds import Schema
from services.console.forms.read import read
from services.console.pages.screening import lists
from services.console.trying import TAKEN, TRIED, begin, found_in, job_of, leads_on
from services.console.uploads import chosen, media_of

router = APIRouter()
ORIGIN: Schema = {
    "type": "object",
    "required": ["issuer", "document_no", "as_of", "mode"],
    "properties": {
        "issuer": {"type": "string", "minLength": 1, "maxLength": 120, "title": "发布机关 / Issued by"},
        "document_no": {
            "type": "string",
            "minLength": 1,
            "maxLength": 120,
            "title": "文号或批次 / Number of the paper",
        },
        "as_of": {
            "type": "string",
            "format": "date",
            "maxLength": 10,
            "title": "数据截止日期 / Day for which it holds",
        },
        "mode": {
            "type": "string",
            "enum": ["full", "increment"],
            "maxLength": 9,
            "title": "内容 / What it holds",
        },
    },
}
KNOWN = Known(
    {
        "mode": [
            ("full", Text(zh="全量：替换原有名单", en="The whole list: it replaces what is here")),
            ("increment", Text(zh="增量：新增与移出", en="What came and went since")),
        ]
    }
)


@router.get("/screening/{book}/lists/{code}")
async def choose(book: str, code: str, found: WhoAsks) -> Response:
    """Where the file is chosen, and said from whom it is."""
    return await _choose(found, book, code, {})


@router.post("/screening/{book}/lists/{code}")
async def tried(book: str, code: str, found: WhoAsks) -> Response:
    """Read the file; nothing is stored. It takes a while, so its page waits and not the browser."""
    file = await chosen(found.request)
    value = read(ORIGIN, file.typed)
    errors = faults(ORIGIN, value)
    if errors or not file.content:
        return await _choose(found, book, code, value, errors=errors, lacking=not file.content)
    said = {**value, "media": media_of(file.name)}
    return _begin(found, book, code, TRIED, file.content, said)


@router.get("/screening/{book}/lists/{code}/{ident}")
async def outcome(book: str, code: str, ident: str, found: WhoWatches) -> Response:
    """What was found in the file: every faulty cell, or that it may be taken; and what the taking came to."""
    job = job_of(found, ident)
    home = f"/screening/{book}"

    def recording(command_id: str) -> str:
        return f"/acts/recording/{command_id}?to={home}"

    if (page := leads_on(found, job, recording, home)) is not None:
        return page
    shown, problem = found_in(job)
    return found.page(
        "screening/tried.html",
        problem.status if problem else 200,
        book=book,
        code=code,
        ident=ident,
        name=(await _list(found, book, code))["name"],
        read=shown,
        faults=shown.get("errors", ()),
        problem=problem,
        key=found.key(),
    )


@router.post("/screening/{book}/lists/{code}/{ident}/take")
async def taken(book: str, code: str, ident: str, found: WhoAsks) -> Response:
    """Take the file that was tried, as it was tried. However often the page is sent, it is taken once."""
    job, posted = job_of(found, ident), await found.posted()
    return _begin(found, book, code, TAKEN, job.file, job.said, posted.get("key", ""))


def _begin(
    found: Asked,
    book: str,
    code: str,
    what: str,
    content: bytes,
    said: Mapping[str, str],
    key: str = "",
) -> Response:
    origin = {name: value for name, value in said.items() if name != "media"}
    dry_run = "false" if what == TAKEN else "true"
    work = found.api.upload(
        f"/screenings/{book}/lists/{code}",
        content,
        key=key or found.key(),
        media=said["media"],
        **origin,
        dry_run=dry_run,
    )
    ident = begin(found, work, what, file=content, said=said)
    return found.go(f"/screening/{book}/lists/{code}/{ident}")


async def _list(found: Asked, book: str, code: str) -> dict[str, Any]:
    case = await found.api.read(f"/cases/{book}")
    known = {one["code"]: one for one in lists(await found.reader(case["policy"]), case["facts"])}
    if code not in known:
        raise RefusedError(Problem(404, "not-found"))
    return known[code]


async def _choose(
    found: Asked,
    book: str,
    code: str,
    value: Mapping[str, Any],
    *,
    errors: Mapping[str, Text] | None = None,
    lacking: bool = False,
) -> Response:
    form = draw(ORIGIN, dict(value), errors, found.language, KNOWN)
    return found.page(
        "screening/import.html",
        422 if errors or lacking else 200,
        book=book,
        one=await _list(found, book, code),
        form=form,
        lines=mistakes(form),
        lacking=lacking,
    )
