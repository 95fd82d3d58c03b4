"""What may be asked for accounts: who is to have which, and what they may do with it (architecture D9, D10)."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from contracts.actor import Grant
from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.emergency import EmergencyReading

MOST_ACCOUNTS = 500
"""Accounts in one request: one person reads all of it before it is approved."""


class Given(Contract):
    """A grant, until an instant or for good."""

    grant: Grant
    until: Instant | None = None


class Identity(Contract):
    """Who somebody is in the civil sense. Personal: it travels only in sealed fields and encrypted payloads."""

    name: str = Field(min_length=1, max_length=60)
    id_number: str = Field(min_length=18, max_length=18)
    phone: str = Field(default="", max_length=30)


class NewAccount(Contract):
    """An account to be opened. Its id follows from the request, the person's from the ID number."""

    account_id: OpaqueId
    person_id: OpaqueId
    login: str = Field(min_length=1, max_length=100)
    identity: Identity
    firms: tuple[Digest, ...] = ()
    """Digests of the credit codes of the person's firms (SOD-06)."""
    grants: tuple[Given, ...] = ()
    unlike: tuple[OpaqueId, ...] = ()
    """People of the same name and birth date or phone of whom whoever asks says, and whoever decides signs, that they
    are others."""


class OpenAccounts(Contract):
    """Open these accounts, all of them or none."""

    what: Literal["open-accounts"] = "open-accounts"
    accounts: tuple[NewAccount, ...] = Field(min_length=1, max_length=MOST_ACCOUNTS)


class OfAccount(Contract):
    """Something about one account, and whose it is."""

    account_id: OpaqueId
    person_id: OpaqueId


class ChangeGrants(OfAccount):
    """Give the account these grants instead of those it has."""

    what: Literal["change-grants"] = "change-grants"
    grants: tuple[Given, ...]


class DisableAccount(OfAccount):
    """Close the account: at once, and for good when a second person confirms it."""

    what: Literal["disable-account"] = "disable-account"


class EnableAccount(OfAccount):
    """Let the account sign in again, with the grants that it has."""

    what: Literal["enable-account"] = "enable-account"


class ResetCredentials(OfAccount):
    """Forget the password: the person sets another by a one-time code."""

    what: Literal["reset-credentials"] = "reset-credentials"


class TwoIdentities(Contract):
    """Two identities, of which one stands for the natural person; the other was made for nobody else."""

    kept: OpaqueId
    merged: OpaqueId


class MergePersons(TwoIdentities):
    """Both are one natural person: what was done under either was done by that person."""

    what: Literal["merge-persons"] = "merge-persons"


class SplitPersons(TwoIdentities):
    """They were two people after all."""

    what: Literal["split-persons"] = "split-persons"


AnyRequest: TypeAlias = Annotated[
    OpenAccounts
    | ChangeGrants
    | DisableAccount
    | EnableAccount
    | ResetCredentials
    | EmergencyReading
    | MergePersons
    | SplitPersons,
    Field(discriminator="what"),
]


def concerned(request: AnyRequest) -> tuple[OpaqueId, ...]:
    """The natural persons whom a request is about: none of them decides on it."""
    match request:
        case OpenAccounts(accounts=accounts):
            return tuple(dict.fromkeys(account.person_id for account in accounts))
        case EmergencyReading(person_id=reader):
            return tuple(dict.fromkeys((reader, *never_asking(request))))
        case MergePersons(kept=kept, merged=merged) | SplitPersons(kept=kept, merged=merged):
            return (kept, merged)
        case _:
            return (request.person_id,)


def never_asking(request: AnyRequest) -> tuple[OpaqueId, ...]:
    """Those of them who do not ask for it either: an officer asks to read, and never to read a case of their own."""
    if isinstance(request, EmergencyReading):
        return () if request.reach.subject is None else (request.reach.subject,)
    return concerned(request)
