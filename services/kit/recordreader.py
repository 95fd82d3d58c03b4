"""Read the record through the registry's own API: page by page, in order, with what chains the entries."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx2
from pydantic_core import from_json

from contracts.base import Digest
from contracts.canonical import canonical_bytes
from contracts.envelope import Envelope
from services.kit.errors import UnavailableError

PAGE = 500
SECONDS = 10


@dataclass(frozen=True)
class Entry:
    """An entry of the record: its place, what chains it to the one before, and the event's canonical bytes."""

    index: int
    entry_hash: Digest
    body: bytes

    @cached_property
    def said(self) -> dict[str, Any]:
        """The event as JSON, whatever version of the envelope it has."""
        value: dict[str, Any] = from_json(self.body)
        return value

    @property
    def case_id(self) -> str:
        """The case to which it happened."""
        return str(self.said["case_id"])

    @property
    def digest(self) -> Digest:
        """Over the canonical bytes."""
        return hashlib.sha256(self.body).hexdigest()

    @cached_property
    def envelope(self) -> Envelope:
        """The event. Raises pydantic's ValidationError when this release cannot read it."""
        return Envelope.model_validate(self.said)


class RecordReader:
    """The registry's answers to one bearer of its token."""

    def __init__(self, client: httpx2.AsyncClient, url: str, token: str) -> None:
        self._client = client
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}

    async def get(self, path: str, params: Mapping[str, str | int] | None = None) -> dict[str, Any]:
        """The JSON answer of the registry. Raises UnavailableError when it does not answer with 200."""
        try:
            answer = await self._client.get(
                self._url + path, params=dict(params or {}), headers=self._headers, timeout=SECONDS
            )
        except httpx2.HTTPError as error:
            raise UnavailableError("the record does not answer") from error
        if answer.status_code != 200:
            raise UnavailableError(f"the record answered {answer.status_code}")
        body: dict[str, Any] = answer.json()
        return body

    async def after(self, index: int, limit: int = PAGE) -> list[Entry]:
        """The entries with a higher index, in order, up to `limit` of them."""
        page = await self.get("/record/entries", {"after": index, "limit": limit})
        return [_entry(item) for item in page["items"]]

    async def newest(self, case_id: str) -> Entry | None:
        """The case's last entry; None when it has none."""
        page = await self.get("/record/entries", {"case_id": case_id, "newest": "true", "limit": 1})
        return _entry(page["items"][0]) if page["items"] else None

    async def of_case(self, case_id: str, after: int) -> list[Entry]:
        """Every entry of the case with a higher index, in order."""
        found: list[Entry] = []
        cursor: int | None = after
        while cursor is not None:
            page = await self.get("/record/entries", {"case_id": case_id, "after": cursor, "limit": PAGE})
            found += [_entry(item) for item in page["items"]]
            cursor = page["next"]
        return found


def _entry(item: dict[str, Any]) -> Entry:
    return Entry(item["index"], item["entry_hash"], canonical_bytes(item["envelope"]))
