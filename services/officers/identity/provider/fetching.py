"""What is asked of the provider itself: its description, its keys, and what a code is good for.

Each answer is bounded in time and size, no redirect is followed, and what it says of itself is asked again after a
while: a provider that is away lets nobody in.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import httpx2

from services.kit.logs import logger
from services.officers.identity.provider.keys import Key, key_for, keys_of
from services.officers.identity.provider.metadata import WELL_KNOWN, Endpoints, endpoints
from services.officers.identity.provider.registration import Registration
from services.officers.identity.provider.trust import DoubtError, SilenceError
from services.officers.web.problems import RefusedError
from services.officers.web.strict import parse

SECONDS = 5.0
MOST_BYTES = 256 * 1024
DESCRIBED_FOR, KEYS_FOR = 3600.0, 600.0
"""Seconds for which a description and a set of keys are gone by."""
SILENT_FOR = 2.0
"""Seconds for which one that did not answer is not asked again, however many wait for it."""
BETWEEN_LOOKS = 10.0
"""Seconds between two looks at the keys, however many tokens name one that is not known, or do not fit."""

_NOT_TAKEN = ("invalid_grant", "invalid_request")
"""What a provider says of a code that is nobody's, another's, or was asked for in another way."""


class Fetching:
    """Raises SilenceError when the provider does not answer as one does, DoubtError when it does not take a code."""

    def __init__(
        self,
        registered: Registration,
        client: httpx2.AsyncClient,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._registered = registered
        self._client = client
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._silent_until = 0.0
        self._described: tuple[float, Endpoints] | None = None
        self._keys: tuple[float, Sequence[Mapping[str, Any]]] | None = None

    async def endpoints(self) -> Endpoints:
        """Where the provider is asked."""
        async with self._one_at_a_time:
            if self._described is None or self._clock() - self._described[0] > DESCRIBED_FOR:
                self._described = self._clock(), await self._describe()
            return self._described[1]

    async def key(self, kid: str | None, algorithm: str, *, doubted: bool = False) -> Key:
        """The provider's key of this id. One that is not known, or did not fit, is looked for again: keys change."""
        where = (await self.endpoints()).keys
        async with self._one_at_a_time:
            enough = BETWEEN_LOOKS if doubted or self._known(kid, algorithm) is None else KEYS_FOR
            if self._keys is None or self._clock() - self._keys[0] >= enough:
                self._keys = self._clock(), keys_of(await self._json("GET", where))
            found = self._known(kid, algorithm)
        if found is None:
            raise DoubtError("signed by a key that the provider does not have")
        return found

    async def id_token(self, code: str, verifier: str) -> str:
        """What the provider gives for a code. It takes each once."""
        where = await self.endpoints()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._registered.redirect,
            "code_verifier": verifier,
        }
        client_id, secret = self._registered.client_id, self._registered.secret
        # Encoded as a form first (RFC 6749, 2.3.1): a secret may hold what separates the two.
        auth = httpx2.BasicAuth(quote(client_id, safe=""), quote(secret, safe="")) if where.basic else None
        if auth is None:
            form |= {"client_id": client_id, "client_secret": secret}
        document = await self._json("POST", where.token, data=form, auth=auth)
        token = document.get("id_token") if isinstance(document, dict) else None
        if not isinstance(token, str):
            raise DoubtError("no token came")
        return token

    async def _describe(self) -> Endpoints:
        if self._clock() < self._silent_until:
            raise SilenceError("it did not answer just now")
        try:
            document = await self._json("GET", self._registered.issuer.rstrip("/") + WELL_KNOWN)
            return endpoints(document, self._registered.issuer)
        except SilenceError:
            self._silent_until = self._clock() + SILENT_FOR
            raise

    def _known(self, kid: str | None, algorithm: str) -> Key | None:
        return None if self._keys is None else key_for(self._keys[1], kid, algorithm)

    async def _json(self, method: str, url: str, **sent: Any) -> Any:
        try:
            async with asyncio.timeout(SECONDS):
                status, body = await self._ask(method, url, **sent)
        except (httpx2.HTTPError, OSError, TimeoutError) as error:
            raise SilenceError(f"{type(error).__name__} at {url}") from error
        try:
            said = parse(body)
        except RefusedError as error:
            raise SilenceError(f"no JSON at {url}") from error
        if status == 400 and isinstance(said, dict) and said.get("error") in _NOT_TAKEN:
            raise DoubtError(f"a code that the provider does not take: {said['error']}")
        if status != 200:
            reason = said.get("error") if isinstance(said, dict) else ""
            logger.warning(
                "the identity provider refuses this installation", status=status, error=str(reason)[:60]
            )
            raise SilenceError(f"{status} at {url}")
        return said

    async def _ask(self, method: str, url: str, **sent: Any) -> tuple[int, bytes]:
        body = bytearray()
        headers = {"Accept": "application/json"}
        async with self._client.stream(
            method, url, headers=headers, timeout=SECONDS, follow_redirects=False, **sent
        ) as answer:
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > MOST_BYTES:
                    raise SilenceError(f"too long an answer at {url}")
            # What the provider would have us remember is nobody's whom we ask for next.
            self._client.cookies.clear()
            return answer.status_code, bytes(body)
