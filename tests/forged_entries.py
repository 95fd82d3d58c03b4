"""What somebody with the registry's password at the broker can publish as entries of the record, without its key."""

from collections.abc import Callable
from typing import TypeAlias

from contracts.base import NO_DIGEST, Digest
from contracts.canonical import canonical
from contracts.names import ENTRY_HASH_HEADER, INDEX_HEADER, SEAL_HEADER, record_subject
from contracts.record import entry_hash
from services.kit.recordreader import Entry
from services.registry.intake import Head
from services.registry.ledger import Entry as Recorded
from services.registry.publisher import outgoing
from tests.claims import KeySet
from tests.record_steps import TYPE, history

Message: TypeAlias = tuple[str, bytes, dict[str, str]]
"""Subject, body and headers."""
Forge: TypeAlias = Callable[[KeySet, Head], Message]


def entry(keys: KeySet, index: int, previous: Digest) -> Message:
    """An entry at an index behind another, told as the registry tells it, but sealed with a key of the worker's."""
    (event,) = history(keys, "forged", (1,))[0]
    body = canonical(event)
    digest = Entry(index, "", body).digest
    hashed = entry_hash(index, digest, previous)
    made = Recorded(index, "forged", 1, "nomination", TYPE, 1, digest, hashed, body.decode())
    ((subject, _, headers),) = outgoing([made], keys.step)
    return subject, body, dict(headers)


def following(keys: KeySet, head: Head) -> Message:
    """The next entry, well chained."""
    return entry(keys, head.length, head.entry_hash)


def told_otherwise(**headers: str | None) -> Forge:
    """The next entry with some of its headers changed, or left out."""

    def forge(keys: KeySet, head: Head) -> Message:
        subject, body, told = following(keys, head)
        changed = {**told, **{HEADERS[name]: value for name, value in headers.items()}}
        return subject, body, {name: value for name, value in changed.items() if value is not None}

    return forge


HEADERS = {"index": INDEX_HEADER, "entry_hash": ENTRY_HASH_HEADER, "seal": SEAL_HEADER}

FORGED: dict[str, Forge] = {
    "the next entry, sealed with another key": following,
    "an entry far ahead": lambda keys, head: entry(keys, head.length + 5, NO_DIGEST),
    "another first entry": lambda keys, _: entry(keys, 0, NO_DIGEST),
    "without a seal": told_otherwise(seal=None),
    "on the subject of another kind": lambda keys, head: (
        record_subject("batch", TYPE, 1),
        *following(keys, head)[1:],
    ),
    "no event at all": lambda keys, head: (
        following(keys, head)[0],
        b"no event",
        following(keys, head)[2],
    ),
    "without its headers": told_otherwise(index=None, entry_hash=None, seal=None),
    "at an index below zero": told_otherwise(index="-1"),
    "under a hash that is not its own": told_otherwise(entry_hash="0" * 64),
    "with a seal that is none": told_otherwise(seal="nonsense"),
}
