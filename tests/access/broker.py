"""What each login may do at the broker, tried by bare connections."""

import contextlib
import ssl
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass

from nats.errors import Error

from services.kit.brokerclient import Client
from tests.matrix import Matrix


@dataclass(frozen=True)
class Login:
    """How somebody comes to the broker; nobody has neither password nor certificate."""

    user: str = ""
    password: str = ""
    tls: ssl.SSLContext | None = None


async def found(url: str, logins: Mapping[str, Login], acts: Iterable[str]) -> Matrix:
    """By act and login, `yes` or `no`. Raises AssertionError when the broker complains of something else."""
    said: Matrix = {act: {} for act in acts}
    for name, login in logins.items():
        async with _connected(url, login) as (client, refusals):
            for act, cells in said.items():
                cells[name] = "no" if client is None else await _tried(client, refusals, act)
    return said


@contextlib.asynccontextmanager
async def _connected(url: str, login: Login) -> AsyncIterator[tuple[Client | None, list[str]]]:
    """A bare connection and what the server complains of; None where nobody is let in."""
    refusals: list[str] = []

    async def told(error: Exception) -> None:
        refusals.append(str(error))

    client = Client()
    known = {"user": login.user, "password": login.password} if login.user else {}
    secured = {"tls": login.tls, "tls_handshake_first": True} if login.tls else {}
    try:
        await client.connect(
            url, error_cb=told, allow_reconnect=False, connect_timeout=10, **known, **secured
        )
    except (Error, OSError):
        await client.close()
        yield None, refusals
        return
    try:
        yield client, refusals
    finally:
        await client.close()


async def _tried(client: Client, refusals: list[str], act: str) -> str:
    verb, subject = act.split(" ")
    refusals.clear()
    if verb == "publish":
        # The right is tried and nothing kept: a stream takes only what names it.
        await client.publish(subject, b"{}", headers={"Nats-Expected-Stream": "NOBODYS"})
    else:
        await client.subscribe(subject)
    # A refusal is said before the answer to what was sent after it.
    await client.flush(timeout=10)
    assert all("permissions violation" in one for one in refusals), refusals
    return "no" if refusals else "yes"
