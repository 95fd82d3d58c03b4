"""One's own second factor: an authenticator program, and the recovery codes that stand in for it."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from services.console.api import Problem, from_where
from services.console.asked import Asked, WhoAsks

router = APIRouter()
BEGUN = "begun"
"""The purpose under which the secret is sealed while its first code is awaited."""
Text = Annotated[str, Form()]


@router.get("/me/factors")
async def factors(found: WhoAsks) -> Response:
    """What there is, and how to take one up."""
    return await factors_page(found)


@router.post("/me/factors/totp")
async def begin(found: WhoAsks, password: Text = "", code: Text = "", label: Text = "") -> Response:
    """The secret for the program, shown once; the factor counts when a first code was shown."""
    said = {"password": password, "code": code.strip(), "label": label.strip()}
    reply = await found.api.send("POST", "/factors/totp", said)
    if reply.problem is not None:
        return await factors_page(found, reply.problem)
    return _begun(found, reply.body)


@router.post("/me/factors/confirm")
async def confirm(found: WhoAsks, begun: Text = "", code: Text = "") -> Response:
    """The first code of the program; the recovery codes are shown once."""
    opened = found.console.seal.open(BEGUN, begun)
    if opened is None:
        return found.go("/me/factors")
    path = f"/factors/{opened['factor_id']}/confirmation"
    reply = await found.api.send("POST", path, {"code": code.strip()})
    if reply.problem is not None:
        return _begun(found, opened, reply.problem)
    return found.page("factors/codes.html", codes=reply.body["recovery_codes"])


@router.post("/me/factors/codes")
async def codes(found: WhoAsks, password: Text = "", code: Text = "") -> Response:
    """Other recovery codes; those before count no more."""
    said = {"password": password, "code": code.strip()}
    reply = await found.api.send("POST", "/factors/recovery-codes", said)
    if reply.problem is not None:
        return await factors_page(found, reply.problem)
    return found.page("factors/codes.html", codes=reply.body["recovery_codes"])


@router.post("/me/factors/remove")
async def remove(found: WhoAsks, factor_id: Text = "", password: Text = "", code: Text = "") -> Response:
    """Give one up."""
    said = {"password": password, "code": code.strip()}
    reply = await found.api.send("POST", f"/factors/{factor_id}/removal", said)
    return await factors_page(found, reply.problem)


def _begun(found: Asked, begun: dict[str, Any], problem: Problem | None = None) -> Response:
    secret = begun["secret"]
    return found.page(
        "factors/begun.html",
        problem.status if problem else 200,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        otpauth=begun["otpauth"],
        begun=found.console.seal.close(BEGUN, begun),
        problem=problem,
    )


async def factors_page(found: Asked, problem: Problem | None = None) -> Response:
    """The page; a passkey is offered where the API takes them."""
    held = await found.api.read("/factors")
    headers = from_where(found.language, "")
    ways = await found.console.ways.of(found.console.door, headers, found.console.now())
    status = problem.status if problem else 200
    return found.page("factors/page.html", status, held=held, problem=problem, passkeys="passkey" in ways)
