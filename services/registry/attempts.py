"""What is kept of what was sent and not recorded, and the alarm about it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from contracts.record import Attempt, Declined
from services.kit.logs import logger
from services.registry.steps import Sender

KEPT = 16 * 1024
"""Bytes of a message that are kept: enough to see what it was, too little to fill the disk with a few."""

ITSELF = "registry"
NO_ALARM = "key-reused"
"""A person can bring it about, by sending another body under a used key."""


@dataclass(frozen=True, slots=True)
class Attempted:
    """A message that was not recorded. `mark` is the same for the same message refused again for the same reason."""

    mark: str
    code: str
    detail: str
    service: str
    key_id: str | None
    account_id: str | None
    case_id: str | None
    command_id: str | None
    body: bytes
    size: int
    at: datetime


def refused_here(sender: Sender, raw: bytes, declined: Declined) -> Attempted:
    """What is kept of a step that the record declined."""
    return Attempted(
        _mark(declined.code, raw),
        declined.code,
        declined.detail,
        ITSELF,
        *sender,
        raw[:KEPT],
        len(raw),
        datetime.now(UTC),
    )


def refused_elsewhere(attempt: Attempt, raw: bytes) -> Attempted:
    """What is kept of an act that a service refused and told of."""
    return Attempted(
        _mark(attempt.code, raw),
        attempt.code,
        f"{attempt.act}: {attempt.detail}"[:500],
        attempt.service,
        None,
        None,
        attempt.target,
        attempt.command_id,
        raw[:KEPT],
        len(raw),
        datetime.now(UTC),
    )


def raise_alarm(attempted: Attempted) -> None:
    """Say in the log who sent what cannot be, as far as the message tells."""
    log = logger.warning if attempted.code == NO_ALARM else logger.error
    log(
        "alarm: something was sent to the record and refused",
        code=attempted.code,
        detail=attempted.detail,
        reason=attempted.service,
        key_id=attempted.key_id,
        account_id=attempted.account_id,
        case_id=attempted.case_id,
        command_id=attempted.command_id,
    )


def _mark(code: str, raw: bytes) -> str:
    return hashlib.sha256(code.encode() + b"\x00" + raw).hexdigest()
