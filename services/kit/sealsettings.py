"""Settings of whoever seals what is people's own, and the keyrings that follow from them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from contracts.sealed import Algorithm, DigestName
from services.kit.keywrap import FileWrapper
from services.kit.locks import Suite
from services.kit.peoplekeys import PeopleFolder
from services.kit.sealing import Keyring, SealError
from services.kit.settings import ServiceSettings, SettingsError

T = TypeVar("T")


@dataclass(frozen=True)
class Rings:
    """The keys of people, and what new values are sealed with: every keyring of a process has them."""

    people: PeopleFolder
    suite: Suite

    def at(self, folder: Path) -> Keyring:
        """The keyring in this folder. Raises SettingsError, which names it, when there is none that can be used."""
        return _usable(lambda: Keyring(folder, self.people, self.suite))


class SealingSettings(ServiceSettings):
    """Where the keys of people are, and what new values are sealed with."""

    people_keys_dir: Path
    """The keys of people, each wrapped."""
    wrapping_keys_dir: Path
    """The keys under which those are wrapped."""
    seal_algorithm: Algorithm = Algorithm.AES_256_GCM
    """How new values are encrypted; the older ones name what they were encrypted with."""
    seal_digest: DigestName = DigestName.SHA_256
    """By which digest keys and nonces of new values are derived."""

    @cached_property
    def rings(self) -> Rings:
        """What keyrings are made with. Raises SettingsError naming what is missing or does not fit together."""
        suite = Suite(self.seal_algorithm, self.seal_digest)
        return _usable(
            lambda: Rings(
                PeopleFolder(self.people_keys_dir, FileWrapper(self.wrapping_keys_dir, suite)), suite
            )
        )


def _usable(made: Callable[[], T]) -> T:
    try:
        return made()
    except SealError as reason:
        raise SettingsError(str(reason)) from None
