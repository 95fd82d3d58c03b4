"""Keys of a whole system in a folder, and claims made with them: what a service holds, and what a forger may try."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from contracts.actor import Actor
from contracts.claim import Claim
from contracts.commands.base import Command
from contracts.commands.nomination import RegisterReport
from contracts.record import CLAIM_PURPOSE, ENTRY_PURPOSE, ERRAND_PURPOSE, JOURNAL_PURPOSE, STEP_PURPOSE
from contracts.whose import owners
from services.ctl.keys import Keys
from services.kit.claims import ClaimChecker, signed
from services.kit.keywrap import FileWrapper
from services.kit.peoplekeys import PeopleFolder
from services.kit.sealing import Keyring
from services.kit.signing import SigningKey
from services.worker.errands import claimed_errand
from tests.peoplekeys import Everybody

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
OFFICER = Actor(account_id="a1", person_id="p1")

C = TypeVar("C", bound=Command)


@dataclass(frozen=True)
class KeySet:
    """Every key of one system."""

    keys: Keys

    @classmethod
    def make(cls, folder: Path) -> "KeySet":
        """New keys in a folder."""
        folder.mkdir(exist_ok=True)
        Keys(folder).make()
        return cls(Keys(folder))

    @property
    def public(self) -> Path:
        """The public halves, for all who check."""
        return self.keys.public

    @property
    def people_settings(self) -> dict[str, Path]:
        """Where the keys of people are, as the settings of a service name it."""
        return {"people_keys_dir": self.keys.people, "wrapping_keys_dir": self.keys.keyring("wrapping")}

    @property
    def people(self) -> PeopleFolder:
        """The keys of people, to be made and read."""
        return PeopleFolder(self.keys.people, FileWrapper(self.keys.keyring("wrapping")))

    def introduce(self, command: Command) -> None:
        """Keys for whom the command is about, as whoever registers people, or a report, makes them."""
        reporter = [command.reporter] if isinstance(command, RegisterReport) else []
        self.people.make(owners(command, reporter))

    @cached_property
    def claim(self) -> SigningKey:
        """The officers' service's."""
        return SigningKey.load(self.keys.signing("claim"), CLAIM_PURPOSE)

    @cached_property
    def journal(self) -> SigningKey:
        """The officers' service's, for what its journal has noted."""
        return SigningKey.load(self.keys.signing("journal"), JOURNAL_PURPOSE)

    @cached_property
    def errand(self) -> SigningKey:
        """The worker's, for what cases ask of one another."""
        return SigningKey.load(self.keys.signing("errand"), ERRAND_PURPOSE)

    @cached_property
    def step(self) -> SigningKey:
        """The worker's, for steps."""
        return SigningKey.load(self.keys.signing("step"), STEP_PURPOSE)

    @cached_property
    def entry(self) -> SigningKey:
        """The registry's, for what it recorded."""
        return SigningKey.load(self.keys.signing("entry"), ENTRY_PURPOSE)

    @cached_property
    def checker(self) -> ClaimChecker:
        """What worker and registry check claims with."""
        return ClaimChecker.load(self.keys.public)

    @cached_property
    def record(self) -> Keyring:
        """Of what is personal in events, whoever it is about."""
        return Keyring(self.keys.keyring("record"), Everybody())

    @cached_property
    def engine(self) -> Keyring:
        """Of Temporal's payloads."""
        return Keyring(self.keys.keyring("engine"))


def claim(target: str, command_id: str = "k1", actor: Actor = OFFICER) -> Claim:
    """A claim that is still to be filled by its command and signed."""
    return Claim(command_id=command_id, target=target, act="", body_digest="0" * 64, actor=actor, at=AT)


def owed(command: C, key: SigningKey, owing_case: str = "b1", number: int = 1) -> C:
    """The command as a case asks it of another, by its errand of this number."""
    asked = command.claimed_as(command.claim)
    return claimed_errand(asked, key, owing_case, number, command.target)


def claimed(command: C, key: SigningKey) -> C:
    """The command under a claim that covers it, signed."""
    filled = command.claimed_as(command.claim)
    return filled.model_copy(update={"claim": signed(filled.claim, key)})
