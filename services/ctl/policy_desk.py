"""What a policy administrator does from the command line: the same acts as through any other client of the API."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable

import typer

from services.ctl.demo.client import Account, Api, ProblemError, SilentError

PROPOSALS = "/v1/policies/proposals"


def propose(api: str, login: str, password: str, version: str, digest: str) -> None:
    """Lay a version before another policy administrator. Exits with 1 and says why when it is refused."""

    async def act(who: Account) -> str:
        done = await who.post(PROPOSALS, secrets.token_hex(16), {"version": version, "digest": digest})
        return f"proposed: {done['case_id']}, {version} under {digest}"

    _as(api, login, password, act)


def approve(api: str, login: str, password: str, case_id: str, reason: str) -> None:
    """Release a version that somebody else proposed. Exits with 1 and says why when it is refused."""

    async def act(who: Account) -> str:
        shown = await who.get(f"{PROPOSALS}/{case_id}")
        if shown["approval"] is None:
            return f"{shown['version']}: decided already ({shown['state']})"
        answer = {"outcome": "APPROVED", "form": {}, "reason": reason, "seen": shown["approval"]["seen"]}
        path = f"/v1/tasks/{shown['approval']['task_id']}/outcome"
        await who.post(path, secrets.token_hex(16), answer)
        return f"released: {shown['version']} under {shown['digest']}"

    _as(api, login, password, act)


def _as(api: str, login: str, password: str, act: Callable[[Account], Awaitable[str]]) -> None:
    async def signed_in() -> str:
        connection = Api(api)
        try:
            return await act(Account(connection, login, password))
        finally:
            await connection.close()

    try:
        typer.echo(asyncio.run(signed_in()))
    except (ProblemError, SilentError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
