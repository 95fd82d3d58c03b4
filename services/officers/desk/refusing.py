"""Refused acts: recorded before they are answered, and where a rule refused, kept for the repeats (D6)."""

import time
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic_core import to_jsonable_python

from contracts.commands.base import Command
from contracts.policy.model import Text
from contracts.refusals import RefusalCode
from services.kit.db import Database
from services.officers.desk import store
from services.officers.desk.ask import Ask
from services.officers.web.problems import PASSING, RefusedError
from services.officers.web.throttling import Rate

RESTS = "too-many-refusals"
_OWN = frozenset({RefusalCode.KEY_REUSED.value, RefusalCode.CLAIM_INVALID.value})
"""Refusals by a case that are not its answer to the command: of the first there is another, of the second none."""

A_SECOND = 1.0
"""Refused acts of one account that are recorded in the long run, and of five minutes at once."""

AHEAD = 300.0
REST = 60.0
"""Seconds that an account with more of them may ask for nothing."""


class Refusals:
    """The refused acts, no more of one account than a person brings about.

    So nobody fills the list to hide something in it. One more refusal is recorded as the last: `too-many-refusals`;
    then the account rests, and what it asks for meanwhile is not attempted.
    """

    def __init__(self, database: Database, now: Callable[[], float] = time.monotonic) -> None:
        """`now` is a clock that never goes back, in seconds."""
        self._database = database
        self._now = now
        self._rate = Rate(A_SECOND, AHEAD, now)
        self._resting: dict[str, float] = {}

    def check(self, account_id: str) -> None:
        """RefusedError `too-many-refusals` while the account rests."""
        until = self._resting.get(account_id)
        if until is None:
            return
        left = until - self._now()
        if left > 0:
            raise RefusedError(RESTS, headers={"Retry-After": str(int(left) + 1)})
        del self._resting[account_id]

    async def record(self, ask: Ask, refusal: RefusedError, decided: Command | None) -> None:
        """Record the refused act; with its answer, when a case decided on the command. What may pass by itself is not.

        Raises UnavailableError when it cannot be recorded: then that is the answer.
        """
        if refusal.code in PASSING or refusal.recorded:
            return
        account_id = ask.actor.account_id
        rows = [_row(ask, refusal, decided)]
        if account_id not in self._resting and self._rate.wait(account_id):
            self._resting[account_id] = self._now() + REST
            rows.append(_row(ask, RefusedError(RESTS), None))
        await self._database.unit(lambda unit: store.refuse(unit, rows))
        refusal.recorded = True


def _row(ask: Ask, refusal: RefusedError, decided: Command | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "refusal_id": uuid.uuid4().hex,
        "at": datetime.now(UTC),
        "account_id": ask.actor.account_id,
        "person_id": ask.actor.person_id,
        "roles": " ".join(sorted({grant.role for grant in ask.actor.grants})),
        "act": ask.act,
        "target": ask.target,
        "code": refusal.code,
        "body_digest": "",
        "answer": None,
    }
    if decided is not None and refusal.code not in _OWN:
        row |= {
            "refusal_id": decided.command_id,
            "body_digest": decided.body_digest,
            "answer": {
                "code": refusal.code,
                "sentence": refusal.sentence.model_dump(),
                "extra": to_jsonable_python(refusal.extra),
            },
        }
    return row


def again(answer: Mapping[str, Any]) -> RefusedError:
    """A refusal that was given before, said again."""
    sentence = Text.model_validate(answer["sentence"])
    refusal = RefusedError(answer["code"], sentence, extra=_spoken_again(answer["extra"]))
    refusal.recorded = True
    return refusal


def _spoken_again(kept: Any) -> Any:
    """What came with a refusal, as it was before it was kept: what has both languages is a text again."""
    match kept:
        case {"zh": str(), "en": str(), **rest} if not rest:
            return Text.model_validate(kept)
        case dict():
            return {name: _spoken_again(value) for name, value in kept.items()}
        case list():
            return [_spoken_again(value) for value in kept]
        case _:
            return kept
