"""The words of every code, for whoever shows answers to people."""

from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from contracts.policy import loader
from services.officers.routes.caller import AtOffice, Permitted
from services.officers.views.base import READS
from services.officers.views.words import WordsView
from services.officers.web.etags import of_content, tag, unchanged
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["words"])


@router.get("/words", responses={**READS, 304: {"description": "Unchanged"}}, response_model=WordsView)
async def words(
    request: Request,
    office: AtOffice,
    who: Permitted,
    policy: Annotated[
        str,
        Query(
            pattern=r"^([0-9A-Za-z][0-9A-Za-z.\-]{0,40})?$",
            description="The version of a case; none: in force",
        ),
    ] = "",
) -> Response:
    """Every code that an answer may hold, family by family, in Chinese and English, and every reason to be refused."""
    version = policy or office.policy.version
    if version not in loader.versions():
        raise RefusedError("not-found")
    content, current = _words(version)
    headers = {"ETag": current, "Cache-Control": "private, no-cache"}
    if unchanged(request.headers, current):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)


@lru_cache(maxsize=20)
def _words(version: str) -> tuple[str, str]:
    """What is answered, and its tag: both hang on the version and on this release alone."""
    view = WordsView.of(loader.released(version))
    return view.model_dump_json(), tag(of_content(view))
