"""Keys of people for tests that invent their people: everybody has one, drawn from their id."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from contracts.sealed import Algorithm, DigestName
from services.kit.keywrap import FileWrapper
from services.kit.locks import Suite
from services.kit.peoplekeys import PeopleFolder
from services.kit.sealing import Keyring

SUITES = [Suite(algorithm, digest) for algorithm in Algorithm for digest in DigestName]


class Everybody:
    """Knows a key of whoever is asked for."""

    def key(self, owner: str) -> bytes:
        """Always the same one."""
        return sha256(owner.encode()).digest()

    def make(self, owners: Iterable[str]) -> None:
        """They are there already."""


def everybodys(directory: Path) -> Keyring:
    """The keyring in a folder, made there if it is not, for values of anybody."""
    Keyring.create(directory)
    return Keyring(directory, Everybody())


def people_in(directory: Path) -> PeopleFolder:
    """The keys of people below a folder, and what they are wrapped under; made there if they are not."""
    (directory / "people").mkdir(exist_ok=True, mode=0o700)
    Keyring.create(directory / "wrapping")
    return PeopleFolder(directory / "people", FileWrapper(directory / "wrapping"))
