"""The way of an act beside tasks: its form, the page that is checked, and that it is sent once and nothing is lost."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from fastapi.responses import Response

from contracts.policy.text import Text
from services.console.api import AWAY, Problem, RefusedError
from services.console.asked import RETURN, Asked
from services.console.deciding import refused
from services.console.forms.draw import Known
from services.console.forms.faults import faults, told
from services.console.forms.fields import mistakes
from services.console.forms.read import FORM, edited, read
from services.console.offered import Act, Place, offered
from services.console.papers import files_of, kept, with_papers
from services.console.picking import PickedForm, picked


async def act_at(found: Asked, place: Place, code: str) -> Act:
    """The act as the API offers it now. What it does not offer there is not found."""
    reply = await found.api.look(place.address)
    version = reply.body.get("policy")
    policy = (await found.reader(version)).policy if version else None
    act = offered(reply.body, code, reply.headers.get("ETag", ""), policy)
    if act is None:
        raise RefusedError(Problem(404, "not-found"))
    return act


async def check(found: Asked, place: Place, code: str) -> Response:
    """What will be on the record, in words; or what is wrong with it, all at once."""
    act = await act_at(found, place, code)
    sent = await with_papers(found, place.case_id, "", FORM)
    more = edited(act.schema, sent.typed)
    value = read(act.schema, sent.typed) if more is None else more
    if more is not None or "change" in sent.typed:
        return await form(found, place, act, value, sent.typed)
    errors = {**faults(act.schema, value), **told(sent.faults)}
    if errors:
        return await form(found, place, act, value, sent.typed, errors=errors)
    return await _checked(found, place, act, value, sent.typed)


async def sign(found: Asked, place: Place, code: str) -> Response:
    """Send what was checked, under the key of the page: however often it is sent, it is done once."""
    act, posted = await act_at(found, place, code), await found.posted()
    value = read(act.schema, posted)
    seen, key = posted.get("seen", ""), posted.get("key", "")
    reply = await found.api.send("POST", act.address, act.body(value), key=key, match=seen)
    if reply.problem is not None:
        return await _refused(found, place, act, value, posted, reply.problem)
    begins = not place.case_id or bool(act.begun_from)
    if reply.status == 202:
        to = {} if begins else {"to": place.address}
        return found.go(f"/acts/recording/{reply.body['command_id']}?{urlencode({**to, 'act': code})}")
    return found.go(after(f"/cases/{reply.body['case_id']}" if begins else place.address, code))


def after(address: str, code: str) -> str:
    """The page to which an act leads, where it is said that it was done."""
    return f"{address}?{urlencode({'done': code})}"


async def form(
    found: Asked,
    place: Place,
    act: Act,
    value: Mapping[str, Any],
    typed: Mapping[str, str] = MappingProxyType({}),
    *,
    errors: Mapping[str, Text] | None = None,
    problem: Problem | None = None,
) -> Response:
    """The form with what is filled in; `typed` as it was posted."""
    drawn = act.drawn(value, await _picked(found, place, act, value, typed), found.language, errors)
    return found.page(
        "acts/form.html",
        problem.status if problem else 422 if errors else 200,
        place=place,
        act=act,
        form=drawn,
        lines=mistakes(drawn),
        action=place.page(act.code),
        hidden={"key": found.key(), "seen": act.seen, RETURN: place.page(act.code), **kept(typed)},
        problem=problem,
    )


async def _checked(
    found: Asked,
    place: Place,
    act: Act,
    value: Mapping[str, Any],
    posted: Mapping[str, str],
    problem: Problem | None = None,
) -> Response:
    picks = await _picked(found, place, act, value, posted)
    return found.page(
        "acts/check.html",
        problem.status if problem else 200,
        place=place,
        act=act,
        facts=act.told(value, picks, found.language, files_of(posted)),
        action=place.page(act.code),
        typed=list(posted.items()),
        problem=problem,
    )


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
        case _ if problem.extra.get("errors"):
            errors = refused(problem.extra["errors"])
            return await form(found, place, act, value, posted, errors=errors, problem=problem)
        case _ if problem.status == 503 or problem.code == AWAY:
            return await _checked(found, place, act, value, posted, problem)
    return await form(found, place, act, value, posted, problem=problem)


async def _picked(
    found: Asked, place: Place, act: Act, value: Mapping[str, Any], typed: Mapping[str, str]
) -> Known:
    asked = PickedForm(act.hints, typed, value, case_id=place.case_id, batch_id=place.batch_id)
    return await picked(found, asked)
