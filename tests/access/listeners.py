"""What each listener answers over HTTP to whoever presents something, tried."""

import ssl
from collections.abc import Iterable, Mapping

import httpx2

from tests.matrix import Matrix

STRANGER = "stranger"
"""Presents nothing, and asks by the name of another host."""


async def found(
    urls: Mapping[str, str],
    tokens: Mapping[str, str],
    acts: Iterable[str],
    verify: ssl.SSLContext | bool = True,
) -> Matrix:
    """By request and presenter the status of the answer; presenters are nobody, the stranger, and those of `tokens`."""
    said: Matrix = {}
    async with httpx2.AsyncClient(timeout=60, verify=verify) as http:
        for act in acts:
            listener, method, path = act.split(" ")
            cells = said[act] = {}
            for who in ("nobody", STRANGER, *tokens):
                headers = {"Authorization": f"Bearer {tokens[who]}"} if who in tokens else {}
                if who == STRANGER:
                    headers["Host"] = "stranger.example"
                answer = await http.request(method, urls[listener] + path, headers=headers)
                cells[who] = str(answer.status_code)
    return said


PASSWORD = "what only this trial knows"


async def administrator(
    api: str, code: str, verify: ssl.SSLContext | bool = True, password: str = PASSWORD
) -> str:
    """The session of the first administrator, whose password is set by the one-time code if that still counts."""
    login = {"login": "admin", "password": password}
    async with httpx2.AsyncClient(timeout=60, verify=verify) as http:
        await http.post(f"{api}/v1/credentials", json={**login, "code": code})
        signed = await http.post(f"{api}/v1/sessions", json=login)
    signed.raise_for_status()
    return str(signed.json()["token"])
