"""The keys of one machine: made at the first start, each for one purpose and in one holder's folder (D10, D17)."""

from dataclasses import dataclass
from pathlib import Path

from services.kit.sealing import Keyring
from services.kit.signing import create_key

HOLDERS = {
    "claim": "officers",
    "journal": "officers",
    "step": "worker",
    "errand": "worker",
    "entry": "registry",
}
"""What is signed, and who signs it."""
KEYRINGS = ("record", "engine", "officers/store", "notices/store")
"""What is sealed: personal data on the record, Temporal's payloads, and what two services keep for themselves."""


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

    def make(self) -> None:
        """Make every key that is missing, for its owner's eyes only."""
        publics = (self.public / purpose for purpose in HOLDERS)
        holders = (self.folder / holder for holder in HOLDERS.values())
        for folder in (self.folder, self.public, *publics, *holders, self.folder / "notices"):
            folder.mkdir(exist_ok=True, mode=0o700)
        for purpose in HOLDERS:
            create_key(self.signing(purpose), self.public / purpose)
        for name in KEYRINGS:
            Keyring.create(self.keyring(name))
