"""Signing in: password, second factor where there is one, and the way back to what was being done."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from services.console import cookies
from services.console.api import Problem, Reply, from_where
from services.console.asked import KEPT, AnyVisit, Visit, WhoAsks, signed_in
from services.console.language import COOKIE, LANGUAGES, local

router = APIRouter()
HALFWAY = "halfway"
"""The purpose under which login and password are sealed while the second factor is asked for."""
HALFWAY_FOR = timedelta(minutes=5)
"""How long a second factor is awaited without the password being typed again."""
NEEDED = "second-factor-needed"
Text = Annotated[str, Form()]


@router.get("/")
async def first(found: AnyVisit) -> Response:
    """Home is the first page of one's menu: the list of one's own tasks for whoever has any."""
    return found.go(found.home)


@router.get("/sign-in")
async def form(found: AnyVisit, to: str = "/") -> Response:
    """The form; whoever is signed in already is taken to the page."""
    return found.go(to) if found.signed else await sign_in_form(found, to=to)


@router.post("/sign-in")
async def sign_in(
    found: AnyVisit,
    login: Text = "",
    password: Text = "",
    halfway: Text = "",
    code: Text = "",
    to: Text = "/",
    kept: Text = "",
) -> Response:
    """Sign in. A second factor is asked for on a page of its own, the password sealed in it."""
    begun = found.console.seal.open(HALFWAY, halfway) if halfway else None
    if begun is not None and begun["until"] < found.console.now().timestamp():
        return await sign_in_form(found, to=to, kept=kept, login=begun["login"], ended=True)
    if begun is not None:
        login, password = begun["login"], begun["password"]
    shown = {"login": login.strip(), "password": password, "code": code.strip()}
    reply = await ask(found, "/sessions", shown)
    if (reply.problem is not None and reply.problem.code == NEEDED) or (begun and reply.problem is not None):
        until = (found.console.now() + HALFWAY_FOR).timestamp()
        sealed = found.console.seal.close(HALFWAY, {"login": login, "password": password, "until": until})
        problem = None if reply.problem.code == NEEDED and begun is None else reply.problem
        return found.page(
            "sign_in/second.html", 401 if problem else 200, halfway=sealed, to=to, kept=kept, problem=problem
        )
    if reply.problem is not None:
        return await sign_in_form(found, to=to, kept=kept, login=login, problem=reply.problem)
    found.sign(await signed_in(found, reply.body, login.strip()))
    return back_to(found, login.strip(), to, kept)


@router.get("/sign-in/first")
async def first_form(found: AnyVisit, login: str = "") -> Response:
    """The form by which a password of one's own is set for the first time, or after it was reset."""
    return found.page("sign_in/first.html", login=login, problem=None, unlike=False)


@router.post("/sign-in/first")
async def set_password(
    found: AnyVisit, login: Text = "", code: Text = "", password: Text = "", again: Text = ""
) -> Response:
    """Set it with the one-time code, which then counts no more; nobody else ever knows it."""
    if password != again:
        return found.page("sign_in/first.html", 422, login=login, problem=None, unlike=True)
    said = {"login": login.strip(), "code": code.strip(), "password": password}
    reply = await ask(found, "/credentials", said)
    if reply.problem is not None:
        return found.page(
            "sign_in/first.html", reply.problem.status, login=login, problem=reply.problem, unlike=False
        )
    return await sign_in_form(found, login=login.strip(), done=True)


@router.post("/sign-in/again")
async def again(
    found: WhoAsks, password: Text = "", code: Text = "", kept: Text = "", to: Text = "/"
) -> Response:
    """Show again who one is, for an act that asks for it; then on with what was typed, or back to where it was."""
    reply = await found.api.send("POST", "/sessions/fresh", {"password": password, "code": code.strip()})
    if reply.problem is not None:
        shown = {"kept": kept, "to": local(to), "problem": reply.problem}
        return found.page("sign_in/again.html", reply.problem.status, **shown)
    found.sign(await signed_in(found, reply.body, found.signed.login))
    return back_to(found, found.signed.login, to, kept)


@router.post("/sign-out")
async def sign_out(found: WhoAsks) -> Response:
    """End the session, here and in the API: its tokens count no more. What the API did not confirm, the page says."""
    reply = await found.api.send("DELETE", f"/sessions/{found.signed.session_id}")
    found.sign(None)
    if reply.problem is not None and reply.problem.status != 404:
        nobody = Visit(found.request, found.console, found.language, None)
        return await sign_in_form(nobody, left=found.signed, problem=reply.problem)
    return found.go("/sign-in")


@router.get("/language/{language}")
async def switch(language: str, found: AnyVisit, to: str = "/") -> Response:
    """The same page in the other language, and every one after it."""
    if language in LANGUAGES:
        cookies.put(found.request, COOKIE, language, found.console.secure, cookies.YEAR)
    return found.go(to)


async def sign_in_form(found: Visit, **values: Any) -> Response:
    """The form, with the other ways that there are."""
    client = found.request.client
    headers = from_where(found.language, client.host if client else "")
    plain: dict[str, Any] = {
        "to": "/",
        "kept": "",
        "login": "",
        "ended": False,
        "done": False,
        "left": None,
        "problem": None,
        "ways": await found.console.ways.of(found.console.door, headers, found.console.now()),
        **values,
    }
    problem: Problem | None = plain["problem"]
    return found.page("sign_in/form.html", problem.status if problem else 200, **plain)


def back_to(found: Visit, login: str, to: str, kept: str) -> Response:
    """To where they came from; with what they typed there, when it was they who typed it."""
    typed = found.console.seal.open(KEPT, kept) if kept else None
    if typed is None or typed["by"] != login:
        return found.go(to)
    return found.page("sign_in/go_on.html", target=local(typed["to"]), typed=typed["typed"])


async def ask(found: Visit, path: str, body: Mapping[str, Any] | None) -> Reply:
    """What nobody who is signed in asks, in the name of the browser and from where it is."""
    client = found.request.client
    headers = from_where(found.language, client.host if client else "")
    agent = found.request.headers.get("user-agent", "")
    return await found.console.door.ask(
        "POST", path, headers={**headers, "User-Agent": agent}, body=None if body is None else dict(body)
    )
