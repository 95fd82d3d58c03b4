"""An entry of a list as it is known everywhere: by the digest of what it says. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from contracts.base import Digest
from contracts.canonical import digest_of
from contracts.listed import Entry


@dataclass(frozen=True)
class Line:
    """One line of a list: an entry, and whether an increment takes it off. `cell` is where its number stands."""

    entry: Entry
    off: bool
    cell: str

    @property
    def masked(self) -> bool:
        """Whether its number is hidden in part: it never matches anybody."""
        return "*" in self.entry.number

    @property
    def digest(self) -> Digest:
        """Of what the entry says: one that says something else is another entry."""
        return digest_of(self.entry.model_dump(mode="json"))


def entries_digest(lines: Iterable[Line]) -> Digest:
    """Over the sorted digests of the entries, those taken off with a mark: whoever has the file makes it again."""
    said = sorted(("-" if line.off else "+") + line.digest for line in lines)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
