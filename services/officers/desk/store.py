"""What was answered under a key, what was refused, what is still to be answered: on bare connections."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import BindParameter, Text, bindparam, delete, exists, literal, select, type_coerce, union_all
from sqlmodel import col
from sqlmodel import select as rows_of
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.commands.base import Accepted
from services.kit.db import Unit
from services.kit.statements import Prepared, add_new, inserted, put
from services.officers.desk.ask import Reply
from services.officers.desk.known import Kept, Known, Recorded, Refused, Unanswered
from services.officers.desk.tables import KeptRow, RefusedRow, UnansweredRow
from services.officers.readmodel.tables import AnswerRow

_REFUSALS = RefusedRow.metadata.tables["refusals"]
_UNANSWERED = UnansweredRow.metadata.tables["unanswered"]
_KEPT = KeptRow.metadata.tables["kept"]

Place = tuple[datetime, str]
"""Where a command stands among those that wait: when it was asked first, then by its id."""


class Source(IntEnum):
    """Where an answer was found; of several the first counts."""

    RECORD = 0
    REFUSED = 1
    UNANSWERED = 2
    KEPT = 3


_ID: BindParameter[str] = bindparam("command_id")
_NONE, _ZERO = literal(""), literal(0)


def _rows(source: Source, table: Any, ident: Any, digest: Any, *said: Any) -> Any:
    account = col(table.account_id)
    return select(literal(int(source)).label("source"), account, col(digest), *said).where(col(ident) == _ID)


_ANSWERS = union_all(
    _rows(
        Source.RECORD,
        AnswerRow,
        AnswerRow.command_id,
        AnswerRow.body_digest,
        *(col(AnswerRow.act), col(AnswerRow.case_id), col(AnswerRow.sequence), col(AnswerRow.entry_index)),
        *(_ZERO, _NONE, _NONE),
    ),
    _rows(
        Source.REFUSED,
        RefusedRow,
        RefusedRow.refusal_id,
        RefusedRow.body_digest,
        *(col(RefusedRow.act), _NONE, _ZERO, _ZERO, _ZERO, type_coerce(col(RefusedRow.answer), Text), _NONE),
    ),
    _rows(
        Source.UNANSWERED,
        UnansweredRow,
        UnansweredRow.command_id,
        UnansweredRow.body_digest,
        *(
            col(UnansweredRow.kind),
            _NONE,
            _ZERO,
            _ZERO,
            _ZERO,
            type_coerce(col(UnansweredRow.sealed), Text),
            _NONE,
        ),
    ),
    _rows(
        Source.KEPT,
        KeptRow,
        KeptRow.command_id,
        KeptRow.request_digest,
        *(_NONE, _NONE, _ZERO, _ZERO, col(KeptRow.status), type_coerce(col(KeptRow.answer), Text)),
        col(KeptRow.location),
    ),
)
_RECALL = Prepared(_ANSWERS)


def recall(unit: Unit, command_id: str) -> Known | None:
    """What is known of the command, in one statement; None of one that was never answered here."""
    rows = _RECALL.run(unit, command_id=command_id).all()
    if not rows:
        return None
    source, account, digest, *said = min(rows)
    return _KNOWN[Source(source)]((command_id, account, digest), *said)


_Whose = tuple[str, str, str]


def _recorded(whose: _Whose, act: str, case_id: str, sequence: int, index: int, *_: Any) -> Known:
    return Recorded(*whose, act, Accepted(case_id=case_id, sequence=sequence, index=index))


def _refused(whose: _Whose, *said: Any) -> Known:
    return Refused(*whose, json.loads(said[5]))


def _unanswered(whose: _Whose, kind: str, *said: Any) -> Known:
    return Unanswered(*whose, kind, json.loads(said[4]))


def _kept(whose: _Whose, *said: Any) -> Known:
    _, _, _, _, status, content, location = said
    return Kept(*whose, Reply(status, json.loads(content), {"Location": location} if location else {}))


_KNOWN: Mapping[Source, Callable[..., Known]] = {
    Source.RECORD: _recorded,
    Source.REFUSED: _refused,
    Source.UNANSWERED: _unanswered,
    Source.KEPT: _kept,
}


def refuse(unit: Unit, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep refused acts; the same one is kept once. They need no other answer any more."""
    add_new(unit, _REFUSALS, rows)
    refused = [row["refusal_id"] for row in rows]
    unit.execute(delete(_UNANSWERED).where(_UNANSWERED.c.command_id.in_(refused)))


def leave(unit: Unit, row: Mapping[str, Any]) -> None:
    """Keep a command that was not answered."""
    add_new(unit, _UNANSWERED, [row])


def unanswered(unit: Unit, limit: int, after: Place | None = None) -> list[tuple[datetime, Unanswered]]:
    """Commands that wait for an answer, each with the instant at which it was asked first: those after the place."""
    at, ident = _UNANSWERED.c.asked_at, _UNANSWERED.c.command_id
    wanted = select(_UNANSWERED).order_by(at, ident).limit(limit)
    if after is not None:
        wanted = wanted.where((at > after[0]) | ((at == after[0]) & (ident > after[1])))
    return [
        (
            row.asked_at,
            Unanswered(row.command_id, row.account_id, row.body_digest, row.kind, row.sealed),
        )
        for row in unit.execute(wanted)
    ]


def drop_answered(unit: Unit) -> None:
    """Forget the commands whose answers have come."""
    there = exists().where(col(AnswerRow.command_id) == _UNANSWERED.c.command_id)
    unit.execute(delete(_UNANSWERED).where(there))


def keep(unit: Unit, row: Mapping[str, Any]) -> None:
    """Keep an answer for the repeats; of two under one key the first stays."""
    add_new(unit, _KEPT, [row])


async def claim(session: AsyncSession, row: Mapping[str, Any]) -> bool:
    """Claim a key until the end of the unit; False when another has it, which then was answered."""
    return await inserted(session, KeptRow, dict(row))


async def keep_claimed(session: AsyncSession, row: Mapping[str, Any]) -> None:
    """Keep the answer under the claimed key."""
    await put(session, KeptRow, [dict(row)], key="command_id")


async def refusals_after(
    session: AsyncSession, at: datetime, refusal_id: str, limit: int
) -> Sequence[RefusedRow]:
    """A page of refused acts, oldest first, after the given place."""
    later = (col(RefusedRow.at) > at) | (
        (col(RefusedRow.at) == at) & (col(RefusedRow.refusal_id) > refusal_id)
    )
    wanted = rows_of(RefusedRow).where(later).order_by(col(RefusedRow.at), col(RefusedRow.refusal_id))
    return (await session.exec(wanted.limit(limit))).all()
