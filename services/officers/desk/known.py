"""What is known of an idempotency key: what it was used for, and what came of it."""

from dataclasses import dataclass
from typing import Any

from contracts.commands.base import Accepted
from services.officers.desk.ask import Reply


@dataclass(frozen=True)
class Known:
    """A key that was used: by which account, and for what, as a digest. Another digest is another request."""

    command_id: str
    account_id: str
    digest: str


@dataclass(frozen=True)
class Recorded(Known):
    """The record has what came of it."""

    act: str
    accepted: Accepted


@dataclass(frozen=True)
class Refused(Known):
    """The case refused it."""

    answer: Any


@dataclass(frozen=True)
class Unanswered(Known):
    """It was sent to a case of this kind, and there is no answer yet. `sealed` is the command (sent.py)."""

    kind: str
    sealed: Any


@dataclass(frozen=True)
class Kept(Known):
    """No case decided it: the answer was kept here. The body of `reply` is as it lies there (kept.py)."""

    reply: Reply
