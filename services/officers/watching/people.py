"""Who is due: everybody in process or in office, with every number that their papers ever named."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from contracts.base import Digest
from contracts.vocabulary import Subject


@dataclass(frozen=True)
class Number:
    """A number under which a person, or a firm of theirs, stands on lists; `liable` for what the firm does."""

    subject: Subject
    number: str
    name: str
    liable: bool = True


@dataclass(frozen=True)
class Due:
    """A case whose person is due, in the order of case ids. `papers` names the papers that say who it is.

    `vetoed`: it has ended by a veto, and its file is open.
    """

    case_id: str
    kind: str
    district: str
    person_id: str
    papers: str
    vetoed: bool = False


@dataclass(frozen=True)
class Everybody:
    """All who were due at an instant, and a digest over their cases and papers, which the record names as well."""

    due: tuple[Due, ...]
    digest: Digest

    def part(self, after: str, size: int) -> tuple[tuple[Due, ...], str]:
        """The next cases after an id, and the id with which the part ends; "" when it is the last."""
        rest = [one for one in self.due if one.case_id > after]
        return tuple(rest[:size]), rest[size - 1].case_id if len(rest) > size else ""


class People(Protocol):
    """The port to whoever knows the people."""

    async def due(self, at: datetime, district: str) -> Everybody:
        """Who was in process or in office at that instant, in the district; `all` means every one."""
        ...

    async def numbers(self, due: tuple[Due, ...]) -> dict[str, tuple[Number, ...]]:
        """The numbers of these cases; one whose papers cannot be read is left out, and so is missed."""
        ...
