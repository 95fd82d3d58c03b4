"""One request to change something, and the memory of what was answered to it (D3)."""

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from contracts.actor import Actor
from contracts.policy.model import Text
from services.kit.db import Session
from services.officers.desk import store
from services.officers.desk.tables import CommandRow
from services.officers.web.problems import PASSING, RefusedError


@dataclass(frozen=True)
class Ask:
    """Who asks for what under which key. `target` is the opaque id of what it is about."""

    actor: Actor
    key: str
    digest: str
    act: str
    target: str

    @property
    def command_id(self) -> str:
        """Derives from account and key, so a repeat is the same command."""
        text = f"{self.actor.account_id}\x1f{self.key}"
        return "k" + hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Reply:
    """What is answered to a write."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


def request_digest(secret: str, method: str, path: str, query: str, body: object) -> str:
    """What makes two requests the same one, as a keyed digest: a body may hold a password or an ID number."""
    text = json.dumps([method, path, query, body], sort_keys=True, separators=(",", ":"))
    return hmac.digest(secret.encode(), b"request:" + text.encode(), hashlib.sha256).hex()


async def begin(session: Session, ask: Ask) -> Reply | None:
    """Claim the key. The reply given before, or None when there is none yet: then act, and `settle`.

    Raises RefusedError `idempotency-key-reused` for another request under the key, and the refusal given
    before when it was one.
    """
    row = await store.claim(
        session,
        {
            "account_id": ask.actor.account_id,
            "idempotency_key": ask.key,
            "command_id": ask.command_id,
            "body_digest": ask.digest,
            "asked_at": datetime.now(UTC),
            "act": ask.act,
            "command": "",
            "workflow_id": "",
            "location": "",
        },
    )
    if row is None:
        return None
    if row.body_digest != ask.digest:
        raise RefusedError("idempotency-key-reused")
    return answered(row)


def answered(row: CommandRow) -> Reply | None:
    """The stored answer, None while there is none; a refusal is raised again."""
    if row.status is None:
        return None
    if "refused" in row.answer:
        refused = row.answer["refused"]
        sentence = Text.model_validate(refused["sentence"])
        refusal = RefusedError(refused["code"], sentence, extra=refused["extra"])
        refusal.repeated = True
        raise refusal
    headers = {"Location": row.location} if row.location else {}
    return Reply(row.status, row.answer, headers)


async def settle(session: Session, ask: Ask, reply: Reply) -> None:
    """Keep the answer for the repeats."""
    location = reply.headers.get("Location", "")
    values = {"status": reply.status, "answer": dict(reply.body), "location": location, "sealed": None}
    await store.settle(session, ask.command_id, values)


async def refuse(session: Session, ask: Ask, refusal: RefusedError, *, keep: bool) -> None:
    """Record the refused act; with `keep` its answer as well. What may pass by itself is neither."""
    if refusal.code in PASSING or refusal.repeated:
        return
    if keep:
        answer = {"code": refusal.code, "sentence": refusal.sentence.model_dump(), "extra": refusal.extra}
        values = {"status": refusal.status, "answer": {"refused": answer}}
        await store.settle(session, ask.command_id, values)
    await store.add_refusal(
        session,
        {
            "refusal_id": ask.command_id if keep else uuid.uuid4().hex,
            "at": datetime.now(UTC),
            "account_id": ask.actor.account_id,
            "person_id": ask.actor.person_id,
            "roles": " ".join(sorted({grant.role for grant in ask.actor.grants})),
            "act": ask.act,
            "target": ask.target,
            "code": refusal.code,
        },
    )
