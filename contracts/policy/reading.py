"""The shape of what is personal: how far it reaches, who is shown it to act, and to whom it is shown for a purpose."""

from typing import Literal, TypeAlias

from pydantic import Field

from contracts.base import Contract
from contracts.policy.text import Text

PersonalField: TypeAlias = Literal[
    "id_number", "contact", "request", "findings", "replies", "reports", "opinion"
]
"""What is personal in a case: of the dossier the number and the ways to reach the person; what the person asks for;
what was found; what the departments answered; the reports as they came; why the discipline group thinks as it does."""


class Personal(Contract):
    """One such part of a case."""

    code: PersonalField
    name: Text
    tier: Literal["T2", "T3", "T4"]
    """How far it reaches (domain §8.5)."""
    acting: tuple[str, ...] = ()
    """Roles that need it to act: in an open task that asks one of them it stands in clear."""
    revealed_to: tuple[str, ...] = ()
    """Roles to which it is shown when they name a purpose, on the cases that are theirs."""


class Purpose(Contract):
    """Why somebody asks to be shown what is masked."""

    code: str = Field(pattern=r"^[a-z][a-z-]{0,40}$")
    name: Text


LONGEST_EMERGENCY = 60
"""Minutes: no policy lets an emergency last longer."""


class EmergencyPurpose(Contract):
    """Why somebody may have to read at once what is not theirs to read, and which personal parts that needs."""

    code: str = Field(pattern=r"^[a-z][a-z-]{0,40}$")
    name: Text
    parts: tuple[PersonalField, ...] = ()


class Emergency(Contract):
    """Reading in an emergency: how long it lasts at most, and for what."""

    minutes: int = Field(ge=1, le=LONGEST_EMERGENCY)
    purposes: tuple[EmergencyPurpose, ...] = Field(min_length=1)

    def purpose(self, code: str) -> EmergencyPurpose | None:
        """The purpose of this code; None when the policy has none."""
        return next((one for one in self.purposes if one.code == code), None)


class Disclosure(Contract):
    """What a version says of personal data. What it does not name is shown to nobody but whom it concerns."""

    personal: tuple[Personal, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    emergency: Emergency | None = None
    """None: nobody reads in an emergency."""

    @property
    def every_purpose(self) -> tuple[Purpose | EmergencyPurpose, ...]:
        """What the journal may name: why something was revealed, and why somebody read in an emergency."""
        return (*self.purposes, *(self.emergency.purposes if self.emergency is not None else ()))
