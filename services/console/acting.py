"""An act that has a form of its own: filled in, checked, shown in words, and asked of the API under one key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi.responses import Response

from contracts.policy.text import Text
from services.console.api import Problem, RefusedError, Reply
from services.console.asked import RETURN, Asked
from services.console.facts import filled
from services.console.forms.draw import NOTHING_KNOWN, Known, draw
from services.console.forms.faults import faults, told
from services.console.forms.fields import mistakes
from services.console.forms.kinds import Schema
from services.console.forms.read import FORM, edited, read
from services.console.papers import Posted, files_of, with_papers


@dataclass(frozen=True)
class Act:
    """What is asked for, and how its form is found; texts are in the language of whoever reads."""

    address: str
    """Of the page with the form, to which it is sent."""
    title: str
    back: str
    """Of the page from which one comes."""
    about: str
    """What that page is called."""
    path: str
    """Of the API, behind /v1."""
    schema: Schema
    known: Known = NOTHING_KNOWN
    body: Callable[[Mapping[str, Any]], Any] = dict
    """From the value of the form: what is sent."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """What the page holds besides and nobody types, such as the digest of what was shown."""
    papers_of: str = ""
    """The case to which files that are chosen in the form are uploaded; empty for a form without any."""


async def form(
    found: Asked,
    act: Act,
    value: Mapping[str, Any],
    *,
    errors: Mapping[str, Text] | None = None,
    problem: Problem | None = None,
) -> Response:
    """The form with what is filled in so far."""
    drawn = draw(act.schema, dict(value), errors, found.language, act.known)
    return found.page(
        "acting/form.html",
        problem.status if problem else 422 if errors else 200,
        title=act.title,
        back=act.back,
        about=act.about,
        action=act.address,
        form=drawn,
        lines=mistakes(drawn),
        hidden={**act.kept, "key": found.key(), RETURN: act.address},
        files=bool(act.papers_of),
        problem=problem,
    )


async def sent(found: Asked, act: Act, done: Callable[[Reply], Response]) -> Response:
    """What follows on the form that was sent: faults, the check page, or what is `done` once the API took it."""
    sent = await _posted(found, act)
    posted = sent.typed
    changed = edited(act.schema, posted)
    value = read(act.schema, posted) if changed is None else changed
    if changed is not None or "change" in posted:
        return await form(found, act, value)
    errors = {**faults(act.schema, value), **told(sent.faults)}
    if errors:
        return await form(found, act, value, errors=errors)
    if "sign" not in posted:
        drawn = draw(act.schema, value, language=found.language, known=act.known)
        facts = [(one.label, one.text) for one in filled(drawn, files_of(posted))]
        return found.page("acting/check.html", action=act.address, facts=facts, typed=list(posted.items()))
    reply = await found.api.send("POST", act.path, act.body(value), key=posted.get("key", ""))
    if reply.problem is None:
        return done(reply)
    again = after_refusal(found, posted, reply.problem)
    return again or await form(found, act, value, problem=reply.problem)


async def _posted(found: Asked, act: Act) -> Posted:
    if not act.papers_of:
        return Posted(await found.posted())
    return await with_papers(found, act.papers_of, "", FORM)


def after_refusal(found: Asked, posted: Mapping[str, str], problem: Problem) -> Response | None:
    """Who one is has to be shown again; None for every other refusal."""
    if problem.code != "stale-authentication":
        return None
    return found.page("sign_in/again.html", 401, kept=found.kept(posted), problem=None)


async def recorded(found: Asked, command_id: str, address: str) -> Response:
    """To the `address` with the `{case_id}` of the command, once that is on the record; until then it waits."""
    reply = await found.api.send("GET", f"/commands/{command_id}")
    if reply.problem is not None and reply.problem.status != 503:
        raise RefusedError(reply.problem)
    if reply.status == 200:
        return found.go(address.format(case_id=reply.body["case_id"]))
    return found.page("tasks/recording.html", 202)
