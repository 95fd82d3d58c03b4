"""Who was shown what, folded out of the journal's lines. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.officers.journal.notes import Noted

SHOWN = frozenset({Noted.READ.value, Noted.REVEAL.value, Noted.EXPORT.value, Noted.EMERGENCY.value})
"""What shows data to whoever does it."""


class Line(Protocol):
    """A row of the journal."""

    what: str
    at: datetime
    person_id: str
    account_id: str
    roles: str
    target: str
    fields: str


@dataclass(frozen=True)
class Reader:
    """Somebody who was shown it, under one account: in which roles, when first and last, and by what."""

    person_id: str
    account_id: str
    roles: tuple[str, ...]
    first: datetime
    last: datetime
    targets: tuple[str, ...]


def readers(lines: Iterable[Line], parts: Collection[str]) -> list[Reader]:
    """Everybody to whom one of the parts was shown, in the order in which they first were; lines oldest first."""
    found: dict[tuple[str, str], Reader] = {}
    for line in lines:
        if line.what not in SHOWN or not set(parts).intersection(line.fields.split()):
            continue
        who = (line.person_id, line.account_id)
        before = found.get(who, Reader(*who, (), line.at, line.at, ()))
        found[who] = Reader(
            *who,
            tuple(sorted({*before.roles, *line.roles.split()})),
            before.first,
            line.at,
            tuple(dict.fromkeys((*before.targets, line.target))),
        )
    return list(found.values())
