"""One request to change something, and what is answered to it (D3)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contracts.actor import Actor
from contracts.base import NO_DIGEST
from contracts.claim import Claim
from contracts.commands.base import Accepted

_CREATES: Mapping[str, str] = {
    "ask-about-data": "/v1/cases/",
    "ask-access": "/v1/access/",
    "ask-emergency": "/v1/emergencies/",
    "open-award": "/v1/cases/",
    "open-batch": "/v1/batches/",
    "open-removal": "/v1/cases/",
    "open-screening": "/v1/cases/",
    "import-list": "",
    "import-indexes": "",
    "import-seats": "",
    "propose-policy": "/v1/policies/proposals/",
    "record-attendance": "",
    "record-death": "",
    "record-seat": "",
    "register-report": "",
    "report-conflict": "",
    "resign": "",
    "submit-roster": "",
}
"""Acts that are answered with 201, and where what they created is found."""

_NOWHERE = "none"


def command_id(account_id: str, key: str) -> str:
    """Derives from account and key, so a repeat is the same command."""
    return "k" + hashlib.sha256(f"{account_id}\x1f{key}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Ask:
    """Who asks for what, as which command. `target` is the opaque id of what it is about."""

    actor: Actor
    command_id: str
    act: str
    target: str

    def claim(self, actor: Actor, at: datetime, target: str = _NOWHERE) -> Claim:
        """What is claimed with a command: it is completed from the command, and signed, when that is sent."""
        return Claim(
            command_id=self.command_id, target=target, act=_NOWHERE, body_digest=NO_DIGEST, actor=actor, at=at
        )


@dataclass(frozen=True)
class Reply:
    """What is answered to a write."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


def done(ident: str, act: str, accepted: Accepted) -> Reply:
    """The answer to an act that is on the record: the same however often it is asked for."""
    # How far the case is, is not said: that would count what the caller may not know of.
    body = {**accepted.model_dump(include={"case_id", "index"}), "command_id": ident}
    place = _CREATES.get(act)
    headers = {"Location": place + accepted.case_id} if place else {}
    return Reply(200 if place is None else 201, body, headers)


def pending(ident: str) -> Reply:
    """The answer to an act that is not on the record yet, with a place to ask."""
    return Reply(202, {"command_id": ident, "state": "pending"}, {"Location": f"/v1/commands/{ident}"})
