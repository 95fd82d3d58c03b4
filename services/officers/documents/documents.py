"""Keep documents and open them again. What is uploaded is never changed; its digest is reckoned here, never told."""

import asyncio
import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from contracts.actor import Actor
from contracts.sealed import Sealed
from services.kit.db import Session
from services.kit.sealing import Keyring, open_sealed, seal
from services.officers.documents import store
from services.officers.documents.kinds import folded, is_of
from services.officers.documents.scanning import Scan, Scanner
from services.officers.documents.tables import DocumentRow
from services.officers.web.problems import RefusedError

MOST = 50
"""Documents of one account at one case or batch."""


@dataclass(frozen=True)
class Place:
    """Where a document belongs: a case or batch, the task for which it was uploaded, and whom it concerns; and in which
    roles it is left there."""

    case_id: str
    task_id: str = ""
    concerned: str = ""
    left_as: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Upload:
    """A file as it came: what it says it is, what it is called, and its content."""

    kind: str
    name: str
    content: bytes


class Documents:
    """The documents of all cases."""

    def __init__(self, keyring: Keyring, scanner: Scanner, largest: int) -> None:
        """`largest`: bytes that a document may have."""
        self._keyring = keyring
        self._scanner = scanner
        self._largest = largest

    async def look(self, upload: Upload) -> Scan:
        """What the scanner says of a file that may be kept.

        RefusedError `document-empty`, `document-too-large`, `document-unlike-kind` or `document-infected`.
        """
        if not upload.content:
            raise RefusedError("document-empty")
        if len(upload.content) > self._largest:
            raise RefusedError("document-too-large", extra={"largest": self._largest})
        if not is_of(upload.kind, upload.content):
            raise RefusedError("document-unlike-kind")
        found = await self._scanner.scan(upload.content)
        if found is Scan.INFECTED:
            raise RefusedError("document-infected")
        return found

    async def seal(
        self, actor: Actor, ident: str, place: Place, upload: Upload, scan: Scan
    ) -> dict[str, Any]:
        """The row of a document of this id, sealed for whoever uploads it and whom the case concerns."""
        owners = {actor.person_id, place.concerned} - {""}
        content: dict[str, object] = {"content": base64.b64encode(upload.content).decode()}
        sealed = await asyncio.to_thread(seal, content, _inside(ident), self._keyring, owners)
        name: dict[str, object] = {"name": folded(upload.name, upload.kind)}
        return {
            "document_id": ident,
            "digest": hashlib.sha256(upload.content).hexdigest(),
            "case_id": place.case_id,
            "task_id": place.task_id,
            "account_id": actor.account_id,
            "person_id": actor.person_id,
            "left_as": " ".join(sorted(place.left_as)),
            "kind": upload.kind,
            "size": len(upload.content),
            "scan": scan.value,
            "named": seal(name, _outside(ident), self._keyring, owners).model_dump(),
            "sealed": sealed.model_dump(),
            "uploaded_at": datetime.now(UTC),
        }

    async def keep(self, session: Session, row: dict[str, Any]) -> DocumentRow:
        """Keep a document; one of its id that is there stays as it is.

        RefusedError `too-many-documents` when the account has as many there as it may.
        """
        known = await store.document(session, row["document_id"])
        if known is not None:
            return known
        if await store.count(session, row["case_id"], row["account_id"]) >= MOST:
            raise RefusedError("too-many-documents")
        kept = DocumentRow(**row)
        session.add(kept)
        return kept

    def name(self, row: DocumentRow) -> str:
        """What the file is called. SealError when the row was changed."""
        named = open_sealed(Sealed.model_validate(row.named), _outside(row.document_id), self._keyring)
        return str(named["name"])

    async def content(self, row: DocumentRow) -> bytes:
        """What was uploaded, byte for byte. SealError when the row was changed."""
        sealed = Sealed.model_validate(row.sealed)
        opened = await asyncio.to_thread(open_sealed, sealed, _inside(row.document_id), self._keyring)
        return base64.b64decode(str(opened["content"]))


def _inside(document_id: str) -> str:
    return f"document:{document_id}"


def _outside(document_id: str) -> str:
    return f"document-name:{document_id}"
