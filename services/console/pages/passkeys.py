"""By passkey: a script hands the challenge of the API to the browser, and the answer back. Passwords need no script."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import JSONResponse, Response

from services.console.asked import AnyVisit, WhoAsks, signed_in
from services.console.pages.factors import factors_page
from services.console.pages.sign_in import ask, back_to, sign_in_form
from services.console.wording import say

router = APIRouter()
LONGEST = 20_000
Text = Annotated[str, Form()]
Answer = Annotated[str, Form(max_length=LONGEST)]


@router.post("/sign-in/passkey/challenge")
async def challenge(found: AnyVisit) -> Response:
    """What the browser is asked for a sign-in."""
    return _challenge(await ask(found, "/sessions/passkey/challenge", None))


@router.post("/sign-in/passkey")
async def sign_in(
    found: AnyVisit, ticket: Answer = "", credential: Answer = "", to: Text = "/", kept: Text = ""
) -> Response:
    """What it answered."""
    said = {"ticket": ticket, "credential": _read(credential)}
    reply = await ask(found, "/sessions/passkey", said)
    if reply.problem is not None:
        return await sign_in_form(found, to=to, kept=kept, problem=reply.problem)
    signed = await signed_in(found, reply.body, say(found.language, "sign_in.by_passkey"))
    found.sign(signed)
    return back_to(found, signed.login, to, kept)


@router.post("/me/factors/passkey/challenge")
async def making(found: WhoAsks, password: Text = "", code: Text = "") -> Response:
    """What it is asked for a new one; one shows again who one is."""
    said = {"password": password, "code": code.strip()}
    return _challenge(await found.api.send("POST", "/factors/passkey/challenge", said))


@router.post("/me/factors/passkey")
async def made(found: WhoAsks, ticket: Answer = "", credential: Answer = "", label: Text = "") -> Response:
    """The passkey that the browser made, under the name by which its holder knows it."""
    said = {"ticket": ticket, "credential": _read(credential), "label": label.strip()}
    reply = await found.api.send("POST", "/factors/passkey", said)
    if reply.problem is not None:
        return await factors_page(found, reply.problem)
    return found.page("factors/codes.html", codes=reply.body["recovery_codes"])


def _challenge(reply: Any) -> Response:
    if reply.problem is not None:
        said = reply.problem.sentence or reply.problem.title or reply.problem.code
        return JSONResponse({"said": said}, status_code=reply.problem.status)
    return JSONResponse(reply.body)


def _read(text: str) -> dict[str, Any]:
    """What the script sent; nothing where it is no object, which the API then refuses."""
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
