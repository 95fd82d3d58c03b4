"""What happens to accounts. Whoever keeps accounts takes it from here; nothing else changes them.

Logins, names and ID numbers are sealed. Roles, units and districts say nothing about a person.
"""

from typing import ClassVar

from contracts.access import AnyRequest, Given, OfAccount
from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.emergency import Addressed, Reach
from contracts.events.base import Event


class Asked(Contract):
    """The request whole, as it was read by whoever decided on it."""

    request: AnyRequest
    reason: str


class AccessAsked(Event):
    """A change of accounts is laid before a second person."""

    type: ClassVar[str] = "access-asked"
    what: str
    asked_by: OpaqueId
    people: tuple[OpaqueId, ...]
    """Whom it concerns: none of them decides on it."""
    content_digest: Digest
    private: Asked


class OpenedAccount(Contract):
    """An account that was opened."""

    account_id: OpaqueId
    person_id: OpaqueId
    firms: tuple[Digest, ...] = ()
    grants: tuple[Given, ...] = ()


class Logins(Contract):
    """By account, the name under which it signs in."""

    logins: dict[OpaqueId, str]


class AccountsOpened(Event):
    """Two people stand behind these accounts. Until `codes_until` their holders may set a password by a code."""

    type: ClassVar[str] = "accounts-opened"
    decides: ClassVar[bool] = True
    accounts: tuple[OpenedAccount, ...]
    codes_until: Instant
    private: Logins


class GrantsChanged(Event):
    """The account has these grants instead of those it had."""

    type: ClassVar[str] = "grants-changed"
    decides: ClassVar[bool] = True
    account_id: OpaqueId
    person_id: OpaqueId
    grants: tuple[Given, ...]


class AccountDisabled(Event):
    """The account is closed. This takes force when one person asks for it, and ends when a second one says no."""

    type: ClassVar[str] = "account-disabled"
    decides: ClassVar[bool] = True
    account_id: OpaqueId
    person_id: OpaqueId


class AccountEnabled(Event):
    """The account may sign in again."""

    type: ClassVar[str] = "account-enabled"
    decides: ClassVar[bool] = True
    account_id: OpaqueId
    person_id: OpaqueId


class CredentialsReset(Event):
    """The password is no more, and every session with it. Until `codes_until` the holder may set another by a code."""

    type: ClassVar[str] = "credentials-reset"
    decides: ClassVar[bool] = True
    account_id: OpaqueId
    person_id: OpaqueId
    codes_until: Instant


class CodesWitnessed(Event):
    """The witness has seen the cards of these holders, and took the third part of their codes to hand it over.

    What a witness took before of the same accounts counts no more.
    """

    type: ClassVar[str] = "codes-witnessed"
    witness: OpaqueId
    accounts: tuple[OfAccount, ...]


class PersonsMerged(Event):
    """Two identities are one natural person: their accounts are the kept one's, and the acts of both count as one's."""

    type: ClassVar[str] = "persons-merged"
    decides: ClassVar[bool] = True
    kept: OpaqueId
    merged: OpaqueId


class PersonsSplit(Event):
    """They are two people again, each with the accounts that were opened for them."""

    type: ClassVar[str] = "persons-split"
    decides: ClassVar[bool] = True
    kept: OpaqueId
    merged: OpaqueId


class EmergencyGranted(Event):
    """This person may read what the purpose needs, until this instant at the latest; and signs nothing by it."""

    type: ClassVar[str] = "emergency-granted"
    decides: ClassVar[bool] = True
    account_id: OpaqueId
    person_id: OpaqueId
    purpose: str
    reach: Reach
    until: Instant


class EmergencyRead(Event):
    """A case was read in the emergency. It stands here before anything of it was shown."""

    whose: ClassVar[str] = "person_id"
    type: ClassVar[str] = "emergency-read"
    reader: OpaqueId
    case: OpaqueId
    person_id: OpaqueId
    """Whom the case is about, who is told."""
    private: Addressed


class EmergencyEnded(Event):
    """Nobody reads by it any more: its time was over, or somebody ended it before."""

    type: ClassVar[str] = "emergency-ended"
    decides: ClassVar[bool] = True
    expired: bool
    cases: tuple[OpaqueId, ...]
    """What was read, each once."""


EVENTS: tuple[type[Event], ...] = (
    AccessAsked,
    AccountsOpened,
    GrantsChanged,
    AccountDisabled,
    AccountEnabled,
    CredentialsReset,
    CodesWitnessed,
    PersonsMerged,
    PersonsSplit,
    EmergencyGranted,
    EmergencyRead,
    EmergencyEnded,
)
