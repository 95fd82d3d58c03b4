"""The keys of one machine: made at the first start, each for one purpose and in one holder's folder (D10, D17)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from services.kit.keywrap import FileWrapper
from services.kit.peoplekeys import PeopleFolder
from services.kit.sealing import Keyring, SealError
from services.kit.signing import create_key

HOLDERS = {
    "claim": "officers",
    "journal": "officers",
    "step": "worker",
    "errand": "worker",
    "entry": "registry",
}
"""What is signed, and who signs it."""
KEYRINGS = ("record", "engine", "officers/store", "notices/store", "wrapping")
"""What is sealed: personal data on the record, Temporal's payloads, what two services keep for themselves; and the
keys of people."""


@dataclass(frozen=True)
class Keys:
    """The folder of keys. Nothing here is ever overwritten: without a key what it sealed is lost."""

    folder: Path

    @property
    def public(self) -> Path:
        """The public halves, a folder for each purpose, for all who check."""
        return self.folder / "public"

    def signing(self, purpose: str) -> Path:
        """The private key for one of HOLDERS."""
        return self.folder / HOLDERS[purpose] / f"{purpose}.key"

    def keyring(self, name: str) -> Path:
        """The folder of one of KEYRINGS; KeyError for another name."""
        if name not in KEYRINGS:
            raise KeyError(name)
        return self.folder / name

    @property
    def people(self) -> Path:
        """The keys of people, each wrapped; made by whoever registers them."""
        return self.folder / "people"

    def faults(self) -> list[str]:
        """What is missing or does not open, a sentence each. Nothing is made."""
        found = [fault for name in KEYRINGS for fault in _faults(partial(Keyring, self.keyring(name)))]
        return found or _faults(
            lambda: PeopleFolder(self.people, FileWrapper(self.keyring("wrapping"))).all()
        )

    def make(self) -> None:
        """Make every key that is missing, for its owner's eyes only."""
        publics = (self.public / purpose for purpose in HOLDERS)
        holders = (self.folder / holder for holder in HOLDERS.values())
        for folder in (self.folder, self.public, *publics, *holders, self.folder / "notices", self.people):
            folder.mkdir(exist_ok=True, mode=0o700)
        for purpose in HOLDERS:
            create_key(self.signing(purpose), self.public / purpose)
        for name in KEYRINGS:
            Keyring.create(self.keyring(name))


def _faults(look: Callable[[], object]) -> list[str]:
    try:
        look()
    except SealError as reason:
        return [str(reason)]
    return []
