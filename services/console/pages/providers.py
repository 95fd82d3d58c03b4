"""By the office's identity provider: there and back, for a sign-in, to show again who one is, to link one's account.

The ticket stays in a sealed cookie of the browser that asked: an answer that somebody else was given opens nothing, and
one to another of its windows has a cookie of its own.
"""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from services.console import questions
from services.console.api import Problem, RefusedError, Reply, SignInNeededError
from services.console.asked import AnyVisit, Asked, Visit, WhoAsks, signed_in
from services.console.language import local
from services.console.pages.sign_in import ask, back_to, sign_in_form
from services.console.wording import say

router = APIRouter()
SECOND = "provider-second"
"""The purpose under which the ticket is sealed with which a second factor is shown."""
NOTHING_TYPED = {"kept": "", "to": "/"}
NEEDED = "second-factor-needed"
Said = Annotated[str, Query(max_length=2000)]
Text = Annotated[str, Form()]


@router.get("/sign-in/provider/begin")
async def begin(found: AnyVisit, to: Said = "/") -> Response:
    """To the provider. An address and no form, because no form of ours may lead elsewhere."""
    reply = await ask(found, "/sessions/provider/challenge", None)
    if reply.problem is not None:
        return await sign_in_form(found, to=to, problem=reply.problem)
    return _away(found, reply, {"to": to})


@router.post("/sign-in/again/provider")
async def again(found: WhoAsks, kept: Text = "", to: Text = "/") -> Response:
    """Show again who one is, for an act that asks for it, to be led back there. What was typed waits here: no cookie
    could hold it.
    """
    waiting = {"kept": kept, "to": local(to)}
    reply = await found.api.send("POST", "/sessions/fresh/provider/challenge")
    if reply.problem is not None:
        return _not_shown(found, reply.problem, waiting)
    owner, now = found.signed.session_id, found.console.now()
    ident = found.console.running.begin(owner, now, asyncio.sleep(0), name=questions.ASKED, said=waiting)
    _keep(found, reply, {"again": ident})
    return found.page("sign_in/away.html", address=reply.body["address"])


@router.post("/me/provider/link")
async def link(found: WhoAsks, password: Text = "", code: Text = "") -> Response:
    """Show who one is, and go to the provider to be linked with whom it knows one as."""
    said = {"password": password, "code": code.strip()}
    reply = await found.api.send("POST", "/provider-link/challenge", said)
    if reply.problem is not None:
        return await _link_page(found, reply.problem)
    _keep(found, reply, {"link": True})
    return found.page("sign_in/away.html", address=reply.body["address"])


@router.post("/me/provider/remove")
async def remove(found: WhoAsks, password: Text = "", code: Text = "") -> Response:
    """Undo the link: the provider opens this account no more."""
    said = {"password": password, "code": code.strip()}
    reply = await found.api.send("POST", "/provider-link/removal", said)
    return await _link_page(found, reply.problem)


@router.get("/me/provider")
async def linked(found: WhoAsks) -> Response:
    """Since when one's account is linked, and how to change it."""
    return await _link_page(found)


@router.get("/sign-in/provider")
async def back(found: AnyVisit, code: Said = "", state: Said = "", iss: Said = "") -> Response:
    """What the provider's redirect brought, held against the ticket of this browser."""
    kept = questions.take(found, state)
    if kept is None or not code or ("again" in kept and found.signed is None):
        return await sign_in_form(found, problem=_lost(found))
    said = {"ticket": kept["ticket"], "code": code, "state": state, **({"iss": iss} if iss else {})}
    if kept.get("link"):
        return await _confirm(found, said)
    if "again" in kept:
        who = _signed_in(found)
        reply = await who.api.send("POST", "/sessions/fresh/provider", said)
        return await _shown_again(who, reply, kept["again"])
    reply = await ask(found, "/sessions/provider", said)
    if reply.problem is not None and reply.problem.code == NEEDED:
        ticket = {"ticket": reply.problem.extra["ticket"], "to": kept["to"]}
        return _second(found, found.console.seal.close(SECOND, ticket))
    if reply.problem is not None:
        return await sign_in_form(found, to=kept["to"], problem=reply.problem)
    return await _in(found, reply, kept["to"])


@router.post("/sign-in/provider/second")
async def second(found: AnyVisit, halfway: Text = "", code: Text = "") -> Response:
    """The second factor, where the provider asked for none."""
    kept = found.console.seal.open(SECOND, halfway)
    if kept is None or ("again" in kept and found.signed is None):
        return await sign_in_form(found, problem=_lost(found))
    said = {"ticket": kept["ticket"], "code": code.strip()}
    if "again" in kept:
        who = _signed_in(found)
        reply = await who.api.send("POST", "/sessions/fresh/provider/second", said)
        return await _shown_again(who, reply, kept["again"], halfway)
    reply = await ask(found, "/sessions/provider/second", said)
    if reply.problem is not None:
        return _second(found, halfway, reply.problem)
    return await _in(found, reply, kept["to"])


def _away(found: Visit, reply: Reply, kept: dict[str, Any]) -> Response:
    _keep(found, reply, kept)
    return Response(status_code=303, headers={"Location": reply.body["address"]})


def _keep(found: Visit, reply: Reply, kept: dict[str, Any]) -> None:
    questions.keep(found, reply.body["address"], {"ticket": reply.body["ticket"], **kept})


async def _confirm(found: Visit, said: dict[str, str]) -> Response:
    if found.signed is None:
        return await sign_in_form(found, to="/me/provider", problem=_lost(found))
    who = Asked(found.request, found.console, found.language, found.signed)
    reply = await who.api.send("POST", "/provider-link", said)
    return await _link_page(who, reply.problem)


def _signed_in(found: Visit) -> Asked:
    """Whoever is signed in; SignInNeededError for nobody."""
    if found.signed is None:
        raise SignInNeededError
    return Asked(found.request, found.console, found.language, found.signed)


async def _shown_again(who: Asked, reply: Reply, ident: str, halfway: str = "") -> Response:
    """On with what was typed, once the API knows again who it is; `halfway`: with what a second factor was asked."""
    problem = reply.problem
    if problem is not None and problem.code == NEEDED:
        ticket = {"ticket": problem.extra["ticket"], "again": ident}
        return _second(who, who.console.seal.close(SECOND, ticket))
    if problem is not None and halfway:
        return _second(who, halfway, problem)
    job = who.console.running.of(who.signed.session_id, ident, who.console.now())
    waiting = job.said if job is not None else NOTHING_TYPED
    if problem is not None:
        return _not_shown(who, problem, waiting)
    who.sign(await signed_in(who, reply.body, who.signed.login))
    return back_to(who, who.signed.login, waiting["to"], waiting["kept"])


def _not_shown(found: Asked, problem: Problem, waiting: Mapping[str, str]) -> Response:
    return found.page("sign_in/again.html", problem.status, problem=problem, **waiting)


async def _in(found: Visit, reply: Reply, to: str) -> Response:
    found.sign(await signed_in(found, reply.body, say(found.language, "sign_in.by_provider")))
    return back_to(found, "", to, "")


def _second(found: Visit, halfway: str, problem: Problem | None = None) -> Response:
    status = problem.status if problem else 200
    return found.page("sign_in/second_provider.html", status, halfway=halfway, problem=problem)


def _lost(found: Visit) -> Problem:
    title, what = (say(found.language, f"sign_in.{name}") for name in ("lost", "lost_what"))
    return Problem(422, "provider-refused", title, what)


async def _link_page(found: Asked, problem: Problem | None = None) -> Response:
    reply = await found.api.send("GET", "/provider-link")
    if reply.problem is not None:
        raise RefusedError(reply.problem)
    status = problem.status if problem else 200
    return found.page("sign_in/link.html", status, linked_at=reply.body["linked_at"], problem=problem)
