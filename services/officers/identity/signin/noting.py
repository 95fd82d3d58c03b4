"""What sign-in tells the journal."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from contracts.actor import Actor
from services.kit.db import Session
from services.kit.logs import logger


class What(StrEnum):
    """What happened."""

    SIGNED_IN = "signed-in"
    REFUSED = "sign-in-refused"
    SHOWN_AGAIN = "authenticated-again"
    SIGNED_OUT = "signed-out"
    ALL_SIGNED_OUT = "all-signed-out"
    FACTOR_ADDED = "factor-added"
    FACTOR_REMOVED = "factor-removed"
    CODES_DRAWN = "recovery-codes-drawn"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105
    PASSWORD_SET = "password-set"  # noqa: S105


@dataclass(frozen=True)
class Note:
    """What happened to which account, from where. `account_id` is empty when the login is nobody's."""

    what: What
    account_id: str
    person_id: str
    address: str
    session_id: str = ""


Journal = Callable[[Session, Note], Awaitable[None]]
"""Writes a note in the transaction of what it tells of: neither is there without the other."""


def told(what: What, actor: Actor, address: str, session_id: str = "") -> Note:
    """That whoever is signed in did this."""
    return Note(what, actor.account_id, actor.person_id, address, session_id)


async def to_log(session: Session, note: Note) -> None:
    """The journal of a process that has no other: a line of the log."""
    del session
    logger.info(
        "sign-in", what=note.what.value, account_id=note.account_id, session_id=note.session_id or None
    )
