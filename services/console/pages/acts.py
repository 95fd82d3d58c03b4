"""Acts beside tasks: what may be begun and from which cases, the form of any act that the API offers, and its check."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from services.console import asking_acts
from services.console.acting import recorded
from services.console.api import Problem, RefusedError
from services.console.asked import Asked, WhoAsks, WhoWatches
from services.console.asking_acts import act_at, after
from services.console.forms.read import read
from services.console.offered import BEGINNING, Act, Place, of_batch, of_case

router = APIRouter()
OWN_PAGES = {"open-batch": "/batches/new"}
"""Acts for which somebody drew a page: the form of a batch offers the districts of the version that is chosen."""
PLACES: Mapping[str, Callable[[str], Place]] = {"cases": of_case, "batches": of_batch}
"""Of what an act is asked, by the first part of its address."""
ROWS = 50
Address = Annotated[str, Query(max_length=300)]


@router.get("/acts")
async def beginnings(found: WhoAsks) -> Response:
    """What whoever asks may begin."""
    listed = await found.api.read("/acts")
    rows = [
        (OWN_PAGES.get(one["code"]) or BEGINNING.page(one["code"]), one["names"]) for one in listed["items"]
    ]
    return found.page("acts/list.html", rows=rows)


@router.get("/acts/recording/{command_id}")
async def recording(command_id: str, found: WhoWatches, to: Address = "", act: Address = "") -> Response:
    """Accepted, and not yet on the record: the page asks again by itself until it is."""
    plain = to.replace("{", "{{").replace("}", "}}")
    return await recorded(found, command_id, after(plain or "/cases/{case_id}", act))


@router.get("/acts/{code}")
async def begin(code: str, found: WhoAsks, whole: Address = "") -> Response:
    """The form of an act that begins something; where it is begun from a case, first the cases from which it is."""
    act = await act_at(found, BEGINNING, code)
    if act.begun_from and not (whole and act.alone):
        return await _cases(found, act)
    return await asking_acts.form(found, BEGINNING, act, {})


@router.post("/acts/{code}/find")
async def begin_found(code: str, found: WhoAsks, q: Annotated[str, Form()] = "") -> Response:
    """Those cases, found by a name, pinyin, firm, code or number. What is typed is personal: it is in no address."""
    return await _cases(found, await act_at(found, BEGINNING, code), q.strip())


@router.post("/acts/{code}")
async def begin_checked(code: str, found: WhoAsks) -> Response:
    """What was typed there, to be checked."""
    return await asking_acts.check(found, BEGINNING, code)


@router.post("/acts/{code}/sign")
async def begun(code: str, found: WhoAsks) -> Response:
    """Begin it."""
    return await asking_acts.sign(found, BEGINNING, code)


@router.get("/{what}/{ident}/acts/{code}")
async def form(what: str, ident: str, code: str, found: WhoAsks) -> Response:
    """The form of an act on a case or a batch, with what is known there and what the link that led to it names."""
    place = place_of(what, ident)
    act = await act_at(found, place, code)
    value = {**act.begun, **read(act.schema, found.request.query_params)}
    return await asking_acts.form(found, place, act, value)


@router.post("/{what}/{ident}/acts/{code}")
async def checked(what: str, ident: str, code: str, found: WhoAsks) -> Response:
    """What was typed there, to be checked."""
    return await asking_acts.check(found, place_of(what, ident), code)


@router.post("/{what}/{ident}/acts/{code}/sign")
async def done(what: str, ident: str, code: str, found: WhoAsks) -> Response:
    """Ask it of the case or the batch."""
    return await asking_acts.sign(found, place_of(what, ident), code)


def place_of(what: str, ident: str) -> Place:
    of = PLACES.get(what)
    if of is None:
        raise RefusedError(Problem(404, "not-found"))
    return of(ident)


async def _cases(found: Asked, act: Act, sought: str = "") -> Response:
    """The cases from which the act is begun, of the kinds that the API names."""
    rows: list[Mapping[str, Any]] = []
    for kind in act.begun_from:
        if sought:
            reply = await found.api.send("POST", "/search/cases", {"q": sought, "kind": kind})
            rows += reply.body["items"] if reply.problem is None else ()
        else:
            rows += (await found.api.read("/cases", kind=kind, limit=ROWS))["items"]
    return found.page("acts/from.html", act=act, rows=rows, sought=sought)
