"""Acts beside tasks: what may be begun, the form of any act that the API offers, its check, and that it is done."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import Response

from contracts.policy.text import Text
from services.console.acting import recorded
from services.console.api import AWAY, Problem, RefusedError
from services.console.asked import RETURN, Asked, WhoAsks, WhoWatches
from services.console.deciding import refused
from services.console.forms.faults import faults, told
from services.console.forms.fields import mistakes
from services.console.forms.read import FORM, edited, read
from services.console.listing import every
from services.console.offered import BEGINNING, Act, Place, of_batch, of_case, offered
from services.console.papers import with_papers

router = APIRouter()
OWN_PAGES = {"open-batch": "/batches/new"}
"""Acts for which somebody drew a page: the form of a batch offers the districts of the version that is chosen."""
MOST = 1000
"""Colleagues to choose from."""
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
    return await recorded(found, command_id, _after(plain or "/cases/{case_id}", act))


@router.get("/acts/{code}")
async def begin(code: str, found: WhoAsks) -> Response:
    """The form of an act that begins something."""
    return await _form(found, BEGINNING, await _act(found, BEGINNING, code), {})


@router.post("/acts/{code}")
async def begin_checked(code: str, found: WhoAsks) -> Response:
    """What was typed there, to be checked."""
    return await _check(found, BEGINNING, code)


@router.post("/acts/{code}/sign")
async def begun(code: str, found: WhoAsks) -> Response:
    """Begin it."""
    return await _sign(found, BEGINNING, code)


@router.get("/cases/{case_id}/acts/{code}")
async def on_case(case_id: str, code: str, found: WhoAsks) -> Response:
    """The form of an act on a case."""
    place = of_case(case_id)
    return await _form(found, place, await _act(found, place, code), {})


@router.post("/cases/{case_id}/acts/{code}")
async def on_case_checked(case_id: str, code: str, found: WhoAsks) -> Response:
    """What was typed there, to be checked."""
    return await _check(found, of_case(case_id), code)


@router.post("/cases/{case_id}/acts/{code}/sign")
async def done_on_case(case_id: str, code: str, found: WhoAsks) -> Response:
    """Ask it of the case."""
    return await _sign(found, of_case(case_id), code)


@router.get("/batches/{batch_id}/acts/{code}")
async def on_batch(batch_id: str, code: str, found: WhoAsks) -> Response:
    """The form of an act on a batch."""
    place = of_batch(batch_id)
    return await _form(found, place, await _act(found, place, code), {})


@router.post("/batches/{batch_id}/acts/{code}")
async def on_batch_checked(batch_id: str, code: str, found: WhoAsks) -> Response:
    """What was typed there, to be checked."""
    return await _check(found, of_batch(batch_id), code)


@router.post("/batches/{batch_id}/acts/{code}/sign")
async def done_on_batch(batch_id: str, code: str, found: WhoAsks) -> Response:
    """Ask it of the batch."""
    return await _sign(found, of_batch(batch_id), code)


async def _act(found: Asked, place: Place, code: str) -> Act:
    """The act as the API offers it now. What it does not offer there is not found."""
    reply = await found.api.look(place.address)
    version = reply.body.get("policy")
    policy = (await found.reader(version)).policy if version else None
    act = offered(reply.body, code, reply.headers.get("ETag", ""), policy)
    if act is None:
        raise RefusedError(Problem(404, "not-found"))
    return replace(act, colleagues=await _colleagues(found)) if act.asks_for_colleagues else act


async def _colleagues(found: Asked) -> tuple[tuple[str, Text], ...]:
    """Each with what they hold, for two may have one name."""
    rows = await every(found.api, "/people", MOST)
    return tuple((one["person_id"], _called(one)) for one in rows)


def _called(colleague: Mapping[str, Any]) -> Text:
    held = dict.fromkeys(
        grant["names"].get("unit", "") + grant["names"]["role"] for grant in colleague["grants"]
    )
    said = f"{colleague['name']}（{'、'.join(held)}）"
    return Text(zh=said, en=said)


async def _check(found: Asked, place: Place, code: str) -> Response:
    """What will be on the record, in words; or what is wrong with it, all at once."""
    act = await _act(found, place, code)
    sent = await with_papers(found, place.case_id, "", FORM)
    more = edited(act.asked, sent.typed)
    value = read(act.asked, sent.typed) if more is None else more
    if more is not None or "change" in sent.typed:
        return await _form(found, place, act, value)
    errors = {**faults(act.asked, value), **told(sent.faults)}
    if errors:
        return await _form(found, place, act, value, errors=errors)
    return _checked(found, place, act, value, sent.typed)


async def _sign(found: Asked, place: Place, code: str) -> Response:
    """Send what was checked, under the key of the page: however often it is sent, it is done once."""
    act, posted = await _act(found, place, code), await found.posted()
    value = read(act.asked, posted)
    seen, key = posted.get("seen", ""), posted.get("key", "")
    reply = await found.api.send("POST", act.address, act.whole(value), key=key, match=seen)
    if reply.problem is not None:
        return await _refused(found, place, act, value, posted, reply.problem)
    if reply.status == 202:
        to = {"to": place.address} if place.case_id and place.case_id in act.address else {}
        return found.go(f"/acts/recording/{reply.body['command_id']}?{urlencode({**to, 'act': code})}")
    return found.go(_after(place.after(reply.body["case_id"]), code))


def _after(address: str, code: str) -> str:
    return f"{address}?{urlencode({'done': code})}"


async def _refused(
    found: Asked,
    place: Place,
    act: Act,
    value: Mapping[str, Any],
    posted: Mapping[str, str],
    problem: Problem,
) -> Response:
    """Nothing that was typed is lost, whatever the API said."""
    match problem.code:
        case "stale-authentication":
            return found.page("sign_in/again.html", 401, kept=found.kept(posted), problem=None)
        case "invalid" if problem.extra.get("errors"):
            errors = refused(problem.extra["errors"])
            return await _form(found, place, act, value, errors=errors, problem=problem)
        case _ if problem.status == 503 or problem.code == AWAY:
            return _checked(found, place, act, value, posted, problem)
    return await _form(found, place, act, value, problem=problem)


async def _form(
    found: Asked,
    place: Place,
    act: Act,
    value: Mapping[str, Any],
    *,
    errors: Mapping[str, Text] | None = None,
    problem: Problem | None = None,
) -> Response:
    form = act.drawn(value, found.language, errors)
    return found.page(
        "acts/form.html",
        problem.status if problem else 422 if errors else 200,
        place=place,
        name=act.name(found.language),
        given=act.told(act.given, found.language),
        form=form,
        lines=mistakes(form),
        action=place.page(act.code),
        hidden={"key": found.key(), "seen": act.seen, RETURN: place.page(act.code)},
        problem=problem,
    )


def _checked(
    found: Asked,
    place: Place,
    act: Act,
    value: Mapping[str, Any],
    posted: Mapping[str, str],
    problem: Problem | None = None,
) -> Response:
    return found.page(
        "acts/check.html",
        problem.status if problem else 200,
        place=place,
        name=act.name(found.language),
        facts=act.told(act.whole(value), found.language),
        action=place.page(act.code),
        typed=list(posted.items()),
        problem=problem,
    )
