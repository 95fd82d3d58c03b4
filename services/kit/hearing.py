"""Which of the entries that were heard may be believed: pure, it holds the next ones until one is sealed (D4, D17).

Whoever may publish can say anything. An entry counts when it is the next, when its hash follows from the last one that
was applied and from its own bytes, and when the registry's seal on it or on a later one holds.
"""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from contracts.base import Digest
from contracts.claim import Signature
from contracts.names import ENTRY_HASH_HEADER, INDEX_HEADER, SEAL_HEADER, record_subject
from contracts.record import entry_hash
from services.kit.cursor import Place
from services.kit.recordreader import Entry
from services.kit.signing import Verifier

MOST_AHEAD = 2000
"""Entries kept that came before their predecessors."""


class Heard(Enum):
    """What an entry that was heard turned out to be."""

    OLD = "old"
    NEXT = "next"
    AHEAD = "ahead"
    """One before it was not heard: to be fetched."""
    FORGED = "forged"
    """It contradicts itself, its seal or what is known: to be told, and fetched instead."""


class Said(NamedTuple):
    """An entry as it was heard, with the seal on it; most have none."""

    entry: Entry
    seal: str


class Hearing:
    """The entries behind a place, as they are heard."""

    def __init__(self, seals: Verifier, place: Place) -> None:
        self._seals = seals
        self._place = place
        self._chained: list[Said] = []
        """What follows the place, one on the other."""
        self._sealed = 0
        """How many of them a seal covers."""
        self._ahead: dict[int, Said] = {}

    def hear(self, subject: str, headers: Mapping[str, str], body: bytes) -> Heard:
        """Take a message of the stream."""
        index, told = headers.get(INDEX_HEADER, ""), headers.get(ENTRY_HASH_HEADER, "")
        if not (index.isascii() and index.isdigit() and len(index) < 16):
            return Heard.FORGED
        entry = Entry(int(index), told, body)
        if not _fits(entry, subject):
            return self._forget()
        return self._put(Said(entry, headers.get(SEAL_HEADER, "")))

    def take(self, most: int) -> list[Entry]:
        """Up to `most` of the entries that may be believed, in order. They are not given again."""
        count = min(most, self._sealed)
        taken, self._chained = [said.entry for said in self._chained[:count]], self._chained[count:]
        self._sealed -= count
        if taken:
            self._place = Place(taken[-1].index, taken[-1].entry_hash)
        return taken

    @property
    def holed(self) -> bool:
        """Whether entries came whose predecessors did not."""
        return bool(self._ahead)

    @property
    def unproven(self) -> int:
        """The highest index of an entry that waits for its seal or its predecessor; -1 when none does."""
        return max((*self._ahead, *(said.entry.index for said in self._chained[self._sealed :])), default=-1)

    def contradicts(self, entry: Entry) -> bool:
        """Whether another entry was heard in the place of this one."""
        number = entry.index - self._place.index - 1
        known = self._chained[number] if 0 <= number < len(self._chained) else self._ahead.get(entry.index)
        return known is not None and known.entry != entry

    def restart(self, place: Place) -> bool:
        """Go on behind this place, up to which everything is applied. False when what was heard contradicts itself."""
        heard = self._heard()
        self._place, self._chained, self._sealed, self._ahead = place, [], 0, {}
        return Heard.FORGED not in [self._put(said) for said in heard]

    def _heard(self) -> list[Said]:
        return [*self._chained, *(self._ahead[index] for index in sorted(self._ahead))]

    def _put(self, said: Said) -> Heard:
        entry = said.entry
        number = entry.index - self._place.index - 1
        if number < 0:
            return Heard.OLD
        if self.contradicts(entry):
            self._ahead.pop(entry.index, None)
            return self._forget()
        if number > len(self._chained):
            if len(self._ahead) < MOST_AHEAD:
                self._ahead[entry.index] = said
            return Heard.AHEAD
        if number == len(self._chained):
            if entry_hash(entry.index, entry.digest, self._last) != entry.entry_hash:
                return self._forget()
            self._chained.append(said)
            self._ahead.pop(entry.index, None)
        return self._seal(number, said)

    def _seal(self, number: int, said: Said) -> Heard:
        if not said.seal:
            return Heard.NEXT
        if not self._holds(said):
            return self._forget()
        self._sealed = max(self._sealed, number + 1)
        return Heard.NEXT

    @property
    def _last(self) -> Digest:
        return self._chained[-1].entry.entry_hash if self._chained else self._place.entry_hash

    def _holds(self, said: Said) -> bool:
        key_id, _, value = said.seal.partition(":")
        try:
            signature = Signature(key_id=key_id, value=value)
        except ValueError:
            return False
        return self._seals.holds(said.entry.entry_hash.encode(), signature)

    def _forget(self) -> Heard:
        # Of what no seal covers nothing can be told from the forgery.
        self._chained = self._chained[: self._sealed]
        return Heard.FORGED


def _fits(entry: Entry, subject: str) -> bool:
    try:
        said = entry.said
        return subject == record_subject(said["kind"], said["type"], said["version"]) and bool(
            said["case_id"]
        )
    except (ValueError, LookupError, TypeError):
        return False
