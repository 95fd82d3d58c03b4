"""Refused acts: recorded before they are answered, and where a rule refused, kept for the repeats (D6)."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from contracts.commands.base import Command
from contracts.policy.model import Text
from contracts.refusals import RefusalCode
from services.kit.db import Database
from services.officers.desk import store
from services.officers.desk.ask import Ask
from services.officers.web.problems import PASSING, RefusedError

_OWN = frozenset({RefusalCode.KEY_REUSED.value, RefusalCode.CLAIM_INVALID.value})
"""Refusals by a case that are not its answer to the command: of the first there is another, of the second none."""


async def record(database: Database, ask: Ask, refusal: RefusedError, decided: Command | None) -> None:
    """Record the refused act; with its answer, when a case decided on the command. What may pass by itself is not.

    Raises UnavailableError when it cannot be recorded: then that is the answer.
    """
    if refusal.code in PASSING or refusal.recorded:
        return
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
                "extra": refusal.extra,
            },
        }
    await database.unit(lambda unit: store.refuse(unit, row))
    refusal.recorded = True


def again(answer: Mapping[str, Any]) -> RefusedError:
    """A refusal that was given before, said again."""
    sentence = Text.model_validate(answer["sentence"])
    refusal = RefusedError(answer["code"], sentence, extra=answer["extra"])
    refusal.recorded = True
    return refusal
